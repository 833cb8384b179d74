"""The five walls as tabs: how many photos hang on each, and how many are likely wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from tinyclf.domain import GRADES, Grade, Wall
from tinyclf.trust.wall_certificates import WallCertificate
from tinyclf_gui import theme as themes
from tinyclf_gui.theme import RADIUS, Theme
from tinyclf_gui.widgets.grade_mark import MARK_PIXELS, paint_grade_mark
from tinyclf_gui.widgets.grade_target import GradeTarget, paint_focus
from tinyclf_gui.widgets.grade_words import grade_words, isolated, number
from tinyclf_gui.widgets.mirrored import mirrored
from tinyclf_gui.widgets.styled import keep_one_tab_stop
from tinyclf_gui.widgets.wall_summary import proof_in_words

TAB_HEIGHT = 36
PADDING = 12
GAP = 8


class WallTab(GradeTarget):
    """One wall: mark, count, "~12 wrong"; the last gives way where it is narrow."""

    def __init__(self, grade: Grade, parent: QWidget | None = None) -> None:
        super().__init__(grade, parent)
        self.setObjectName(f"wallTab{int(grade)}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_wall(Wall(grade, photos=0, human=0, verified=0, expected_wrong=0.0))

    def show_wall(self, wall: Wall, known: WallCertificate | None = None) -> None:
        """Show a wall's numbers; what is known beyond them is told on hover."""
        self._count = number(wall.photos)
        wrong = number(round(wall.expected_wrong))
        missing = known.grades_missing if known is not None else ()
        tells = wall.photos > wall.human and not missing
        self._wrong = self.tr("~{0} wrong").format(wrong) if tells else ""
        self._wrong_short = isolated(self.tr("~{0}").format(wrong)) if tells else ""
        title = self.tr("Wall {0}, {1}").format(int(self.grade), grade_words(self.grade))
        unseen = known.in_bulk if known is not None else 0
        looked_at = number(wall.human - unseen)
        told = self.tr("Photos: {0}. Graded by you: {1}.").format(self._count, looked_at)
        if known is not None and unseen:
            told += " " + self.tr("Accepted unseen: {0}, about {1} of them wrong.").format(
                number(unseen), number(round(known.expected_wrong_in_bulk))
            )
        told += " " + (
            self.tr("How many of the others are wrong cannot be told: none of grade {0} is learnt.")
            if missing
            else self.tr("Of the others about {0} are wrong.")
        ).format(", ".join(str(int(grade)) for grade in missing) if missing else wrong)
        proof = proof_in_words(known) if known is not None else ""
        if proof:
            told += " " + self.tr("Wrong are {0}.").format(proof)
        self.setAccessibleName(title)
        self.setAccessibleDescription(told)
        self.setToolTip(f"{title}\n{told}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all."""
        wrong = self.fontMetrics().horizontalAdvance(self._wrong) + GAP if self._wrong else 0
        return QSize(self.minimumSizeHint().width() + wrong, TAB_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return room for mark and count."""
        count = self.fontMetrics().horizontalAdvance(self._count)
        return QSize(PADDING + MARK_PIXELS + GAP + count + PADDING + 2, TAB_HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Whoever clicks has no use for the keyboard up here, even if it was left here."""
        holder = self.window().focusWidget()
        if isinstance(holder, WallTab):
            holder.clearFocus()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tab."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._ground(theme)
        painter.fillPath(self._outline(), ground)
        self._paint_contents(painter, theme, ground)
        if self.isChecked():
            painter.fillRect(QRectF(0, self.height() - 2, self.width(), 2), theme.accent)
        if self.hasFocus() or self.awaits_drop:
            paint_focus(painter, QRectF(self.rect()), theme)
        painter.end()

    def _outline(self) -> QPainterPath:
        path = QPainterPath()
        path.addRoundedRect(QRectF(0, 0, self.width(), self.height() + RADIUS), RADIUS, RADIUS)
        return path

    def _paint_contents(self, painter: QPainter, theme: Theme, ground: QColor) -> None:
        mark = QRectF(PADDING, (self.height() - MARK_PIXELS) / 2, MARK_PIXELS, MARK_PIXELS)
        whole, direction = QRectF(self.rect()), self.layoutDirection()
        paint_grade_mark(painter, mirrored(mark, whole, direction), theme, self.grade)
        left = mark.right() + GAP
        right = self.width() - PADDING
        painter.setPen(theme.text)
        count = QRectF(left, 0, right - left + 2, self.height())
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(mirrored(count, whole, direction), start, self._count)
        left += self.fontMetrics().horizontalAdvance(self._count) + GAP
        room = QRectF(left, 0, right - left + 2, self.height())
        painter.setPen(themes.legible(theme.muted, ground, theme.text))
        words = self._wrong_that_fits(room.width())
        painter.drawText(mirrored(room, whole, direction), start, words)

    def _wrong_that_fits(self, room: float) -> str:
        """Return the words, else the number, else nothing: half a number would be another one."""
        texts = (self._wrong, self._wrong_short)
        metrics = self.fontMetrics()
        return next((text for text in texts if metrics.horizontalAdvance(text) <= room), "")

    def _ground(self, theme: Theme) -> QColor:
        if self.awaits_drop:
            return theme.selection
        if self.isChecked():
            return theme.raised
        return theme.hover if self.underMouse() else theme.panel


class WallTabs(QWidget):
    """The walls, the flawless one first; photos may be dropped onto a tab.

    Signals:
        wallChosen(object): A person chose the wall of this ``Grade``.
        photosDropped(object, object): Photo ids (a list) were dropped onto this ``Grade``.
    """

    wallChosen = Signal(object)
    photosDropped = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wallTabs")
        self.setAccessibleName(self.tr("Walls"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP - 4)
        self.tabs = {grade: WallTab(grade) for grade in reversed(GRADES)}
        for tab in self.tabs.values():
            self._group.addButton(tab, int(tab.grade))
            tab.photosDropped.connect(self.photosDropped)
            row.addWidget(tab)
        row.addStretch(1)
        self.set_current(Grade.FLAWLESS)
        self._group.idClicked.connect(self._choose)

    @property
    def current(self) -> Grade:
        """The grade whose wall is shown."""
        return Grade(self._group.checkedId())

    def set_current(self, grade: Grade) -> None:
        """Show this wall's tab as chosen, without a signal."""
        self.tabs[grade].setChecked(True)
        keep_one_tab_stop(self._group)

    def set_walls(
        self, walls: Sequence[Wall], certificates: Sequence[WallCertificate] = ()
    ) -> None:
        """Show the walls' numbers; a wall that is not named keeps its own."""
        known = {one.grade: one for one in certificates}
        for wall in walls:
            self.tabs[wall.grade].show_wall(wall, known.get(wall.grade))

    @Slot(int)
    def _choose(self, grade: int) -> None:
        keep_one_tab_stop(self._group)
        self.wallChosen.emit(Grade(grade))
