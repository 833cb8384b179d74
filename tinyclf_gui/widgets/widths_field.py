"""A field for the widths of layers, one by one."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from tinyclf.errors import ConfigError
from tinyclf.training.config import TrainingConfig

SPELLING = QRegularExpression(r"[0-9, ]*")


class WidthsField(QLineEdit):
    """Whole numbers between commas; what no network can have is undone.

    Signals:
        valueChanged(object): A person made them this tuple.
    """

    valueChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: tuple[int, ...] = ()
        self.setValidator(QRegularExpressionValidator(SPELLING, self))
        self.setPlaceholderText(self.tr("none"))
        self.editingFinished.connect(self._read)

    def value(self) -> tuple[int, ...]:
        """Return the widths."""
        return self._value

    def setValue(self, widths: tuple[int, ...]) -> None:
        """Show widths."""
        changed, self._value = widths != self._value, widths
        self.setText(", ".join(map(str, widths)))
        self.setCursorPosition(0)
        if changed:
            self.valueChanged.emit(widths)

    @Slot()
    def _read(self) -> None:
        try:
            widths = tuple(map(int, self.text().replace(",", " ").split()))
            self.setValue(TrainingConfig(hidden=widths).hidden)
        except (ConfigError, ValueError):  # too many digits to be a number, for one
            self.setValue(self._value)
