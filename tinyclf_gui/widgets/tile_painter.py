"""Paints one tile of the grid: the photo on a neutral ground, its mark and a few words below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from tinyclf.domain import NO_VERDICT
from tinyclf_gui import theme as themes
from tinyclf_gui.models.tile import Tile
from tinyclf_gui.theme import RADIUS, Theme
from tinyclf_gui.widgets.fault_mark import paint_fault
from tinyclf_gui.widgets.grade_mark import (
    MARK_PIXELS,
    MarkKind,
    mark_of,
    paint_grade_mark,
    paint_pile,
    paint_tick,
)
from tinyclf_gui.widgets.grade_words import percent
from tinyclf_gui.widgets.grid_layout import CAPTION, PADDING, Box
from tinyclf_gui.widgets.mirrored import mirrored
from tinyclf_gui.widgets.pin_mark import paint_pin

CAPTION_PIXELS = 12
FOCUS_PIXELS = 2
DIMMED = 0.62
"""Opacity of a photo that no longer matches."""
MOST_COUNTED = 99
"""Larger groups are said to have more than so many."""
STACK_SIGN = 12
"""Side of the sign of photos that belong together."""
WAITING = 0.04
"""Opacity of the veil that stands for a photo still to come."""

GLASS = 0.86
"""Opacity of the strip on which words stand over a photo."""

_AIR = 6
"""Between mark and words."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class TileState:
    """How a tile stands in the grid.

    Attributes:
        selected: It is part of the selection.
        focused: The keyboard's focus is on it.
        active: The grid has the keyboard.
    """

    selected: bool = False
    focused: bool = False
    active: bool = True


