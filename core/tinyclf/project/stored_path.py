"""How a path is kept in the collection file, whatever bytes its name is made of."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TypeGuard


def absolute(path: Path) -> Path:
    """Return a path from the root, without ``..``, its links as the user wrote them."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (resolve() would follow the links)


def stored(path: PurePath) -> str | bytes:
    """Return a path as text with ``/`` between, or as its bytes where these are no Unicode."""
    text = path.as_posix()
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(text)
    return text


def path_text(value: str | bytes) -> str:
    """Return what `stored` made as the string that `Path` takes."""
    return os.fsdecode(value) if isinstance(value, bytes) else value


def are_texts(values: Sequence[str | bytes]) -> TypeGuard[Sequence[str]]:
    """Tell whether paths, as stored, are all text, as they nearly always are."""
    return bytes not in set(map(type, values))


def path_of(value: str | bytes) -> Path:
    """Return the path that `stored` was given."""
    return Path(path_text(value))


def shown(value: str | bytes) -> str:
    """Return a path for the eye: bytes that are no Unicode become replacement characters."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
