"""The last act, and the way back: "312 graded 4 · Undo"."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.key_tip import KeyTip
from tinyclf_gui.widgets.spoken import announce
from tinyclf_gui.widgets.styled import label, push_button

QWIDGETSIZE_MAX = (1 << 24) - 1
"""No bound at all, as Qt has it."""


class ActToast(QWidget):
    """Says what was done last and offers to take it back; it never asks.

    Signals:
        undoRequested(): A person wants the last act taken back.
        remarkUndoRequested(): Likewise what was arranged last, which is no act.
    """

    undoRequested = Signal()
    remarkUndoRequested = Signal()

    def __init__(self, keys: KeyBindings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("actToast")
        self.setAccessibleName(self.tr("Last act"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._act = ElidedLabel(kind="muted")
        self._act.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._dot = label("·", "muted")
        self._undo = push_button(self.tr("Undo"), "undoLink", "link")
        self._undo.setCursor(Qt.CursorShape.PointingHandCursor)
        KeyTip(self._undo, self.tr("Take it back"), keys or KeyBindings(parent=self), "undo")
        self._undo.clicked.connect(self.undoRequested)
        self._undo_remark = push_button(self.tr("Undo"), "undoRemarkLink", "link")
        self._undo_remark.setCursor(Qt.CursorShape.PointingHandCursor)
        self._undo_remark.setToolTip(self.tr("Take it back"))  # the key is for acts alone
        self._undo_remark.clicked.connect(self.remarkUndoRequested)
        self._way = push_button(self.tr("Open"), "toastWay", "link")
        self._way.setCursor(Qt.CursorShape.PointingHandCursor)
        self._way.clicked.connect(self._go)
        self._then: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._act, 1)
        row.addWidget(self._dot)
        row.addWidget(self._undo)
        row.addWidget(self._undo_remark)
        row.addWidget(self._way)
        self.setMinimumHeight(self._undo.sizeHint().height())
        self.clear()

    def set_brief(self, on: bool) -> None:
        """Leave room to others: only the way back is seen, what was done is told on hover."""
        for part in (self._act, self._dot):
            part.setMaximumWidth(0 if on else QWIDGETSIZE_MAX)

    def show_act(self, text: str, can_undo: bool = True, *, one_more: bool = False) -> None:
        """Say what was done.

        Args:
            text: What.
            can_undo: Whether there is anything to be taken back.
            one_more: It was itself taken back: what is offered is to take back what was before it.
        """
        self._undo.setText(self.tr("Undo one more") if one_more else self.tr("Undo"))
        self._act.setText(text)
        self.setAccessibleDescription(text)
        self._act.setVisible(True)
        self._dot.setVisible(can_undo)
        self._undo.setVisible(can_undo)
        self._undo_remark.hide()
        self._way.hide()
        announce(self, text)

    def show_remark(self, text: str, can_undo: bool) -> None:
        """Say what was arranged, which no key takes back."""
        self.show_act(text, can_undo=False)
        self._dot.setVisible(can_undo)
        self._undo_remark.setVisible(can_undo)

    def show_way(self, text: str, words: str, then: Callable[[], object]) -> None:
        """Say what was done, and offer a way on.

        Args:
            text: What was done.
            words: Of the button.
            then: What it does.
        """
        self.show_act(text, can_undo=False)
        self._then = then
        self._way.setText(words)
        self._dot.show()
        self._way.show()

    def _go(self) -> None:
        if self._then is not None:
            self._then()

    def add(self, note: str) -> None:
        """Say this too of what was done last, once; by itself where nothing was."""
        if self._act.isHidden():
            self.show_act(note, can_undo=False)
        elif not self._act.text().endswith(note):
            self._act.setText(f"{self._act.text()} · {note}")
            self.setAccessibleDescription(self._act.text())
            announce(self, note)

    def drop(self, note: str) -> None:
        """Say this no longer: it was about what was in view."""
        said = self._act.text()
        if said == note:
            self._act.setText("")
            self.clear()
        elif said.endswith(f" · {note}"):
            self._act.setText(said.removesuffix(f" · {note}"))
            self.setAccessibleDescription(self._act.text())

    def clear(self) -> None:
        """Say nothing."""
        self.setAccessibleDescription("")
        for part in (self._act, self._dot, self._undo, self._undo_remark, self._way):
            part.setVisible(False)
