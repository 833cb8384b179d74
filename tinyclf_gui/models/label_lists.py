"""What the Label page can show: lists of photos, their order, and what is told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QCoreApplication

from tinyclf.domain import GRADES, Grade, Job, Mark, PhotoId
from tinyclf.session import LabelIssue
from tinyclf_gui.models import filters, orders
from tinyclf_gui.models.filters import ChipKeys, Filter
from tinyclf_gui.models.list_keys import DISAGREE, TO_CHECK, UNSEEN
from tinyclf_gui.models.name_search import NameSearch
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.orders import Order
from tinyclf_gui.models.tile import ALL_TOLD, Telling

SUGGESTED, EXAM, AGAIN, DOUBTFUL, UNLIKE = "suggested", "exam", "showAgain", "doubtful", "unlike"
"""Lists by the keys of their chips; below, those of what a person did."""
NOT_GRADED, GRADED, UNSURE, NOT_GRADABLE = "notGraded", "graded", "unsure", "notGradable"
BAD = "bad"
"""Those that nothing is learnt from."""
ACCEPTED, DUPLICATES, CELL = "accepted", "duplicates", "cell"
"""Photos by what was done of the classifier's grade, and what they are to each other."""
PICKED = "picked"
"""Photos that were picked elsewhere, as those of an act of the past."""
OF_THEIR_OWN = frozenset({EXAM, AGAIN, DOUBTFUL, UNLIKE})
"""Lists that are looked at for a reason: each alone, in its own order."""
OF_GRADE = {grade: f"grade{int(grade)}" for grade in GRADES}
"""Photos a person gave a grade."""

_STATES = frozenset({NOT_GRADED, GRADED, UNSURE, NOT_GRADABLE, TO_CHECK, ACCEPTED, UNSEEN})
_GRADES = frozenset(OF_GRADE.values())


@dataclass(frozen=True)
class Cell:
    """A cell of the table of confusion: graded ``truth``, but ``proposed`` by the classifier.

    Its photos are ``None`` while they are being looked for.
    """

    truth: Grade
    proposed: Grade
    photo_ids: list[PhotoId] | None = None


