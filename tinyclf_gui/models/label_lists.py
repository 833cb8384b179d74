"""What the Label page can show: lists of photos, their order, and what is told of them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import numpy as np

from tinyclf.domain import Mark, PhotoId
from tinyclf.session import LabelIssue
from tinyclf_gui.models import filters, orders
from tinyclf_gui.models.filters import Filter
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.orders import Order
from tinyclf_gui.models.photo_list import ALL_TOLD, Telling

SUGGESTED, EXAM, AGAIN, DOUBTFUL, UNLIKE = "suggested", "exam", "showAgain", "doubtful", "unlike"
"""Lists by the keys of their chips; below, those of what a person did."""
NOT_GRADED, GRADED, UNSURE, NOT_GRADABLE = "notGraded", "graded", "unsure", "notGradable"
BAD = "bad"
"""Those that nothing is learnt from."""

Keys = AbstractSet[str]


class LabelLists:
    """Lists by the keys of their chips; they are as of the last :meth:`refresh`.

    Attributes:
        suggested: Photos most worth grading next, best first.
        unlike: New photos that look unlike those learnt from, the strangest first.
        exam: Photos to be graded blind, those chosen first in front.
        again: Photos to be shown again without their grades.
        looked: Those of them that were looked at since.
        doubts: Grades that are probably slips, the worst first.
        kept: Photos whose doubted grade was said to be right since.
    """

    def __init__(self, collection: OpenCollection) -> None:
        self._collection = collection
        self.suggested: list[PhotoId] = []
        self.looked: set[PhotoId] = set()
        self.kept: set[PhotoId] = set()
        self.refresh()

    def refresh(self) -> None:
        """Take those due now; what is done leaves."""
        session = self._collection.session
        self.exam = session.exam_to_grade()
        self.again = session.show_again()
        self.doubts: list[LabelIssue] = [one for one in session.label_issues() if one.is_flagged]
        self.unlike = self._unlike()
        self.looked, self.kept = set(), set()

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

    def _unlike(self) -> list[PhotoId]:
        novelty = self._collection.status.novelty
        if novelty is None or not novelty.is_unlike:
            return []
        ids = self._collection.table.ids
        return self._collection.session.strangest() or list(ids[::-1][: novelty.photos])

    def filters(self) -> dict[str, Filter]:
        """Return what each chip lets through."""
        doubted = {one.photo_id: one.grade for one in self.doubts}
        return {
            SUGGESTED: filters.suggested(self.suggested),
            UNLIKE: filters.suggested(self.unlike),
            EXAM: filters.suggested(self.exam),
            AGAIN: filters.among(self.again, self.looked),
            DOUBTFUL: filters.doubted(doubted, self.kept),
            NOT_GRADED: filters.not_graded,
            GRADED: filters.human,
            UNSURE: filters.marked(Mark.UNSURE),
            NOT_GRADABLE: filters.marked(Mark.NOT_GRADABLE),
            BAD: self._collection.bad,
        }

    def count(self, key: str) -> int:
        """Return how many photos a chip lets through."""
        return int(np.count_nonzero(self.filters()[key](self._collection.table)))

    def matches(self, checked: Keys) -> Filter:
        """Return what chips that are down let through."""
        every = self.filters()
        return filters.any_of(every[key] for key in sorted(checked))

    def order(self, checked: Keys) -> Order:
        """Return the order of a list that has one of its own, else as imported."""
        listed = {
            SUGGESTED: self.suggested,
            UNLIKE: self.unlike,
            EXAM: self.exam,
            AGAIN: self.again,
            DOUBTFUL: [one.photo_id for one in self.doubts],
        }
        [key] = checked if len(checked) == 1 else [""]
        return orders.as_listed(listed[key]) if key in listed else orders.as_imported

    def telling(self, checked: Keys) -> Telling:
        """Return what is told of the photos."""
        if AGAIN in checked:
            return Telling(blind=True)
        if DOUBTFUL in checked:
            return Telling(believed={one.photo_id: one.believed for one in self.doubts})
        return ALL_TOLD