class TilePainter:
    """Paints tiles in one theme at one scale; what repeats is drawn once and kept."""

    def __init__(self, theme: Theme, font: QFont, scale: float) -> None:
        self._theme = theme
        self._scale = scale
        self._font = themes.sized(font, CAPTION_PIXELS)
        self._small = themes.sized(font, CAPTION_PIXELS - 1)
        self._metrics = QFontMetricsF(self._font)
        self._ground = lru_cache(64)(self._draw_ground)
        self._mark = lru_cache(64)(self._draw_mark)
        self._tick = lru_cache(4)(self._draw_tick)
        self._fault = lru_cache(1)(self._draw_fault)
        self._pin = lru_cache(2)(self._draw_pin)
        self._stack = lru_cache(MOST_COUNTED)(self._draw_stack)
        self._elided = lru_cache(4096)(self._elide)

    def fits(self, theme: Theme, scale: float) -> bool:
        """Return whether this painter still serves."""
        return theme is self._theme and scale == self._scale

    def paint(
        self,
        painter: QPainter,
        box: Box,
        tile: Tile,
        state: TileState,
        pixmap: QPixmap | None,
        problem: str | None = None,
    ) -> None:
        """Paint one tile.

        Args:
            painter: Left as it was but for font and pen.
            box: Where, in the painter's coordinates.
            tile: What it shows.
            state: How it stands in the grid.
            pixmap: The thumbnail, ``None`` while it is not there.
            problem: Why it will never be there.
        """
        painter.drawPixmap(box.x, box.y, self._ground(box.width, box.height, state))
        photo = _photo_area(box)
        if tile.dimmed:
            painter.setOpacity(DIMMED)
        if pixmap is not None and (problem is None or tile.gone_from):
            self._paint_photo(painter, photo, pixmap)
        elif tile.gone_from:
            self._paint_problem(painter, photo, not_found(tile.gone_from))
        elif problem is not None:
            self._paint_problem(painter, photo, problem)
        else:
            self._paint_waiting(painter, photo)
        if pixmap is not None and tile.gone_from:
            self._paint_not_found(painter, photo)
        if tile.faults:
            _draw_in(painter, photo, photo.right() - MARK_PIXELS, photo.top(), self._fault())
        painter.setOpacity(1.0)
        if tile.duplicates:
            self._paint_stack(painter, photo, tile.duplicates)
        self._paint_caption(painter, _caption_area(box), tile, state.selected)

    def _paint_stack(self, painter: QPainter, area: QRectF, duplicates: int) -> None:
        """Paint the sign of photos that belong together into the upper corner."""
        sign = self._stack(min(duplicates, MOST_COUNTED))
        _draw_in(painter, area, area.left() + 2, area.top() + 2, sign)

    def _paint_photo(self, painter: QPainter, area: QRectF, pixmap: QPixmap) -> None:
        """Pixel on pixel where the thumbnail was made for this area.

        Else it is scaled into it, roughly: a right one is on its way, and resizing stays smooth.
        """
        size = pixmap.deviceIndependentSize()
        room = area.width()
        if abs(max(size.width(), size.height()) - room) * self._scale < 1:
            painter.drawPixmap(self._aligned(area.center(), size), pixmap)
            return
        size.scale(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(self._aligned(area.center(), size), size)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))

    def _aligned(self, centre: QPointF, size: QSizeF) -> QPointF:
        """Return the corner of a centred rectangle, on a whole device pixel."""
        return QPointF(
            round((centre.x() - size.width() / 2) * self._scale) / self._scale,
            round((centre.y() - size.height() / 2) * self._scale) / self._scale,
        )

    def _paint_waiting(self, painter: QPainter, area: QRectF) -> None:
        veil = QColor(self._theme.text)
        veil.setAlphaF(WAITING)
        painter.fillRect(area, veil)

    def _paint_problem(self, painter: QPainter, area: QRectF, problem: str) -> None:
        self._paint_waiting(painter, area)
        icon = QRectF(0, 0, 28, 22)
        icon.moveCenter(QPointF(area.center().x(), area.top() + 0.34 * area.height()))
        _paint_torn_picture(painter, icon, self._theme.muted)
        words = area.adjusted(8, 0, -8, -4)
        words.setTop(icon.bottom() + 8)
        painter.setFont(self._small)
        painter.setPen(self._theme.muted)
        painter.drawText(words, _WRAPPED, problem.partition(":")[0])  # the loupe tells the cure

    def _paint_not_found(self, painter: QPainter, area: QRectF) -> None:
        """Say at the foot of a photo of which only the thumbnail is left that it is gone."""
        words = QCoreApplication.translate("Tile", "not found")
        icon = QRectF(0, 0, 14, 10)
        width = icon.width() + _AIR + self._metrics.horizontalAdvance(words)
        pill = QRectF(0, 0, min(area.width(), width + 16), self._metrics.height() + 4)
        pill.moveCenter(QPointF(area.center().x(), area.bottom() - pill.height() / 2 - 4))
        ground = QColor(self._theme.panel)
        ground.setAlphaF(GLASS)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, RADIUS, RADIUS)
        painter.restore()
        icon.moveTo(pill.center().x() - width / 2, pill.center().y() - icon.height() / 2)
        _paint_torn_picture(painter, icon, self._theme.text)
        painter.setFont(self._font)
        painter.setPen(self._theme.text)
        painter.drawText(pill.adjusted(icon.right() - pill.left() + _AIR, 0, 0, 0), _LEFT, words)

    def _paint_caption(self, painter: QPainter, area: QRectF, tile: Tile, selected: bool) -> None:
        kind, grade = mark_shown(tile)
        _draw_in(painter, area, area.left(), area.top(), self._mark(kind, grade, selected))
        painter.setFont(self._font)
        painter.setPen(self._ink(selected, tile.dimmed))
        words = area.adjusted(MARK_PIXELS + _AIR, 0, 0, 0)
        left, right = caption(tile)
        for sign in self._signs(tile, selected):
            words.setRight(words.right() - MARK_PIXELS + 2)
            _draw_in(painter, area, words.right(), area.top(), sign)
        room = mirrored(words, area, painter.layoutDirection())
        if right and self._metrics.horizontalAdvance(left + "  " + right) < room.width():
            painter.drawText(room, _RIGHT, right)
        painter.drawText(room, _LEFT, self._elided(left, room.width()))

    def _signs(self, tile: Tile, selected: bool) -> list[QPixmap]:
        """Return what stands behind the words: how the grade was given, what the photo is."""
        signs = [self._tick(selected, tile.in_bulk)] if tile.verified else []
        return [*signs, self._pin(selected)] if tile.pinned else signs

    def _ink(self, selected: bool, dimmed: bool) -> QColor:
        ink = self._theme.text if selected else self._theme.muted
        return themes.mixed(ink, self._theme.panel, 0.4) if dimmed else ink

    def _elide(self, text: str, width: float) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)

    def _draw_ground(self, width: int, height: int, state: TileState) -> QPixmap:
        theme = self._theme
        area = QRectF(0, 0, width, height)

        def draw(painter: QPainter) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.selection if state.selected else theme.panel)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
            if state.focused:
                half = FOCUS_PIXELS / 2
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.accent if state.active else theme.edge, FOCUS_PIXELS))
                inner = area.adjusted(half, half, -half, -half)
                painter.drawRoundedRect(inner, RADIUS - half, RADIUS - half)

        return self._drawn(area.size(), draw)

    def _draw_mark(self, kind: MarkKind, grade: int, selected: bool) -> QPixmap:
        area = QRectF(0, 0, MARK_PIXELS, MARK_PIXELS)
        ground = self._theme.selection if selected else None

        def draw(painter: QPainter) -> None:
            painter.setFont(self._font)
            paint_grade_mark(painter, area, self._theme, grade, kind, ground)

        return self._drawn(area.size(), draw)

    def _draw_tick(self, selected: bool, in_bulk: bool) -> QPixmap:
        area = QRectF(2, 2, MARK_PIXELS - 4, MARK_PIXELS - 4)
        colour = self._theme.text if selected else self._theme.muted
        paint = paint_pile if in_bulk else paint_tick
        return self._drawn(
            QSizeF(MARK_PIXELS, MARK_PIXELS), lambda painter: paint(painter, area, colour)
        )

    def _draw_pin(self, selected: bool) -> QPixmap:
        area = QRectF(2, 2, MARK_PIXELS - 4, MARK_PIXELS - 4)
        colour = self._theme.text if selected else self._theme.muted
        side = QSizeF(MARK_PIXELS, MARK_PIXELS)
        return self._drawn(side, lambda painter: paint_pin(painter, area, colour))

    def _draw_fault(self) -> QPixmap:
        side = QSizeF(MARK_PIXELS, MARK_PIXELS)
        area = QRectF(0, 0, MARK_PIXELS, MARK_PIXELS)
        return self._drawn(side, lambda painter: paint_fault(painter, area, self._theme))

    def _draw_stack(self, duplicates: int) -> QPixmap:
        words = str(duplicates) if duplicates < MOST_COUNTED else f"{MOST_COUNTED}+"
        metrics = QFontMetricsF(self._small)
        area = QRectF(0, 0, STACK_SIGN + metrics.horizontalAdvance(words) + 12, 18)

        def draw(painter: QPainter) -> None:
            ground = QColor(self._theme.panel)
            ground.setAlphaF(0.88)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(area, 4, 4)
            painter.setPen(QPen(self._theme.text, 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            sheet = QRectF(4.5, 6.5, STACK_SIGN - 4, STACK_SIGN - 4)
            painter.drawRoundedRect(sheet, 1.5, 1.5)
            painter.drawPolyline(
                [
                    sheet.topLeft() + QPointF(3, -3),
                    sheet.topRight() + QPointF(3, -3),
                    sheet.bottomRight() + QPointF(3, -3),
                ]
            )
            painter.setFont(self._small)
            painter.drawText(area.adjusted(STACK_SIGN + 6, 0, 0, 0), _LEFT, words)

        return self._drawn(area.size(), draw)

    def _drawn(self, size: QSizeF, draw: Callable[[QPainter], None]) -> QPixmap:
        pixmap = QPixmap((size * self._scale).toSize())
        pixmap.setDevicePixelRatio(self._scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()
        return pixmap


def mark_shown(tile: Tile) -> tuple[MarkKind, int]:
    """Return a tile's mark and the grade in it: a person's verdict, else the proposal."""
    if tile.code == NO_VERDICT and tile.proposed:
        return mark_of(tile.proposed, proposed=True), tile.proposed
    return mark_of(tile.code), max(tile.code, 0)


def caption(tile: Tile) -> tuple[str, str]:
    """Return the words beside the mark, and those at the right edge."""
    if tile.believed:
        return QCoreApplication.translate("Tile", "looks like {grade}").format(
            grade=tile.believed
        ), ""
    if tile.code == NO_VERDICT and tile.proposed:
        other = QCoreApplication.translate("Tile", "or {grade}").format(grade=tile.runner_up)
        return percent(tile.confidence), other
    return tile.name, ""


def not_found(folder: str) -> str:
    """Return the words for a photo that is not in its folder."""
    words = QCoreApplication.translate("Tile", "not found in\n{folder}")
    return words.format(folder=PurePath(folder).name or folder)


def _photo_area(box: Box) -> QRectF:
    side = box.height - PADDING - CAPTION
    return QRectF(box.x + (box.width - side) / 2, box.y + PADDING, side, side)


def _caption_area(box: Box) -> QRectF:
    top = box.y + box.height - CAPTION + (CAPTION - MARK_PIXELS) // 2
    return QRectF(box.x + PADDING, top, box.width - 2 * PADDING, MARK_PIXELS)


def _draw_in(painter: QPainter, area: QRectF, x: float, y: float, sign: QPixmap) -> None:
    """Draw a sign into an area, at the other side of it where one reads from right to left."""
    rect = QRectF(QPointF(x, y), sign.deviceIndependentSize())
    painter.drawPixmap(mirrored(rect, area, painter.layoutDirection()).topLeft(), sign)


def _paint_torn_picture(painter: QPainter, area: QRectF, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.5))
    painter.drawRoundedRect(area, 3, 3)
    painter.drawLine(area.bottomLeft() + QPointF(-3, 5), area.topRight() + QPointF(3, -5))
    painter.restore()
