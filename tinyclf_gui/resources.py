"""Finds what is drawn or written rather than programmed: icons and the style sheet."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

ICON_INK = b"currentColor"
"""What the icon files name as their one colour."""


@cache
def folder() -> Path:
    """Return the resources folder: inside the package when installed, beside it in a checkout.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "resources", package.parent / "resources"):
        if (candidate / "icons").is_dir():
            return candidate
    raise FileNotFoundError(
        f"The folder 'resources' is missing from {package}: install tiny-classifier again."
    )


def text(name: str) -> str:
    """Return a text resource, ``name`` relative to the resources folder."""
    return (folder() / name).read_text(encoding="utf-8")


def examples() -> list[Path]:
    """Return the files of benchmarks that come along, sorted by name."""
    return sorted((folder() / "benchmarks").glob("*.yaml"))


@cache
def _drawing(name: str) -> bytes:
    return (folder() / "icons" / f"{name}.svg").read_bytes()


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw an icon into a square in one colour, sharp at any scale."""
    svg = _drawing(name).replace(ICON_INK, colour.name().encode())
    QSvgRenderer(QByteArray(svg)).render(painter, rect)


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """Return an icon in one colour, drawn for scales of 100, 200 and 300 per cent.

    Call it again with the new colour when the theme changes. GUI thread only.
    """
    drawn = QIcon()
    for scale in (1, 2, 3):
        pixmap = QPixmap(QSize(size, size) * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_icon(painter, QRectF(0, 0, size, size), name, colour)
        painter.end()
        drawn.addPixmap(pixmap)
    return drawn
