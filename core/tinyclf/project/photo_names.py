"""Finding photos by what people and spreadsheets call them."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import numpy as np

from tinyclf.domain import Copy, PhotoId
from tinyclf.project.photo_table import PhotoTable
from tinyclf.project.stored_path import absolute


class Named(NamedTuple):
    """A file that goes by a name: the photo it was when it was imported, and where it lies."""

    photo_id: PhotoId
    place: str


class PhotoNames:
    """The photos of a collection by path within a photo folder, absolute path, and file name.

    A path belongs to the photo that was found there last. A copy of a photo names that photo.
    """

    def __init__(
        self, table: PhotoTable, folders: Sequence[Path], copies: Iterable[Copy] = ()
    ) -> None:
        self._folders = [absolute(folder) for folder in folders]
        self._by_path: dict[str, list[Named]] = defaultdict(list)
        self._by_file_name: dict[str, list[Named]] = defaultdict(list)
        self._by_composed_path: dict[str, list[Named]] = defaultdict(list)
        self._by_composed_file_name: dict[str, list[Named]] = defaultdict(list)
        copy_of = {os.fspath(copy.path): copy.photo_id for copy in copies}
        outer = {str(folder): list(self._around(folder)) for folder in self._folders}
        for row in np.flatnonzero(~table.replaced()).tolist():
            home, path = table.places[row]
            if f"{home}/{path}" in copy_of:  # a copy of another photo has come there since
                continue
            named = self._add(table.ids[row], home, path)
            for within in outer.get(home, ()):
                self._add_path(named, f"{within}/{path}")
        for place, photo_id in copy_of.items():
            for folder in self._folders:
                if (copy := Path(place)).is_relative_to(folder):
                    self._add(photo_id, str(folder), copy.relative_to(folder).as_posix())

    def _around(self, folder: Path) -> Iterator[str]:
        """Yield what a photo folder is called within the others that it lies in."""
        for other in self._folders:
            if folder != other and folder.is_relative_to(other):
                yield folder.relative_to(other).as_posix()

    def _add_path(self, named: Named, path: str) -> None:
        self._by_path[path].append(named)
        self._by_composed_path[_composed(path)].append(named)

    def _add(self, photo_id: PhotoId, folder: str, path: str) -> Named:
        named = Named(photo_id, f"{folder}/{path}")
        file_name = path.rpartition("/")[2]
        for whole in (path, named.place):
            self._add_path(named, whole)
        self._by_file_name[file_name].append(named)
        self._by_composed_file_name[_composed(file_name)].append(named)
        return named

    def find(self, name: str) -> list[PhotoId]:
        """Return the photos a name can mean; see `find_files`."""
        return list(dict.fromkeys(named.photo_id for named in self.find_files(name)))

    def find_files(self, name: str) -> list[Named]:
        """Return the files a name can mean; a photo and its copy may go by one.

        A path that fits goes before a file name, and of each the exact spelling before one that
        only composes its accents differently.
        """
        spellings = list(dict.fromkeys(_spellings(name)))
        paths = [path for one in spellings for path in (one, *self._through_links(one))]
        return (
            _first(self._by_path, paths)
            or _first(self._by_composed_path, map(_composed, paths))
            or _first(self._by_file_name, spellings)
            or _first(self._by_composed_file_name, map(_composed, spellings))
        )

    def _through_links(self, path: str) -> Iterator[str]:
        if not path.startswith("/"):
            return
        real = Path(os.path.realpath(path))
        for folder in self._folders:
            if real.is_relative_to(os.path.realpath(folder)):
                yield real.relative_to(os.path.realpath(folder)).as_posix()


def _first(files: dict[str, list[Named]], names: Iterable[str]) -> list[Named]:
    found = next((files[name] for name in names if name in files), [])
    return list(dict.fromkeys(found))


def _spellings(name: str) -> Iterator[str]:
    r"""Yield a name as it stands, then as it is meant: trimmed, ``\`` as ``/``, ANSI as Unicode."""
    ansi = os.fsencode(name).decode("cp1252", "replace")
    for spelling in (name, name.strip(), ansi.strip(), name.strip().replace("\\", "/")):
        if spelling and "\0" not in spelling:
            yield str(PurePosixPath(spelling))


def _composed(name: str) -> str:
    return name if name.isascii() else unicodedata.normalize("NFC", name)
