"""The collection's long work: what may run when, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from tinyclf.domain import ImportReport, Job, PhotoId, Progress
from tinyclf.errors import DeviceError
from tinyclf.nn.backend import Backend, NumpyBackend, choose_backend
from tinyclf.samples import draw_samples
from tinyclf.session import ProposalResult, Session, TrainingResult
from tinyclf.session.exporting import export_all, export_onnx, require_places
from tinyclf.training.config import TrainingConfig
from tinyclf.training.presets import DEFAULT_PRESET, preset
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
        grows: It adds photos while it runs.
    """

    title: str
    begin: Callable[[], Job[Any]]
    deliver: Callable[[Any], None]
    idle: bool = False
    grows: bool = False


class Workbench(QObject):
    """Starts one job at a time; preparing photos in idle time makes way for what a person wants.

    Attributes:
        device: Where the next jobs train and propose, ``"cpu"`` or ``"cuda"``.
        strangest: New photos that look unlike those last trained on, the strangest first.

    Signals:
        imported(object): The ``ImportReport`` of an import.
        suggested(object): Photo ids most worth grading next, best first.
        trainingBegun(): A training has started.
        reported(object): The running job's ``Progress``.
        trained(object): The ``TrainingResult``; its proposals are in the table.
        compared(object): ``ComparisonRow`` s, best first.
        exported(object): The paths (list) that an export wrote.
        deviceMissed(str): The device is gone, and why; the processor does the work.
        busyChanged(bool): Whether a job that a person asked for is running.
    """

    imported = Signal(object)
    suggested = Signal(object)
    trainingBegun = Signal()
    reported = Signal(object)
    trained = Signal(object)
    compared = Signal(object)
    exported = Signal(object)
    deviceMissed = Signal(str)
    busyChanged = Signal(bool)

    def __init__(
        self, collection: OpenCollection, runner: JobRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.device = CPU
        self.strangest: tuple[PhotoId, ...] = ()
        self._collection = collection
        self._runner = runner
        self._current: _Order | None = None
        self._next: _Order | None = None
        runner.reported.connect(self._report)
        runner.finished.connect(self._finish)
        runner.failed.connect(self._fail)
        runner.cancelled.connect(self._give_up)

    @property
    def busy(self) -> bool:
        """Whether a job that a person asked for is running or waiting."""
        return self._next is not None or (self._current is not None and not self._current.idle)

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
        """In idle time: compute missing vectors, then choose photos most worth grading."""
        session = self._collection.session
        title = self.tr("Preparing photos")
        begin = lambda: prepare(session, SUGGESTIONS)
        self._want(_Order(title, begin, self.suggested.emit, idle=True))

    def train(self, config: TrainingConfig, name: str) -> None:
        """Train on all human grades, then propose grades for the other photos."""

        def order(backend: Backend | None) -> _Order:
            begin = lambda: self._begin_training(config, name, backend)
            return _Order(self.tr("Training"), begin, self._deliver_training)

        self._want_on_device(order)

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
        self._next = None
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
        self._runner.start(order.title, order.begin())
        self.busyChanged.emit(self.busy)

    def _begin_training(
        self, config: TrainingConfig, name: str, backend: Backend | None
    ) -> Job[tuple[TrainingResult, ProposalResult]]:
        self.trainingBegun.emit()
        return train_and_propose(self._collection.session, config, name, backend)

    def _report(self, report: Progress) -> None:
        if self._current is not None and self._current.grows:
            self._collection.refresh()
        self.reported.emit(report)

    def _finish(self, result: object) -> None:
        order = self._end()
        if order is not None:
            order.deliver(result)
        self._go_on()

    def _fail(self, _message: str, _details: str) -> None:
        self._end()
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
        else:
            self.busyChanged.emit(self.busy)

    def _deliver_import(self, report: ImportReport) -> None:
        self.imported.emit(report)
        if self._next is None:
            self.prepare()

    def _deliver_training(self, results: tuple[TrainingResult, ProposalResult]) -> None:
        result, proposed = results
        self.strangest = proposed.newcomers.strangest if proposed.newcomers else ()
        self.trained.emit(result)
        if self._next is None:
            self.prepare()


def prepare(session: Session, count: int) -> Job[list[PhotoId]]:
    """Compute missing vectors, then choose photos; both see the collection as it is at the call."""
    read = session.read_features(preset(DEFAULT_PRESET).config)
    suggest = session.suggest(count)

    def both() -> Job[list[PhotoId]]:
        yield from read
        return (yield from suggest)

    return both()


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
    session: Session, config: TrainingConfig, name: str, backend: Backend | None = None
) -> Job[tuple[TrainingResult, ProposalResult]]:
    """Train, then propose; both see the collection as it is at the call."""
    train = session.train(config, name, backend=backend)
    propose = session.propose(backend=backend)

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
