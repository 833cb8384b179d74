"""Photos that belong together: they are never on both sides of a split."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Literal, TypeAlias

import apsw
import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project.acts import GROUP
from tinyclf.project.database import Database, row

Source: TypeAlias = Literal["user", "duplicate"]
"""Who says so: the user (front and back, the same stamp), or that the pictures are nearly equal."""

_Group: TypeAlias = tuple[str, str]
"""(source, name): the two sources may use the same name for different groups."""

_Member: TypeAlias = tuple[int, str, str]
"""(photo's row number, source, name)"""

_MEMBERS = """
SELECT 2 * photo + (source = 'duplicate') AS place, photo, source, name FROM photo_groups
WHERE photo >= ?1 / 2 AND place > ?1 ORDER BY photo, source DESC LIMIT ?2
"""

_OF_SOURCE = """
SELECT g.photo, p.photo_id, g.name FROM photo_groups g JOIN photos p ON p.row = g.photo
WHERE g.photo > ?1 AND g.source = ?3 ORDER BY g.photo LIMIT ?2
"""

_NUMBERS = "SELECT row, photo_id FROM photos WHERE row > ?1 ORDER BY row LIMIT ?2"

_LAST_GROUPING = "SELECT number FROM acts WHERE kind = 'group' ORDER BY number DESC LIMIT 1"

_REMOVE = "DELETE FROM photo_groups WHERE photo = ? AND source = ?"

_PUT = "INSERT OR REPLACE INTO photo_groups (photo, name, source) VALUES (?, ?, ?)"


class GroupRows(Database):
    """Groups by source; a photo is in one group of each at most."""

    _grouped: tuple[int, NDArray[np.int64]] | None = None

    def set_groups(self, source: Source, groups: Mapping[PhotoId, str]) -> None:
        """Make these the only groups of a source; the other's stay.

        Args:
            source: Who says so: the user's are a person's act, written whole or not at all;
                duplicates are the machine's, written a part at a time, each group whole, and found
                again where a program is killed meanwhile. Neither is a step of the undo history.
            groups: The name of each photo's group, not empty; photos without one are left out.

        Raises:
            ValueError: a name is empty.
            CollectionError: a photo is not in this collection; nothing was written.
        """
        if not all(groups.values()):
            raise ValueError("a group has an empty name")
        before = self.groups(source)
        if before == groups:
            return
        numbers = self._numbers()
        if unknown := groups.keys() - numbers.keys():
            raise CollectionError(
                f"The photo {min(unknown)} is not in this collection. Import it first."
            )
        gone = [numbers[one] for one in before.keys() - groups.keys()]
        put = [(numbers[one], name) for one, name in groups.items() if before.get(one) != name]
        put.sort(key=itemgetter(1))
        names = [name for _, name in put]
        by_user = source == "user"

        def write(connection: apsw.Connection, part: slice) -> None:
            connection.executemany(_REMOVE, ((photo, source) for photo in gone[part]))
            whole = slice(_edge(names, part.start), _edge(names, part.stop))
            connection.executemany(_PUT, ((*one, source) for one in put[whole]))

        self._write_in_parts(
            GROUP,
            max(len(gone), len(put)),
            write,
            self.all_groups,
            actor="person" if by_user else "machine",
            whole=by_user,
        )

    def all_groups(self) -> NDArray[np.int64]:
        """Return all grouped photos, int64 ``(m, 2)``: photo, the first photo of its group.

        They are read once after they were written; photos are named by their row in the file.
        """
        with self._reading() as connection:
            found = row(connection, _LAST_GROUPING)
        act = int(found[0]) if found else 0
        if self._grouped is None or self._grouped[0] != act:
            first: dict[_Group, int] = {}
            group_of = merged_groups(self._members())
            # Photos ascend, so a group's first photo comes first.
            members = [(photo, first.setdefault(group, photo)) for photo, group in group_of.items()]
            self._grouped = act, np.array(members, np.int64).reshape(-1, 2)
        return self._grouped[1]

    def _members(self) -> list[_Member]:
        return [(photo, source, name) for _, photo, source, name in self._paged(_MEMBERS)]

    def _numbers(self) -> dict[PhotoId, int]:
        """Return by which row number the file knows each photo."""
        return {photo_id: number for number, photo_id in self._paged(_NUMBERS)}

    def compared(self) -> int:
        """Return how many photos have been compared with each other to find duplicates."""
        with self._reading() as connection:
            found = row(connection, "SELECT value FROM meta WHERE key = 'compared'")
        return 0 if found is None else int(found[0])

    def note_compared(self, photos: int) -> None:
        """Write down how many photos have been compared: all but those that cannot be read."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES ('compared', ?)", (str(photos),)
            )

    def groups(self, source: Source | None = None) -> dict[PhotoId, str]:
        """Return the name of each grouped photo's group, in the order the photos came in.

        Args:
            source: Only what this one says; else of both, and groups that share a photo are one,
                under the name that the user gave first, if any.
        """
        if source is not None:
            return {photo_id: name for _, photo_id, name in self._paged(_OF_SOURCE, source)}
        names = {number: photo_id for photo_id, number in self._numbers().items()}
        group_of = merged_groups(self._members())
        name_of = _distinct_names(dict.fromkeys(group_of.values()))
        return {names[photo]: name_of[group] for photo, group in group_of.items()}


def merged_groups(members: Sequence[_Member]) -> dict[int, _Group]:
    """Return each grouped photo's group, by row number, ascending.

    Groups that share a photo are one: each goes by the first of the user's among them, if any.

    Args:
        members: By photo, ascending; what the user says of one stands first.
    """
    groups = dict.fromkeys((source, name) for _, source, name in members)
    rank = {group: k for k, group in enumerate(sorted(groups, key=lambda g: g[0] != "user"))}
    parent = {group: group for group in groups}
    group_of: dict[int, _Group] = {}
    for photo, *group in members:
        new = _root(parent, (group[0], group[1]))
        old = _root(parent, group_of.setdefault(photo, new))
        first, second = sorted((old, new), key=rank.__getitem__)
        parent[second] = first
    return {photo: _root(parent, group) for photo, group in group_of.items()}


def _edge(names: Sequence[str], place: int) -> int:
    """Return where the first group begins at or past a place among photos sorted by group.

    A group is in one part as a whole: half of it would be on both sides of a split.
    """
    if place == 0 or place >= len(names):
        return min(place, len(names))
    return bisect_right(names, names[place - 1])


def _root(parent: dict[_Group, _Group], group: _Group) -> _Group:
    while parent[group] != group:
        parent[group] = parent[parent[group]]
        group = parent[group]
    return group


def _distinct_names(groups: Mapping[_Group, None]) -> dict[_Group, str]:
    names: dict[_Group, str] = {}
    taken: set[str] = set()
    for group in sorted(groups, key=lambda g: g[0] != "user"):  # the user's keep theirs
        name = group[1]
        while name in taken:
            name += "'"
        taken.add(name)
        names[group] = name
    return names
