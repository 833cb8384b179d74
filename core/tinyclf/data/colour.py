"""Any of Pillow's modes → RGB as a screen shows it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageChops, ImageCms

NEUTRAL = (128, 128, 128)
"""What shines through where a picture is transparent."""

_BAND = 256
_LARGEST_F4 = float(np.finfo(np.float32).max)
_DEEP_MODES = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})


def eight_bit(image: Image.Image) -> Image.Image:
    """Return the picture in one of the modes L, RGB, CMYK, LAB, LA or RGBA, which can be resized.

    Raises:
        ValueError: Pillow knows no such conversion.
    """
    if image.mode in _DEEP_MODES:
        return _from_deep(image)
    if image.mode == "CMYK" and image.format in {"JPEG", "MPO"} and "adobe" not in image.info:
        return ImageChops.invert(image)  # Pillow takes every CMYK JPEG for one of Adobe's
    if image.mode in {"L", "RGB", "P", "PA", "1"} and "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB", "CMYK", "LAB", "LA", "RGBA"}:
        return image
    return image.convert(
        {"1": "L", "PA": "RGBA", "La": "LA", "RGBa": "RGBA"}.get(image.mode, "RGB")
    )


def _from_deep(image: Image.Image) -> Image.Image:
    values = np.asarray(image)
    white = _white(image.mode, values)
    grey = np.empty(values.shape, np.uint8)
    for top in range(0, len(values), _BAND):  # at once, a large scan would take gigabytes
        band = np.nan_to_num(values[top : top + _BAND].astype(np.float32)) * (255 / white)
        grey[top : top + _BAND] = np.clip(band + 0.5, 0, 255)
    return Image.fromarray(255 - grey if _is_zero_white(image) else grey)


def _white(mode: str, values: NDArray[Any]) -> float:
    """Return which value is white: 16 bits state it, of longer numbers it must be guessed."""
    if mode.startswith("I;16"):
        return 65535.0
    highest = float(np.nanmax(values, initial=0))
    usual = (1.0, 255.0, 65535.0) if mode == "F" else (255.0, 65535.0)
    return next((white for white in usual if highest <= white), min(highest, _LARGEST_F4))


def _is_zero_white(image: Image.Image) -> bool:
    # Pillow heeds this TIFF tag for 8 bits, not for 16
    kind = getattr(image, "tag_v2", {}).get(ExifTags.Base.PhotometricInterpretation)
    return image.mode.startswith("I;16") and kind == 0


def to_rgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return an ``eight_bit`` picture as sRGB, laid on neutral grey where it is transparent.

    Args:
        image: The picture.
        profile: Its embedded ICC profile; one that is broken or of another kind is ignored.
    """
    if image.mode not in {"LA", "RGBA"}:
        return _srgb(image, profile)
    alpha = image.getchannel("A")
    ground = Image.new("RGB", image.size, NEUTRAL)
    ground.paste(_srgb(image.convert(image.mode[:-1]), profile), mask=alpha)
    return ground


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode == "LAB":
        return _transform(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    if profile:
        try:
            return _transform(image, ImageCms.ImageCmsProfile(BytesIO(profile)))
        except (OSError, ValueError, ImageCms.PyCMSError):
            pass
    return image.convert("RGB")


def _transform(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    converted = ImageCms.profileToProfile(image, source, screen, outputMode="RGB")
    if converted is None:
        raise ValueError("the colour transform gave no picture")
    return converted
