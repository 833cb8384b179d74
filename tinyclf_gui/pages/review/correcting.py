"""What a verdict on the Review page's grid does: a correction, a signature, or a grade kept."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from tinyclf.domain import PhotoId, Verdict
from tinyclf_gui.commands import (
    AcceptProposals,
    AcceptRest,
    CorrectProposals,
    KeepGrades,
    StepGrades,
)
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.wall_lists import WallLists
from tinyclf_gui.step_words import why_no_drop, why_no_step
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.wall_bar import WallBar
from tinyclf_gui.widgets.wall_tabs import WallTabs


class Correcting(QObject):
    """The deeds of the grid, and of the wall in view as a whole."""

    def __init__(
        self,
        collection: OpenCollection,
        lists: WallLists,
        tabs: WallTabs,
        bar: WallBar,
        browser: PhotoBrowser,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._collection = collection
        self._lists = lists
        self._tabs, self._bar = tabs, bar
        self._browser = browser

    def move(self, photo_ids: list[PhotoId], verdict: Verdict, advance: bool) -> None:
        """Correct photos, or stand by grades they have; go on where that is asked for."""
        if self._holds_grades and self._collection.have(photo_ids, verdict):
            done = self._collection.do(KeepGrades(photo_ids))
        else:
            deed = partial(CorrectProposals, verdict=verdict)
            done = self._collection.do_knowingly(deed, photo_ids)
        if done and advance:
            self._browser.go_on()

    def take(self, photo_ids: list[PhotoId], verdict: Verdict) -> None:
        """Correct photos that were dropped, if they are the collection's own, and go on."""
        if why := why_no_drop(self._collection, photo_ids):
            self._browser.told.emit(why)
        else:
            self.move(photo_ids, verdict, advance=True)

    def step(self, photo_ids: list[PhotoId], by: int) -> None:
        """Correct by so many grades, each photo from its own, and go on; at the end, stay."""
        step = StepGrades(photo_ids, by)
        moves, accept = step.moves(self._collection.session), self._browser.keys.words("accept")
        deed = lambda ids: moves if ids is photo_ids else replace(step, photo_ids=ids)
        if why := why_no_step(self._collection, step, moves, accept):
            self._browser.told.emit(why)
        elif self._collection.do_knowingly(deed, photo_ids):
            self._browser.go_on()

    def accept(self, photo_ids: list[PhotoId]) -> None:
        """Sign proposals; of a list of grades, stand by them."""
        deed = KeepGrades if self._holds_grades else AcceptProposals
        if self._collection.do(deed(photo_ids)):
            self._browser.go_on()

    @property
    def _holds_grades(self) -> bool:
        """Whether the list in view is one of grades, by which a person may stand."""
        return self._lists.holds_grades(self._bar.checked)

    def accept_rest(self) -> None:
        """Sign all proposals of the wall in view that are left."""
        self._collection.do(AcceptRest(self._lists.rest(self._tabs.current)))
