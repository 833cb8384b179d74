"""A sentence at the foot of the window that stays until it is closed: an error, or a note."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.icon_button import IconButton
from tinyclf_gui.widgets.spoken import announce
from tinyclf_gui.widgets.styled import push_button, restyle

ALONE, BESIDE = 620, 420
"""Pixels that a message keeps, alone and beside a job: its cure is worth more than the last act."""


class MessageLine(QWidget):
    """Says one thing, on two lines where one is too short: the cure stands at its end.

    Signals:
        shownChanged(bool): There is something to be read now, or no more.
    """

    shownChanged = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageLine")
        self.setAccessibleName(self.tr("Message"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._details = ""
        self._words = ElidedLabel(two_lines=True)
        self._words.setObjectName("messageWords")
        self._copy = push_button(self.tr("Copy details"), "copyDetailsButton", "flat")
        self._copy.setToolTip(self.tr("For a bug report: what went wrong, and where"))
        self._copy.clicked.connect(self._copy_details)
        close = IconButton("close", self.tr("Close this message"), "closeJobButton")
        close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part in (self._words, self._copy, close):
            row.addWidget(part)
        row.addStretch(1)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; "" if nothing."""
        return self._words.text()

    def make_room(self, *, beside: bool) -> None:
        """Keep less beside a job."""
        self._words.keep(BESIDE if beside else ALONE)

    def tell_error(self, message: str, details: str) -> None:
        """Say what went wrong; details, if there are any, can be copied."""
        self._say(message, details, "danger")

    def tell(self, words: str) -> None:
        """Say something that is no error."""
        self._say(words, "", "")

    def withdraw(self, message: str) -> None:
        """Say an error no longer, if it still stands here: it is true no more."""
        if message and self._words.property("kind") == "danger" and self.text == message:
            self.clear()

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        self._say("", "", "")

    def _say(self, words: str, details: str, kind: str) -> None:
        self._details = details
        self._words.setText(words)
        if self._words.property("kind") != kind:
            restyle(self._words, kind)
        self._copy.setText(self.tr("Copy details"))
        self._copy.setVisible(bool(details))
        self.setAccessibleDescription(words)
        self.setVisible(bool(words))
        self.shownChanged.emit(bool(words))
        announce(self, words)

    @Slot()
    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self._copy.setText(self.tr("Copied"))
