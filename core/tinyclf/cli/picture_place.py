"""Where a command may write a picture that it draws."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from tinyclf.errors import InputError
from tinyclf.whole_file import require_file_place

PNG = ".png"


def require_picture_place(out: Path, *, overwrite: bool, read: Sequence[Path]) -> None:
    """Make sure, before work begins, that a picture can be written.

    Args:
        out: The file.
        overwrite: Whether another picture that is there may go.
        read: What the command reads, which it never writes over.

    Raises:
        InputError: it is no PNG by its name, there already, or cannot be written.
    """
    if out.suffix.lower() != PNG:
        raise InputError(f"{out}: the picture is a PNG. Name it so: {out.stem or 'picture'}{PNG}")
    require_file_place(out)
    if not os.path.lexists(out):
        return
    if any(place.exists() and out.samefile(place) for place in read):
        raise InputError(f"{out} is what the picture is made of. Name another file.")
    if not overwrite:
        raise InputError(
            f"{out} is there already. Name another file, or write over it: --overwrite."
        )
