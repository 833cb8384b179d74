"""Photos on their way from the grid to a grade: what a drag carries."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMimeData

from tinyclf.domain import PhotoId

MIME = "application/x-tinyclf-photos"
"""Photo ids, one a line, ASCII."""


def mime_of(photo_ids: Iterable[PhotoId]) -> QMimeData:
    """Return what a drag of these photos carries."""
    carried = QMimeData()
    carried.setData(MIME, "\n".join(photo_ids).encode("ascii"))
    return carried


def photo_ids_of(carried: QMimeData) -> list[PhotoId]:
    """Return the photos a drag carries; none, if it is a drag of something else."""
    lines = bytes(carried.data(MIME).data()).decode("ascii", "replace").split("\n")
    return [PhotoId(line) for line in lines if line]
