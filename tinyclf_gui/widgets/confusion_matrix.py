"""Where the classifier errs: your grade against the proposed one, as a table of shades.

Right answers are framed and in the accent, mistakes in grey: told apart by shape too, not by colour
alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from tinyclf.domain import GRADES, Grade
from tinyclf_gui import theme as themes
from tinyclf_gui.theme import Theme
from tinyclf_gui.widgets.grade_mark import GradeMark, MarkKind
from tinyclf_gui.widgets.grade_words import number

CELL_HEIGHT = 34
STRONGEST_SHADE, STRONGEST_GREY = 0.85, 0.6
STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionCell(QPushButton):
    """One cell: so many photos of this grade were proposed that grade.

    Signals:
        stepped(int, int): An arrow key was pressed: cells down, cells to the right.
    """

    stepped = Signal(int, int)

    def __init__(self, truth: Grade, proposed: Grade, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.truth = truth
        self.proposed = proposed
        self.count = 0
        self.share = 0.0
        self.setObjectName(f"confusionCell{int(truth)}{int(proposed)}")
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def is_right(self) -> bool:
        """Whether what was proposed is what the person gave."""
        return self.truth == self.proposed

    def show_count(self, count: int, share: float) -> None:
        """Show a count, shaded by its share, 0 to 1, of the fullest cell."""
        self.count = count
        self.share = share
        words = self.tr("You graded {0}, it proposed {1}. Photos: {2}").format(
            int(self.truth), int(self.proposed), number(count)
        )
        if self.is_right:
            words += ". " + self.tr("Right")
        self.setAccessibleName(words)
        self.setToolTip(words)
        shows = count > 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if shows else Qt.CursorShape.ArrowCursor)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Click with Enter too, step with the arrow keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in STEPS:
            self.stepped.emit(*STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(56, CELL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return room for the count."""
        return QSize(max(24, self.fontMetrics().horizontalAdvance(self._text()) + 4), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shade and count."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._ground(theme)
        if self.count and self.underMouse():
            ground = themes.mixed(ground, theme.text, 0.12)
        painter.fillRect(self.rect(), ground)
        inks = (theme.text, theme.on_accent)
        painter.setPen(max(inks, key=lambda ink: themes.contrast(ink, ground)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text())
        if self.is_right:
            painter.setPen(QPen(theme.accent, 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        if self.hasFocus():
            _paint_focus(painter, QRectF(self.rect()), theme)
        painter.end()

    def _ground(self, theme: Theme) -> QColor:
        if self.is_right:
            return themes.mixed(theme.panel, theme.accent, STRONGEST_SHADE * self.share)
        return themes.mixed(theme.panel, theme.muted, STRONGEST_GREY * self.share)

    def _text(self) -> str:
        return number(self.count) if self.count else ""


class ConfusionMatrix(QWidget):
    """Rows: the person's grade; columns: the proposed one. The arrow keys move from cell to cell.

    Signals:
        cellClicked(object, object): The person's ``Grade`` and the proposed one, of a cell that
            is not empty.
    """

    cellClicked = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionMatrix")
        self.setAccessibleName(self.tr("Where it errs"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._cells: dict[tuple[int, int], ConfusionCell] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        centre = Qt.AlignmentFlag.AlignCenter
        for i, grade in enumerate(GRADES, start=1):
            grid.addWidget(GradeMark(grade, MarkKind.OUTLINED), 0, i, centre)
            grid.addWidget(GradeMark(grade), i, 0, centre)
            grid.setColumnStretch(i, 1)
            grid.setRowStretch(i, 1)
        grid.setRowMinimumHeight(0, 28)
        grid.setColumnMinimumWidth(0, 36)
        self._add_cells(grid)
        self.set_confusion(None)

    def _add_cells(self, grid: QGridLayout) -> None:
        for truth in GRADES:
            for proposed in GRADES:
                cell = ConfusionCell(truth, proposed)
                cell.clicked.connect(self._choose)
                cell.stepped.connect(self._step)
                grid.addWidget(cell, truth, proposed)
                self._cells[truth, proposed] = cell
        self._cells[1, 1].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_confusion(self, confusion: Sequence[Sequence[int]] | None) -> None:
        """Show ``confusion[truth][proposed]``, 5 by 5, worst grade first; ``None`` clears."""
        counts = confusion or [[0] * len(GRADES)] * len(GRADES)
        fullest = max(1, max(max(row) for row in counts))
        for (truth, proposed), cell in self._cells.items():
            count = counts[truth - 1][proposed - 1]
            cell.show_count(count, count / fullest)
        total = sum(sum(row) for row in counts)
        right = sum(row[i] for i, row in enumerate(counts))
        told = self.tr("{0} of {1} photos right").format(number(right), number(total))
        self.setAccessibleDescription(told if total else self.tr("Not trained yet"))

    @Slot(int, int)
    def _step(self, down: int, right: int) -> None:
        cell = self.sender()
        if not isinstance(cell, ConfusionCell):
            return
        neighbour = self._cells.get((cell.truth + down, cell.proposed + right))
        if neighbour is not None:  # one stop for Tab: the cell last visited
            cell.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            neighbour.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            neighbour.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _choose(self) -> None:
        cell = self.sender()
        if isinstance(cell, ConfusionCell) and cell.count:
            self.cellClicked.emit(cell.truth, cell.proposed)


def _paint_focus(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Paint a frame of two tones: the cell under it may be as strong a blue as the accent."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for inset, width, colour in ((1.0, 2, theme.text), (2.5, 1, theme.window)):
        painter.setPen(QPen(colour, width))
        painter.drawRect(area.adjusted(inset, inset, -inset, -inset))
