"""The named configurations, one of them chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from tinyclf_gui.widgets.styled import push_button

OWN = "own"
"""The key of the user's own configuration."""


class PresetList(QWidget):
    """A column of buttons, exactly one chosen; ``OWN`` is the last.

    Signals:
        chosen(str): A person chose this key.
    """

    chosen = Signal(str)

    def __init__(
        self, presets: Mapping[str, tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        """Make a button a preset.

        Args:
            presets: Key → (title, one sentence).
            parent: Qt's.
        """
        super().__init__(parent)
        self.setObjectName("presetList")
        self.setAccessibleName(self.tr("Configurations"))
        self._buttons = QButtonGroup(self)
        self._keys: list[str] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        own = (self.tr("Your own"), self.tr("Change any detail below."))
        for key, (title, words) in {**presets, OWN: own}.items():
            button = push_button(title, f"{key.replace('-', '')}Preset")
            button.setToolTip(words)
            button.setAccessibleDescription(words)
            button.setCheckable(True)
            self._buttons.addButton(button, len(self._keys))
            self._keys.append(key)
            layout.addWidget(button)
        self._buttons.idClicked.connect(self._tell)
        self._buttons.button(0).setChecked(True)

    @property
    def current(self) -> str:
        """The chosen key."""
        return self._keys[self._buttons.checkedId()]

    def set_current(self, key: str) -> None:
        """Choose a key, without a signal."""
        self._buttons.button(self._keys.index(key)).setChecked(True)

    def _tell(self, number: int) -> None:
        self.chosen.emit(self._keys[number])
