"""A folder of pictures for each class, all brought to one size."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.content import require_room
from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.data.datasets.labelled import unlearnt
from tinyclf.data.datasets.sized_pictures import (
    LARGEST_SIDE,
    SIDE,
    Pixels,
    read_picture,
    read_pictures,
    stacked,
)
from tinyclf.data.decode import read_size
from tinyclf.data.files import open_regular
from tinyclf.data.natural_order import natural_key
from tinyclf.data.scan import find_photos
from tinyclf.domain import Job, Problem, Progress
from tinyclf.errors import InputError, PhotoError

MOST_KEPT_SIDE = 256
"""Pictures of one size keep it up to this; larger ones are photos, and are brought to ``SIDE``."""

CHANNELS = 3
"""Room is asked for as if a picture had a colour: whether one has is known once all are read."""

_TRAIN = ("train", "training")
_TEST = ("test", "testing")
_OTHERS = ("val", "valid", "validation", "dev")
_LOOKS_A_REPORT = 200


class Item(NamedTuple):
    """A file that was found, with the class its folder stands for."""

    path: Path
    name: str
    class_name: str
    is_test: bool


@dataclass(frozen=True)
class _Found:
    """What lies in the folders; files that cannot even be looked at are problems already."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def is_class_folders(path: Path) -> bool:
    """Tell whether a folder has folders that have pictures."""
    if not path.is_dir():
        return False
    return any(True for folder, _ in _class_folders(path) for _ in find_photos(folder))


def read_class_folders(path: Path, side: int | None = None, *, workers: int = 2) -> Job[Parts]:
    """Read pictures whose folders are their classes.

    Classes may lie in the folder itself, or in ``train`` and ``test`` in it; below a class's
    folder, pictures may lie deeper. A picture is read as any photo of this program is: upright,
    sRGB, on neutral grey where it is transparent. To another size it is cut to its middle square
    first. All are grey, with one channel, where no picture has a colour.

    Args:
        path: The folder.
        side: To how many pixels, both ways, 1 to 2,000. Found out: pictures that are all equally
            large stay as they are, up to 256 pixels; all others become 32 × 32, which is noted.
        workers: How many threads decode, where pictures are not as small as they are wanted.

    Raises:
        InputError: there are no such folders, or none of the pictures can be read. One that cannot
            is a problem of the result.
    """
    if side is not None and not 1 <= side <= LARGEST_SIDE:
        raise InputError(f"Pictures can be 1 to {LARGEST_SIDE:,} pixels wide, not {side}.")
    found = yield from _find(path)
    size, notes = yield from _size(found.items, side)
    require_room(str(path), CHANNELS * len(found.items) * math.prod(size))
    are_small = side is None and not notes  # threads that decode these only wait for each other
    pictures, problems = yield from read_pictures(
        found.items, partial(_read_or_problem, size=size), 1 if are_small else workers
    )
    read = [
        item for item, picture in zip(found.items, pictures, strict=True) if picture is not None
    ]
    if not any(not item.is_test for item in read):
        reason = f" ({problems[0].path}: {problems[0].reason})" if problems else ""
        raise InputError(f"None of the pictures to learn from in {path} can be read{reason}.")
    return _parts(
        path,
        read,
        stacked([picture for picture in pictures if picture is not None]),
        (*found.notes, *notes),
        (*found.problems, *problems),
    )


def _parts(
    path: Path,
    items: Sequence[Item],
    x: NDArray[np.uint8],
    notes: tuple[str, ...],
    problems: tuple[Problem, ...],
) -> Parts:
    classes = tuple(
        sorted({item.class_name for item in items}, key=lambda name: (natural_key(name), name))
    )
    place = {name: k for k, name in enumerate(classes)}
    y = np.array([place[item.class_name] for item in items], np.int64)
    is_test = np.array([item.is_test for item in items])
    every = Dataset(x, y, classes, f"pictures in {path}", tuple(item.name for item in items))
    test = every.take(is_test) if is_test.any() else None
    train = every.take(~is_test) if test is not None else every
    return Parts(train, test, (*notes, *unlearnt(train, test)), problems)


