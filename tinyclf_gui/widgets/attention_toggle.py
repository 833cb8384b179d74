"""The button that shows where the program looks on a photo, and a few words beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tinyclf.domain import PhotoId
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.key_tip import KeyTip
from tinyclf_gui.widgets.styled import label, push_button

GAP = 12
"""Pixels between words and button."""


class AttentionToggle(QWidget):
    """Asks for mists while it is on, and passes on the one that is wanted now.

    Attributes:
        button: On or off.
        note: Why there is none, else hidden; to be put where there is room for a sentence.

    Signals:
        wanted(object): The mist of the photo with this id; ``None``: of none any more.
        mistChanged(object): What lies on the photo now: a ``QImage`` of opacities, or ``None``.
    """

    wanted = Signal(object)
    mistChanged = Signal(object)

    def __init__(self, keys: KeyBindings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo_id: PhotoId | None = None
        self._words = ElidedLabel("", "muted")
        self._words.setObjectName("attentionWords")
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.note = label("", "muted", wrap=True)
        self.note.setObjectName("attentionNote")
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setContentsMargins(16, 8, 16, 0)
        self.note.hide()
        self.button = push_button(self.tr("Where it looks"), "attentionButton", "chip")
        self.button.setCheckable(True)
        words = self.tr("Shows where the program looks on this photo: elsewhere it turns misty")
        KeyTip(self.button, words, keys or KeyBindings(parent=self), "attention")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.toggled.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addStretch(1)
        row.addWidget(self._words)
        row.addWidget(self.button)

    @property
    def is_on(self) -> bool:
        """Whether one wants to see it."""
        return self.button.isChecked()

    def toggle(self) -> None:
        """Show it, or no longer."""
        self.button.toggle()

    def show_photo(self, photo_id: PhotoId | None) -> None:
        """Be about another photo, or none."""
        self._photo_id = photo_id
        self._ask()

    def take(self, photo_id: str, mist: QImage) -> None:
        """Take a mist that has come."""
        if self.is_on and photo_id == self._photo_id:
            self._say(self.tr("Misty where it does not look"), "")
            self.mistChanged.emit(mist)

    def tell(self, photo_id: str, words: str) -> None:
        """Say why there is none."""
        if self.is_on and photo_id == self._photo_id:
            self._say("", words)
            self.mistChanged.emit(None)

    def minimumSizeHint(self) -> QSize:
        """Return room for the button; the words give way."""
        return QSize(self.button.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say nothing rather than a syllable of it."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        room = self.width() - self.button.sizeHint().width() - GAP
        words = self._words.text()
        self._words.setVisible(self._words.fontMetrics().horizontalAdvance(words) <= room)

    def _say(self, words: str, note: str) -> None:
        self._words.setText(words)
        self._make_room()
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _ask(self) -> None:
        self._say("", "")
        self.mistChanged.emit(None)
        self.wanted.emit(self._photo_id if self.is_on else None)
