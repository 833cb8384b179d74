"""The foot of the window: the running job, with Cancel, and beside it what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tinyclf.domain import Progress
from tinyclf_gui.jobs.runner import JobRunner
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.message_line import MessageLine
from tinyclf_gui.widgets.meter import Meter
from tinyclf_gui.widgets.styled import label, push_button
from tinyclf_gui.widgets.time_left import TimeLeft, in_words

METER_WIDTH = 200
WORDS_WIDTH = 220
"""Pixels that what a job is, and how far, keeps beside other words of the footer."""
CROWDED_WIDTH = 100
"""As many beside a message, which says more."""


class JobBar(QWidget):
    """Shows one job from its begin to its end, and a message until it is closed, side by side.

    Args:
        gives_way: It takes no room while there is nothing to show.

    Signals:
        cancelRequested(): A person wants the job to stop.
        shownChanged(): A job or a message is shown now, or no longer.
    """

    cancelRequested = Signal()
    shownChanged = Signal()

    def __init__(self, parent: QWidget | None = None, *, gives_way: bool = False) -> None:
        super().__init__(parent)
        self._gives_way = gives_way
        self.setObjectName("jobBar")
        self.setAccessibleName(self.tr("Running job"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shows_job = False
        self._is_brief = self._is_beside = False
        self._failed = ""
        self._clock = TimeLeft()
        self._what = ElidedLabel()
        self._what.setObjectName("jobWhat")
        self._what.keep(WORDS_WIDTH)
        self._meter = Meter()
        self._meter.setObjectName("jobMeter")
        self._meter.setMaximumWidth(METER_WIDTH)
        self._left = label("", "muted")
        self._left.setObjectName("jobTimeLeft")
        self._cancel = push_button(self.tr("Cancel"), "cancelButton", "flat")
        self._message = MessageLine()
        self._lay_out()
        self._cancel.clicked.connect(self._ask_to_stop)
        self._message.shownChanged.connect(self._make_room)
        self.end()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._what)
        row.addWidget(self._meter, 1)
        for part in (self._left, self._cancel):
            row.addWidget(part)
        row.addWidget(self._message, 3)
        row.addStretch(1)
        self.setMinimumHeight(self._cancel.sizeHint().height())

    def attach(self, runner: JobRunner) -> None:
        """Show this runner's jobs, quiet ones aside, and have Cancel stop them."""

        def begin(title: str) -> None:
            if not runner.quiet:
                self.begin(title)

        def report(progress: Progress) -> None:
            if not runner.quiet:
                self.report(progress)

        def end(*_: object) -> None:
            another = runner.busy and not runner.quiet  # begun meanwhile, and shown already
            if self._shows_job and not another:
                self.end()

        def fail(message: str, details: str) -> None:
            end()
            self._failed = runner.title
            self._message.tell_error(message, details)

        runner.started.connect(begin)
        runner.reported.connect(report)
        runner.finished.connect(end)
        runner.cancelled.connect(end)
        runner.failed.connect(fail)
        self.cancelRequested.connect(runner.cancel)

    @Slot(str)
    def begin(self, title: str) -> None:
        """Show a job that has just begun; if it failed before, that is told no more."""
        if title == self._failed:
            self.clear()
        self._clock = TimeLeft()
        self._shows_job = True
        self._say(title)
        self._meter.show_progress(0, 0)
        self._left.clear()
        self._cancel.setEnabled(True)
        self._cancel.setText(self.tr("Cancel"))
        self._make_room()

    @Slot(object)
    def report(self, progress: Progress) -> None:
        """Show how far the job is."""
        self._say(self._words(progress))
        self._meter.show_progress(progress.done, progress.total)
        seconds = self._clock.seconds(progress)
        self._left.setText("" if seconds is None else in_words(seconds))
        self._show_parts()

    @Slot()
    def end(self) -> None:
        """Show no job."""
        self._shows_job = False
        self._make_room()

    def clear(self) -> None:
        """Show no message."""
        self._failed = ""
        self._message.clear()

    @Slot(str, str)
    def fail(self, message: str, details: str) -> None:
        """Show an error until it is closed; the details can be copied."""
        self._failed = ""
        self._message.tell_error(message, details)

    @Slot(str)
    def complain(self, message: str) -> None:
        """Say what went wrong, of which there are no details."""
        self.fail(message, "")

    def withdraw(self, message: str) -> None:
        """Show an error no longer, if it still stands here: it is true no more."""
        self._message.withdraw(message)

    def show_note(self, text: str) -> None:
        """Show a sentence until it is closed."""
        self._message.tell(text)

    def _words(self, progress: Progress) -> str:
        if progress.total <= 0:
            return progress.what
        done, total = number(progress.done), number(progress.total)
        return self.tr("{0} {1} / {2}").format(progress.what, done, total)

    def _say(self, text: str) -> None:
        self._what.setText(text)
        self._meter.setAccessibleName(text)

    @property
    def shows_job(self) -> bool:
        """Whether a job is shown."""
        return self._shows_job

    @property
    def shows_message(self) -> bool:
        """Whether a message is shown."""
        return bool(self._message.text)

    def set_brief(self, on: bool, *, jobs: bool, told: bool) -> None:
        """Leave out how long it still takes; where there is a message, the meter too.

        Args:
            on: There is little room.
            jobs: A job is shown, here or beside.
            told: A message is shown, here or beside.
        """
        self._is_brief, self._is_beside = on, told
        self._what.keep(CROWDED_WIDTH if told else WORDS_WIDTH)
        self._message.make_room(beside=jobs)
        self._show_parts()

    def _show_parts(self) -> None:
        for part in (self._what, self._cancel):
            part.setVisible(self._shows_job)
        self._meter.setVisible(self._shows_job and not (self._is_brief and self._is_beside))
        told = bool(self._left.text()) and not self._is_brief
        self._left.setVisible(self._shows_job and told)

    @Slot()
    def _make_room(self) -> None:
        told = self.shows_message
        self._what.keep(CROWDED_WIDTH if told or self._is_beside else WORDS_WIDTH)
        self._message.make_room(beside=self._shows_job)
        self._show_parts()
        self.setVisible(self._shows_job or told or not self._gives_way)
        self.shownChanged.emit()

    @Slot()
    def _ask_to_stop(self) -> None:
        self._cancel.setEnabled(False)
        self._cancel.setText(self.tr("Stopping…"))
        self.cancelRequested.emit()
