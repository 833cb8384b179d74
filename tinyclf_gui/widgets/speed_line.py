"""With what the app works, and how to change that to what was measured to be fastest."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tinyclf.benchmark.speed import Speed
from tinyclf_gui.models.benchmark_rows import speed_in_words
from tinyclf_gui.widgets.styled import label, push_button


class SpeedLine(QWidget):
    """A sentence and two buttons.

    Signals:
        fastestWanted(): Use the fastest of what is shown.
        defaultsWanted(): Use what is usual.
    """

    fastestWanted = Signal()
    defaultsWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("speedLine")
        self._words = label("", "muted", wrap=True)
        self._words.setObjectName("speedWords")
        self._fastest = push_button(self.tr("&Use the fastest"), "benchmarkUseFastestButton")
        self._defaults = push_button(
            self.tr("&Back to defaults"), "benchmarkDefaultsButton", "flat"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._defaults)
        row.addWidget(self._fastest)
        self._fastest.clicked.connect(self.fastestWanted)
        self._defaults.clicked.connect(self.defaultsWanted)

    def show_speed(self, speed: Speed, is_usual: bool, *, chosen: bool = False) -> None:
        """Show with what the app works.

        Args:
            speed: With this.
            is_usual: Whether that is the default.
            chosen: Whether it was chosen just now.
        """
        words = speed_in_words(speed)
        sentence = (
            self.tr("From now on the app works with {0}.")
            if chosen
            else (self.tr("The app works with {0}."))
        )
        self._words.setText(sentence.format(words))
        self._defaults.setEnabled(not is_usual)

    def offer(self, speed: Speed | None, why_not: str) -> None:
        """Offer the fastest settings, or say why there are none."""
        self._fastest.setEnabled(speed is not None)
        tip = why_not if speed is None else speed_in_words(speed)
        self._fastest.setToolTip(tip)
        self._fastest.setAccessibleDescription(tip)
