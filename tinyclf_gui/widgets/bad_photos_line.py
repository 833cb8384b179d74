"""How many graded photos are left out of training as they are bad, and the way to see them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf.domain import PhotoFault
from tinyclf.session.photo_gate import BadPhotos
from tinyclf_gui.models.fault_words import faults_in_words
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.styled import label, push_button


class BadPhotosLine(QWidget):
    """Says "12 graded photos are left out: blurred, too dark"; hidden where there is none.

    Signals:
        wanted(): A person wants to see them.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("badPhotosLine")
        self._words = label("", "muted", wrap=True)
        self._see = push_button(self.tr("See them"), "seeBadButton", "link")
        self._see.setCursor(Qt.CursorShape.PointingHandCursor)
        self._see.clicked.connect(self.wanted)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self._words)
        self._see.setStyleSheet("QPushButton { padding-left: 0; padding-right: 0; }")
        lines.addWidget(self._see, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_bad(self, bad: BadPhotos) -> None:
        """Show the sentence, or nothing."""
        self.setVisible(bad.graded > 0)
        if not bad.graded:
            return
        faults = PhotoFault(0)
        for fault, _ in bad.by_fault:
            faults |= fault
        words = self.tr("{n} graded photos are left out of training, as bad photos: {faults}.")
        if bad.graded == 1:
            words = self.tr("One graded photo is left out of training, as a bad photo: {faults}.")
        text = words.format(n=number(bad.graded), faults=faults_in_words(faults))
        self._words.setText(text)
        self._see.setAccessibleDescription(text)
