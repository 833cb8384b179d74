"""IDX, the format of MNIST (LeCun & Cortes 1998): arrays with a short head, plain or gzipped.

A file is two zero bytes, a byte for the type of number, one for how many axes, the length of each
as a big-endian 32-bit number, and the numbers, big-endian.
"""

from __future__ import annotations

import gzip
import math
import os
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.content import opened
from tinyclf.data.datasets.dataset import Parts
from tinyclf.data.datasets.labelled import Labelled, parts_of
from tinyclf.data.datasets.picture_arrays import as_examples
from tinyclf.data.datasets.words import times
from tinyclf.domain import Job, Progress
from tinyclf.errors import InputError

LARGEST = 2_000_000_000
"""Bytes of one file's numbers; EMNIST by class, the largest that is usual, has 550 million."""

_TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_MOST_AXES = 4
_CHUNK = 1 << 24
_GZIP = b"\x1f\x8b"
_NAME = re.compile(r"(?P<set>.*)(?P<what>images|labels)[-._]?idx\d(-(ubyte|int))?(\.gz)?", re.I)
_ENDINGS = (".gz", ".idx", ".ubyte", "-ubyte")
_PART = re.compile(r"train|t10k|test", re.I)
_EMNIST = "EMNIST's pictures are kept as they lie in its files: turned and mirrored."


class _Pair(NamedTuple):
    images: Path
    labels: Path


def is_idx(path: Path) -> bool:
    """Tell whether a file is named as an IDX file, or a folder holds one that is."""
    if path.is_dir():
        return any(_NAME.fullmatch(entry.name) for entry in path.iterdir())
    return _NAME.fullmatch(path.name) is not None


def may_be_array(path: Path) -> bool:
    """Tell whether a file may be one array in IDX, by its name: also one that names no set."""
    return path.name.lower().endswith(_ENDINGS) or _NAME.fullmatch(path.name) is not None


def read_idx(path: Path) -> Job[Parts]:
    """Read pictures and labels from a folder of IDX files, or from a file of images alone.

    Files are known by their usual names, as ``train-images-idx3-ubyte.gz`` or
    ``t10k-labels.idx1-ubyte``; what is named for the test (``t10k``, ``test``) is the test part.
    Of a file of images, the labels lie beside it.

    Args:
        path: The folder, or the file.

    Raises:
        InputError: files are missing or damaged, or do not belong together.
    """
    pairs = _pairs_in(path) if path.is_dir() else {"train": _pair_of(path)}
    read = {}
    for number, (part, pair) in enumerate(pairs.items()):
        yield Progress("Reading IDX files", number, len(pairs))
        read[part] = _read_pair(pair)
    notes = tuple(dict.fromkeys(note for _, found in read.values() for note in found))
    if any("emnist" in pair.images.name.lower() for pair in pairs.values()):
        notes += (_EMNIST,)
    train, test = read["train"][0], read["test"][0] if "test" in read else None
    return parts_of(f"IDX files of {path}", train, test, notes=notes)


def read_array(path: Path) -> NDArray[Any]:
    """Return the array of an IDX file, in this machine's byte order.

    Raises:
        InputError: it cannot be read, is no IDX file, or has more or less than its head says.
    """
    with opened(path) as file, _unpacked(path, file) as content:
        dtype, shape = _head(path, content)
        size = dtype.itemsize * math.prod(shape)
        if size > LARGEST:
            raise InputError(
                f"{path} promises {times(shape)} numbers, {size:,} bytes: more than the "
                f"{LARGEST:,} that are read. Its head is damaged, or take a part of it."
            )
        if content is file:
            _check_length(path, os.fstat(file.fileno()).st_size - file.tell(), size, shape)
        numbers = _read(content, size + 1)
    _check_length(path, len(numbers), size, shape)
    array = np.frombuffer(numbers, dtype).reshape(shape)
    return array.astype(dtype.newbyteorder("="), copy=False)


def _pairs_in(folder: Path) -> dict[str, _Pair]:
    """Return the files of a folder by part, train first."""
    images: dict[str, Path] = {}
    for entry in sorted(folder.iterdir(), reverse=True):  # plain after .gz, so that plain counts
        named = _NAME.fullmatch(entry.name)
        if named and named["what"].lower() == "images":
            images[named["set"].lower()] = entry
    if not images:
        raise InputError(f"{folder} has labels, but no file of images: train-images-idx3-ubyte.")
    if len({_PART.sub("", of) for of in images}) > 1:
        raise InputError(
            f"{folder} holds several datasets: {', '.join(sorted(_names(images)))}. Name one of "
            "these files, or put the two parts of one into a folder of their own."
        )
    pairs: dict[str, Path] = {}
    for of in sorted(images, key=_is_test):
        part = "test" if _is_test(of) else "train"
        if part in pairs:
            raise InputError(f"{folder} has two files to {part}: {', '.join(_names(images))}.")
        pairs[part] = images[of]
    if "train" not in pairs:  # the test part alone is all there is
        pairs = {"train": pairs["test"]}
    return {part: _pair_of(path) for part, path in pairs.items()}


