"""A dataset of any kind, told apart by what lies at its place."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tinyclf.data.datasets.cifar import is_cifar, read_cifar
from tinyclf.data.datasets.class_folders import is_class_folders, read_class_folders
from tinyclf.data.datasets.dataset import Parts
from tinyclf.data.datasets.idx import is_idx, read_idx
from tinyclf.data.datasets.labelled_table import read_table
from tinyclf.data.datasets.npz import read_npz
from tinyclf.data.datasets.table import PLAIN, TableOptions
from tinyclf.data.files import reason_of
from tinyclf.data.scan import find_photos
from tinyclf.domain import Job
from tinyclf.errors import InputError
from tinyclf.whole_file import COLLECTION

ARCHIVE = ".npz"
TABLES = (".csv", ".tsv", ".txt", ".data", ".tab")

UNDERSTOOD = (
    "a folder of MNIST-style IDX files (plain or .gz), or its file of images; a CIFAR-10 or "
    "CIFAR-100 folder; a folder with a folder of pictures for each class; a table (.csv, .tsv, "
    ".txt) with a column of labels; an archive of NumPy arrays (.npz)"
)


@dataclass(frozen=True)
class ReadOptions:
    """What is said of a dataset, where it should not be found out.

    Attributes:
        table: Of a table: its columns and how it is written.
        side: Of a folder per class: to how many pixels pictures are brought, both ways.
    """

    table: TableOptions = PLAIN
    side: int | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of dataset.

    Attributes:
        name: What it is called.
        fits: Whether a path, which is there, is one.
        read: Reads it.
    """

    name: str
    fits: Callable[[Path], bool]
    read: Callable[[Path, ReadOptions], Job[Parts]]


TABLE = Kind(
    "table",
    lambda path: _ends(path, *TABLES),
    lambda path, options: read_table(path, options.table),
)
CLASS_FOLDERS = Kind(
    "class folders",
    is_class_folders,
    lambda path, options: read_class_folders(path, options.side),
)
KINDS = (
    Kind("IDX", is_idx, lambda path, _: read_idx(path)),
    Kind("CIFAR", is_cifar, lambda path, _: read_cifar(path)),
    Kind("NPZ", lambda path: _ends(path, ARCHIVE), lambda path, _: read_npz(path)),
    TABLE,
    CLASS_FOLDERS,
)
"""In the order in which they are tried."""


def read_dataset(path: Path, options: ReadOptions | None = None) -> Job[Parts]:
    """Read a dataset of any kind that is understood.

    Args:
        path: A file or a folder. A folder that holds nothing but one other folder stands for that.
        options: What is known of it.

    Raises:
        InputError: nothing is there, it is of no kind that is understood, or damaged.
    """
    place, kind = find_kind(path)
    return (yield from kind.read(place, options or ReadOptions()))


def require_meant(path: Path, options: ReadOptions) -> None:
    """Make sure that what is said of a dataset, or of a collection, is of its kind.

    Raises:
        InputError: it is not; or there is no such dataset.
    """
    kind = CLASS_FOLDERS if _ends(path, COLLECTION) else find_kind(path)[1]
    if options.table != PLAIN and kind is not TABLE:
        raise InputError(
            f"{path} is no table: leave out what is said of one (--label, --group, --without, "
            "--header, --separator, --drop-missing)."
        )
    if options.side is not None and kind is not CLASS_FOLDERS:
        raise InputError(
            f"{path} is no folder of pictures, which alone are brought to a size: leave out --side."
        )


def find_kind(path: Path) -> tuple[Path, Kind]:
    """Return where a dataset lies, and of which kind it is.

    Raises:
        InputError: nothing is there, or nothing that is understood.
    """
    try:
        is_folder = _is_folder(path)
        kind = _kind_of(path)
        inner = _only_folder(path) if is_folder and kind in (None, CLASS_FOLDERS) else None
        deeper = None if inner is None else _kind_of(inner)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(f"There is no file or folder {path}. Check its name.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {reason_of(error)}.") from error
    if inner is not None and deeper is not None:
        return inner, deeper
    if kind is None and is_folder and any(isinstance(each, Path) for each in find_photos(path)):
        raise InputError(
            f"{path} has pictures, but no folder per class: give each class a folder in it, or "
            "name the folder above."
        )
    if kind is None:
        raise InputError(f"{path} is no dataset that is understood. These are: {UNDERSTOOD}.")
    return path, kind


def _kind_of(path: Path) -> Kind | None:
    return next((kind for kind in KINDS if kind.fits(path)), None)


def _is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; what is neither that nor a file is refused unopened."""
    mode = path.stat().st_mode
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise InputError(f"{path} is neither a file nor a folder: name a dataset.")
    if _ends(path, COLLECTION):
        raise InputError(
            f"{path} is a collection, not a dataset: it is read by the commands for collections."
        )
    return stat.S_ISDIR(mode)


def _only_folder(path: Path) -> Path | None:
    entries = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
    return entries[0] if len(entries) == 1 and entries[0].is_dir() else None


def _ends(path: Path, *endings: str) -> bool:
    return path.suffix.lower() in endings and not path.is_dir()
