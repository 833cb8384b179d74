"""The rule that nothing is ever written beside a user's photos."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from tinyclf.errors import InputError
from tinyclf.export.rows import ExportRow


def require_apart(rows: Iterable[ExportRow], places: Iterable[Path]) -> None:
    """Refuse to write into folders that hold the photos, lie below one that does, or above.

    Raises:
        InputError: one of the places does.
    """
    homes = {Path(os.path.realpath(home)) for home in {row.path.parent for row in rows}}
    for place in places:
        real = Path(os.path.realpath(place))
        for home in homes:
            if real.is_relative_to(home) or home.is_relative_to(real):
                raise InputError(
                    f"{place} would mix with the photos in {home}, beside which nothing is "
                    "written. Choose another folder."
                )
