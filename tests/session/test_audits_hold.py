"""Whatever a person does meanwhile: as long as an audit stands, what it proves is true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tinyclf.domain import ActKind, Grade, Mark, Photo, PhotoId
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.session.audits import AuditStanding, begin_audit, latest_audits, proposed_on
from tinyclf.trust.certificate import CONFIDENCE

PHOTOS = 60
AUDITS, DEEDS = 100, 16
WALL, OTHER = Grade.GOOD, Grade.POOR


@dataclass
class Person:
    """One who is always right, at a wall of which some proposals are not.

    Attributes:
        store: The collection's file.
        table: Its photos.
        truly: (n,) the true grade of each; the other wall or this one.
        chance: What decides on the deeds.
    """

    store: CollectionStore
    table: PhotoTable
    truly: NDArray[np.intp]
    chance: np.random.Generator

    def propose(self, wrong: float) -> None:
        """Hang nearly all photos on the wall; so large a share of them is wrong."""
        self.truly = np.where(self.chance.random(PHOTOS) < wrong, OTHER, WALL)
        probabilities = np.where(self.chance.random((PHOTOS, 1)) < 0.9, *np.eye(5)[[WALL - 1, 2]])
        self.store.save_proposals(1, self.table.ids, probabilities)
        self.table.refresh(self.store)

    def begin_audit(self) -> AuditStanding:
        return begin_audit(self.store, self.table, WALL, None)

    @property
    def hanging(self) -> NDArray[np.intp]:
        return proposed_on(self.table, WALL)

    @property
    def standing(self) -> AuditStanding:
        return latest_audits(self.store, self.table)[WALL]

    def do(self, deed: str) -> None:
        """Do one thing that the window allows."""
        some = self.chance.permutation(PHOTOS)[: self.chance.integers(1, 12)]
        spoken = some[~self.table.ungraded[some]]
        sample = self.table.rows(self.standing.photos) if deed == "answer" else some[:0]
        right = np.intersect1d(self.hanging, np.flatnonzero(self.truly == WALL))
        match deed:
            case "answer":
                self._say(sample[: self.chance.integers(1, 40)], self.truly)
            case "grade":
                self._say(some, self.truly)
            case "unsure":
                self._say(some, [Mark.UNSURE] * PHOTOS)
            case "wrong ones are unsure":
                self._say(np.setdiff1d(self.hanging, right), [Mark.UNSURE] * PHOTOS)
            case "clear":
                self._say(spoken, [None] * PHOTOS)
            case "accept":
                self._say(np.intersect1d(some, right), [WALL] * PHOTOS, ActKind.ACCEPT)
            case "accept the rest":
                self._say(self.hanging, [WALL] * PHOTOS, ActKind.ACCEPT_REST)
            case "undo":
                self.store.undo()
            case "redo":
                self.store.redo()
        self.table.refresh(self.store)

    def _say(
        self,
        rows: NDArray[np.intp],
        verdicts: Sequence[Grade | Mark | None] | NDArray[np.intp],
        kind: ActKind = ActKind.GRADE,
    ) -> None:
        said = {self.table.ids[row]: verdicts[row] for row in rows.tolist()}
        self.store.record(
            kind,
            [(one, Grade(it) if isinstance(it, np.integer) else it) for one, it in said.items()],
        )


DEEDS_BEFORE = ("grade", "unsure", "wrong ones are unsure", "clear", "accept", "undo", "redo")
DEEDS_AFTER = (*DEEDS_BEFORE, *["answer"] * 4, "accept the rest", "undo", "undo")


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    with CollectionStore.create(tmp_path / "wall.tinyclf") as store:
        folder = Path("/photos")
        ids = [PhotoId(f"{number:032x}") for number in range(PHOTOS)]
        store.add_photos(folder, [Photo(one, folder / one, 40, 30, 999, 123) for one in ids])
        store.save_model(b"", preset="", config={}, quality=None, extractor_key="", seconds=0)
        table = PhotoTable.load(store)
        yield Person(store, table, np.full(PHOTOS, WALL, np.intp), np.random.default_rng(0))


def test_while_it_stands_the_wall_is_part_of_the_frozen_one_and_its_bound_holds(person):
    stood, failed = 0, 0
    for _ in range(AUDITS):
        person.propose(wrong=person.chance.choice([0.05, 0.2, 0.5, 0.9]))
        for deed in person.chance.choice(DEEDS_BEFORE, 3):
            person.do(deed)
        if not len(person.hanging):
            continue
        frozen, broken = set(person.hanging.tolist()), False
        person.begin_audit()
        for deed in person.chance.choice(DEEDS_AFTER, DEEDS):
            person.do(deed)
            standing = person.standing
            hanging = person.hanging
            assert standing.stands == (set(hanging.tolist()) <= frozen)
            wrong = np.count_nonzero(person.truly[hanging] != WALL)
            stood += standing.stands
            broken |= standing.stands and wrong > standing.certificate.at_most_still_wrong
        failed += broken
    assert stood > AUDITS * DEEDS / 4
    assert failed <= 2 * (1 - CONFIDENCE) * AUDITS


def doubtful_ones_aside(person: Person) -> AuditStanding:
    """Begin an audit after marking the wrong ones, so that nothing left there is wrong."""
    person.propose(wrong=0.5)
    person.do("wrong ones are unsure")
    audit = person.begin_audit()
    person.store.record(ActKind.ACCEPT, [(one, WALL) for one in audit.photos])
    person.table.refresh(person.store)
    assert person.standing.stands
    return audit


def test_it_is_void_once_a_mark_of_before_is_cleared(person):
    audit = doubtful_ones_aside(person)
    marked = np.flatnonzero(person.table.codes < 0)[: len(audit.photos)]
    person.store.record(ActKind.CLEAR, [(person.table.ids[row], None) for row in marked])
    person.table.refresh(person.store)
    assert len(person.hanging) <= audit.audit.population
    assert not person.standing.stands


def test_undone_beyond_its_beginning_it_is_void_until_that_is_done_again(person):
    doubtful_ones_aside(person)
    for stands in (True, False):
        person.do("undo")
        assert person.standing.stands == stands
    person.do("redo")
    assert person.standing.stands
