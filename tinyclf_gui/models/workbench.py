"""The collection's long work: what may run when, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from tinyclf.domain import ImportReport, Job, PhotoId, Progress, Quality
from tinyclf.nn.backend import Backend
from tinyclf.session import ProposalResult, TrainingResult
from tinyclf.session.exporting import export_all
from tinyclf.training.config import TrainingConfig
from tinyclf_gui.jobs.runner import JobRunner
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.session_jobs import (
    FoundBackend,
    Prepared,
    draw_and_import,
    find_backend,
    prepare,
    train_and_propose,
)

SUGGESTIONS = 50
SOON_MS = 500
"""So long after a collection was opened its photos have the machine for themselves."""
CPU = "cpu"


class Priority(IntEnum):
    """Who goes first; one that waits is replaced by another of the same priority."""

    ASKED = 0
    """A person asked for it, and sees how it goes."""
    SOON = 1
    """Unasked and unseen, but over in a moment: it interrupts what is idle."""
    IDLE = 2
    """Unasked, and it makes way for any other."""


@dataclass(frozen=True)
class _Order:
    """A piece of work.

    Attributes:
        title: What it is, in a few words.
        begin: Makes the job.
        deliver: Takes its result.
        priority: Who goes first.
        quiet: Nobody needs to see it; all that is to be done soon is.
        proposes: It writes proposals that nobody asked for.
        grows: It adds photos while it runs.
        fail: Hears that it ended with an error.
    """

    title: str
    begin: Callable[[], Job[Any]]
    deliver: Callable[[Any], None]
    priority: Priority = Priority.ASKED
    quiet: bool = False
    proposes: bool = False
    grows: bool = False
    fail: Callable[[], None] = lambda: None


class Workbench(QObject):
    """Runs one job at a time, and lets others wait by their priority.

    When the audit of a wall begins, what would propose unasked is stopped: the audit would be void.

    Attributes:
        device: Where the next jobs train and propose, ``"cpu"`` or ``"cuda"``.
        looks: Tells which photos a person looks at: what is learnt unasked leaves their proposals
            alone.
        wear: How worn photos look, greater for worse: a guess without any grade.
        behind: Photos in sight that kept an older proposal when all others were proposed anew
            unasked.

    Signals:
        imported(object): The ``ImportReport`` of an import.
        suggested(object): Photo ids most worth grading next, best first.
        scored(): There is another ``wear``.
        trainingBegun(): A training has started.
        reported(object): The running job's ``Progress``.
        trained(object): The ``TrainingResult``; its proposals are in the table.
        refitted(object): The ``RefitResult``; its proposals are in the table, but for photos in
            sight.
        trainedUnasked(object): The ``TrainingResult``; likewise.
        caughtUp(): What was ``behind`` and is out of sight by now is proposed anew.
        learningFailed(): What was to be learnt unasked could not be.
        judged(object): The ``Quality`` of the latest classifier on the exam.
        compared(object): ``ComparisonRow`` s, best first.
        exported(object): The paths (list) that an export wrote.
        deviceMissed(str): The device is gone, and why; the processor does the work.
        busyChanged(bool): Whether a job that a person asked for is running.
    """

    imported = Signal(object)
    suggested = Signal(object)
    scored = Signal()
    trainingBegun = Signal()
    reported = Signal(object)
    trained = Signal(object)
    refitted = Signal(object)
    trainedUnasked = Signal(object)
    caughtUp = Signal()
    learningFailed = Signal()
    judged = Signal(object)
    compared = Signal(object)
    exported = Signal(object)
    deviceMissed = Signal(str)
    busyChanged = Signal(bool)

    def __init__(
        self, collection: OpenCollection, runner: JobRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.device = CPU
        self.looks: Callable[[], Iterable[PhotoId]] = tuple
        self._in_sight: frozenset[PhotoId] = frozenset()
        self.behind: frozenset[PhotoId] = frozenset()
        self.wear: Mapping[PhotoId, float] = {}
        self._collection = collection
        self._runner = runner
        self._current: _Order | None = None
        self._waiting: dict[Priority, _Order] = {}
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.prepare)
        runner.reported.connect(self._report)
        runner.finished.connect(self._finish)
        runner.failed.connect(self._fail)
        runner.cancelled.connect(self._give_up)
        collection.noted.connect(self._spare_audit)

    @property
    def busy(self) -> bool:
        """Whether a job that a person asked for is running or waiting."""
        return self._has(Priority.ASKED)

    @property
    def learning(self) -> bool:
        """Whether what is to be done soon, a refit or a judgement, is running or waiting."""
        return self._has(Priority.SOON)

    @property
    def title(self) -> str:
        """What the running job is, in a few words."""
        return self._runner.title

    @property
    def idle(self) -> bool:
        """Whether nothing is running or about to, not even in idle time."""
        return self._current is None and not self._soon.isActive()

    def import_folder(self, folder: Path) -> None:
        """Add a folder's photos, then prepare them."""
        session = self._collection.session
        title = self.tr("Reading photos")
        begin = lambda: session.import_photos(folder)
        self._want(_Order(title, begin, self._deliver_import, grows=True))

    def prepare_soon(self) -> None:
        """Do what :meth:`prepare` does, once the first photos are seen."""
        self._soon.start()

    def prepare(self) -> None:
        """In idle time: compute missing vectors, propose for new photos, choose some to grade."""
        session = self._collection.session
        title = self.tr("Preparing photos")
        begin = lambda: prepare(session, SUGGESTIONS)
        self._want(_Order(title, begin, self._deliver_prepared, Priority.IDLE, proposes=True))

    def train(self, config: TrainingConfig, name: str) -> None:
        """Train on all human grades, then propose grades for the other photos."""

        def order(backend: Backend | None) -> _Order:
            begin = lambda: self._begin_training(config, name, backend)
            return _Order(self.tr("Training"), begin, self._deliver_training)

        self._want_on_device(order)

    def refit(self) -> None:
        """Learn from the newest corrections in a moment; all that a person asked for goes first."""
        session = self._collection.session
        begin = lambda: session.refit(in_sight=self._looked_at)
        order = _Order(
            self.tr("Learning"),
            begin,
            self.refitted.emit,
            Priority.SOON,
            quiet=True,
            proposes=True,
            fail=self.learningFailed.emit,
        )
        self._want(order)

    def train_unasked(self, config: TrainingConfig, name: str) -> None:
        """In idle time: train on all human grades and propose, as if it was not there."""
        session = self._collection.session
        begin = lambda: train_and_propose(session, config, name, in_sight=self._left_behind)
        order = _Order(
            self.tr("Training"),
            begin,
            lambda results: self.trainedUnasked.emit(results[0]),
            Priority.IDLE,
            quiet=True,
            proposes=True,
            fail=self.learningFailed.emit,
        )
        self._want(order)

    def catch_up(self) -> None:
        """In idle time: propose anew what was left ``behind`` and is out of sight by now."""
        session = self._collection.session
        begin = lambda: session.propose(in_sight=self._left_behind)
        order = _Order(
            self.tr("Learning"),
            begin,
            lambda _: self.caughtUp.emit(),
            Priority.IDLE,
            quiet=True,
            proposes=True,
            fail=self.learningFailed.emit,
        )
        self._want(order)

    def judge(self) -> None:
        """Judge the latest classifier on the exam, in a moment."""
        title = self.tr("Judging on the exam")
        begin = self._collection.session.judge
        self._want(_Order(title, begin, self._deliver_judgement, Priority.SOON, quiet=True))

    def notice(self) -> None:
        """A person looks at other photos now, which matters only to what is learnt unasked."""
        if self._current is not None and self._current.quiet:
            self._in_sight = frozenset(self.looks())

    def _looked_at(self) -> frozenset[PhotoId]:
        """Return the photos in sight; also asked in the job's thread, so it asks no widget."""
        return self._in_sight

    def _left_behind(self) -> frozenset[PhotoId]:
        """Return the photos in sight, and remember that they keep what is proposed for them."""
        self.behind = self._in_sight
        return self.behind

    def compare(self, configs: dict[str, TrainingConfig]) -> None:
        """Judge configurations on the same folds."""
        session = self._collection.session

        def order(backend: Backend | None) -> _Order:
            begin = lambda: session.compare(configs, backend=backend)
            return _Order(self.tr("Comparing"), begin, self.compared.emit)

        self._want_on_device(order)

    def import_samples(self, folder: Path, count: int) -> None:
        """Draw sample stamps into a folder and import them."""
        session = self._collection.session
        begin = lambda: draw_and_import(session, folder, count)
        self._want(_Order(self.tr("Drawing stamps"), begin, self._deliver_import, grows=True))

    def export(
        self,
        csv: Path | None,
        folders: Path | None,
        walls: Path | None,
        model: Path | None,
        onnx: Path | None,
    ) -> None:
        """Take out what has a path."""
        session = self._collection.session
        begin = lambda: export_all(session, csv, folders, walls, model, onnx)
        self._want(_Order(self.tr("Exporting"), begin, self.exported.emit))

    def cancel(self) -> None:
        """Stop what runs and forget what waits."""
        self._soon.stop()
        self._waiting.clear()
        self._runner.cancel()

    def close(self) -> None:
        """Stop all work, and wait until it has stopped; once."""
        self._soon.stop()
        self._runner.stop()

    def make_way(self) -> None:
        """Stop what is done in idle time only; :meth:`prepare` goes on with it."""
        self._soon.stop()
        self._waiting.pop(Priority.IDLE, None)
        if self._current is not None and self._current.priority is Priority.IDLE:
            self._runner.cancel()

    def _spare_audit(self) -> None:
        """Stop what proposes unasked, if an audit stands; what else it does goes on."""
        if not self._collection.session.is_auditing:
            return
        if (soon := self._waiting.get(Priority.SOON)) is not None and soon.proposes:
            del self._waiting[Priority.SOON]
        if self._current is not None and self._current.proposes:
            self._interrupt(self._current)

    def _has(self, priority: Priority) -> bool:
        """Tell whether work of a priority is running or waiting."""
        current = self._current
        return priority in self._waiting or (current is not None and current.priority is priority)

    def _want_on_device(self, order_for: Callable[[Backend | None], _Order]) -> None:
        """Look for the device first, in the background: loading its library takes a while."""
        if self.device == CPU:
            self._want(order_for(None))
            return

        def deliver(found: FoundBackend) -> None:
            if found.problem:
                self.deviceMissed.emit(found.problem)
            self._want(order_for(found.backend))

        begin = lambda: find_backend(self.device)
        self._want(_Order(self.tr("Looking for the graphics card"), begin, deliver))

    def _want(self, order: _Order) -> None:
        """Begin an order, or let it wait for what runs and what goes first."""
        current = self._current
        if current is None and not any(other < order.priority for other in self._waiting):
            self._begin(order)
            return
        self._waiting[order.priority] = order
        if current is not None and current.priority is Priority.IDLE:
            if order.priority is Priority.SOON:
                self._interrupt(current)
            elif order.priority is Priority.ASKED:
                self._runner.cancel()
        if order.priority is Priority.ASKED:
            self.busyChanged.emit(True)

    def _interrupt(self, order: _Order) -> None:
        """Stop the running order; what is not quiet goes on later, with what is left to do."""
        if order.priority is Priority.IDLE and not order.quiet:
            self._waiting.setdefault(Priority.IDLE, order)
        self._runner.cancel()

    def _begin(self, order: _Order) -> None:
        if order.priority is Priority.IDLE:
            self._waiting.pop(Priority.IDLE, None)
        self._current = order
        self.notice()
        self._runner.start(order.title, order.begin(), quiet=order.quiet)
        self.busyChanged.emit(self.busy)

    def _begin_training(
        self, config: TrainingConfig, name: str, backend: Backend | None
    ) -> Job[tuple[TrainingResult, ProposalResult]]:
        self.trainingBegun.emit()
        return train_and_propose(self._collection.session, config, name, backend)

    def _report(self, report: Progress) -> None:
        if self._current is not None and self._current.grows:
            self._collection.refresh()
        if self._current is not None and not self._current.quiet:
            self.reported.emit(report)

    def _finish(self, result: object) -> None:
        order = self._end()
        if order is not None:
            order.deliver(result)
        self._go_on()

    def _fail(self, _message: str, _details: str) -> None:
        order = self._end()
        if order is not None:
            order.fail()
        self._go_on()

    def _give_up(self) -> None:
        self._end()
        self._go_on()

    def _end(self) -> _Order | None:
        order, self._current = self._current, None
        self._collection.refresh()
        self._collection.recount()
        return order

    def _go_on(self) -> None:
        if self._current is None and self._waiting:
            self._begin(self._waiting.pop(min(self._waiting)))
        else:
            self.busyChanged.emit(self.busy)

    def _deliver_import(self, report: ImportReport) -> None:
        self.imported.emit(report)
        self.prepare()

    def _deliver_prepared(self, prepared: Prepared) -> None:
        self.wear = prepared.wear
        self.scored.emit()
        self.suggested.emit(prepared.suggested)

    def _deliver_training(self, results: tuple[TrainingResult, ProposalResult]) -> None:
        result, _ = results
        self.trained.emit(result)
        self.prepare()

    def _deliver_judgement(self, quality: Quality | None) -> None:
        if quality is not None:
            self.judged.emit(quality)
