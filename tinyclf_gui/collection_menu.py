"""What the menu asks of the open collection; where nothing can be done it says why."""

from __future__ import annotations

from collections.abc import Callable
from itertools import compress

from PySide6.QtCore import QObject

from tinyclf.domain import GRADES, Grade, PhotoId
from tinyclf_gui.commands import SayFine
from tinyclf_gui.dialogs.history import HistoryDialog, history_of
from tinyclf_gui.main_window import LABEL, REVIEW, TRAIN, MainWindow, Pages
from tinyclf_gui.models import filters
from tinyclf_gui.models.label_lists import AGAIN, BAD, DOUBTFUL, EXAM, UNLIKE
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.widgets.check_words import (
    why_no_audit,
    why_no_doubts,
    why_no_exam,
    why_no_training,
    why_nothing_again,
    why_nothing_unlike,
)
from tinyclf_gui.widgets.duplicates_words import duplicates_in_words
from tinyclf_gui.widgets.photo_browser import PhotoBrowser


class CollectionMenu(QObject):
    """Goes to the page where it is done; ``close`` it before the collection goes."""

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        pages: Pages,
        window: MainWindow,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._collection, self._workbench = collection, workbench
        self._session = collection.session
        self._pages, self._window = pages, window
        self._history: HistoryDialog | None = None

    def close(self) -> None:
        """Put away what it has opened."""
        if self._history is not None:
            self._history.deleteLater()

    def train(self) -> None:
        """Train with the configuration of the Train page, if there is enough to learn from."""
        if self._can_train():
            self._pages.train.train()

    def train_in_view(self) -> None:
        """Train, and show how it goes."""
        if self._can_train():
            self._window.show_page(TRAIN)
            self._pages.train.train()

    def compare(self) -> None:
        """Compare the configurations that are ticked on the Train page."""
        if not self._can_train():
            return
        self._window.show_page(TRAIN)
        self._pages.train.compare()

    def open_config(self) -> None:
        """Take settings of a training from a file."""
        self._window.show_page(TRAIN)
        self._pages.train.open_config()

    def save_config(self) -> None:
        """Keep the settings of the Train page as a file."""
        self._window.show_page(TRAIN)
        self._pages.train.save_config()

    def show_history(self) -> None:
        """Show what was done so far, beside the photos."""
        if self._history is None:
            self._history = history_of(self._collection, self._show_photos, self._window)
            self._history.finished.connect(self._window.take_keyboard)
            self._history.returnWanted.connect(self._select_focus_alone)
            menu = self._window.menu  # with the keys that a person has given them
            self._history.addActions([menu.action(key) for key in ("undo", "redo", "history")])
        self._history.show_beside()

    def order_by_wear(self) -> None:
        """Show what looks most worn first on the page in view, or no longer."""
        page = self._pages.review if self._window.page == REVIEW else self._pages.label
        if not self._workbench.wear:
            self._say(self.tr("The photos are not prepared yet: a moment."))
            return
        self._window.show_page(REVIEW if page is self._pages.review else LABEL)
        page.shown.order.show_worn()

    def show_alike(self) -> None:
        """Show what looks most like the photo in focus first, on the page in view."""
        show = {
            LABEL: self._pages.label.shown.order.show_alike,
            REVIEW: self._pages.review.shown.order.show_alike,
        }
        if not show.get(self._window.page or "", lambda: False)():
            photo_id = None if self._browser is None else self._browser.current_photo
            if photo_id is not None and self._session.is_blind(photo_id):
                self._say(self.tr("Grade this photo first: its like would give you a hint."))
                return
            self._say(self.tr("Choose the photo that others are to be compared with first."))

    def show_all(self) -> None:
        """Show all photos on the Label page."""
        self._window.show_page(LABEL)
        self._pages.label.shown.show_all()

    def find_by_name(self) -> None:
        """Search for photos by name, on the Label page."""
        self._window.show_page(LABEL)
        self._pages.label.find_by_name()

    def select_duplicates(self) -> None:
        """Select what belongs together with the photos that are selected."""
        if self._browser is None:
            return
        grid = self._browser.grid
        photos = grid.count_targets()
        if not photos:
            self._say(self.tr("Choose the photo whose near-duplicates are to be selected first."))
            return
        duplicates = grid.select_duplicates(filters.exam_to_grade(self._collection.table))
        self._say(duplicates_in_words(duplicates, photos))

    def show_exam(self) -> None:
        """Show the photos to be graded blind, set aside first; where none waits, say why."""
        status = self._collection.status
        why_not = why_no_exam(status.exam, status.counts.can_learn_from)
        self._show_list(EXAM, self._pages.label.show_exam, why_not, some=status.exam.offered)
        if not self._collection.status.exam.to_grade:
            self._say(why_not)

    def show_again(self) -> None:
        """Show photos graded a while ago again, without their grades."""
        self._show_list(AGAIN, self._pages.label.show_again, why_nothing_again())

    def show_doubtful(self) -> None:
        """Show grades that look like slips."""
        self._show_list(
            DOUBTFUL, self._pages.label.show_doubtful, why_no_doubts(trained=self._is_trained)
        )

    def show_unlike(self) -> None:
        """Show new photos that look unlike those learnt from."""
        words = why_nothing_unlike(trained=self._is_trained)
        self._show_list(UNLIKE, self._pages.label.show_unlike, words)

    def show_bad(self) -> None:
        """Show the photos that nothing is learnt from."""
        self._show_list(BAD, self._pages.label.show_bad, self.tr("No photo looks bad."))

    def say_fine(self) -> None:
        """Say of the selected photos that they are fine; where all are, that they are not."""
        if self._browser is None:
            return
        photo_ids, table = self._browser.targets(), self._collection.table
        rows = table.rows(photo_ids)
        if bad := list(compress(photo_ids, table.bad[rows].tolist())):
            self._collection.do(SayFine(bad))
        elif fine := list(compress(photo_ids, table.fine[rows].tolist())):
            self._collection.do(SayFine(fine, is_fine=False))
        else:
            self._say(self.tr("No bad photo is selected."))

    def toggle_examples(self) -> None:
        """Show examples and look-alikes beside the photo or the walls in view, or no longer."""
        browser = self._browser
        if browser is not None and browser.loupe.isVisible():
            browser.loupe.beside.toggle()
        elif self._window.page == REVIEW:
            self._pages.review.references.toggle()
        elif browser is not None:
            browser.loupe.beside.ask_for()
            browser.open_loupe()

    def show_wall(self, grade: Grade) -> None:
        """Show the wall of a grade."""
        self._window.show_page(REVIEW)
        self._pages.review.show_wall(grade)

    def step_wall(self, by: int) -> None:
        """Show the wall so many tabs on; from another page, the one that was in view last."""
        review = self._pages.review
        on_walls = self._window.page == REVIEW
        order = list(reversed(GRADES))
        at = order.index(review.wall) + (by if on_walls else 0)
        self.show_wall(order[max(0, min(at, len(order) - 1))])

    def check_at_random(self) -> None:
        """Check the wall in view at random, or go on with that; if it is not worth it, stay."""
        if self._pages.review.can_check_at_random:
            self._window.show_page(REVIEW)
            self._pages.review.check_at_random()
        else:
            certificate = self._collection.status.certificates[self._pages.review.wall - 1]
            words = why_no_audit(trained=self._is_trained, proposals=certificate.proposals)
            self._say(words)

    def accept_rest(self) -> None:
        """Accept the rest of the wall in view, which its button says in full."""
        if self._window.page == REVIEW:
            self._pages.review.accept_rest()
        else:
            self._window.show_page(REVIEW)  # one sees first what one signs

    def _show_photos(self, photo_ids: list[PhotoId]) -> None:
        """Show photos on the page in view if one list of it holds them, else on Label."""
        page = self._window.page
        if page == REVIEW and self._pages.review.show_photos(photo_ids):
            return
        self._window.show_page(LABEL)
        self._pages.label.shown.show_photos(photo_ids)
        if page == REVIEW:
            self._say(self.tr("Shown on the Label page: no wall holds them all."))
        elif page == TRAIN:
            self._say(self.tr("Shown on the Label page."))

    def _can_train(self) -> bool:
        """Tell whether there is enough to learn from; if not, say what is missing, where it is."""
        if not self._collection.status.counts.can_train:
            self._collection.counts.glance()  # the last grades may not be counted yet
        if missing := why_no_training(self._collection.status):
            if self._window.page != LABEL:  # entering it anew, what was just done would leave it
                self._window.show_page(LABEL)
            self._say(missing)
        return not missing

    def _show_list(
        self, key: str, show: Callable[[], bool], why_not: str, *, some: bool = False
    ) -> None:
        """Show a list on the Label page; where it has no photos, say why, and stay.

        Args:
            key: Of its chip.
            show: Shows it; returns whether there were any.
            why_not: What is said where there are none.
            some: Photos come into it by showing it.
        """
        if not some and not self._pages.label.shown.has(key):
            self._say(why_not)
            return
        self._window.show_page(LABEL)
        if not show():
            self._say(why_not)

    def _select_focus_alone(self) -> None:
        """After several steps, the next digit is for one photo, not for all that they were on."""
        if self._browser is not None:
            self._browser.select_focus_alone()

    @property
    def _browser(self) -> PhotoBrowser | None:
        return self._pages.browser(self._window.page)

    @property
    def _is_trained(self) -> bool:
        return self._session.model is not None

    def _say(self, words: str) -> None:
        self._window.toast.show_act(words, can_undo=False)


