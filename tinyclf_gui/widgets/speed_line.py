"""With what the app works, and how to change that to what was measured to be fastest."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tinyclf.benchmark.fastest import LEAST_TURNS
from tinyclf.benchmark.speed import Speed
from tinyclf_gui.models.benchmark_rows import speed_in_words
from tinyclf_gui.widgets.styled import label, push_button


class SpeedLine(QWidget):
    """A sentence or two, and two buttons.

    Signals:
        fastestWanted(): Use the fastest of what is shown.
        defaultsWanted(): Use what is usual.
    """

    fastestWanted = Signal()
    defaultsWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("speedLine")
        self._speed: Speed | None = None
        self._best: Speed | None = None
        self._used = ""
        self._words = label("", "muted", wrap=True)
        self._words.setObjectName("speedWords")
        self._fastest = push_button(self.tr("&Use the fastest"), "benchmarkUseFastestButton")
        self._defaults = push_button(
            self.tr("Back to &defaults"), "benchmarkDefaultsButton", "flat"
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
        sentence = self.tr("The app works with {0}.")
        if chosen:
            sentence = self.tr("From now on the app works with {0}.")
        self._speed, self._used = speed, sentence.format(speed_in_words(speed))
        self._defaults.setEnabled(not is_usual)
        self._say()

    def offer(self, speed: Speed | None) -> None:
        """Offer the fastest settings of what is shown; if none are known, say how they will be."""
        self._best = speed
        self._fastest.setEnabled(speed is not None)
        self._say()

    def _say(self) -> None:
        offered = self._offered
        self._words.setText(f"{self._used} {offered}".strip())
        self._fastest.setToolTip(offered)
        self._fastest.setAccessibleDescription(offered)

    @property
    def _offered(self) -> str:
        if self._best is None:
            words = self.tr(
                "To find the fastest, measure one thing with several settings, {n} turns each: "
                "“Try threads and precisions” does that."
            )
            return words.format(n=LEAST_TURNS)
        if self._best == self._speed:
            return self.tr("That is the fastest here.")
        return self.tr("The fastest here: {0}.").format(speed_in_words(self._best))