def _names(images: dict[str, Path]) -> list[str]:
    return [path.name for path in images.values()]


def _is_test(of: str) -> bool:
    part = _PART.search(of)
    return part is not None and part[0].lower() != "train"


def _pair_of(images: Path) -> _Pair:
    """Return a file of images with that of its labels, which lies beside it."""
    named = _NAME.fullmatch(images.name)
    if named is None or named["what"].lower() != "images":
        raise InputError(
            f"{images} is not named as a file of images in IDX: name one such as "
            "train-images-idx3-ubyte, with train-labels-idx1-ubyte beside it."
        )
    wanted = (named["set"].lower(), "labels")
    labels: Path | None = None
    for entry in sorted(images.parent.iterdir(), reverse=True):  # plain after .gz, as above
        other = _NAME.fullmatch(entry.name)
        if other and (other["set"].lower(), other["what"].lower()) == wanted:
            labels = entry
    if labels is None:
        raise InputError(
            f"There are no labels beside {images}: put {named['set']}labels-idx1-ubyte, plain or "
            ".gz, into the same folder."
        )
    return _Pair(images, labels)


def _read_pair(pair: _Pair) -> tuple[Labelled, tuple[str, ...]]:
    x, labels = read_array(pair.images), read_array(pair.labels)
    if labels.ndim == 2:  # QMNIST: what is known of each digit, its class first
        labels = labels[:, 0]
    if labels.dtype.kind not in "iu" or labels.ndim != 1:
        raise InputError(
            f"{pair.labels} holds {labels.dtype} of shape {labels.shape}, but labels are whole "
            "numbers in a row. Is it the right file?"
        )
    if len(x) != len(labels):
        raise InputError(
            f"{pair.images} has {len(x):,} images, but {pair.labels} has {len(labels):,} labels: "
            "take the two files that belong together."
        )
    examples, notes = as_examples(str(pair.images), x)
    return Labelled(examples, labels), notes


def _head(path: Path, content: BinaryIO) -> tuple[np.dtype[Any], tuple[int, ...]]:
    magic = content.read(4)
    if len(magic) < 4 or magic[:2] != b"\0\0" or magic[2] not in _TYPES or magic[3] == 0:
        raise InputError(
            f"{path} does not begin as an IDX file does ({magic.hex(' ') or 'it is empty'}): it is "
            "another kind of file, or damaged."
        )
    axes = magic[3]
    if axes > _MOST_AXES:
        raise InputError(f"{path} has {axes} axes; up to {_MOST_AXES} are read. Is it damaged?")
    lengths = content.read(4 * axes)
    if len(lengths) < 4 * axes:
        raise InputError(f"{path} breaks off in its head: copy it again.")
    return np.dtype(_TYPES[magic[2]]), struct.unpack(f">{axes}I", lengths)


def _read(content: BinaryIO, size: int) -> bytearray:
    """Return up to so many bytes, taking no more memory than there are."""
    numbers = bytearray()
    while len(numbers) < size and (chunk := content.read(min(_CHUNK, size - len(numbers)))):
        numbers += chunk
    return numbers


def _check_length(path: Path, found: int, promised: int, shape: tuple[int, ...]) -> None:
    if found < promised:
        raise InputError(
            f"{path} breaks off: its head promises {times(shape)} numbers, {promised:,} bytes, "
            f"but {found:,} follow. Copy it again."
        )
    if found > promised:
        raise InputError(
            f"{path} is too long: more follows the {times(shape)} numbers, {promised:,} bytes, "
            "that its head promises. It is damaged, or has another head than it should."
        )


@contextmanager
def _unpacked(path: Path, file: BinaryIO) -> Iterator[BinaryIO]:
    """Give the content of a file that may be gzipped, whatever its name says."""
    is_packed = file.read(2) == _GZIP
    file.seek(0)
    if not is_packed:
        yield file
        return
    try:
        with gzip.GzipFile(fileobj=file) as content:
            yield cast(BinaryIO, content)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be unpacked ({error}): copy it again.") from error
