"""One open collection put together: session, jobs, pictures and pages; and taken apart again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from tinyclf.benchmark.speed import Speed
from tinyclf.domain import Grade, PhotoId, Verdict, verdict_of
from tinyclf.session import Session
from tinyclf_gui.act_failures import ActFailures
from tinyclf_gui.act_news import ActNews
from tinyclf_gui.collection_menu import CollectionMenu
from tinyclf_gui.commands import ImportGrades, pinning
from tinyclf_gui.dialogs.export import ExportChoice
from tinyclf_gui.job_news import JobNews
from tinyclf_gui.jobs.courtesy import reading_quietly, working_quietly
from tinyclf_gui.jobs.runner import JobRunner
from tinyclf_gui.main_window import LABEL, REVIEW, TRAIN, MainWindow, Pages
from tinyclf_gui.models.arranging import OF_THE_MOMENT, Wish
from tinyclf_gui.models.attention_source import AttentionSource
from tinyclf_gui.models.exam_judge import ExamJudge
from tinyclf_gui.models.in_sight import InSight
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.quiet_learning import QuietLearning
from tinyclf_gui.models.reference_source import ReferenceSource
from tinyclf_gui.models.rhythm import USUAL, Rhythm
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.moved_photos import MovedPhotos
from tinyclf_gui.pages.label import LabelPage
from tinyclf_gui.pages.review import ReviewPage
from tinyclf_gui.pages.train import TrainPage
from tinyclf_gui.pictures import make_pictures
from tinyclf_gui.reference_wiring import connect_references
from tinyclf_gui.settings import Settings
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.photo_browser import PhotoBrowser


class Workspace(QObject):
    """An open collection in the window.

    It connects what the parts tell each other; ``close`` it before the window goes.
    """

    def __init__(
        self, session: Session, window: MainWindow, settings: Settings, rhythm: Rhythm = USUAL
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self.collection = OpenCollection(session, self, rhythm)
        self._computing = JobRunner(self, gives_back=True)
        self._reading = JobRunner(self, reading_quietly, gives_back=True)
        self._pinned: frozenset[PhotoId] = frozenset()
        self.sight = InSight(self._in_sight)
        self.workbench = Workbench(
            self.collection, self._computing, self._reading, self.sight, self, rhythm
        )
        self.pictures = make_pictures(session, self)
        self.attention = AttentionSource(session, self)
        self.references = ReferenceSource(session, self)
        self.pages = pages = self._make_pages(settings)
        self.learning = QuietLearning(
            self.collection, self.workbench, self.sight, lambda: pages.train.choice, self, rhythm
        )
        self.learning.enabled = settings.learn_meanwhile
        self.judge = ExamJudge(self.collection, self.workbench, self)
        quality = self.collection.status.quality
        told_of = (self.workbench, self.learning, self.judge)
        self._news = JobNews(*told_of, pages.review, window, quality, self)
        self._act_news = ActNews(self.collection, pages, window, self)
        self._act_failures = ActFailures(self.collection, window.job_bar, self)
        self.menu = CollectionMenu(self.collection, self.workbench, pages, window, self)
        window.job_bar.attach(self._computing)
        window.reading_bar.attach(self._reading)
        places = (self.pictures.thumbnails, self.pictures.photos, pages, window)
        self.moved_photos = MovedPhotos(self.collection, self.workbench, *places, self)
        self._connect(settings)
        self._connect_references(settings)
        self._learn_quietly()
        self.use(settings.speed)
        window.show_pages(self.pages, session.name, self._first_page())
        window.show_status(self.collection.status)
        self._act_news.offer()
        self._offer_jobs()

    @property
    def session(self) -> Session:
        """The open collection's session."""
        return self._session

    @property
    def browser(self) -> PhotoBrowser | None:
        """The grid in view, if the page in view has one."""
        return self.pages.browser(self._window.page)

    def is_of(self, path: Path) -> bool:
        """Tell whether this collection is that file."""
        return path.exists() and path.samefile(self._session.path)

    def train(self) -> None:
        """Train with the configuration of the Train page, if there is enough to learn from."""
        self.menu.train()

    def use(self, speed: Speed) -> None:
        """Let the next jobs work with these threads, this precision and on this device."""
        self._computing.courtesy = partial(working_quietly, speed.threads)
        self.workbench.device.name = speed.device
        self.pages.train.set_precision(speed.precision)

    def set_tile_pixels(self, pixels: int) -> None:
        """Make the tiles of all grids about so wide."""
        for browser in self.pages.browsers():
            browser.grid.set_side(pixels)

    def export(self, choice: ExportChoice) -> None:
        """Take out what was chosen, in the background."""
        self.workbench.export(choice.csv, choice.folders, choice.walls, choice.model, choice.onnx)

    def _take_grades(self, verdicts: Sequence[tuple[PhotoId, Verdict]]) -> None:
        """Take over the grades of a table, and say how many of them were known."""
        said, table = dict(verdicts), self.collection.table
        codes = table.codes[table.rows(said)].tolist()
        known = sum(verdict_of(code) == one for code, one in zip(codes, said.values(), strict=True))
        if self.collection.do(ImportGrades(verdicts)) and known:
            words = self.tr("{n} grades were known already")
            if known == 1:
                words = self.tr("1 grade was known already")
            say = self._window.toast.add if known < len(said) else self._say
            say(words.format(n=number(known)))

    def close(self) -> None:
        """Stop all work and let go of the file; once."""
        self._window.pageChosen.disconnect(self._enter)
        self._window.pageChosen.disconnect(self._forget_last)
        self.menu.close()
        self.learning.stop()
        self.workbench.close()
        self.moved_photos.stop()
        self.attention.stop()
        self.references.stop()
        self.pages.label.shown.stop()
        self.pages.review.shown.stop()
        self.pictures.stop()
        self.collection.close()

    def _make_pages(self, settings: Settings) -> Pages:
        pictures, tile = self.pictures, settings.tile_pixels
        keys = self._window.keys
        shared = (self.collection, self.workbench)
        return Pages(
            LabelPage(*shared, pictures.thumbnails, pictures.photos, tile, keys=keys),
            TrainPage(*shared, configs=settings.configs()),
            ReviewPage(*shared, pictures.thumbnails, pictures.photos, tile, keys=keys),
        )

    def _connect(self, settings: Settings) -> None:
        pages, window = self.pages, self._window
        self.collection.counted.connect(window.show_status)
        pages.label.trainWanted.connect(self.menu.train_in_view)
        pages.label.stepWanted.connect(self._go_to_step)
        pages.label.photosWanted.connect(lambda: window.wanted.emit("add-photos"))
        pages.label.set_auto_advance(settings.auto_advance)
        pages.label.autoAdvanceChanged.connect(lambda on: setattr(settings, "auto_advance", on))
        pages.review.retrainWanted.connect(self.train)
        pages.review.trainPageWanted.connect(lambda: window.show_page(TRAIN))
        pages.review.examWanted.connect(self.menu.show_exam)
        pages.review.labelPageWanted.connect(lambda: window.show_page(LABEL))
        pages.review.newPhotosWanted.connect(self.menu.show_unlike)
        pages.train.reviewWanted.connect(lambda: window.show_page(REVIEW))
        pages.train.badWanted.connect(self.menu.show_bad)
        pages.train.cellChosen.connect(self._show_mistakes)
        for browser in pages.browsers():
            browser.grid.sideChanged.connect(lambda side: setattr(settings, "tile_pixels", side))
            browser.wanted.connect(window.wanted)
            browser.loupe.attention.wanted.connect(self.attention.want)
            browser.pinWanted.connect(self._pin)
            browser.endReached.connect(self._say_last)
            browser.grid.model().modelReset.connect(self._forget_last)
            browser.told.connect(self._say)
            self.attention.ready.connect(browser.loupe.attention.take)
            self.attention.missing.connect(browser.loupe.attention.tell)
        self.workbench.trained.connect(self.attention.forget)
        self.workbench.gradesRead.connect(self._take_grades)
        pages.train.configTaken.connect(settings.remember_config)
        pages.train.configForgotten.connect(settings.forget_config)
        for name, page in ((LABEL, pages.label), (REVIEW, pages.review)):
            if (key := settings.order(name)[0]) and key not in OF_THE_MOMENT:
                page.shown.order.set(Wish(*settings.order(name)))
            page.shown.order.arranging.failed.connect(window.job_bar.complain)
            page.orderChosen.connect(partial(self._remember_order, settings, name))
        window.pageChosen.connect(self._enter)
        window.pageChosen.connect(self._forget_last)
        self.workbench.busyChanged.connect(self._offer_jobs)

    def _connect_references(self, settings: Settings) -> None:
        """Let examples stand beside the photos, and be marked in the grids."""
        loupes = (self.pages.label.browser.loupe, self.pages.review.browser.loupe)
        connect_references(self.references, loupes, self.pages.review.references, settings)
        self.references.failed.connect(self._window.job_bar.complain)
        for told in (self.collection.counted, self.collection.noted):
            told.connect(self.references.refresh)
            told.connect(self._show_pins)
        self._show_pins()

    def _learn_quietly(self) -> None:
        """Let what is learnt meanwhile be seen where it does not disturb."""
        review = self.pages.review
        self.learning.learnt.connect(review.shown.sort_anew)
        self.learning.trained.connect(review.shown.sort_anew)
        self.learning.caughtUp.connect(review.shown.sort_anew)
        self.collection.counted.connect(lambda _: review.say_waiting(self.learning.waits))
        self._window.pageChosen.connect(self._notice)
        for browser in self.pages.browsers():
            browser.grid.scrolled.connect(self._notice)
            browser.currentPhotoChanged.connect(self._notice)
            browser.grid.selectionCountChanged.connect(self._notice)

    def _notice(self) -> None:
        """A person is there, and looks at other photos now."""
        self.workbench.notice()
        self.learning.stir()
        self.learning.look_on()

    def _in_sight(self) -> frozenset[PhotoId]:
        return self.browser.in_sight() if self.browser is not None else frozenset()

    @staticmethod
    def _remember_order(settings: Settings, page: str, wish: Wish) -> None:
        if wish.key not in OF_THE_MOMENT:
            settings.remember_order(page, wish.key, backwards=wish.backwards)

    def _first_page(self) -> str:
        return REVIEW if self._session.model is not None else LABEL

    def _enter(self, page: str) -> None:
        """What is done leaves a grid when its page is entered again."""
        if page == LABEL:
            self.pages.label.shown.show_rows()
        elif page == REVIEW:
            self.pages.review.shown.show_rows()

    def _go_to_step(self) -> None:
        """Show the wall where the next step is taken."""
        self._window.show_page(REVIEW)
        self.pages.review.take_step()

    def _show_mistakes(self, truth: Grade, proposed: Grade) -> None:
        self._window.show_page(LABEL)
        self.pages.label.shown.show_mistakes(truth, proposed)

    def _pin(self, photo_ids: list[PhotoId]) -> None:
        remark = pinning(self._session, photo_ids)
        if remark is None:
            self._say(self.tr("Grade a photo first: it is then an example of its grade."))
        else:
            self.collection.note(remark)

    def _show_pins(self) -> None:
        """Mark the examples in both grids; one whose grade was changed is none any more."""
        examples = self._session.exemplars()
        pinned = frozenset(one for of_grade in examples.values() for one in of_grade)
        if pinned != self._pinned:
            self._pinned = pinned
            for browser in self.pages.browsers():
                browser.set_pinned(pinned)

    def _say(self, words: str) -> None:
        self._window.toast.show_act(words, can_undo=False)

    def _say_last(self) -> None:
        """The next digit would be for the same photo again."""
        self._window.toast.add(self._last_words())

    def _forget_last(self) -> None:
        """Another list is in view: it was not the last photo of this one."""
        self._window.toast.drop(self._last_words())

    def _last_words(self) -> str:
        return self.tr("last photo of this list")

    def _offer_jobs(self) -> None:
        menu = self._window.menu
        menu.action("train-now").setEnabled(not self.workbench.busy)
        menu.action("cancel").setEnabled(not self.workbench.idle)
