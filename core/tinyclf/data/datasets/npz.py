"""NumPy's archives of arrays (.npz), looked at before anything large is unpacked."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from tinyclf.data.datasets.content import opened, require_room
from tinyclf.data.datasets.dataset import Parts
from tinyclf.data.datasets.labelled import Labelled, as_texts, parts_of
from tinyclf.data.datasets.picture_arrays import as_examples
from tinyclf.data.datasets.words import times
from tinyclf.domain import Job, Progress
from tinyclf.errors import InputError

INPUTS = ("x", "images", "data", "inputs", "features", "pictures")
LABELS = ("y", "labels", "label", "target", "targets")
CLASSES = ("classes", "class_names", "target_names", "label_names")
MOST_ARRAYS = 1_000
PARTS = ("train", "test")
_NPY = ".npy"
_LARGEST_HEAD = 4_096

Headers = dict[str, tuple[tuple[int, ...], np.dtype[Any]]]


def read_npz(path: Path) -> Job[Parts]:
    """Read examples and labels from an archive that ``numpy.savez`` writes.

    The arrays are called x and y, images and labels, data and target, in any case; with ``_train``
    and ``_test`` behind, or ``train_`` and ``test_`` before, where the two parts are kept apart. An
    array of texts called ``classes`` names the classes from 0.

    Raises:
        InputError: it is no such archive, is damaged, or unpacks to too much.
    """
    with opened(path) as file, _in_words(path), zipfile.ZipFile(file) as archive:
        yield Progress("Looking into the archive", 0, 0)
        headers = _headers(path, archive)
        wanted = _members(path, tuple(headers))
        _require_plain(path, headers, wanted.values())
        sizes = [
            math.prod(headers[name][0]) * headers[name][1].itemsize for name in wanted.values()
        ]
        require_room(str(path), sum(sizes))
        arrays = {}
        for number, (role, name) in enumerate(wanted.items()):
            yield Progress("Reading arrays", number, len(wanted))
            arrays[role] = _array(archive, name)
    return _parts(path, arrays)


def read_npz_inputs(path: Path) -> Job[NDArray[Any]]:
    """Read examples alone, with or without labels beside them, that a model is to tell.

    It is the array called as examples are, the test part's before the other, or the only one.

    Returns:
        (n, *shape), as a dataset has them.

    Raises:
        InputError: it is no such archive, is damaged, or unpacks to too much.
    """
    with opened(path) as file, _in_words(path), zipfile.ZipFile(file) as archive:
        yield Progress("Looking into the archive", 0, 0)
        headers = _headers(path, archive)
        name = _inputs_name(path, tuple(headers))
        _require_plain(path, headers, [name])
        shape, dtype = headers[name]
        require_room(str(path), math.prod(shape) * dtype.itemsize)
        yield Progress("Reading arrays", 0, 1)
        array = _array(archive, name)
    return as_examples(str(path), array)[0]


def _inputs_name(path: Path, names: Sequence[str]) -> str:
    lower = {name.lower(): name for name in names}
    called = [form for word in INPUTS for form in (f"{word}_test", f"test_{word}")]
    called += [*INPUTS, *(f"{word}_train" for word in INPUTS), *(f"train_{w}" for w in INPUTS)]
    found = [lower[name] for name in called if name in lower]
    if found or len(names) == 1:
        return found[0] if found else names[0]
    raise InputError(
        f"{path} has the arrays {', '.join(names) or 'none'}, but none called x: save the examples "
        "with numpy.savez(file, x=…)."
    )


def _parts(path: Path, arrays: dict[str, NDArray[Any]]) -> Parts:
    notes: list[str] = []
    parts = []
    for part in PARTS:
        if f"{part} x" in arrays:
            x, said = as_examples(str(path), arrays[f"{part} x"])
            labels = arrays[f"{part} y"]
            if labels.ndim == 2 and labels.shape[1] == 1:
                labels = labels[:, 0]
            if labels.ndim != 1 or len(labels) != len(x):
                raise InputError(
                    f"{path} has {len(x):,} examples to {'learn' if part == 'train' else part}, "
                    f"but labels of shape {labels.shape}: give one for each."
                )
            parts.append(Labelled(x, labels))
            notes += said
    classes = _class_names(path, arrays["classes"]) if "classes" in arrays else None
    return parts_of(
        f"the archive {path}", *parts, classes=classes, notes=list(dict.fromkeys(notes))
    )


def _class_names(path: Path, names: NDArray[Any]) -> list[str]:
    if names.ndim != 1 or names.dtype.kind not in "US":
        raise InputError(
            f"The classes of {path} must be texts, one for each class, not {names.dtype} of shape "
            f"{names.shape}."
        )
    return [str(name) for name in as_texts(str(path), names)]


def _members(path: Path, names: Sequence[str]) -> dict[str, str]:
    """Return which arrays are read, by what they are: ``train x``, ``test y``, ``classes``."""
    found: dict[str, str] = {}
    lower = {name.lower(): name for name in names}
    for part in PARTS:
        for role, words in (("x", INPUTS), ("y", LABELS)):
            called = [form for word in words for form in (f"{word}_{part}", f"{part}_{word}")]
            called += words if part == "train" else ()
            if there := [lower[name] for name in called if name in lower]:
                found[f"{part} {role}"] = there[0]
    if "train x" not in found or "train y" not in found:
        raise InputError(
            f"{path} has the arrays {', '.join(names) or 'none'}, but none called x and y, nor "
            "x_train and y_train: save it with numpy.savez(file, x=…, y=…)."
        )
    if ("test x" in found) != ("test y" in found):
        raise InputError(f"{path} has only one of x_test and y_test: save both, or none.")
    for name in CLASSES:
        if name in lower:
            found["classes"] = lower[name]
            break
    return found


def _headers(path: Path, archive: zipfile.ZipFile) -> Headers:
    """Return shape and type of every array, each with the bytes that its head promises."""
    if len(archive.infolist()) > MOST_ARRAYS:
        raise InputError(f"{path} has more than {MOST_ARRAYS:,} members: it is no dataset.")
    headers: Headers = {}
    for member in archive.infolist():
        if not member.filename.endswith(_NPY):
            continue
        name = member.filename.removesuffix(_NPY)
        with archive.open(member) as part:
            shape, dtype = array_header(part)
        promised = 0 if dtype.hasobject else math.prod(shape) * dtype.itemsize  # pickled: unknown
        if promised + npy.MAGIC_LEN > member.file_size:
            raise InputError(
                f"The array {name} of {path} is damaged: its head promises {times(shape)} "
                f"numbers, but it has {member.file_size:,} bytes."
            )
        headers[name] = shape, dtype
    return headers


def _require_plain(path: Path, headers: Headers, wanted: Iterable[str]) -> None:
    """Make sure that arrays hold numbers or texts, not pickled objects, which are never read."""
    for name in wanted:
        if headers[name][1].hasobject:
            raise InputError(
                f"The array {name} of {path} holds Python objects, which are not read, as they "
                f"could run anything: save texts as {name}.astype(str), numbers as "
                f"{name}.astype(float)."
            )


def array_header(part: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Return the shape and the type that the head of an array (.npy) tells of.

    Raises:
        ValueError: this is no such head; or nearly anything else, as NumPy takes it for Python.
    """
    version = npy.read_magic(part)
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = read(part, max_header_size=_LARGEST_HEAD)
    return shape, dtype


def _array(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    with archive.open(f"{name}{_NPY}") as part:
        array: NDArray[Any] = npy.read_array(part, allow_pickle=False)
        if part.read(1):
            raise ValueError(f"more follows the array {name}")
    return array


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Put into words whatever zipfile, zlib and NumPy raise on bytes that are not theirs."""
    try:
        yield
    except InputError:
        raise
    except MemoryError as error:
        raise InputError(f"{path} needs more memory than there is, or is damaged.") from error
    except Exception as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError(
            f"{path} is damaged, or no archive of arrays ({reason}). Save it with numpy.savez."
        ) from error
