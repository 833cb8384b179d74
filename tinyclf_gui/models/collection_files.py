"""Where collections are kept, and which of them belongs to a folder of photos."""

from __future__ import annotations

import itertools
from pathlib import Path

import platformdirs

from tinyclf.errors import CollectionError, TinyClfError
from tinyclf.project import SUFFIX
from tinyclf.session import Session, require_photos


def collection_of(folder: Path) -> Session:
    """Open the collection of a photo folder, made anew if there is none and the folder has photos.

    Raises:
        InputError: no such folder, or no photo in it.
    """
    require_photos(folder)
    return open_or_create(collection_for(folder))


def open_or_create(path: Path) -> Session:
    """Open a collection file, made anew with its folder if there is none.

    Raises:
        CollectionError: it can be neither opened nor made.
    """
    if path.exists():
        return Session.open(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CollectionError(
            f"Cannot make the folder {path.parent} for collections ({error.strerror}): "
            "make it, or give yourself the right to write there."
        ) from error
    return Session.create(path)


def collections_folder() -> Path:
    """Return where collections are kept unless a person says otherwise: with the documents."""
    return platformdirs.user_documents_path() / "Tiny Classifier"


def photos_folder(last: Path | None) -> Path:
    """Return where a person looks for photos first: where they did last, else their pictures.

    Of a folder that is gone, as on a disk that was unplugged, the nearest one that is still there.
    """
    if last is not None:
        for folder in (last, *last.parents[:-1]):
            if folder.is_dir():
                return folder
    pictures = platformdirs.user_pictures_path()
    return pictures if pictures.is_dir() else Path.home()


def collection_for(folder: Path) -> Path:
    """Return the collection file of a photo folder, never a file beside the photos."""
    folder = folder.expanduser().absolute()
    home, title = collections_folder(), folder.name or "Photos"
    for number in itertools.count(1):
        name = title if number == 1 else f"{title} {number}"
        path = home / f"{name}{SUFFIX}"
        if not path.exists() or holds(path, folder):
            return path
    raise AssertionError("unreachable")


def holds(path: Path, folder: Path) -> bool:
    """Tell whether a collection file was made of this folder; one that cannot be read was not."""
    try:
        with Session.open(path) as session:
            return folder in session.folders
    except TinyClfError:
        return False