def _to_wall(grade: Grade) -> Callable[[CollectionMenu], object]:
    return lambda menu: menu.show_wall(grade)


OF_COLLECTION: dict[str, Callable[[CollectionMenu], object]] = {
    **{f"wall-{int(grade)}": _to_wall(grade) for grade in GRADES},
    "next-wall": lambda menu: menu.step_wall(1),
    "previous-wall": lambda menu: menu.step_wall(-1),
    "duplicates": CollectionMenu.select_duplicates,
    "find": CollectionMenu.find_by_name,
    "show-all": CollectionMenu.show_all,
    "alike": CollectionMenu.show_alike,
    "history": CollectionMenu.show_history,
    "worn": CollectionMenu.order_by_wear,
    "examples": CollectionMenu.toggle_examples,
    "compare": CollectionMenu.compare,
    "open-config": CollectionMenu.open_config,
    "save-config": CollectionMenu.save_config,
    "exam": CollectionMenu.show_exam,
    "again": CollectionMenu.show_again,
    "doubtful": CollectionMenu.show_doubtful,
    "unlike": CollectionMenu.show_unlike,
    "bad": CollectionMenu.show_bad,
    "fine": CollectionMenu.say_fine,
    "audit": CollectionMenu.check_at_random,
    "accept-rest": CollectionMenu.accept_rest,
}
"""Menu entry → what it asks of the open collection."""
