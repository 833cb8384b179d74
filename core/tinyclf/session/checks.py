"""What a person does so that the grades can be trusted: the exam, audits, second looks, groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Act, Grade, Job, Mark, PhotoId, Progress, verdict_of
from tinyclf.errors import InputError
from tinyclf.project import CollectionStore, PhotoTable, SecondLook
from tinyclf.session import exams, opinions, second_looks
from tinyclf.session.audits import (
    AuditStanding,
    begin_audit,
    being_audited,
    latest_audits,
    proposed_on,
)
from tinyclf.session.label_issues import LabelIssue, doubts
from tinyclf.session.missing_grades import missing_grades
from tinyclf.session.remembered import Remembered
from tinyclf.trust.exam import EXAM_PHOTOS
from tinyclf.trust.wall_certificates import Signing, signing


class Checks:
    """The photos of an open collection, and what checks the grades on them.

    Attributes:
        table: The photos as columns, as of the last deed or refresh.
    """

    def __init__(self, store: CollectionStore) -> None:
        self._store = store
        self._remembered = Remembered()  # also of jobs, each on its thread
        self.table = PhotoTable.load(store)

    def refresh(self) -> NDArray[np.intp]:
        """Take what jobs have written into ``table``; return the rows that changed."""
        return self.table.refresh(self._store)

    def group(self, groups: Mapping[PhotoId, str]) -> None:
        """Make these the photos that belong together: never on both sides of a split.

        Args:
            groups: The name of each photo's group, not empty; they replace those named before.
        """
        self._store.set_groups("user", groups)
        self.refresh()

    def reserve_exam(self, count: int = EXAM_PHOTOS, seed: int = 0) -> list[PhotoId]:
        """Set random photos aside until the exam has so many; return those set aside now.

        They are graded blind and never learnt from. Best done before anything is proposed.
        """
        drawn = being_audited(self.audits().values())
        taken = exams.reserve(self._store, self.table, count, seed, without=drawn)
        self.refresh()
        return taken

    def begin_audit(self, grade: Grade, seed: int | None = None) -> AuditStanding:
        """Freeze the proposals of a wall and draw those to look at.

        Raises:
            InputError: nothing is proposed there, or an audit of this wall stands.
        """
        self.refresh()  # a sample drawn from other proposals than hang there would prove nothing
        return begin_audit(self._store, self.table, grade, seed)

    @property
    def is_auditing(self) -> bool:
        """Whether the audit of a wall stands: meanwhile nothing is proposed unasked.

        Proposed anew, even on another wall, the audit would be void: see `AuditStanding.stands`.
        """
        return bool(self._audited())

    def require_no_audit(self) -> None:
        """Make sure that to propose now voids no proof.

        Raises:
            InputError: the audit of a wall stands.
        """
        if walls := self._audited():
            which = ", ".join(f"{grade:d}" for grade in walls)
            raise InputError(
                f"What an audit proves of the wall of grade {which} would be void if anything were "
                "proposed now. Train again when that may be: it proposes anew."
            )

    def _audited(self) -> list[Grade]:
        return [grade for grade, audit in self.audits().items() if audit.stands]

    def look_again(self, photo_ids: Iterable[PhotoId], verdict: Grade | Mark) -> Act | None:
        """Write down what a person says of photos shown again blind; their grades stay."""
        act = self._store.record_second_looks((one, verdict) for one in photo_ids)
        self.refresh()
        return act

    def second_looks(self) -> list[SecondLook]:
        """Return what a person said of photos shown again and did not take back, oldest first."""
        return self._store.second_looks()

    def keep(self, photo_ids: Iterable[PhotoId]) -> Act | None:
        """Write down that a person looked again, seeing the verdicts, and stands by them.

        It takes grades off the label issues, and accepted proposals off those accepted in bulk.

        Returns:
            The act, ``None`` where no photo has a verdict.
        """
        ids = list(photo_ids)
        verdicts = map(verdict_of, self.table.codes[self.table.rows(ids)].tolist())
        kept = [(one, verdict) for one, verdict in zip(ids, verdicts, strict=True) if verdict]
        act = self._store.record_second_looks(kept, blind=False)
        self.refresh()
        return act

    def strangest(self) -> list[PhotoId]:
        """Return new photos that look unlike those the latest model learnt from, worst first."""
        model = self._store.latest_training()
        return self._store.strangest_of(model.number) if model else []

    def exam_to_grade(self) -> list[PhotoId]:
        """Return the exam's photos that wait for a grade."""
        return exams.to_grade(self._store, self.table)

    def audits(self) -> dict[Grade, AuditStanding]:
        """Return the newest audit of each wall that has one; it may no longer stand."""
        return latest_audits(self._store, self.table)

    def audit(self, grade: Grade) -> AuditStanding | None:
        """Return the newest audit of a wall: the photos to look at next, and what it proves."""
        return self.audits().get(grade)

    def signing(self, grade: Grade) -> Signing:
        """Return what accepting the rest of a wall signs."""
        rows = proposed_on(self.table, grade)
        audit = self.audit(grade)
        proof = audit.certificate if audit is not None and audit.stands else None
        missing = missing_grades(self._store, self.table, self._remembered)
        return signing(grade, self.table.probabilities[rows], proof, missing.untold)

    def in_bulk(self) -> NDArray[np.bool_]:
        """Return which photos were accepted with the rest of a wall and not looked at since.

        bool (n,), a row of ``table`` each; remembered, so that it may be asked after every act.
        """
        return second_looks.in_bulk(self._store, self.table, self._remembered)

    def back_first(self) -> NDArray[np.intp]:
        """Return the rows of accepted photos, those most worth another look first.

        Those accepted in bulk, doubtful ones first; then the others. :meth:`keep` those that are
        right; grade the others.
        """
        return second_looks.back_first(self.table, self.in_bulk())

    def show_again(self, seed: int = 0) -> list[PhotoId]:
        """Return the photos due for a second look, to be shown without their grades."""
        basis = (self._store.last_act, seed)
        due = lambda: second_looks.due_again(self._store, self.table, self._remembered, seed)
        return list(self._remembered.get("due again", basis, due))

    def opinions(self) -> NDArray[np.int8]:
        """Return the grade the classifier would give each photo had it not learnt from it, (n,).

        0 where it has none to tell; see `session.opinions`.
        """
        return opinions.honest_opinions(self._store, self.table, self._remembered)

    def disagreements(self) -> NDArray[np.bool_]:
        """Return the photos whose grade is another than the classifier's, bool (n,).

        But for those where a person looked again and stood by it.
        """
        return opinions.disagreements(self._store, self.table, self._remembered)

    def counting_disagreements(self) -> Job[int]:
        """Return a job that counts the disagreements as they are at the call."""
        table = self.table.as_it_is()

        def counted() -> Job[int]:
            yield Progress("Counting", 0, 0)
            found = opinions.disagreements(self._store, table, self._remembered)
            return int(np.count_nonzero(found))

        return counted()

    def label_issues(self) -> tuple[LabelIssue, ...]:
        """Return the grades the latest training finds implausible, the worst first."""
        return doubts(self._store, self.table, self._remembered)
