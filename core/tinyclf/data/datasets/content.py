"""The bytes of a dataset's file: opened with care, and why not, in words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tinyclf.data.files import open_regular, reason_of
from tinyclf.errors import InputError, PhotoError

LARGEST = 4_000_000_000
"""Bytes of a dataset in memory, at most; the largest of the usual ones takes an eighth of it."""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Give an open file, and put into words what the system has against reading it.

    Raises:
        InputError: it is gone, forbidden, no regular file, or too much for the memory.
    """
    try:
        with open_regular(path) as file:
            yield file
    except PhotoError as error:
        reason = str(error).removesuffix(", not a picture file")
        raise InputError(f"{path} cannot be read: {reason}. Check its name.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {reason_of(error)}.") from error
    except MemoryError as error:
        raise InputError(f"{path} needs more memory than there is: take fewer examples.") from error


def whole_content(path: Path, largest: int = LARGEST) -> bytes:
    """Return all bytes of a file.

    Raises:
        InputError: it cannot be read, or has more than the largest number of bytes.
    """
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > largest:
            raise InputError(
                f"{path} has {size:,} bytes, more than the {largest:,} that are read: "
                "take a part of it."
            )
        return file.read(size)  # not more: so much is set aside at once


def require_room(what: str, size: int) -> None:
    """Check that arrays are not larger than datasets may be, before they are made.

    Args:
        what: Whose arrays they are.
        size: Their bytes.

    Raises:
        InputError: they are.
    """
    if size > LARGEST:
        raise InputError(
            f"{what} takes {size:,} bytes in memory, more than the {LARGEST:,} that are allowed: "
            "take fewer examples, or smaller ones."
        )
