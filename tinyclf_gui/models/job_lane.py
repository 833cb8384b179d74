"""One job after the other: who goes first, who waits, who makes way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from tinyclf.domain import Job
from tinyclf_gui.jobs.runner import JobRunner


class Priority(IntEnum):
    """Who goes first; unasked, one that waits is replaced by another of the same priority."""

    ASKED = 0
    """A person asked for it, and sees how it goes."""
    SOON = 1
    """Unasked and unseen, but over in a moment: it interrupts what is idle."""
    IDLE = 2
    """Unasked, and it makes way for any other."""


@dataclass(frozen=True, eq=False)
class Request:
    """A piece of work.

    Attributes:
        title: What it is, in a few words.
        begin: Makes the job.
        deliver: Takes its result.
        priority: Who goes first.
        quiet: Nobody needs to see it; all that is to be done soon is.
        proposes: It writes proposals that nobody asked for.
        counts: What is told of its result rests on counts that it may have changed.
        fail: Hears that it ended with an error.
    """

    title: str
    begin: Callable[[], Job[Any]]
    deliver: Callable[[Any], None]
    priority: Priority = Priority.ASKED
    quiet: bool = False
    proposes: bool = False
    counts: bool = True
    fail: Callable[[], None] = lambda: None


class JobLane(QObject):
    """Runs one request at a time, and lets others wait by their priority.

    A request that has ended well is not over before its result is told, which may take a moment:
    until then it is at work, but another may be running already.

    Args:
        when_taken_in: Calls what tells a request's result, once that rests on what is known
            by then.

    Attributes:
        current: What is running.
        telling: What has ended, and whose result is still to be told.

    Signals:
        begins(): The current request is about to begin.
        reported(object): The current request's ``Progress``.
        ended(object): This request has ended, however. Of what failed or was stopped no more is
            heard here; any other is delivered later, see `telling`.
        changed(): Something else is running, waiting or to be told.
    """

    begins = Signal()
    reported = Signal(object)
    ended = Signal(object)
    changed = Signal()

    def __init__(
        self,
        runner: JobRunner,
        parent: QObject | None = None,
        *,
        when_taken_in: Callable[[Request, Callable[[], None]], None] = lambda _, tell: tell(),
    ) -> None:
        super().__init__(parent)
        self.current: Request | None = None
        self.telling: list[Request] = []
        self._when_taken_in = when_taken_in
        self._runner = runner
        self._waiting: list[Request] = []
        runner.reported.connect(self.reported)
        runner.finished.connect(self._finish)
        runner.failed.connect(self._fail)
        runner.cancelled.connect(self._give_up)

    def has(self, priority: Priority) -> bool:
        """Tell whether work of a priority is running, waiting or to be told."""
        return any(one.priority is priority for one in (*self.at_work, *self._waiting))

    @property
    def at_work(self) -> list[Request]:
        """What is running, and what has ended and is still to be told."""
        return [*([self.current] if self.current is not None else []), *self.telling]

    def want(self, request: Request) -> None:
        """Begin a request, or let it wait for what runs and what goes first."""
        first = min((one.priority for one in self._waiting), default=request.priority)
        if self.current is None and request.priority <= first:
            self._begin(request)
            return
        if request.priority is not Priority.ASKED:
            self.forget(lambda other: other.priority is request.priority)
        self._waiting.append(request)
        if self.current is not None and self.current.priority is Priority.IDLE:
            self._make_room(request.priority)
        self.changed.emit()

    def forget(self, unwanted: Callable[[Request], bool]) -> None:
        """Let no request wait any more that is unwanted."""
        self._waiting = [one for one in self._waiting if not unwanted(one)]

    def interrupt(self) -> None:
        """Stop what runs; what is done in idle time goes on later with what is left to do."""
        request = self.current
        idle = [one for one in (request, *self._waiting) if one and one.priority is Priority.IDLE]
        if request is not None and idle == [request] and not request.quiet:
            self._waiting.append(request)
        self.stop()

    def stop(self) -> None:
        """Stop what runs; what waits is next."""
        self._runner.cancel()

    def cancel(self) -> None:
        """Stop what runs and forget what waits."""
        self._waiting.clear()
        self._runner.cancel()

    def close(self) -> None:
        """Stop what runs, and wait until it has stopped; nothing follows."""
        self._waiting.clear()
        self.telling.clear()
        self._runner.stop()
        self.current = None

    def _make_room(self, priority: Priority) -> None:
        """Stop what is done in idle time for another request."""
        if priority is Priority.SOON:
            self.interrupt()
        elif priority is Priority.ASKED:
            self.stop()

    def _begin(self, request: Request) -> None:
        if request.priority is Priority.IDLE:
            self.forget(lambda other: other.priority is Priority.IDLE)
        self.current = request
        self.begins.emit()
        self._runner.start(request.title, request.begin(), quiet=request.quiet)
        self.changed.emit()

    @Slot(object)
    def _finish(self, result: object) -> None:
        request = self._end()
        if request is not None:
            self.telling.append(request)
            self._when_taken_in(request, lambda: self._tell(request, result))
        self._go_on()

    def _tell(self, request: Request, result: object) -> None:
        if request in self.telling:  # else the lane was closed meanwhile
            self.telling.remove(request)
            request.deliver(result)
            self.changed.emit()

    @Slot(str, str)
    def _fail(self, _message: str, _details: str) -> None:
        request = self._end()
        if request is not None:
            request.fail()
        self._go_on()

    @Slot()
    def _give_up(self) -> None:
        self._end()
        self._go_on()

    def _end(self) -> Request | None:
        request, self.current = self.current, None
        self.ended.emit(request)
        return request

    def _go_on(self) -> None:
        if self.current is None and self._waiting:
            following = min(self._waiting, key=lambda one: one.priority)
            self._waiting.remove(following)
            self._begin(following)
        else:
            self.changed.emit()
