"""The five grades as buttons: to grade with, and to see how the photo is graded."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tinyclf.domain import GRADES, NO_VERDICT, Grade
from tinyclf_gui import theme as themes
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.theme import RADIUS, Theme
from tinyclf_gui.widgets.grade_target import GradeTarget, paint_focus
from tinyclf_gui.widgets.grade_words import grade_words, number
from tinyclf_gui.widgets.key_tip import KeyTip

BUTTON_HEIGHT = 40
COUNT_HEIGHT = 16


class GradeButton(GradeTarget):
    """One grade: outlined, tinted when proposed, filled when a person has given it."""

    def __init__(self, grade: Grade, keys: KeyBindings, parent: QWidget | None = None) -> None:
        super().__init__(grade, parent)
        self.setObjectName(f"gradeButton{int(grade)}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.proposed = False
        self.count: int | None = None
        words = self.tr("{0}: {1}").format(int(grade), grade_words(grade))
        self.setAccessibleName(self.tr("Grade {0}").format(words))
        KeyTip(self, words, keys, f"grade-{int(grade)}")

    def show_count(self, count: int | None) -> None:
        """Show how many photos have this grade."""
        self.count = count
        told = "" if count is None else self.tr("Photos: {0}").format(number(count))
        self.setAccessibleDescription(told)
        self.updateGeometry()
        self.update()

    def show_state(self, *, given: bool, proposed: bool) -> None:
        """Show whether the photo has this grade, or it is proposed."""
        self.proposed = proposed
        self.setChecked(given)
        self.update()

    def nextCheckState(self) -> None:
        """Stay as it is: a click asks for the grade, what is shown follows the collection."""

    def sizeHint(self) -> QSize:
        """Return a button's size, with a line for the count below."""
        return QSize(48, BUTTON_HEIGHT + (0 if self.count is None else COUNT_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return room for the digit."""
        return QSize(28, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, digit and count."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, self.width(), BUTTON_HEIGHT)
        self._paint_box(painter, box, theme)
        painter.setFont(themes.sized(self.font(), 16, bold=True))
        painter.setPen(self._ink(theme))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(int(self.grade)))
        if self.count is not None:
            self._paint_count(painter, theme)
        painter.end()

    def _paint_box(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        edge = themes.disabled(theme) if not self.isEnabled() else theme.grade(self.grade)
        if self.hasFocus():
            ink = theme.text  # the accent is lost beside the blue of grade 5
            paint_focus(painter, box, theme, RADIUS + 2, ink)
            box = box.adjusted(2, 2, -2, -2)
        strong = self.proposed or self.isChecked() or self.awaits_drop
        painter.setPen(QPen(edge if strong else themes.mixed(edge, theme.panel, 0.4), 2))
        painter.setBrush(self._ground(theme))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)

    def _paint_count(self, painter: QPainter, theme: Theme) -> None:
        below = QRectF(0, BUTTON_HEIGHT, self.width(), COUNT_HEIGHT)
        painter.setFont(themes.sized(self.font(), 11))
        painter.setPen(theme.muted)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, number(self.count or 0))

    def _ground(self, theme: Theme) -> QColor:
        colour = theme.grade(self.grade)
        if not self.isEnabled():
            return theme.panel
        if self.isChecked() or self.isDown() or self.awaits_drop:
            return colour
        tint = 0.22 if self.proposed else 0.14 if self.underMouse() else 0.0
        return themes.mixed(theme.panel, colour, tint)

    def _ink(self, theme: Theme) -> QColor:
        if not self.isEnabled():
            return themes.disabled(theme)
        if self.isChecked() or self.isDown() or self.awaits_drop:
            return theme.on_grade(self.grade)
        return themes.legible(theme.grade(self.grade), self._ground(theme), theme.text)


class GradeBar(QWidget):
    """The five grade buttons, 1 at the left as on the keyboard.

    Signals:
        gradeChosen(object): A person clicked this ``Grade``.
        photosDropped(object, object): Photo ids (a list) were dropped onto this ``Grade``.
    """

    gradeChosen = Signal(object)
    photosDropped = Signal(object, object)

    def __init__(self, keys: KeyBindings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keys = keys or KeyBindings(parent=self)
        self.setObjectName("gradeBar")
        self.setAccessibleName(self.tr("Grade"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.buttons = {grade: GradeButton(grade, keys) for grade in GRADES}
        for button in self.buttons.values():
            button.clicked.connect(self._choose)
            button.photosDropped.connect(self.photosDropped)
            row.addWidget(button)

    def show_verdict(self, code: int, proposed: int = NO_VERDICT) -> None:
        """Show how the photo is graded (a verdict's code), and which grade is proposed."""
        for grade, button in self.buttons.items():
            button.show_state(given=grade == code, proposed=grade == proposed)

    def set_counts(self, counts: Mapping[Grade, int] | None) -> None:
        """Show how many photos have each grade; ``None`` shows no numbers."""
        for grade, button in self.buttons.items():
            button.show_count(None if counts is None else counts.get(grade, 0))

    @Slot()
    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, GradeButton):
            self.gradeChosen.emit(button.grade)
