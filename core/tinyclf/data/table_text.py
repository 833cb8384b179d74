"""The text of a table as spreadsheets write it, whatever it says: encodings, and Excel's ``sep=``.

Tables of photos (`tinyclf.project.photo_csv`) and tables of examples (`datasets.table`) are read
from it.
"""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path
from typing import Literal

from tinyclf.errors import InputError


def read_content(
    path: Path, largest: int, cure: str, error_kind: type[InputError] = InputError
) -> bytes:
    """Return the bytes of a file of text.

    Args:
        path: The file.
        largest: Bytes that it may have.
        cure: What to do about one that has more, as a sentence.
        error_kind: What is raised.

    Raises:
        InputError: it cannot be read, or is too large; of that kind.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # opening a pipe may wait for ever
            raise error_kind(f"{path} cannot be read: it is no file of text. Save a table as CSV.")
        with path.open("rb") as file:
            content = file.read(min(status.st_size, largest) + 1)
    except FileNotFoundError as error:
        raise error_kind(f"There is no file {path}. Check the name.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise error_kind(f"{path} cannot be read: {reason}.") from error
    if len(content) > largest:
        raise error_kind(f"{path} is larger than {largest // 1_000_000} MB. {cure}")
    return content


def decoded(content: bytes, otherwise: Literal["surrogateescape", "latin-1"]) -> str:
    """Return text that is UTF-16 with its mark, or UTF-8 with or without.

    Args:
        content: Its bytes.
        otherwise: What is done about bytes that are no UTF-8: kept, as ``os.fsdecode`` keeps them
            in file names, or all of it taken for Latin-1.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if otherwise == "latin-1":
            return content.decode("latin-1")
        return content.decode("utf-8-sig", otherwise)


def stated_separator(text: str, among: str) -> str | None:
    """Return what the first line says stands between cells, if it is Excel's ``sep=;``."""
    stated = re.match(rf"\s*sep=([{re.escape(among)}])", text, re.IGNORECASE)
    return stated[1] if stated else None
