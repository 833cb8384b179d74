from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tinyclf.data.identity import photo_id
from tinyclf.export import ExportRow

MakeRow = Callable[..., ExportRow]


@pytest.fixture
def make_row(tmp_path: Path) -> MakeRow:
    """Draw a photo of its own shade and return its row; words are those of `ExportRow`."""
    shades = iter(range(256))

    def make(name: str = "1.png", **words: Any) -> ExportRow:
        path = tmp_path / "photos" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (30, 20), (next(shades), 90, 90)).save(path)
        return ExportRow(path, photo_id(path), **words)

    return make
