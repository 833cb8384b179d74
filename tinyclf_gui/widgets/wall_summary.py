"""What a wall holds and still hides, in a collector's words."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tinyclf.domain import Wall
from tinyclf_gui.widgets.styled import label


class WallSummary(QWidget):
    """How many photos hang on a wall, how many of them are checked, and how many may be wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wallSummary")
        self._headline = label("", "headline")
        self._wrong = label("", wrap=True)
        self._wrong.setToolTip(
            self.tr("The sum of the doubts of all proposals here, calibrated on your grades.")
        )
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._checked = label("", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._headline)
        layout.addWidget(self._wrong)
        checked = QHBoxLayout()
        checked.setSpacing(8)
        checked.addWidget(self._bar, 1)
        checked.addWidget(self._checked)
        layout.addLayout(checked)

    def show_wall(self, wall: Wall) -> None:
        """Show a wall."""
        self._headline.setText(
            self.tr("{n} of grade {grade}").format(n=f"{wall.photos:,}", grade=int(wall.grade))
        )
        self._wrong.setText(self._wrong_words(wall))
        self._bar.setRange(0, max(1, wall.photos))
        self._bar.setValue(wall.human)
        self._checked.setText(self.tr("{n} checked").format(n=f"{wall.human:,}"))
        self.setAccessibleName(f"{self._headline.text()}, {self._wrong.text()}")

    def accept_words(self, wall: Wall) -> str:
        """Return what accepting the rest of the wall signs."""
        rest = wall.photos - wall.human
        if not rest:
            return self.tr("Nothing left to accept")
        words = self.tr("Accept {n} (~{wrong} wrong)")
        return words.format(n=f"{rest:,}", wrong=f"{round(wall.expected_wrong):,}")

    def _wrong_words(self, wall: Wall) -> str:
        rest = wall.photos - wall.human
        if not wall.photos:
            return self.tr("no photo hangs here")
        if not rest:
            return self.tr("every photo here is graded or accepted")
        words = self.tr("about {n} of the {rest} proposed are wrong")
        return words.format(n=round(wall.expected_wrong), rest=f"{rest:,}")
