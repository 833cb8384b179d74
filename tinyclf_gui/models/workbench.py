"""The collection's long work: what may run when, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from tinyclf.domain import ImportReport, Job, PhotoId, Progress
from tinyclf.errors import DeviceError, ModelError
from tinyclf.nn.backend import Backend, NumpyBackend, choose_backend
from tinyclf.samples import draw_samples
from tinyclf.session import ProposalResult, Session, TrainingResult
from tinyclf.session.exporting import export_all, export_onnx, require_places
from tinyclf.training.config import TrainingConfig
from tinyclf_gui.jobs.runner import JobRunner
from tinyclf_gui.models.open_collection import OpenCollection

SUGGESTIONS = 50
DRAWN_BETWEEN_IMPORTS = 24
CPU = "cpu"


@dataclass(frozen=True)
class _Order:
    """A piece of work.

    Attributes:
        title: What it is, in a few words.
        begin: Makes the job.
        deliver: Takes its result.
        idle: It makes way for any other.
        quiet: Nobody asked for it, and nobody needs to see it.
        grows: It adds photos while it runs.
    """

    title: str
    begin: Callable[[], Job[Any]]
    deliver: Callable[[Any], None]
    idle: bool = False
    quiet: bool = False
    grows: bool = False


class Workbench(QObject):
    """Starts one job at a time; preparing photos in idle time makes way for what a person wants.

    Attributes:
        device: Where the next jobs train and propose, ``"cpu"`` or ``"cuda"``.
        looks: Tells which photos a person looks at: what is learnt unasked leaves their proposals
            alone.
        wear: How worn photos look, greater for worse: a guess without any grade.

    Signals:
        imported(object): The ``ImportReport`` of an import.
        suggested(object): Photo ids most worth grading next, best first.
        scored(): There is another ``wear``.
        trainingBegun(): A training has started.
        reported(object): The running job's ``Progress``.
        trained(object): The ``TrainingResult``; its proposals are in the table.
        learnt(object): Unasked: the ``RefitResult``, or the ``TrainingResult``; its proposals are
            in the table, but for photos in sight.
        learningFailed(): What was to be learnt unasked could not be.
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
    learnt = Signal(object)
    learningFailed = Signal()
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
        self.wear: Mapping[PhotoId, float] = {}
        self._collection = collection
        self._runner = runner
        self._current: _Order | None = None
        self._next: _Order | None = None
        self._lesson: _Order | None = None
        self._interrupted = False
        runner.reported.connect(self._report)
        runner.finished.connect(self._finish)
        runner.failed.connect(self._fail)
        runner.cancelled.connect(self._give_up)

    @property
    def busy(self) -> bool:
        """Whether a job that a person asked for is running or waiting."""
        current = self._current
        asked = current is not None and not current.idle and not current.quiet
        return self._next is not None or asked

    @property
    def learning(self) -> bool:
        """Whether a refit is running or waiting."""
        current = self._current
        return self._lesson is not None or (
            current is not None and current.quiet and not current.idle
        )

    @property
    def title(self) -> str:
        """What the running job is, in a few words."""
        return self._runner.title

    @property
    def idle(self) -> bool:
        """Whether nothing is running, not even in idle time."""
        return self._current is None

    def import_folder(self, folder: Path) -> None:
        """Add a folder's photos, then prepare them."""
        session = self._collection.session
        title = self.tr("Reading photos")
        begin = lambda: session.import_photos(folder)
        self._want(_Order(title, begin, self._deliver_import, grows=True))

    def prepare(self) -> None:
        """In idle time: compute missing vectors, propose for new photos, choose some to grade."""
        session = self._collection.session
        title = self.tr("Preparing photos")
        begin = lambda: prepare(session, SUGGESTIONS)
        self._want(_Order(title, begin, self._deliver_prepared, idle=True))

    def train(self, config: TrainingConfig, name: str) -> None:
        """Train on all human grades, then propose grades for the other photos."""

        def order(backend: Backend | None) -> _Order:
            begin = lambda: self._begin_training(config, name, backend)
            return _Order(self.tr("Training"), begin, self._deliver_training)

        self._want_on_device(order)

    def learn(self) -> None:
        """Learn from the newest corrections in a moment; all that a person asked for goes first."""
        session = self._collection.session
        begin = lambda: session.refit(in_sight=self._looked_at)
        self._lesson = _Order(self.tr("Learning"), begin, self.learnt.emit, quiet=True)
        if self._current is None:
            self._go_on()
        elif self._current.idle:
            self._interrupted = not self._current.quiet
            self._runner.cancel()

    def train_unasked(self, config: TrainingConfig, name: str) -> None:
        """In idle time: train on all human grades and propose, as if it was not there."""
        session = self._collection.session
        begin = lambda: train_and_propose(session, config, name, in_sight=self._looked_at)
        deliver = lambda results: self.learnt.emit(results[0])
        self._want(_Order(self.tr("Training"), begin, deliver, idle=True, quiet=True))

    def notice(self) -> None:
        """A person looks at other photos now, which matters only to what is learnt unasked."""
        if self._current is not None and self._current.quiet:
            self._in_sight = frozenset(self.looks())

    def _looked_at(self) -> frozenset[PhotoId]:
        """Return the photos in sight; also asked in the job's thread, so it asks no widget."""
        return self._in_sight

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
        begin = lambda: take_out(session, csv, folders, walls, model, onnx)
        self._want(_Order(self.tr("Exporting"), begin, self.exported.emit))

    def cancel(self) -> None:
        """Stop what runs and forget what waits."""
        self._next = self._lesson = None
        self._runner.cancel()

    def make_way(self) -> None:
        """Stop what is done in idle time only; :meth:`prepare` goes on with it."""
        if self._current is not None and self._current.idle:
            self._runner.cancel()

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
        """Begin an order, or let it wait for the one that runs; idle work never waits."""
        if self._current is None:
            self._begin(order)
        elif not order.idle:
            self._next = order
            if self._current.idle:
                self._runner.cancel()
            self.busyChanged.emit(True)

    def _begin(self, order: _Order) -> None:
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
        if order is not None and order.quiet:
            self.learningFailed.emit()
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
        if self._current is None and self._next is not None:
            order, self._next = self._next, None
            self._begin(order)
        elif self._current is None and self._lesson is not None:
            order, self._lesson = self._lesson, None
            self._begin(order)
        else:
            self.busyChanged.emit(self.busy)
            self._resume()

    def _resume(self) -> None:
        """Go on with what a refit interrupted."""
        if self._interrupted and self._current is None:
            self._interrupted = False
            self.prepare()

    def _deliver_import(self, report: ImportReport) -> None:
        self.imported.emit(report)
        if self._next is None:
            self.prepare()

    def _deliver_prepared(self, prepared: Prepared) -> None:
        self.wear = prepared.wear
        self.scored.emit()
        self.suggested.emit(prepared.suggested)

    def _deliver_training(self, results: tuple[TrainingResult, ProposalResult]) -> None:
        result, _ = results
        self.trained.emit(result)
        if self._next is None:
            self.prepare()


