"""Photos that belong together: they are never on both sides of a split."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import apsw

from tinyclf.domain import PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project.acts import GROUP, append_act
from tinyclf.project.database import Database, row, rows

Source: TypeAlias = Literal["user", "duplicate"]
"""Who says so: the user (front and back, the same stamp), or that the pictures are nearly equal."""

_Group: TypeAlias = tuple[str, str]
"""(source, name): the two sources may use the same name for different groups."""

_MEMBERS = "SELECT photo, source, name FROM photo_groups ORDER BY photo, source DESC"

_OF_SOURCE = """
SELECT p.photo_id, g.name FROM photo_groups g JOIN photos p ON p.row = g.photo
WHERE g.source = ? ORDER BY g.photo
"""


class GroupRows(Database):
    """Groups by source; a photo is in one group of each at most."""

    def set_groups(self, source: Source, groups: Mapping[PhotoId, str]) -> None:
        """Make these the only groups of a source; the other's stay.

        Args:
            source: Who says so: the user's are a person's act, duplicates the machine's. Neither
                is a step of the undo history.
            groups: The name of each photo's group, not empty; photos without one are left out.

        Raises:
            ValueError: a name is empty.
            CollectionError: a photo is not in this collection; nothing was written.
        """
        if not all(groups.values()):
            raise ValueError("a group has an empty name")
        with self._writing() as connection:
            known = {photo_id for (photo_id,) in rows(connection, "SELECT photo_id FROM photos")}
            if unknown := set(groups) - known:
                raise CollectionError(
                    f"The photo {min(unknown)} is not in this collection. Import it first."
                )
            if dict(rows(connection, _OF_SOURCE, (source,))) == groups:
                return
            append_act(connection, "person" if source == "user" else "machine", GROUP)
            connection.execute("DELETE FROM photo_groups WHERE source = ?", (source,))
            connection.executemany(
                "INSERT INTO photo_groups (photo, name, source) "
                "VALUES ((SELECT row FROM photos WHERE photo_id = ?), ?, ?)",
                ((photo_id, name, source) for photo_id, name in groups.items()),
            )

    def compared(self) -> int:
        """Return how many photos have been compared with each other to find duplicates."""
        with self._reading() as connection:
            found = row(connection, "SELECT value FROM meta WHERE key = 'compared'")
        return 0 if found is None else int(found[0])

    def note_compared(self, photos: int) -> None:
        """Write down that the first so many photos have been compared with each other."""
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
        with self._reading() as connection:
            if source is not None:
                return dict(rows(connection, _OF_SOURCE, (source,)))
            names = dict(rows(connection, "SELECT row, photo_id FROM photos"))
            group_of = merged_groups(connection)
        name_of = _distinct_names(dict.fromkeys(group_of.values()))
        return {names[photo]: name_of[group] for photo, group in group_of.items()}


def merged_groups(connection: apsw.Connection) -> dict[int, _Group]:
    """Return each grouped photo's group, by row number, ascending.

    Groups that share a photo are one: each goes by the first of the user's among them, if any.
    """
    members = rows(connection, _MEMBERS)
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
