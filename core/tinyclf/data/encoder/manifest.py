"""What has to be known of an ONNX image encoder to feed it: a small JSON file beside it."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tinyclf.errors import ModelError

_LARGEST_SIDE = 4096
_SMALLEST_SCALE = 1e-6


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a picture becomes the encoder's input.

    The picture is squashed to ``width`` × ``height``, each colour value 0…255 becomes
    (value − mean) / scale, and the array has the shape (1, 3, height, width), red green blue.

    Attributes:
        name: What the encoder is called.
        width: Of its input, in pixels.
        height: Of its input, in pixels.
        mean: Taken off each colour, on the scale 0…255.
        scale: What each colour is divided by then.
        output: The name of the output that is the vector.
        step: If it is not 0, pictures are not squashed, but keep their shape as nearly as sides can
            that are multiples of so many pixels; they have about ``width`` · ``height`` pixels.
        mirrored: The vector is the mean of those of the picture and of its mirror image.
    """

    name: str
    width: int
    height: int
    mean: tuple[float, float, float]
    scale: tuple[float, float, float]
    output: str
    step: int = 0
    mirrored: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            ModelError: a size or scale is out of range.
        """
        if not (0 < self.width <= _LARGEST_SIDE and 0 < self.height <= _LARGEST_SIDE):
            raise ModelError(f"input_size must lie between 1 and {_LARGEST_SIDE} pixels a side.")
        if not 0 <= self.step <= _LARGEST_SIDE:
            raise ModelError(f"step must lie between 0 and {_LARGEST_SIDE} pixels.")
        if not all(map(math.isfinite, self.mean + self.scale)):
            raise ModelError("mean and scale must be finite numbers.")
        if any(abs(scale) < _SMALLEST_SCALE for scale in self.scale):
            raise ModelError("scale must not be 0 or next to it.")

    def size_of(self, width: int, height: int) -> tuple[int, int]:
        """Return the width and height that a picture of such a size is brought to."""
        if not self.step:
            return self.width, self.height
        scale = math.sqrt(self.width * self.height / (width * height))
        across, down = (max(1, round(side * scale / self.step)) for side in (width, height))
        most = max(1, self.width * self.height // self.step**2)  # a strip is not longer than this
        return self.step * min(across, most), self.step * min(down, most)

    def to_json(self) -> str:
        """Return the manifest as the text of its file."""
        fields = asdict(self)
        size = [fields.pop("width"), fields.pop("height")]
        return json.dumps({"input_size": size, **fields}, indent=2) + "\n"


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in a JSON file.

    ``{"name": …, "input_size": [width, height], "mean": m, "scale": s, "output": …}``, where
    ``m`` and ``s`` are one number or three, and optionally ``step`` and ``mirrored``.

    Raises:
        ModelError: it is missing, or something in it is; the message says what.
    """
    try:
        fields = json.loads(path.read_text("utf-8"))
        return _manifest(fields)
    except OSError as error:
        raise ModelError(
            f"The encoder's manifest {path} cannot be read ({error.strerror}): "
            "put a JSON file of the encoder's name beside it."
        ) from error
    except KeyError as error:
        raise ModelError(f"The encoder's manifest {path} lacks {error}: add it.") from error
    except (ModelError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise ModelError(f"The encoder's manifest {path} is wrong: {error}") from error


def _manifest(fields: dict[str, Any]) -> Manifest:
    if not isinstance(fields, dict):
        raise TypeError("it must be one JSON object.")
    width, height = (int(side) for side in fields["input_size"])
    mean, scale = _three(fields["mean"]), _three(fields["scale"])
    return Manifest(
        name=str(fields["name"]),
        width=width,
        height=height,
        mean=mean,
        scale=scale,
        output=str(fields["output"]),
        step=int(fields.get("step", 0)),
        mirrored=_flag(fields, "mirrored"),
    )


def _flag(fields: dict[str, Any], name: str) -> bool:
    flag = fields.get(name, False)
    if not isinstance(flag, bool):
        raise TypeError(f"{name} must be true or false.")
    return flag


def _three(value: float | list[float]) -> tuple[float, float, float]:
    red, green, blue = value if isinstance(value, list) else [value] * 3
    return float(red), float(green), float(blue)
