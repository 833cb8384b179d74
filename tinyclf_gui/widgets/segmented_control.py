"""A few views side by side, of which one is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from tinyclf_gui.widgets.styled import keep_one_tab_stop, push_button


class SegmentedControl(QFrame):
    """Buttons in one frame, exactly one of them down; the arrow keys move between them.

    Args:
        segments: Key and text of each.
        words: What is chosen here, for screen readers.

    Signals:
        chosen(str): A person chose the segment with this key.
    """

    chosen = Signal(str)

    def __init__(
        self, segments: Sequence[tuple[str, str]], words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("segmentedControl")
        self.setProperty("kind", "segments")
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QAbstractButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for key, text in segments:
            button = push_button(text, f"{key}Segment", "segment")
            button.setCheckable(True)
            self._buttons[key] = button
            self._group.addButton(button)
            row.addWidget(button)
        self.set_current(segments[0][0])
        self._group.buttonClicked.connect(self._choose)

    @property
    def current(self) -> str:
        """The key of the segment that is down."""
        return self._key_of(self._group.checkedButton())

    def set_current(self, key: str) -> None:
        """Show this segment down, without a signal."""
        self._buttons[key].setChecked(True)
        keep_one_tab_stop(self._group)

    def explain(self, key: str, words: str) -> None:
        """Say on hover, and to screen readers, what a segment shows."""
        self._buttons[key].setToolTip(words)
        self._buttons[key].setAccessibleDescription(words)

    def set_available(self, key: str, available: bool) -> None:
        """Say whether a segment can be chosen just now."""
        self._buttons[key].setEnabled(available)

    @Slot(QAbstractButton)
    def _choose(self, button: QAbstractButton) -> None:
        keep_one_tab_stop(self._group)
        self.chosen.emit(self._key_of(button))

    def _key_of(self, button: QAbstractButton | None) -> str:
        return next(key for key, other in self._buttons.items() if other is button)
