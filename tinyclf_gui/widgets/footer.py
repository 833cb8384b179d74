"""The foot of the window: the jobs that run, what went wrong, and the last act, side by side."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from tinyclf_gui.widgets.act_toast import ActToast
from tinyclf_gui.widgets.job_bar import JobBar

HEIGHT = 40
JOB, MESSAGE, ALONE, ACT = 380, 420, 760, 200
"""Pixels that each takes whole, a message beside a job or alone; where there are fewer, all of
them are brief."""


class Footer(QFrame):
    """Lays bars and toast out; where there is little room, a message goes before all else."""

    def __init__(
        self, bars: tuple[JobBar, ...], toast: ActToast, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "footer")
        self.setFixedHeight(HEIGHT)
        self._bars, self._toast = bars, toast
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(16)
        for bar in bars:
            layout.addWidget(bar, 1)
            bar.shownChanged.connect(self._make_room)
        layout.addWidget(toast)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what there is room for."""
        super().resizeEvent(event)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        jobs = sum(bar.shows_job for bar in self._bars)
        told = any(bar.shows_message for bar in self._bars)
        message = MESSAGE if jobs else ALONE
        brief = self.width() < JOB * jobs + message * told + ACT
        for bar in self._bars:
            bar.set_brief(brief, jobs=bool(jobs), told=told)
        self._toast.set_brief(brief and told)
