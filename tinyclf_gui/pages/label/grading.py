"""What a verdict on the Label page's grid does: a grade, a second look, or a grade kept."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from tinyclf.domain import ActKind, PhotoId, Verdict
from tinyclf_gui.commands import AcceptProposals, GradePhotos, KeepGrades, LookAgain, StepGrades
from tinyclf_gui.models.label_lists import AGAIN, CELL, DOUBTFUL, LabelLists
from tinyclf_gui.models.list_keys import DISAGREE
from tinyclf_gui.models.open_collection import Deed, OpenCollection
from tinyclf_gui.step_words import why_no_drop, why_no_step, why_no_step_blind
from tinyclf_gui.widgets.filter_bar import FilterBar
from tinyclf_gui.widgets.photo_browser import PhotoBrowser

DOUBTED = frozenset({DOUBTFUL, DISAGREE, CELL})
"""Lists of grades that are called into question: Enter stands by them."""


class Grading(QObject):
    """The deeds of the grid, which depend on the list that is looked at."""

    def __init__(
        self,
        collection: OpenCollection,
        lists: LabelLists,
        bar: FilterBar,
        browser: PhotoBrowser,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._collection = collection
        self._lists = lists
        self._bar = bar
        self._browser = browser

    def give(self, photo_ids: list[PhotoId], verdict: Verdict, advance: bool = False) -> None:
        """Grade photos, write down what they look like the second time, or keep doubted grades."""
        if AGAIN in self._bar.checked:
            self._look_again(photo_ids, verdict)
            return
        if self._bar.checked & DOUBTED and self._collection.have(photo_ids, verdict):
            self._keep(photo_ids, advance=advance)
            return
        deed = partial(GradePhotos, verdict=verdict)
        if self._collection.do_knowingly(deed, photo_ids) and advance:
            self._browser.go_on()

    def take(self, photo_ids: list[PhotoId], verdict: Verdict) -> None:
        """Grade photos that were dropped, if they are the collection's own."""
        if why := why_no_drop(self._collection, photo_ids):
            self._browser.told.emit(why)
        else:
            self.give(photo_ids, verdict)

    def step(self, photo_ids: list[PhotoId], by: int) -> None:
        """Correct by so many grades, but not from one that is not told, nor past the end."""
        if AGAIN in self._bar.checked:
            self._browser.told.emit(why_no_step_blind())
            return
        step = StepGrades(photo_ids, by, ActKind.GRADE)
        moves, accept = step.moves(self._collection.session), self._browser.keys.words("accept")
        deed = lambda ids: moves if ids is photo_ids else replace(step, photo_ids=ids)
        if why := why_no_step(self._collection, step, moves, accept):
            self._browser.told.emit(why)
        elif self._collection.do_knowingly(deed, photo_ids) and self._bar.advance.isChecked():
            self._browser.go_on()

    def accept(self, photo_ids: list[PhotoId]) -> None:
        """Sign proposals; of a list of doubted grades, stand by the grades."""
        if self._bar.checked & DOUBTED:
            self._keep(photo_ids)
        elif AGAIN not in self._bar.checked and self._collection.do(AcceptProposals(photo_ids)):
            self._browser.go_on()

    def _look_again(self, photo_ids: list[PhotoId], verdict: Verdict) -> None:
        """Write down the second opinion; to clear it would be none."""
        new = [one for one in photo_ids if one not in self._lists.looked]
        if verdict is not None and new:
            self._do_listed(LookAgain(new, verdict), self._lists.looked, new)

    def _keep(self, photo_ids: list[PhotoId], *, advance: bool = True) -> None:
        new = [one for one in photo_ids if one not in self._lists.kept]
        self._do_listed(KeepGrades(photo_ids), self._lists.kept, new, advance=advance)

    def _do_listed(
        self, deed: Deed, done: set[PhotoId], new: list[PhotoId], *, advance: bool = True
    ) -> None:
        """Do what makes photos leave a list; they stay in it where that cannot be kept."""
        done.update(new)
        if not self._collection.do(deed):
            done.difference_update(new)
        elif advance:
            self._browser.go_on()
