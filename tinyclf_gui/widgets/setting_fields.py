"""Fields for one setting each: a word, a number or a file answers to the same three names.

They are those of Qt's numbers: ``value()``, ``setValue(…)`` and ``valueChanged``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFileDialog, QSpinBox

LETTERS = 9
"""A word's field may be as narrow as this many letters."""
NAME_LETTERS = 12
"""So much of a file's name is shown."""


class ChoiceField(QComboBox):
    """One of a few words.

    Args:
        entries: Each word, with its title and what it does.

    Signals:
        valueChanged(str): The word is another now.
    """

    valueChanged = Signal(str)

    def __init__(self, entries: Mapping[str, tuple[str, str]]) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)
        for word, (title, what) in entries.items():
            self.put(self.count(), word, title, what)
        self.currentIndexChanged.connect(self._tell)

    def value(self) -> str:
        """Return the word."""
        return str(self.currentData())

    def setValue(self, word: str) -> None:
        """Show a word."""
        self.setCurrentIndex(self.findData(word))

    def put(self, at: int, word: str, title: str, what: str) -> None:
        """Offer another word."""
        self.insertItem(at, title, word)
        self.setItemData(at, what, Qt.ItemDataRole.ToolTipRole)

    @Slot()
    def _tell(self) -> None:
        self.valueChanged.emit(self.value())


class FileField(ChoiceField):
    """One of a few words, or a file; the last entry asks for one.

    Args:
        entries: As of :class:`ChoiceField`.
        question: The title of the dialog that asks for a file.
        kinds: Which files it lists, in Qt's way.
    """

    def __init__(self, entries: Mapping[str, tuple[str, str]], question: str, kinds: str) -> None:
        super().__init__(entries)
        self._question = question
        self._kinds = kinds
        self._last = self.value()
        self.activated.connect(self._ask)

    def setValue(self, word: str) -> None:
        """Show a word, or the path of a file."""
        if self.findData(word) < 0:
            name = Path(word).stem
            short = name if len(name) <= NAME_LETTERS else f"{name[:NAME_LETTERS]}…"
            self.put(self.count() - 1, word, short, word)
        super().setValue(word)

    @property
    def _asks(self) -> bool:
        return self.currentIndex() == self.count() - 1

    @Slot()
    def _ask(self) -> None:
        if self._asks:
            path, _ = QFileDialog.getOpenFileName(self, self._question, "", self._kinds)
            self.setValue(path or self._last)

    @Slot()
    def _tell(self) -> None:
        if not self._asks:
            self._last = self.value()
            super()._tell()


class WholeField(QSpinBox):
    """A whole number from ``low`` to ``high``."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self.setRange(low, high)
        self.setKeyboardTracking(False)


class WidthField(WholeField):
    """One width for all layers; where they differ it shows each, until another is chosen."""

    _widths: tuple[int, ...] = ()  # Qt asks for texts before there is an object to keep them

    def show_widths(self, widths: tuple[int, ...]) -> None:
        """Show the layers' widths, first to last; without any, what was shown before."""
        self._widths = widths
        self.setValue(widths[0] if widths else self.value())

    def textFromValue(self, value: int) -> str:
        """Return one width, or "64, 32"."""
        return (
            self._each if self._each and value == self._widths[0] else super().textFromValue(value)
        )

    def valueFromText(self, text: str) -> int:
        """Return the first layer's width where none was chosen."""
        return self._widths[0] if self._each and text == self._each else super().valueFromText(text)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Take what `textFromValue` returns."""
        if self._each and text == self._each:
            return QValidator.State.Acceptable, text, position
        return super().validate(text, position)

    @property
    def _each(self) -> str:
        """All widths, where they differ; else nothing."""
        return ", ".join(map(str, self._widths)) if len(set(self._widths)) > 1 else ""


class DecimalField(QDoubleSpinBox):
    """A number from ``low`` to ``high``; an arrow goes a ``step``, by 0 a tenth of it."""

    def __init__(self, low: float, high: float, decimals: int, step: float) -> None:
        super().__init__()
        self.setDecimals(decimals)
        self.setRange(low, high)
        if step:
            self.setSingleStep(step)
        else:
            self.setStepType(self.StepType.AdaptiveDecimalStepType)
        self.setKeyboardTracking(False)

    def textFromValue(self, value: float) -> str:
        """Return the number without the zeros at its end."""
        return super().textFromValue(value).rstrip("0").rstrip(self.locale().decimalPoint())
