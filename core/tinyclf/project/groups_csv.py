"""Groups from a table: the columns ``photo`` and ``group``, as spreadsheets write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from tinyclf.domain import Copy
from tinyclf.errors import GroupsError
from tinyclf.project.photo_csv import CsvContents, PhotoCsv
from tinyclf.project.photo_table import PhotoTable

GroupsTable: TypeAlias = CsvContents[str]


def read_groups(
    path: Path,
    table: PhotoTable,
    folders: Sequence[Path] = (),
    copies: Iterable[Copy] = (),
) -> GroupsTable:
    """Read which photos of a collection belong together: those that share a name in ``group``.

    A row whose ``group`` is empty says nothing; a photo that is put into two groups is in none, and
    its rows are bad. How photos are named: see `PhotoCsv.read`.

    Raises:
        GroupsError: the file cannot be read, or has no columns ``photo`` and ``group``.
    """
    return _GROUPS.read(path, table, folders, copies)


def _name(text: str) -> str:
    """Return a name as it can be stored: bytes that are no Unicode become replacement signs."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


_GROUPS: PhotoCsv[str] = PhotoCsv(
    column="group",
    parse=_name,
    shown=repr,
    contradiction="in group {} here but in {} in line {}",
    error=GroupsError,
    empty_says_nothing=True,
)