def _find(path: Path) -> Job[_Found]:
    items: list[Item] = []
    problems: list[Problem] = []
    for folder, is_test in _class_folders(path):
        for file in find_photos(folder):
            if isinstance(file, Problem):
                problems.append(file)
            else:
                name = file.relative_to(path.absolute()).as_posix()
                items.append(Item(file, name, folder.name, is_test))
            if (len(items) + len(problems)) % _LOOKS_A_REPORT == 1:
                yield Progress("Looking for pictures", len(items), 0)
    if not items:
        raise InputError(
            f"{path} has no folders with pictures: make one for each class and name it as the "
            "class is called."
        )
    return _Found(tuple(items), tuple(problems), tuple(_left_out(path)))


def _class_folders(path: Path) -> Iterator[tuple[Path, bool]]:
    """Yield each folder of a class, and whether it is one of the test part."""
    folders = _folders(path)
    train = [folder for folder in folders if folder.name.lower() in _TRAIN]
    test = [folder for folder in folders if folder.name.lower() in _TEST]
    if len(train) == 1 and (len(test) == 1 or _only_parts(folders)):
        yield from ((folder, False) for folder in _folders(train[0]))
        yield from ((folder, True) for part in test for folder in _folders(part))
    else:
        yield from ((folder, False) for folder in folders)


def _only_parts(folders: Sequence[Path]) -> bool:
    return all(folder.name.lower() in (*_TRAIN, *_TEST, *_OTHERS) for folder in folders)


def _folders(path: Path) -> list[Path]:
    try:
        entries = [each for each in path.absolute().iterdir() if not each.name.startswith(".")]
        folders = [entry for entry in entries if entry.is_dir()]
    except OSError as error:
        raise InputError(f"The folder {path} cannot be opened: {error.strerror}.") from error
    return sorted(folders, key=lambda folder: (natural_key(folder.name), folder.name))


def _left_out(path: Path) -> Iterator[str]:
    used = {folder for folder, _ in _class_folders(path)}
    parents = {folder.parent for folder in used}
    for folder in _folders(path):
        if folder not in used | parents:
            yield f"{folder.name} is neither train nor test, so it was left out."
    for folder in sorted(used):
        if not any(True for _ in find_photos(folder)):
            name = folder.relative_to(path.absolute()).as_posix()
            yield f"{name} has no pictures, so it is no class."


def _size(items: Sequence[Item], side: int | None) -> Job[tuple[tuple[int, int], tuple[str, ...]]]:
    """Return the width and height that all pictures get, and what is to be said of it."""
    if side is not None:
        return (side, side), ()
    common: tuple[int, int] | None = None
    for number, item in enumerate(items):
        size = _size_of(item.path)
        if number % _LOOKS_A_REPORT == 0:
            yield Progress("Measuring pictures", number, len(items))
        if size is None:
            continue
        if common not in (None, size):
            return (SIDE, SIDE), (
                f"The pictures are of several sizes, so the middle of each became {SIDE} × {SIDE} "
                "pixels.",
            )
        common = size
    if common is None or max(common) > MOST_KEPT_SIDE:
        large = "" if common is None else f", from {common[0]} × {common[1]}"
        return (SIDE, SIDE), (f"The middle of each picture became {SIDE} × {SIDE} pixels{large}.",)
    return common, ()


def _size_of(path: Path) -> tuple[int, int] | None:
    try:
        with open_regular(path) as file:
            return read_size(file)
    except PhotoError:  # told when it is read
        return None


def _read_or_problem(item: Item, size: tuple[int, int]) -> Pixels | Problem:
    try:
        return read_picture(item.path, size)
    except PhotoError as error:
        return Problem(item.path, str(error))
