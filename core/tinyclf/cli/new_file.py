"""Where a command may write a file of its own: not over what it reads, nor over another unasked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from tinyclf.errors import InputError
from tinyclf.whole_file import is_part_of, require_file_place, require_no_collection

PNG = ".png"


def require_new_file(out: Path, *, overwrite: bool, read: Sequence[Path]) -> None:
    """Make sure, before work begins, that a file can be written.

    Args:
        out: The file.
        overwrite: Whether another file that is there may go.
        read: What the command reads, files and folders, of which it never writes over any.

    Raises:
        InputError: it is there already, or cannot be written.
    """
    require_file_place(out)
    require_no_collection(out)
    if not os.path.lexists(out):
        return
    if any(is_part_of(out, place) for place in read):
        raise InputError(f"{out} is of what is read for it. Name another file.")
    if not overwrite:
        raise InputError(
            f"{out} is there already. Name another file, or write over it: --overwrite."
        )


def require_picture_place(out: Path, *, overwrite: bool, read: Sequence[Path]) -> None:
    """Make sure likewise that a picture can be written.

    Raises:
        InputError: it is no PNG by its name, there already, or cannot be written.
    """
    if out.suffix.lower() != PNG:
        raise InputError(f"{out}: the picture is a PNG. Name it so: {out.stem or 'picture'}{PNG}")
    require_new_file(out, overwrite=overwrite, read=read)
