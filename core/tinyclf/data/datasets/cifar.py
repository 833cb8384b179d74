"""CIFAR-10 and CIFAR-100 (Krizhevsky 2009): the binary version, and the pickled one.

A binary file is records of a label (CIFAR-100: the coarse one, then the fine one) and 3 × 32 × 32
bytes: red, green, blue, each row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tinyclf.data.datasets.content import whole_content
from tinyclf.data.datasets.dataset import Parts
from tinyclf.data.datasets.labelled import Labelled, parts_of
from tinyclf.data.datasets.restricted_pickle import PickledArray, read_pickle
from tinyclf.domain import Job, Progress
from tinyclf.errors import InputError

SHAPE = (3, 32, 32)
PIXELS = 3 * 32 * 32
LARGEST_BATCH = 1_000_000_000
_BATCHES = tuple(f"data_batch_{number}" for number in range(1, 6))


@dataclass(frozen=True)
class _Version:
    """One of the ways in which CIFAR is published.

    Attributes:
        words: What it is.
        train: The files to learn from.
        test: The file to test.
        names: The file that names the classes.
        read: Reads a file of examples.
        read_names: Reads that file.
    """

    words: str
    train: tuple[str, ...]
    test: str
    names: str
    read: Callable[[Path], Labelled]
    read_names: Callable[[Path], list[str]]


def is_cifar(path: Path) -> bool:
    """Tell whether a folder holds one of CIFAR's versions."""
    return path.is_dir() and _version_in(path) is not None


def read_cifar(path: Path) -> Job[Parts]:
    """Read the pictures of a CIFAR folder; of CIFAR-100 with its 100 fine labels.

    Args:
        path: The folder with ``data_batch_1.bin`` or ``data_batch_1`` and its like.

    Raises:
        InputError: this is no such folder, or a file is damaged or holds anything else.
    """
    version = _version_in(path)
    if version is None:
        raise InputError(f"{path} is no folder of CIFAR: it has no data_batch_1.bin nor its like.")
    files = [path / name for name in (*version.train, version.test) if (path / name).exists()]
    read = []
    for number, file in enumerate(files):
        yield Progress("Reading CIFAR", number, len(files))
        read.append(version.read(file))
    wanted = (*version.train, version.test)
    notes = [f"{name} is missing." for name in wanted if path / name not in files]
    classes, unnamed = _classes(version, path)
    to_learn = sum(file.name in version.train for file in files)
    parts = [_joined(part) for part in (read[:to_learn], read[to_learn:]) if part]
    source = f"{version.words} of {path}"
    return parts_of(source, *parts, classes=classes, notes=[*notes, *unnamed])


def _version_in(path: Path) -> _Version | None:
    def is_there(version: _Version) -> bool:
        if version.train[0].startswith("train"):  # too usual a name to be a sign alone
            return all((path / name).is_file() for name in (version.train[0], version.names))
        return any((path / name).is_file() for name in (*version.train, version.test))

    return next(filter(is_there, _VERSIONS), None)


def _classes(version: _Version, path: Path) -> tuple[list[str] | None, list[str]]:
    if (path / version.names).exists():
        return version.read_names(path / version.names), []
    return None, [f"{version.names} is missing, so the classes are called by their numbers."]


def _joined(parts: Iterable[Labelled]) -> Labelled:
    parts = list(parts)
    names = [name for part in parts for name in part.names or ()]
    x = np.concatenate([part.x for part in parts])
    labels = np.concatenate([part.labels for part in parts])
    return Labelled(x, labels, tuple(names) if len(names) == len(labels) else None)


def _read_binary(path: Path, labels: int) -> Labelled:
    content = np.frombuffer(whole_content(path, LARGEST_BATCH), np.uint8)
    record = labels + PIXELS
    if len(content) == 0 or len(content) % record:
        raise InputError(
            f"{path} has {len(content):,} bytes, which are no whole records of {record:,} bytes: "
            "it broke off or is another kind of file. Copy it again."
        )
    records = content.reshape(-1, record)
    return Labelled(records[:, labels:].reshape(-1, *SHAPE), records[:, labels - 1])


def _read_lines(path: Path) -> list[str]:
    lines = whole_content(path, 1_000_000).decode("utf-8", "replace").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _read_pickled(path: Path, label_key: str) -> Labelled:
    batch = read_pickle(path)
    data, labels = batch.get("data"), batch.get(label_key)
    x = data.array if isinstance(data, PickledArray) else None
    if x is None or x.ndim != 2 or x.shape[1] != PIXELS or len(x) == 0:
        raise InputError(f"{path} has no 'data' of shape (n, {PIXELS}): it is no batch of CIFAR.")
    if type(labels) is not list or not all(type(k) is int and 0 <= k < 256 for k in labels):
        raise InputError(
            f"{path} has no {label_key!r}, a list of classes: it is no batch of CIFAR."
        )
    if len(labels) != len(x):
        raise InputError(f"{path} has {len(x):,} pictures, but {len(labels):,} {label_key}.")
    names = _texts(batch.get("filenames"))
    fitting = tuple(names) if len(names) == len(x) else None
    return Labelled(x.reshape(-1, *SHAPE), np.array(labels, np.int64), fitting)


def _read_pickled_names(path: Path, key: str) -> list[str]:
    names = _texts(read_pickle(path).get(key))
    if not names:
        raise InputError(f"{path} has no {key!r}, which name the classes.")
    return names


def _texts(items: Any) -> list[str]:
    """Return a pickled list of texts, if it is one."""
    if type(items) is not list:
        return []
    texts = [item.decode("utf-8", "replace") if type(item) is bytes else item for item in items]
    return texts if all(type(text) is str for text in texts) else []


_VERSIONS = (
    _Version(
        "CIFAR-10",
        tuple(f"{name}.bin" for name in _BATCHES),
        "test_batch.bin",
        "batches.meta.txt",
        lambda path: _read_binary(path, labels=1),
        _read_lines,
    ),
    _Version(
        "CIFAR-100",
        ("train.bin",),
        "test.bin",
        "fine_label_names.txt",
        lambda path: _read_binary(path, labels=2),
        _read_lines,
    ),
    _Version(
        "CIFAR-10",
        _BATCHES,
        "test_batch",
        "batches.meta",
        lambda path: _read_pickled(path, "labels"),
        lambda path: _read_pickled_names(path, "label_names"),
    ),
    _Version(
        "CIFAR-100",
        ("train",),
        "test",
        "meta",
        lambda path: _read_pickled(path, "fine_labels"),
        lambda path: _read_pickled_names(path, "fine_label_names"),
    ),
)
