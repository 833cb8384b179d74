"""The photos that rows of a table speak of: by identity, else by a name that is theirs still."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from tinyclf.data.in_place import holds_another
from tinyclf.domain import Copy, PhotoId
from tinyclf.project.photo_names import Named, PhotoNames
from tinyclf.project.photo_table import PhotoTable

_IDENTITY = re.compile("[0-9a-f]{32}")


class NamedPhotos:
    """Finds the one photo that is meant; an error says in a few words why there is none."""

    def __init__(
        self, table: PhotoTable, folders: Sequence[Path], copies: Iterable[Copy] = ()
    ) -> None:
        copies = list(copies)
        self._table = table
        self._names = PhotoNames(table, folders, copies)
        self._copies = {str(copy.path): copy for copy in copies}

    def find(self, name: str, identity: str = "") -> PhotoId:
        """Return the photo of an identity; where there is none, that which goes by the name.

        Files are renamed, and other ones get their names: what is said under a name was said of the
        file that has it now. So a name whose file is not the imported one stands for no photo.

        Args:
            name: A path, or a file name.
            identity: A cell of a column of identities. What cannot be one is passed over: a
                person's own numbers may go by that name.

        Raises:
            ValueError: none is meant, or more than one, or one that is not there; the reason.
        """
        identity = identity.strip()
        if identity in self._table.row_of:
            return PhotoId(identity)
        if _IDENTITY.fullmatch(identity):
            raise ValueError(
                f"the photo {identity} ({name!r}) is not in this collection, import it first or "
                "delete the column photo_id to go by names"
            )
        if not name.strip():
            raise ValueError("it names no photo")
        files = self._names.find_files(name)
        photos = {file.photo_id for file in files}
        if not files:
            raise ValueError(f"there is no photo {name!r} in this collection")
        if len(photos) > 1:
            raise ValueError(f"{len(photos)} photos go by {name!r}, write the whole path")
        if any(map(self._is_another, files)):
            raise ValueError(
                f"the file {name!r} is another one than was imported, import its folder again"
            )
        return photos.pop()

    def _is_another(self, file: Named) -> bool:
        photo = self._table.photo(self._table.row_of[file.photo_id])
        copy = self._copies.get(file.place)
        if copy is not None:
            modified = copy.stamp.modified_ns if copy.stamp else 0
            photo = replace(photo, path=copy.path, modified_ns=modified)
        return holds_another(photo)