@dataclass(frozen=True)
class Prepared:
    """What idle time brought.

    Attributes:
        wear: How worn photos look, greater for worse.
        suggested: Photos most worth grading next, best first.
    """

    wear: Mapping[PhotoId, float]
    suggested: list[PhotoId]


def prepare(session: Session, count: int) -> Job[Prepared]:
    """Compute missing vectors, propose for new photos, choose some to grade.

    All of it sees the collection as it is at the call.
    """
    score, suggest = session.wear(), session.suggest(count)
    propose = session.propose(only_new=True) if session.has_newcomers else None

    def all_of_it() -> Job[Prepared]:
        wear = yield from score
        if propose is not None:
            with suppress(ModelError):  # its encoder is gone: the next training tells
                yield from propose
        return Prepared(wear, (yield from suggest))

    return all_of_it()


@dataclass(frozen=True)
class FoundBackend:
    """Where jobs can compute.

    Attributes:
        backend: Of the device, or the processor's.
        problem: Why it is not the device's; empty if it is.
    """

    backend: Backend
    problem: str = ""


def find_backend(device: str) -> Job[FoundBackend]:
    """Return the backend of a device, or the processor's if it does not answer."""
    yield Progress("Looking for the graphics card", 0, 0)
    try:
        return FoundBackend(choose_backend(device))
    except DeviceError as error:
        return FoundBackend(NumpyBackend(), str(error))


def train_and_propose(
    session: Session,
    config: TrainingConfig,
    name: str,
    backend: Backend | None = None,
    in_sight: Callable[[], frozenset[PhotoId]] = frozenset,
) -> Job[tuple[TrainingResult, ProposalResult]]:
    """Train, then propose; both see the collection as it is at the call.

    Args:
        session: The collection.
        config: How.
        name: What that is called.
        backend: Where the arithmetic happens.
        in_sight: Photos whose proposals stay as they are.
    """
    train = session.train(config, name, backend=backend)
    propose = session.propose(backend=backend, in_sight=in_sight)

    def both() -> Job[tuple[TrainingResult, ProposalResult]]:
        trained = yield from train
        return trained, (yield from propose)

    return both()


def take_out(
    session: Session,
    csv: Path | None,
    folders: Path | None,
    walls: Path | None,
    model: Path | None,
    onnx: Path | None,
) -> Job[list[Path]]:
    """Take out what has a path; all places are checked before anything is written."""
    if onnx is None:
        return (yield from export_all(session, csv, folders, walls, model))
    yield Progress("Exporting", 0, 0)
    require_places(session, files=(csv, model, onnx), folders=(folders, walls))
    export_onnx(session, onnx)
    return [onnx, *(yield from export_all(session, csv, folders, walls, model))]


def draw_and_import(session: Session, folder: Path, count: int) -> Job[ImportReport]:
    """Draw sample stamps, and import them meanwhile, so that there is something to see."""
    for drawn in draw_samples(folder, count):
        yield drawn
        if drawn.done and drawn.done % DRAWN_BETWEEN_IMPORTS == 0:
            yield from (drawn for _ in session.import_photos(folder))
    return (yield from session.import_photos(folder))
