"""Guesses how long a job will still take, and says so in round words."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import Progress

TRUSTWORTHY_SECONDS = 1.0
"""Before this much has passed, a guess would jump about."""


class TimeLeft:
    """Extrapolates from what was done since the job's present stage began.

    Args:
        clock: Seconds, from any start.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._total = 0
        self._began = 0.0
        self._done_then = 0

    def seconds(self, report: Progress) -> float | None:
        """Return the seconds left of the stage, ``None`` while nobody can know."""
        now = self._clock()
        if report.total != self._total or report.done < self._done_then:
            self._total, self._began, self._done_then = report.total, now, report.done
        passed = now - self._began
        done = report.done - self._done_then
        if report.total <= 0 or done <= 0 or passed < TRUSTWORTHY_SECONDS:
            return None
        return (report.total - report.done) * passed / done


def in_words(seconds: float) -> str:
    """Return a duration in round words: "40 s left", "3 min left", "1 h 20 min left"."""
    if seconds < 1:
        return QCoreApplication.translate("TimeLeft", "almost done")
    if seconds < 57:
        whole = round(seconds) if seconds < 10 else round(seconds / 5) * 5
        return QCoreApplication.translate("TimeLeft", "{0} s left").format(whole)
    if seconds < 55 * 60:
        minutes = max(1, round(seconds / 60))
        return QCoreApplication.translate("TimeLeft", "{0} min left").format(minutes)
    hours, tens = divmod(round(seconds / 600), 6)
    if tens == 0:
        return QCoreApplication.translate("TimeLeft", "{0} h left").format(hours)
    return QCoreApplication.translate("TimeLeft", "{0} h {1} min left").format(hours, 10 * tens)
