"""What a model is asked to tell: pictures, rows of tables, arrays, brought to what it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.idx import may_be_array, read_array
from tinyclf.data.datasets.known_columns import read_rows
from tinyclf.data.datasets.npz import read_npz_inputs
from tinyclf.data.datasets.picture_arrays import as_examples
from tinyclf.data.datasets.reading import ARCHIVE, TABLES
from tinyclf.data.datasets.sized_pictures import read_picture
from tinyclf.data.datasets.table import PLAIN, TableOptions
from tinyclf.data.scan import find_photos
from tinyclf.domain import Job, Problem, Progress
from tinyclf.errors import InputError, PhotoError
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.nn.arrays import Shape

LUMA = (0.299, 0.587, 0.114)
"""Red, green and blue in grey (ITU-R BT.601), as Pillow makes it."""

LIGHT = 255

_OFTEN = 32

NO_PICTURES = (
    "no picture lies in the folder (name a table, an archive or a file of IDX images itself)"
)


@dataclass(frozen=True, eq=False)
class Inputs:
    """Examples to be told.

    Attributes:
        x: (n, *shape), at least one.
        names: What each is called: a file, or a file with a row or a line of it.
        problems: Files that could not be read.
        notes: What was decided about tables, a sentence each.
    """

    x: NDArray[Any]
    names: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read_inputs(
    model: FittedModel,
    paths: Sequence[Path],
    *,
    invert: bool = False,
    table: TableOptions = PLAIN,
) -> Job[Inputs]:
    """Read what a model is to tell.

    Args:
        model: It says which columns, or which size and channels, are wanted.
        paths: Pictures, folders of them, tables, archives of arrays, files of IDX images.
        invert: Whether pictures are to be turned from dark on light to light on dark.
        table: How tables are written.

    Raises:
        InputError: nothing of it can be read, or it is not what the model takes.
    """
    found: list[Inputs] = []
    pictures: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        if (read := _reader(path)) is not None:
            found.append(_checked(model, path, (yield from read(model, path, table)), invert))
        elif path.is_dir():
            files = list(find_photos(path))
            for file in files:
                if isinstance(file, Problem):
                    problems.append(file)
                else:
                    pictures.append(path / file.relative_to(path.absolute()))  # as it was named
            if not files:
                problems.append(Problem(path, NO_PICTURES))
        else:
            pictures.append(path)
    if pictures:
        read_ones = yield from _pictures(model, pictures, invert)
        found += [read_ones] if len(read_ones.x) else []
        problems += read_ones.problems
    if not found:
        reason = f": {problems[0].path}: {problems[0].reason}" if problems else ""
        raise InputError(f"There is nothing to tell that can be read{reason}.")
    return Inputs(
        np.concatenate([each.x for each in found]),
        tuple(name for each in found for name in each.names),
        tuple(problems),
        tuple(note for each in found for note in each.notes),
    )


def to_channels(picture: NDArray[np.uint8], channels: int) -> NDArray[np.uint8]:
    """Return a picture (h, w) or (h, w, 3) as (channels, h, w).

    Raises:
        InputError: there are neither one nor three channels.
    """
    if channels not in (1, 3):
        raise InputError(
            f"The model takes pictures of {channels} channels, which files do not have: give an "
            "archive of arrays."
        )
    if channels == 3:
        return np.stack([picture] * 3) if picture.ndim == 2 else picture.transpose(2, 0, 1)
    if picture.ndim == 3:
        picture = np.round(picture @ np.array(LUMA)).astype(np.uint8)
    return picture[None]


Reader = Callable[[FittedModel, Path, TableOptions], Job[Inputs]]


def _reader(path: Path) -> Reader | None:
    """Return what reads a file that is no picture."""
    if path.is_dir():
        return None
    suffix = path.suffix.lower()
    if suffix in TABLES:
        return _rows
    if suffix == ARCHIVE:
        return _arrays
    return _idx if may_be_array(path) else None


def _rows(model: FittedModel, path: Path, options: TableOptions) -> Job[Inputs]:
    if model.features is None:
        raise InputError(f"The model did not learn from a table, so {path} says nothing to it.")
    rows = yield from read_rows(path, model.features, options)
    names = tuple(f"{path}, line {line}" for line in rows.lines)
    return Inputs(rows.x, names, notes=tuple(f"{path}: {each}" for each in rows.notes))


def _arrays(model: FittedModel, path: Path, _: TableOptions) -> Job[Inputs]:
    return _numbered(path, (yield from read_npz_inputs(path)))


def _idx(model: FittedModel, path: Path, _: TableOptions) -> Job[Inputs]:
    yield Progress("Reading IDX files", 0, 1)
    return _numbered(path, as_examples(str(path), read_array(path))[0])


def _numbered(path: Path, x: NDArray[Any]) -> Inputs:
    return Inputs(x, tuple(f"{path}, {number}" for number in range(1, len(x) + 1)))


def _checked(model: FittedModel, path: Path, inputs: Inputs, invert: bool) -> Inputs:
    x = inputs.x
    if len(x) == 0:
        raise InputError(f"{path} holds nothing to tell.")
    is_alike = not model.takes_pictures or model.takes_bytes is (x.dtype == np.uint8)
    if x.shape[1:] != model.shape or not is_alike:
        raise InputError(
            f"The model takes examples of shape {model.shape}"
            f"{' of bytes' if model.takes_bytes else ''}, but those of {path} are {x.dtype} of "
            f"shape {x.shape[1:]}."
        )
    if not invert:
        return inputs
    if not (model.takes_pictures and x.dtype == np.uint8):
        raise InputError(
            f"{path} holds no pictures of bytes, which alone are turned over: leave --invert out."
        )
    return Inputs(LIGHT - x, inputs.names)


def _pictures(model: FittedModel, paths: Sequence[Path], invert: bool) -> Job[Inputs]:
    shape = _shape_of_files(model, paths[0])
    read: list[NDArray[np.uint8]] = []
    names: list[str] = []
    problems: list[Problem] = []
    for number, path in enumerate(paths):
        if number % _OFTEN == 0:
            yield Progress("Reading pictures", number, len(paths))
        try:
            picture = to_channels(read_picture(path, (shape[2], shape[1])), shape[0])
        except PhotoError as error:
            problems.append(Problem(path, str(error)))
            continue
        read.append(LIGHT - picture if invert else picture)
        names.append(str(path))
    x = np.stack(read) if read else np.empty((0, *shape), np.uint8)
    return Inputs(x, tuple(names), tuple(problems))


def _shape_of_files(model: FittedModel, path: Path) -> Shape:
    if not model.takes_pictures and not path.exists():
        raise InputError(f"There is no file {path}. Check the name.")
    if not model.takes_pictures:
        raise InputError(f"The model learnt from rows of numbers, so {path} says nothing to it.")
    if not model.takes_bytes:
        raise InputError(
            f"The model learnt from pictures of floats, so {path} cannot be told: give an archive "
            "of such pictures, or fit it again on bytes."
        )
    return model.shape
