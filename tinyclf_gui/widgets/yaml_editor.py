"""A plain-text editor with line numbers, in which mistakes are marked where they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import (
    QFontDatabase,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from tinyclf_gui import theme as themes

AIR = 8
"""Left and right of a line's number."""
GROUND_SHARE = 0.14
"""Of the colour of errors in the ground of a line that has one."""


class MistakeLike(Protocol):
    """What is wrong, and where (the core's ``Mistake``)."""

    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102


class YamlEditor(QPlainTextEdit):
    """Text of one font width. Tab leaves it, as YAML has no tabs; Enter keeps the indentation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkEditor")
        self.setAccessibleName(self.tr("Benchmarks in YAML"))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self._mistakes: Sequence[MistakeLike] = ()
        self._numbers = _LineNumbers(self)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._follow)
        self._take_on_look()

    @property
    def mistakes(self) -> Sequence[MistakeLike]:
        """What is marked."""
        return self._mistakes

    def mark(self, mistakes: Sequence[MistakeLike]) -> None:
        """Mark these mistakes instead of those before."""
        self._mistakes = tuple(mistakes)
        grounds = {each.line: self._ground(each.line) for each in mistakes}
        waves = [self._wave(each) for each in mistakes]
        self.setExtraSelections([*grounds.values(), *waves])
        many = self.tr("{n} mistakes").format(n=len(mistakes))
        words = {0: "", 1: self.tr("1 mistake")}
        self.setAccessibleDescription(words.get(len(mistakes), many))
        self._numbers.update()

    def messages_of(self, line: int) -> list[str]:
        """Return what is wrong in a line, counted from 1."""
        return [each.message for each in self._mistakes if each.line == line]

    def go_to(self, line: int, column: int = 1) -> None:
        """Put the cursor there, both counted from 1, and give it the keyboard."""
        self.setTextCursor(self._cursor(line, column))
        self.centerCursor()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Tell a mistake in the tool tip of its line."""
        if event.type() == QEvent.Type.ToolTip:
            at = self.viewport().mapFromGlobal(event.globalPos())  # type: ignore[attr-defined]
            line = self.cursorForPosition(at).blockNumber() + 1
            self.setToolTip("\n".join(self.messages_of(line)))
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a new line as far to the right as the one before."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            before = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
            self.textCursor().insertText("\n" + before[: len(before) - len(before.lstrip(" "))])
            self.ensureCursorVisible()
        elif event.key() == Qt.Key.Key_Tab:
            event.ignore()  # there was nowhere to go
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers as high as the text."""
        super().resizeEvent(event)
        self._place_numbers()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.mark(self._mistakes)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(360, 240)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few lines."""
        return QSize(200, 96)

    @property
    def numbers_width(self) -> int:
        """How wide the column of line numbers is."""
        digits = max(2, len(str(self.blockCount())))
        return 2 * AIR + digits * self.fontMetrics().horizontalAdvance("9")

    def paint_numbers(self, painter: QPainter, area: QRect) -> None:
        """Paint the numbers of the lines in view: those with a mistake in the colour of errors."""
        theme = themes.current()
        wrong = {each.line for each in self._mistakes}
        block = self.firstVisibleBlock()
        top = round(self.blockBoundingGeometry(block).translated(self.contentOffset()).top())
        height = self.fontMetrics().height()
        while block.isValid() and top <= area.bottom():
            line = block.blockNumber() + 1
            painter.setPen(theme.danger if line in wrong else theme.muted)
            painter.setFont(themes.sized(self.font(), themes.TEXT_PIXELS, bold=line in wrong))
            where = QRect(0, top, self._numbers.width() - AIR, height)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight, str(line))
            top += round(self.blockBoundingRect(block).height())
            block = block.next()

    def _take_on_look(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(themes.TEXT_PIXELS)
        self.setFont(font)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width, 0, 0, 0)
        self._place_numbers()

    def _place_numbers(self) -> None:
        view = self.viewport().geometry()
        width = self.numbers_width
        self._numbers.setGeometry(view.left() - width, view.top(), width, view.height())

    @Slot(QRect, int)
    def _follow(self, area: QRect, moved: int) -> None:
        if moved:
            self._numbers.scroll(0, moved)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def _ground(self, line: int) -> QTextEdit.ExtraSelection:
        theme = themes.current()
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(line, 1)
        look = QTextCharFormat()
        look.setBackground(themes.mixed(theme.raised, theme.danger, GROUND_SHARE))
        look.setProperty(QTextFormat.Property.FullWidthSelection, True)
        selection.format = look
        return selection

    def _wave(self, mistake: MistakeLike) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = self._cursor(mistake.line, mistake.column)
        block = cursor.block()
        written = len(block.text().split(" #")[0].rstrip())  # without what is said of it
        end = max(block.position() + written, cursor.position())
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(themes.current().danger)
        selection.format = look
        return selection

    def _cursor(self, line: int, column: int) -> QTextCursor:
        """Return a cursor at a line and column, or at the nearest there is."""
        last = self.document().lastBlock().blockNumber()
        block: QTextBlock = self.document().findBlockByNumber(min(line - 1, last))
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(column - 1, block.length() - 1))
        return cursor


class _LineNumbers(QWidget):
    """The column left of the text."""

    def __init__(self, editor: YamlEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the numbers."""
        painter = QPainter(self)
        self._editor.paint_numbers(painter, event.rect())
        painter.end()
