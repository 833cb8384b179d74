"""One open collection put together: session, jobs, pictures and pages; and taken apart again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from PIL.Image import Image
from PySide6.QtCore import QObject

from tinyclf.benchmark.speed import Speed
from tinyclf.data.decode import decode_file
from tinyclf.data.identity import open_imported
from tinyclf.data.thumbnails import thumbnail
from tinyclf.domain import Act, ActKind, Grade, PhotoId
from tinyclf.session import Session, TrainingResult
from tinyclf_gui.commands import act_in_words, remark_in_words
from tinyclf_gui.dialogs.export import ExportChoice
from tinyclf_gui.jobs.courtesy import working_quietly
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.runner import JobRunner
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.main_window import LABEL, REVIEW, TRAIN, MainWindow, Pages
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.pages.label import LabelPage
from tinyclf_gui.pages.review import ReviewPage
from tinyclf_gui.pages.train import TrainPage
from tinyclf_gui.settings import Settings
from tinyclf_gui.widgets.photo_browser import PhotoBrowser


@dataclass(frozen=True)
class Pictures:
    """Where the pages get their pictures from, off the GUI thread."""

    thumbnails: ThumbnailPool
    photos: PhotoLoader

    def stop(self) -> None:
        """End the threads."""
        self.thumbnails.stop()
        self.photos.stop()


class Workspace(QObject):
    """An open collection in the window.

    It connects what the parts tell each other; ``close`` it before the window goes.
    """

    def __init__(self, session: Session, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self.collection = OpenCollection(session, self)
        self._runner = JobRunner(self)
        quality = self.collection.status.quality
        self._device_missed = False
        self._right_before = None if quality is None else round(100 * quality.exact.value)
        self.workbench = Workbench(self.collection, self._runner, self)
        self.pictures = make_pictures(session, self)
        self.pages = self._make_pages(settings)
        window.job_bar.attach(self._runner)
        self._connect(settings)
        self.use(settings.speed)
        window.show_pages(self.pages, session.name, self._first_page())
        window.show_status(self.collection.status)
        self._offer_undo()
        self._offer_jobs()

    @property
    def session(self) -> Session:
        """The open collection's session."""
        return self._session

    @property
    def browser(self) -> PhotoBrowser | None:
        """The grid in view, if the page in view has one."""
        return {LABEL: self.pages.label.browser, REVIEW: self.pages.review.browser}.get(
            self._window.page or ""
        )

    def is_of(self, path: Path) -> bool:
        """Tell whether this collection is that file."""
        return path.exists() and path.samefile(self._session.path)

    def train(self) -> None:
        """Train with the configuration of the Train page."""
        self.pages.train.train()

    def use(self, speed: Speed) -> None:
        """Let the next jobs work with these threads, this precision and on this device."""
        self._runner.courtesy = partial(working_quietly, speed.threads)
        self.workbench.device = speed.device
        self.pages.train.set_precision(speed.precision)

    def set_tile_pixels(self, pixels: int) -> None:
        """Make the tiles of all grids about so wide."""
        for browser in (self.pages.label.browser, self.pages.review.browser):
            browser.grid.set_side(pixels)

    def export(self, choice: ExportChoice) -> None:
        """Take out what was chosen, in the background."""
        self.workbench.export(choice.csv, choice.folders, choice.walls, choice.model, choice.onnx)

    def close(self) -> None:
        """Stop all work and let go of the file; once."""
        self._window.pageChosen.disconnect(self._enter)
        self._runner.stop()
        self.pictures.stop()
        self.collection.close()

    def _make_pages(self, settings: Settings) -> Pages:
        pictures, tile = self.pictures, settings.tile_pixels
        shared = (self.collection, self.workbench)
        return Pages(
            LabelPage(*shared, pictures.thumbnails, pictures.photos, tile),
            TrainPage(*shared),
            ReviewPage(*shared, pictures.thumbnails, pictures.photos, tile),
        )

    def _connect(self, settings: Settings) -> None:
        pages, window = self.pages, self._window
        self.collection.acted.connect(self._show_act)
        self.collection.noted.connect(self._show_remark)
        self.collection.counted.connect(window.show_status)
        self.collection.failed.connect(lambda words: window.job_bar.fail(words, ""))
        self.workbench.deviceMissed.connect(self._tell_device)
        self.workbench.trained.connect(self._tell_training)
        self.workbench.exported.connect(self._tell_export)
        pages.label.trainWanted.connect(self._train_from_label)
        pages.label.set_auto_advance(settings.auto_advance)
        pages.label.autoAdvanceChanged.connect(lambda on: setattr(settings, "auto_advance", on))
        pages.review.retrainWanted.connect(self.train)
        pages.review.trainPageWanted.connect(lambda: window.show_page(TRAIN))
        pages.review.newPhotosWanted.connect(self._grade_new)
        pages.train.reviewWanted.connect(lambda: window.show_page(REVIEW))
        pages.train.cellChosen.connect(self._show_mistakes)
        for browser in (pages.label.browser, pages.review.browser):
            browser.grid.sideChanged.connect(lambda side: setattr(settings, "tile_pixels", side))
        window.pageChosen.connect(self._enter)
        self.workbench.busyChanged.connect(self._offer_jobs)

    def _first_page(self) -> str:
        return REVIEW if self._session.model is not None else LABEL

    def _enter(self, page: str) -> None:
        """What is done leaves a grid when its page is entered again."""
        if page == LABEL:
            self.pages.label.show_rows()
        elif page == REVIEW:
            self.pages.review.show_rows()

    def _train_from_label(self) -> None:
        self._window.show_page(TRAIN)
        self.train()

    def _tell_training(self, result: TrainingResult) -> None:
        """Say what came of it, beside what was before: a person wants to know whether it helped."""
        right = round(100 * result.quality.exact.value)
        words = self.tr("Trained on {n} grades: {right} % right").format(
            n=f"{result.grades:,}", right=right
        )
        if self._right_before is not None:
            words += self.tr(", before {right} %").format(right=self._right_before)
        self._right_before = right
        if self._device_missed:
            words += self.tr(", on the processor: the graphics card does not answer")
        self._device_missed = False
        self._window.toast.show_act(words, can_undo=False)

    def _tell_device(self, problem: str) -> None:
        self._device_missed = True
        words = self.tr("The processor does the work. {problem}").format(problem=problem)
        self._window.toast.show_act(words, can_undo=False)

    def _tell_export(self, paths: list[Path]) -> None:
        words = self.tr("Exported to {places}").format(places=", ".join(map(str, paths)))
        self._window.toast.show_act(words, can_undo=False)

    def _show_mistakes(self, truth: Grade, proposed: Grade) -> None:
        self._window.show_page(LABEL)
        self.pages.label.show_mistakes(truth, proposed)

    def _show_act(self, act: Act) -> None:
        undoable = self._session.undoable is not None
        rows = self.collection.table.rows(act.photo_ids[:1])
        name = PurePath(self.collection.table.names[rows[0]]).stem if len(rows) else ""
        self._window.toast.show_act(act_in_words(act, name), undoable)
        self._offer_undo()
        if act.kind in (ActKind.UNDO, ActKind.REDO):
            self._reveal(list(act.photo_ids))

    def _show_remark(self, remark: object) -> None:
        words = remark_in_words(remark)
        if words:
            self._window.toast.show_act(words, can_undo=False)

    def _grade_new(self) -> None:
        self._window.show_page(LABEL)
        self.pages.label.show_unlike()

    def _reveal(self, photo_ids: list[PhotoId]) -> None:
        """Show photos on the page in view, else on the Label page: only Train has no grid."""
        if self._window.page == REVIEW:
            self.pages.review.reveal(photo_ids)
            return
        self._window.show_page(LABEL)
        self.pages.label.reveal(photo_ids)

    def _offer_undo(self) -> None:
        session, menu = self._session, self._window.menu
        for key, act in (("undo", session.undoable), ("redo", session.redoable)):
            menu.action(key).setEnabled(act is not None)

    def _offer_jobs(self) -> None:
        menu = self._window.menu
        menu.action("train-now").setEnabled(not self.workbench.busy)
        menu.action("cancel").setEnabled(not self.workbench.idle)


def make_pictures(session: Session, parent: QObject) -> Pictures:
    """Return the sources of a collection's pictures."""

    def small(photo_id: PhotoId) -> bytes:
        return thumbnail(table.photo(table.row_of[photo_id]), session.thumbnails)

    def large(photo_id: PhotoId, long_side: int | None) -> Image:
        with open_imported(table.photo(table.row_of[photo_id])) as file:
            return decode_file(file, long_side=long_side).image

    table = session.table
    return Pictures(
        ThumbnailPool(small, parent),
        PhotoLoader(large, parent),
    )
