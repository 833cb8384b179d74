"""One open collection put together: session, jobs, pictures and pages; and taken apart again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from tinyclf.benchmark.speed import Speed
from tinyclf.domain import Grade, PhotoId
from tinyclf.session import Session
from tinyclf_gui.commands import SayFine, pinning
from tinyclf_gui.dialogs.export import ExportChoice
from tinyclf_gui.dialogs.history import HistoryDialog, history_of
from tinyclf_gui.failed_deed import FailedDeed
from tinyclf_gui.job_news import JobNews
from tinyclf_gui.jobs.courtesy import reading_quietly, working_quietly
from tinyclf_gui.jobs.runner import JobRunner
from tinyclf_gui.main_window import LABEL, REVIEW, TRAIN, MainWindow, Pages
from tinyclf_gui.models.arranging import OF_THE_MOMENT, Wish
from tinyclf_gui.models.attention_source import AttentionSource
from tinyclf_gui.models.exam_judge import ExamJudge
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.quiet_learning import QuietLearning
from tinyclf_gui.models.reference_source import ReferenceSource
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.pages.label import LabelPage
from tinyclf_gui.pages.review import ReviewPage
from tinyclf_gui.pages.train import TrainPage
from tinyclf_gui.photo_places import PhotoPlaces
from tinyclf_gui.pictures import make_pictures
from tinyclf_gui.settings import Settings
from tinyclf_gui.way_back import WayBack
from tinyclf_gui.widgets.check_words import (
    why_no_audit,
    why_no_doubts,
    why_no_exam,
    why_no_training,
    why_nothing_again,
    why_nothing_unlike,
)
from tinyclf_gui.widgets.copies_words import copies_in_words
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.reference_wiring import connect_references


class Workspace(QObject):
    """An open collection in the window.

    It connects what the parts tell each other; ``close`` it before the window goes.
    """

    def __init__(self, session: Session, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self.collection = OpenCollection(session, self)
        self._computing, self._reading = JobRunner(self), JobRunner(self, reading_quietly)
        self._pinned: frozenset[PhotoId] = frozenset()
        self.workbench = Workbench(self.collection, self._computing, self._reading, self)
        self.pictures = make_pictures(session, self)
        self.attention = AttentionSource(session, self)
        self.references = ReferenceSource(session, self)
        self.pages = self._make_pages(settings)
        self.learning = QuietLearning(
            self.collection, self.workbench, lambda: self.pages.train.choice, self
        )
        self.learning.enabled = settings.learn_meanwhile
        self._news = JobNews(
            self.workbench,
            self.learning,
            self.pages.review,
            window,
            self.collection.status.quality,
            self,
        )
        self._way_back = WayBack(self.collection, self.pages, window, self)
        self._failed_deed = FailedDeed(self.collection, window.job_bar, self)
        self._history: HistoryDialog | None = None
        self.judge = ExamJudge(self.collection, self.workbench, self)
        window.job_bar.attach(self._computing)
        window.reading_bar.attach(self._reading)
        self.places = PhotoPlaces(
            self.collection,
            self.workbench,
            self.pictures.thumbnails,
            self.pictures.photos,
            self.pages,
            window,
            self,
        )
        self._connect(settings)
        loupes = (self.pages.label.browser.loupe, self.pages.review.browser.loupe)
        connect_references(self.references, loupes, self.pages.review.references, settings)
        self.collection.counted.connect(self.references.refresh)
        self.collection.noted.connect(self.references.refresh)
        self.collection.noted.connect(self._show_pins)
        self.collection.counted.connect(self._show_pins)
        self._show_pins()
        self._learn_quietly()
        self.use(settings.speed)
        window.show_pages(self.pages, session.name, self._first_page())
        window.show_status(self.collection.status)
        self._way_back.offer()
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
        """Train with the configuration of the Train page, if there is enough to learn from."""
        if self._can_train():
            self.pages.train.train()

    def compare(self) -> None:
        """Compare the configurations that are ticked on the Train page."""
        if not self._can_train():
            return
        self._window.show_page(TRAIN)
        self.pages.train.compare()

    def _can_train(self) -> bool:
        """Tell whether there is enough to learn from; if not, say what is missing, where it is."""
        if not self.collection.status.can_train:
            self.collection.recount()  # the last grades may not be counted yet
        if missing := why_no_training(self.collection.status):
            if self._window.page != LABEL:  # entering it anew, what was just done would leave it
                self._window.show_page(LABEL)
            self._say(missing)
        return not missing

    def open_config(self) -> None:
        """Take settings of a training from a file."""
        self._window.show_page(TRAIN)
        self.pages.train.open_config()

    def save_config(self) -> None:
        """Keep the settings of the Train page as a file."""
        self._window.show_page(TRAIN)
        self.pages.train.save_config()

    def show_history(self) -> None:
        """Show what was done so far, beside the photos."""
        if self._history is None:
            self._history = history_of(self.collection, self._show_photos, self._window)
            self._history.finished.connect(self._window.take_keyboard)
            menu = self._window.menu  # with the keys that a person has given them
            self._history.addActions([menu.action(key) for key in ("undo", "redo", "history")])
        self._history.show_beside()

    def order_by_wear(self) -> None:
        """Show what looks most worn first on the page in view, or no longer."""
        page = self.pages.review if self._window.page == REVIEW else self.pages.label
        if not self.workbench.wear:
            self._say(self.tr("The photos are not prepared yet: a moment."))
            return
        self._window.show_page(REVIEW if page is self.pages.review else LABEL)
        page.order_by_wear()

    def show_alike(self) -> None:
        """Show what looks most like the photo in focus first, on the page in view."""
        show = {LABEL: self.pages.label.show_alike, REVIEW: self.pages.review.show_alike}
        if not show.get(self._window.page or "", lambda: False)():
            photo_id = None if self.browser is None else self.browser.current_photo
            if photo_id is not None and self._session.is_blind(photo_id):
                self._say(self.tr("Grade this photo first: its like would give you a hint."))
                return
            self._say(self.tr("Choose the photo that others are to be compared with first."))

    def show_all(self) -> None:
        """Show all photos on the Label page."""
        self._window.show_page(LABEL)
        self.pages.label.show_all()

    def find_by_name(self) -> None:
        """Search for photos by name, on the Label page."""
        self._window.show_page(LABEL)
        self.pages.label.find_by_name()

    def select_copies(self) -> None:
        """Select what belongs together with the photos that are selected."""
        if self.browser is None:
            return
        grid = self.browser.grid
        photos = len(grid.targets())
        if not photos:
            self._say(self.tr("Choose the photo whose near-duplicates are to be selected first."))
            return
        copies = grid.select_copies(self.collection.exam_to_grade)
        self._say(copies_in_words(copies, photos))

    def show_exam(self) -> None:
        """Show the photos to be graded blind, set aside first; where none waits, say why."""
        status = self.collection.status
        why_not = why_no_exam(status.exam, status.can_learn_from)
        self._show_list(self.pages.label.show_exam, why_not)
        if not self.collection.status.exam.to_grade:
            self._say(why_not)

    def show_again(self) -> None:
        """Show photos graded a while ago again, without their grades."""
        self._show_list(self.pages.label.show_again, why_nothing_again())

    def show_doubtful(self) -> None:
        """Show grades that look like slips."""
        self._show_list(self.pages.label.show_doubtful, why_no_doubts(trained=self._is_trained))

    def show_unlike(self) -> None:
        """Show new photos that look unlike those learnt from."""
        words = why_nothing_unlike(trained=self._is_trained)
        self._show_list(self.pages.label.show_unlike, words)

    def toggle_examples(self) -> None:
        """Show examples and look-alikes beside the photo or the walls in view, or no longer."""
        browser = self.browser
        if browser is not None and browser.loupe.isVisible():
            browser.loupe.beside.toggle()
        elif self._window.page == REVIEW:
            self.pages.review.references.toggle()
        elif browser is not None:
            browser.loupe.beside.set_wished(True)
            browser.open_loupe()

    def show_bad(self) -> None:
        """Show the photos that nothing is learnt from."""
        self._show_list(self.pages.label.show_bad, self.tr("No photo looks bad."))

    def say_fine(self) -> None:
        """Say of the selected photos that they are fine; where all are, that they are not."""
        if self.browser is None:
            return
        photo_ids, table = self.browser.targets(), self.collection.table
        rows = table.rows(photo_ids)
        if bad := [one for one, is_bad in zip(photo_ids, table.bad[rows], strict=True) if is_bad]:
            self.collection.do(SayFine(bad))
        elif fine := [one for one, it in zip(photo_ids, table.fine[rows], strict=True) if it]:
            self.collection.do(SayFine(fine, is_fine=False))
        else:
            self._say(self.tr("No bad photo is selected."))

    def check_at_random(self) -> None:
        """Check the wall in view at random, or go on with that."""
        self._window.show_page(REVIEW)
        if not self.pages.review.check_at_random():
            certificate = self.collection.status.certificates[self.pages.review.wall - 1]
            words = why_no_audit(trained=self._is_trained, proposals=certificate.proposals)
            self._say(words)

    def accept_rest(self) -> None:
        """Accept the rest of the wall in view, which its button says in full."""
        if self._window.page == REVIEW:
            self.pages.review.accept_rest()
        else:
            self._window.show_page(REVIEW)  # one sees first what one signs

    def use(self, speed: Speed) -> None:
        """Let the next jobs work with these threads, this precision and on this device."""
        self._computing.courtesy = partial(working_quietly, speed.threads)
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
        if self._history is not None:
            self._history.deleteLater()
        self.workbench.close()
        self.places.stop()
        self.attention.stop()
        self.references.stop()
        self.pages.label.arranging.stop()
        self.pages.label.cells.stop()
        self.pages.review.arranging.stop()
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
        self.references.failed.connect(window.job_bar.complain)
        pages.label.trainWanted.connect(self._train_from_label)
        pages.label.photosWanted.connect(lambda: window.wanted.emit("add-photos"))
        pages.label.set_auto_advance(settings.auto_advance)
        pages.label.autoAdvanceChanged.connect(lambda on: setattr(settings, "auto_advance", on))
        pages.review.retrainWanted.connect(self.train)
        pages.review.trainPageWanted.connect(lambda: window.show_page(TRAIN))
        pages.review.examWanted.connect(self.show_exam)
        pages.review.labelPageWanted.connect(lambda: window.show_page(LABEL))
        pages.review.newPhotosWanted.connect(self.show_unlike)
        pages.train.reviewWanted.connect(lambda: window.show_page(REVIEW))
        pages.train.badWanted.connect(self.show_bad)
        pages.train.cellChosen.connect(self._show_mistakes)
        for browser in (pages.label.browser, pages.review.browser):
            browser.grid.sideChanged.connect(lambda side: setattr(settings, "tile_pixels", side))
            browser.wanted.connect(window.wanted)
            browser.loupe.attention.wanted.connect(self.attention.want)
            browser.pinWanted.connect(self._pin)
            browser.endReached.connect(self._say_last)
            browser.told.connect(self._say)
            self.attention.ready.connect(browser.loupe.attention.take)
            self.attention.missing.connect(browser.loupe.attention.tell)
        self.workbench.trained.connect(self.attention.forget)
        pages.train.configTaken.connect(settings.remember_config)
        pages.train.configForgotten.connect(settings.forget_config)
        for name, page in ((LABEL, pages.label), (REVIEW, pages.review)):
            if (key := settings.order(name)[0]) and key not in OF_THE_MOMENT:
                page.set_order(Wish(*settings.order(name)))
            page.arranging.failed.connect(window.job_bar.complain)
            page.orderChosen.connect(partial(self._remember_order, settings, name))
        window.pageChosen.connect(self._enter)
        self.workbench.busyChanged.connect(self._offer_jobs)

    def _learn_quietly(self) -> None:
        """Let what is learnt meanwhile be seen where it does not disturb."""
        review = self.pages.review
        self.workbench.looks = self._in_sight
        self.workbench.refitted.connect(review.sort_anew)
        self.workbench.trainedUnasked.connect(review.sort_anew)
        self.workbench.caughtUp.connect(review.sort_anew)
        self.collection.counted.connect(lambda _: review.say_waiting(self.learning.waits))
        self._window.pageChosen.connect(self._notice)
        for browser in (self.pages.label.browser, review.browser):
            browser.grid.scrolled.connect(self._notice)
            browser.currentPhotoChanged.connect(self._notice)
            browser.grid.selectionCountChanged.connect(self._notice)

    def _notice(self) -> None:
        """A person is there, and looks at other photos now."""
        self.workbench.notice()
        self.learning.stir()
        self.learning.look_on()

    def _in_sight(self) -> list[PhotoId]:
        return self.browser.in_sight() if self.browser is not None else []

    @staticmethod
    def _remember_order(settings: Settings, page: str, wish: Wish) -> None:
        if wish.key not in OF_THE_MOMENT:
            settings.remember_order(page, wish.key, backwards=wish.backwards)

    def _first_page(self) -> str:
        return REVIEW if self._session.model is not None else LABEL

    def _enter(self, page: str) -> None:
        """What is done leaves a grid when its page is entered again."""
        if page == LABEL:
            self.pages.label.show_rows()
        elif page == REVIEW:
            self.pages.review.show_rows()

    def _train_from_label(self) -> None:
        if self._can_train():
            self._window.show_page(TRAIN)
            self.train()

    def _show_photos(self, photo_ids: list[PhotoId]) -> None:
        """Show photos on the page in view if one list of it holds them, else on Label."""
        page = self._window.page
        if page == REVIEW and self.pages.review.show_photos(photo_ids):
            return
        self._window.show_page(LABEL)
        self.pages.label.show_photos(photo_ids)
        if page == REVIEW:
            self._say(self.tr("Shown on the Label page: no wall holds them all."))
        elif page == TRAIN:
            self._say(self.tr("Shown on the Label page."))

    def _show_mistakes(self, truth: Grade, proposed: Grade) -> None:
        self._window.show_page(LABEL)
        self.pages.label.show_mistakes(truth, proposed)

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
            for browser in (self.pages.label.browser, self.pages.review.browser):
                browser.set_pinned(pinned)

    @property
    def _is_trained(self) -> bool:
        return self._session.model is not None

    def _say(self, words: str) -> None:
        self._window.toast.show_act(words, can_undo=False)

    def _say_last(self) -> None:
        """The next digit would be for the same photo again."""
        self._window.toast.add(self.tr("last photo of this list"))

    def _show_list(self, show: Callable[[], bool], why_not: str) -> None:
        self._window.show_page(LABEL)
        if not show():
            self._say(why_not)

    def _offer_jobs(self) -> None:
        menu = self._window.menu
        menu.action("train-now").setEnabled(not self.workbench.busy)
        menu.action("cancel").setEnabled(not self.workbench.idle)
