"""Groups from a table: the columns ``photo`` and ``group``, as spreadsheets write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tinyclf.domain import PhotoId
from tinyclf.errors import GroupsError
from tinyclf.project.photo_csv import BadRow, PhotoCsv
from tinyclf.project.photo_names import PhotoNames
from tinyclf.project.photo_table import PhotoTable


@dataclass(frozen=True)
class GroupsTable:
    """What a table of groups says.

    Attributes:
        path: The file.
        groups: The name of each grouped photo's group, in the order of the file.
        bad: The rows that cannot be used, by line.
    """

    path: Path
    groups: dict[PhotoId, str]
    bad: list[BadRow]

    def require_all(self) -> dict[PhotoId, str]:
        """Return the groups if every row can be used.

        Raises:
            GroupsError: some cannot; it names the first twenty.
        """
        if self.bad:
            raise _GROUPS.refusal(self.path, self.bad, "Correct the file")
        return self.groups


def read_groups(path: Path, table: PhotoTable, folders: Sequence[Path] = ()) -> GroupsTable:
    """Read which photos of a collection belong together: those that share a name in ``group``.

    A photo is named by its path within a photo folder, by its absolute path, or by its file name
    where only one photo has it. A row whose ``group`` is empty says nothing; a photo that is put
    into two groups is in none, and its rows are bad.

    Args:
        path: The file.
        table: The collection's photos.
        folders: The photo folders, to recognise them by another name (through a link).

    Raises:
        GroupsError: the file cannot be read, or has no columns ``photo`` and ``group``.
    """
    members, bad = _GROUPS.read(path, PhotoNames(table, folders))
    return GroupsTable(path, dict(members), bad)


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