class LabelLists:
    """Lists by the keys of their chips; they are as of the last :meth:`refresh`.

    Chips of one kind add up; of several kinds a photo must match each.

    Attributes:
        suggested: Photos most worth grading next, best first.
        suggested_on: Whether some were graded before these were suggested.
        unlike: New photos that look unlike those learnt from, the strangest first.
        exam: Photos to be graded blind, those chosen first in front; where none waits, those of
            the exam that are graded.
        again: Photos to be shown again without their grades.
        looked: Those of them that were looked at since.
        doubts: Grades that are probably slips, the worst first.
        kept: Photos whose doubted grade was said to be right since.
        cell: The cell of the table of confusion that is looked into, as long as its chip is there.
        picked: Photos that were picked elsewhere.
        named: What photos are searched for by name.
    """

    def __init__(self, collection: OpenCollection) -> None:
        self._collection = collection
        self._made: dict[str, tuple[tuple[object, ...], Filter]] = {}
        self._search = NameSearch()
        self._named: Filter = filters.everything
        self.named = ""
        self.suggested: list[PhotoId] = []
        self.suggested_on = False
        self.looked: set[PhotoId] = set()
        self.kept: set[PhotoId] = set()
        self.cell: Cell | None = None
        self.picked: list[PhotoId] = []
        self.refresh()

    def refresh(self) -> None:
        """Take those due now; what is done leaves."""
        session = self._collection.session
        self.take_exam()
        self.again = session.show_again()
        self.doubts: list[LabelIssue] = [one for one in session.label_issues() if one.is_flagged]
        self.unlike = self._unlike()
        self.looked, self.kept = set(), set()

    def take_suggestions(self, photo_ids: list[PhotoId]) -> None:
        """Take what is suggested by now."""
        if photo_ids != self.suggested:
            self.suggested_on = bool(filters.human(self._collection.table).any())
        self.suggested = photo_ids

    def take_exam(self) -> None:
        """Take the exam's photos that wait, else those that are done."""
        table = self._collection.table
        self.exam = self._collection.session.exam_to_grade()
        self.exam_waits = bool(self.exam)
        if not self.exam_waits:
            self.exam = [table.ids[row] for row in np.flatnonzero(table.exam).tolist()]

    def recall(self) -> None:
        """Take what was said of the photos since: some of it may have been taken back."""
        looks = self._collection.session.second_looks()
        kept = {look.photo_id for look in looks if look.first == look.second}
        for known, told in (
            (self.looked, {look.photo_id for look in looks if look.blind} & set(self.again)),
            (self.kept, kept & {one.photo_id for one in self.doubts}),
        ):
            known.clear()  # filters know this very set
            known.update(told)

    def look_into(self, cell: Cell) -> Job[Cell]:
        """Return a job that finds the photos counted in a cell of the table of confusion now."""
        finding = self._collection.session.mistakes(cell.truth, cell.proposed)

        def found() -> Job[Cell]:
            return replace(cell, photo_ids=(yield from finding))

        return found()

    def search(self, words: str) -> None:
        """Look only for photos whose file name and folders hold all these words."""
        self.named = words.strip()
        self._named = self._search.photos_with(words)

    def count_named(self) -> int:
        """Return how many photos of the whole collection are called as is searched for."""
        return int(np.count_nonzero(self._named(self._collection.table)))

    def _unlike(self) -> list[PhotoId]:
        novelty = self._collection.status.novelty
        if novelty is None or not novelty.is_unlike:
            return []
        ids = self._collection.table.ids
        return self._collection.session.strangest() or list(ids[::-1][: novelty.photos])

    def filters(self) -> dict[str, Filter]:
        """Return what each chip lets through."""
        return {
            SUGGESTED: self._of_list(SUGGESTED, filters.suggested, self.suggested),
            UNLIKE: self._of_list(UNLIKE, filters.suggested, self.unlike),
            EXAM: self._of_list(
                EXAM, filters.suggested if self.exam_waits else filters.among, self.exam
            ),
            AGAIN: self._of_list(AGAIN, filters.among, self.again, self.looked),
            DOUBTFUL: self._of_list(DOUBTFUL, _doubted, self.doubts, self.kept),
            CELL: self._of_list(CELL, _mistaken, self.cell),
            PICKED: self._of_list(PICKED, filters.among, self.picked),
            DISAGREE: self._collection.disagreements,
            DUPLICATES: filters.has_duplicates,
            NOT_GRADED: filters.not_graded,
            GRADED: filters.looked_at,
            UNSEEN: filters.in_bulk,
            TO_CHECK: filters.to_check,
            ACCEPTED: filters.verified,
            UNSURE: filters.marked(Mark.UNSURE),
            NOT_GRADABLE: filters.marked(Mark.NOT_GRADABLE),
            BAD: filters.bad,
            **{key: filters.graded(grade) for grade, key in OF_GRADE.items()},
        }

    def _of_list(self, key: str, make: Callable[..., Filter], *of: object) -> Filter:
        """Return the filter of these very lists: it knows where their photos stand."""
        made = self._made.get(key)
        if made is None or any(one is not now for one, now in zip(made[0], of, strict=True)):
            made = self._made[key] = of, make(*of)
        return made[1]

    def suggested_for_exam(self) -> int:
        """Return how many of the photos suggested are the exam's: nothing is learnt from them."""
        wanted = self.filters()[SUGGESTED](self._collection.table) & self._collection.table.exam
        return int(np.count_nonzero(wanted))

    def count(self, key: str) -> int:
        """Return how many photos of the whole collection a chip lets through."""
        return int(np.count_nonzero(self.filters()[key](self._collection.table)))

    def matches(self, checked: ChipKeys) -> Filter:
        """Return what chips that are down, and the words searched for, let through together."""
        every = self.filters()
        kinds: dict[str, list[Filter]] = defaultdict(list)
        for key in sorted(checked):
            kinds[_kind(key)].append(every[key])
        return filters.all_of([*map(filters.any_of, kinds.values()), self._named])

    def order(self, checked: ChipKeys) -> Order | None:
        """Return the order of a list that has one of its own."""
        listed = {
            SUGGESTED: self.suggested,
            UNLIKE: self.unlike,
            EXAM: self.exam,
            AGAIN: self.again,
            DOUBTFUL: [one.photo_id for one in self.doubts],
        }
        [key] = checked if len(checked) == 1 else [""]
        return orders.as_listed(listed[key]) if key in listed else None

    def order_words(self, checked: ChipKeys) -> str:
        """Return what the order of a list is called that has one of its own; empty of others."""
        words = QCoreApplication.translate("LabelLists", "Most worth grading first")
        return words if checked == {SUGGESTED} else ""

    def telling(self, checked: ChipKeys) -> Telling:
        """Return what is told of the photos."""
        if AGAIN in checked:
            return Telling(blind=True)
        if DOUBTFUL in checked:
            return Telling(believed={one.photo_id: one.believed for one in self.doubts})
        if DISAGREE in checked:
            return Telling(believed=self._collection.contradictions())
        if CELL in checked and self.cell is not None and self.cell.truth != self.cell.proposed:
            return Telling(believed=dict.fromkeys(self.cell.photo_ids or [], self.cell.proposed))
        return ALL_TOLD


def _kind(key: str) -> str:
    """Return what a chip asks of: a person's grade, what was done of it, or a list it stands in."""
    if key in _GRADES:
        return "grade"
    return "state" if key in _STATES else "list"


def _doubted(doubts: Iterable[LabelIssue], kept: Collection[PhotoId]) -> Filter:
    return filters.doubted({one.photo_id: one.grade for one in doubts}, kept)


def _mistaken(cell: Cell | None) -> Filter:
    if cell is None or cell.photo_ids is None:
        return filters.among(())
    return filters.mistaken(cell.photo_ids, cell.truth)
