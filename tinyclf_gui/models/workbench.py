"""The collection's long work: what may run when, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tinyclf.domain import ImportReport, Job, PhotoId, Progress
from tinyclf.nn.backend import Backend
from tinyclf.project.relinking import RelinkReport
from tinyclf.session import ProposalResult, TrainingResult
from tinyclf.session.exporting import export_all
from tinyclf.training.config import TrainingConfig
from tinyclf_gui.jobs.runner import JobRunner
from tinyclf_gui.models.device import Device, OnBackend
from tinyclf_gui.models.in_sight import InSight
from tinyclf_gui.models.job_lane import JobLane, Priority, Request
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.rhythm import USUAL, Rhythm
from tinyclf_gui.models.session_jobs import (
    Prepared,
    draw_and_import,
    grades_of,
    prepare,
    train_and_propose,
)

SUGGESTIONS = 50


class Workbench(QObject):
    """Says what is to be done, and tells what came of it.

    Photos are read in one lane, and all else is computed in another: a folder that is dropped while
    a training runs is seen at once. When the audit of a wall begins, what would propose unasked is
    stopped: the audit would be void.

    Attributes:
        device: Where the next jobs train and propose.
        wear: How worn photos look, greater for worse: a guess without any grade.

    Signals:
        imported(object): The ``ImportReport`` of an import.
        relinked(object): The ``RelinkReport`` of a search for moved photos.
        gradesRead(object): What a table says of photos: a list of each with its verdict.
        suggested(object): Photo ids most worth grading next, best first.
        scored(): There is another ``wear``.
        trainingBegun(): A training has started.
        reported(object): The running job's ``Progress``.
        trained(object): The ``TrainingResult``; its proposals are in the table.
        compared(object): ``ComparisonRow`` s, best first.
        exported(object): The paths (list) that an export wrote.
        busyChanged(bool): Something else runs or waits; whether what is computed was asked for.
    """

    imported = Signal(object)
    relinked = Signal(object)
    gradesRead = Signal(object)
    suggested = Signal(object)
    scored = Signal()
    trainingBegun = Signal()
    reported = Signal(object)
    trained = Signal(object)
    compared = Signal(object)
    exported = Signal(object)
    busyChanged = Signal(bool)

    def __init__(
        self,
        collection: OpenCollection,
        computing: JobRunner,
        reading: JobRunner,
        sight: InSight,
        parent: QObject | None = None,
        rhythm: Rhythm = USUAL,
    ) -> None:
        super().__init__(parent)
        self.device = Device(self)
        self._sight = sight
        self._held = False
        self.wear: Mapping[PhotoId, float] = {}
        self._collection = collection
        self._computing = JobLane(computing, self, when_taken_in=self._when_counted)
        self._reading = JobLane(reading, self, when_taken_in=self._when_counted)
        self._soon = QTimer(self, singleShot=True, interval=rhythm.prepare_ms)
        self._soon.timeout.connect(self.prepare)
        self._computing.begins.connect(self.notice)
        self._computing.reported.connect(self._report)
        self._reading.reported.connect(collection.refresh)
        for lane in (self._computing, self._reading):
            lane.ended.connect(self._take_in)
            lane.changed.connect(self._tell_busy)
        collection.noted.connect(self._spare_audit)

    @property
    def busy(self) -> bool:
        """Whether something that a person asked for is computed, waits for that or to be told."""
        return self._computing.has(Priority.ASKED)

    @property
    def reading(self) -> bool:
        """Whether photos are read, or it is still to be told what came of that."""
        return bool(self._reading.at_work)

    @property
    def learning(self) -> bool:
        """Whether what is to be done soon, a refit or a judgement, is running or waiting."""
        return self._computing.has(Priority.SOON)

    @property
    def title(self) -> str:
        """What is done, in a few words; empty if nothing is."""
        at_work = (*self._computing.at_work, *self._reading.at_work)
        return at_work[0].title if at_work else ""

    @property
    def idle(self) -> bool:
        """Whether nothing is running, to be told or about to begin, not even in idle time."""
        at_work = self._computing.at_work or self._reading.at_work
        return not at_work and not self._soon.isActive()

    def import_folder(self, folder: Path) -> None:
        """Add a folder's photos, then prepare them."""
        session = self._collection.session
        title = self.tr("Reading photos")
        begin = lambda: session.import_photos(folder)
        self._ask(self._reading, Request(title, begin, self._deliver_import))

    def prepare_soon(self) -> None:
        """Do what :meth:`prepare` does, once the first photos are seen."""
        self._soon.start()

    def relink(self, folder: Path) -> None:
        """Look in a folder for photos that are not where they were."""
        session = self._collection.session
        begin = lambda: session.relink(folder)
        title = self.tr("Searching for photos")
        self._ask(self._reading, Request(title, begin, self._deliver_relinked))

    def read_grades(self, path: Path) -> None:
        """Read the grades of a table: all of them, or none if a row cannot be used."""
        session = self._collection.session
        begin = lambda: grades_of(session, path)
        self._reading.want(Request(self.tr("Reading grades"), begin, self.gradesRead.emit))

    def prepare(self) -> None:
        """In idle time: look for bad photos, then compute missing vectors, propose, suggest.

        What is suggested, and drawn for the exam, is chosen among those that are good.
        """
        self._held = False
        begin = self._collection.session.look_for_bad_photos
        deliver = lambda _: self._prepare_good()
        title = self.tr("Preparing photos")
        self._computing.want(Request(title, begin, deliver, Priority.IDLE))

    def _go_on_preparing(self) -> None:
        """Prepare what a job brought, unless all was to stop before that was told."""
        if not self._held:
            self.prepare()

    def _prepare_good(self) -> None:
        """In idle time: compute missing vectors, propose for new photos, choose some to grade."""
        if self._held:
            return  # the look was over just when it was to stop
        session = self._collection.session
        title = self.tr("Preparing photos")
        begin = lambda: prepare(session, SUGGESTIONS, self._sight.noticed)
        self._computing.want(
            Request(title, begin, self._deliver_prepared, Priority.IDLE, proposes=True)
        )

    def once_compared(self, then: Callable[[], None]) -> None:
        """Do what draws photos once none is left that may be a near-duplicate of another; now."""
        session = self._collection.session
        if session.is_compared:
            then()
            return
        title = self.tr("Looking for near-duplicates")
        self._computing.want(Request(title, session.compare_photos, lambda _: then()))

    def train(self, config: TrainingConfig, name: str) -> None:
        """Train on all human grades, then propose grades for the other photos."""

        def request(backend: Backend | None) -> Request:
            begin = lambda: self._begin_training(config, name, backend)
            return Request(self.tr("Training"), begin, self._deliver_training)

        self._want_on_device(request)

    def want(self, request: Request) -> None:
        """Have something computed that nobody asked for; what a person asks for goes first."""
        self._computing.want(request)

    def notice(self) -> None:
        """A person looks at other photos now, which matters only to what is learnt unasked."""
        running = self._computing.current
        if running is not None and (running.quiet or running.proposes):
            self._sight.notice()

    def compare(self, configs: dict[str, TrainingConfig]) -> None:
        """Judge configurations on the same folds."""
        session = self._collection.session

        def request(backend: Backend | None) -> Request:
            begin = lambda: session.compare(configs, backend=backend)
            return Request(self.tr("Comparing"), begin, self.compared.emit, counts=False)

        self._want_on_device(request)

    def import_samples(self, folder: Path, count: int) -> None:
        """Draw sample stamps into a folder and import them."""
        session = self._collection.session
        begin = lambda: draw_and_import(session, folder, count)
        self._ask(self._reading, Request(self.tr("Drawing stamps"), begin, self._deliver_import))

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
        title = self.tr("Exporting")
        self._ask(self._computing, Request(title, begin, self.exported.emit, counts=False))

    def cancel(self) -> None:
        """Stop what runs and forget what waits; what is done is told, but nothing follows it."""
        self._soon.stop()
        self._held = True
        self._computing.cancel()
        self._reading.cancel()

    def close(self) -> None:
        """Stop all work, and wait until it has stopped; once."""
        self._soon.stop()
        self._computing.close()
        self._reading.close()

    def make_way(self) -> None:
        """Stop what is done in idle time only; :meth:`prepare` goes on with it."""
        self._held = True
        self._soon.stop()
        self._computing.forget(lambda request: request.priority is Priority.IDLE)
        running = self._computing.current
        if running is not None and running.priority is Priority.IDLE:
            self._computing.stop()

    def _ask(self, lane: JobLane, request: Request) -> None:
        """Have done what a person asks for, and what follows from it."""
        self._held = False
        lane.want(request)

    def _spare_audit(self) -> None:
        """Stop what proposes unasked, if an audit stands; what else it does goes on."""
        if not self._collection.session.is_auditing:
            return
        lane = self._computing
        lane.forget(lambda request: request.priority is Priority.SOON and request.proposes)
        if lane.current is not None and lane.current.proposes:
            lane.interrupt()

    def _want_on_device(self, request_for: OnBackend) -> None:
        """Look for the device first, if it is one to be looked for."""
        self._ask(self._computing, self.device.request(request_for, self._computing.want))

    def _begin_training(
        self, config: TrainingConfig, name: str, backend: Backend | None
    ) -> Job[tuple[TrainingResult, ProposalResult]]:
        self.trainingBegun.emit()
        return train_and_propose(self._collection.session, config, name, backend)

    @Slot(object)
    def _report(self, report: Progress) -> None:
        if self._collection.session.has_seen_more:
            self._collection.refresh()
        running = self._computing.current
        if running is not None and not running.quiet:
            self.reported.emit(report)

    @Slot(object)
    def _take_in(self, _request: Request | None) -> None:
        """Take in what a job has written, before its result is told."""
        self._collection.refresh()
        self._collection.recount_soon()

    def _when_counted(self, request: Request, tell: Callable[[], None]) -> None:
        """Tell the result of what a person asked for once all is counted: the words rest on it."""
        if request.priority is Priority.ASKED and request.counts:
            self._collection.counts.recount_then(tell)
        else:
            tell()

    @Slot()
    def _tell_busy(self) -> None:
        self.busyChanged.emit(self.busy)

    def _deliver_import(self, report: ImportReport) -> None:
        self.imported.emit(report)
        self._go_on_preparing()

    def _deliver_relinked(self, report: RelinkReport) -> None:
        self.relinked.emit(report)
        self._go_on_preparing()

    def _deliver_prepared(self, prepared: Prepared) -> None:
        self.wear = prepared.wear
        self.scored.emit()
        self.suggested.emit(prepared.suggested)

    def _deliver_training(self, results: tuple[TrainingResult, ProposalResult]) -> None:
        result, _ = results
        self.trained.emit(result)
        self._go_on_preparing()
