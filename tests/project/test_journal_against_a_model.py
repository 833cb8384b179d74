"""Random hands on the journal, against a model of one dictionary a step."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import apsw
import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tinyclf.domain import Act, ActKind, Grade, Photo, PhotoId, verdict_of
from tinyclf.project import CollectionStore, PhotoTable

PHOTOS = Path("/photos")
State = dict[int, tuple[int, bool]]

codes = st.integers(-2, 5)
photos = st.integers(0, 4)
kinds = st.sampled_from([ActKind.GRADE, ActKind.CORRECT, ActKind.CLEAR, ActKind.IMPORT])
accepting = st.sampled_from([ActKind.ACCEPT, ActKind.ACCEPT_REST])


def photo_id(number: int) -> PhotoId:
    return PhotoId(f"{number:032x}")


class JournalMachine(RuleBasedStateMachine):
    @initialize()
    def make(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.store = CollectionStore.create(self.folder / "random.tinyclf")
        self.model: State = {}
        self.past: list[State] = []
        self.future: list[State] = []
        self.photos = 0
        for _ in range(5):
            self.add_photo()
        self.table = PhotoTable.load(self.store)

    def add_photo(self) -> None:
        number = self.photos
        photo = Photo(photo_id(number), PHOTOS / f"{number}.jpg", 1, 1, 1, 1)
        self.store.add_photos(PHOTOS, [photo])
        self.photos += 1

    def record(self, kind: ActKind, wanted: dict[int, int], *, signed: bool) -> None:
        act = self.store.record(kind, [(photo_id(n), verdict_of(c)) for n, c in wanted.items()])
        changed = {n: c for n, c in wanted.items() if self.model.get(n, (0, False))[0] != c}
        assert (act is None) == (not changed)
        if changed:
            self.past.append(dict(self.model))
            self.future.clear()
            self.model.update({n: (c, signed and c > 0) for n, c in changed.items()})
            assert act is not None
            assert act.photo_ids == tuple(map(photo_id, changed))

    @rule(kind=kinds, wanted=st.dictionaries(photos, codes, max_size=5))
    def say(self, kind: ActKind, wanted: dict[int, int]) -> None:
        self.record(kind, wanted, signed=False)

    @rule(kind=accepting, wanted=st.dictionaries(photos, st.integers(1, 5), max_size=5))
    def accept(self, kind: ActKind, wanted: dict[int, int]) -> None:
        self.record(kind, wanted, signed=True)

    @rule(number=photos, code=st.integers(1, 5), blind=st.booleans())
    def look_again(self, number: int, code: int, blind: bool) -> None:
        if self.model.get(number, (0, False))[0]:
            self.store.record_second_looks([(photo_id(number), Grade(code))], blind=blind)
            self.past.append(dict(self.model))
            self.future.clear()

    @rule()
    def undo(self) -> None:
        self.step(self.store.undo(), self.past, self.future)

    @rule()
    def redo(self) -> None:
        self.step(self.store.redo(), self.future, self.past)

    @rule(place=st.integers(0, 30))
    def return_to(self, place: int) -> None:
        acts = range(1, self.store.last_act + 1)
        standing = set(filter(self.store.stands, acts))
        taken_back = set(filter(self.store.can_redo, acts))
        numbers = sorted({0, *standing, *taken_back})
        number = numbers[place % len(numbers)]
        told = self.store.steps_to(number)
        act = self.store.return_to(number)
        if number in taken_back:
            steps = sum(other <= number for other in taken_back)
            source, target = self.future, self.past
        else:
            steps = sum(other > number for other in standing)
            source, target = self.past, self.future
        assert (act.steps if act else 0) == steps == told
        for _ in range(steps):
            self.step(act, source, target)

    def step(self, act: Act | None, source: list[State], target: list[State]) -> None:
        assert (act is None) == (not source)
        if source:
            target.append(self.model)
            self.model = source.pop()

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = CollectionStore.open(self.store.path)

    @rule(seed=st.integers(0, 9))
    def the_machine_works(self, seed: int) -> None:
        model = self.store.save_model(
            b"weights", preset="p", config={}, quality=None, extractor_key="k", seconds=1
        )
        opinion = np.random.default_rng(seed).dirichlet(np.ones(5), self.photos)
        self.store.save_proposals(model.number, list(map(photo_id, range(self.photos))), opinion)
        self.add_photo()

    @invariant()
    def the_present_is_the_models(self) -> None:
        expected = {photo_id(n): s for n, s in self.model.items() if s[0]}
        labels = self.store.labels()
        assert {la.photo_id: (int(la.verdict), la.verified) for la in labels} == expected
        assert (self.store.undoable() is not None) == bool(self.past)
        assert (self.store.redoable() is not None) == bool(self.future)

    @invariant()
    def the_table_keeps_up(self) -> None:
        before = self.table.codes.copy()
        changed = self.table.refresh(self.store)
        differs = np.flatnonzero(before != self.table.codes[: len(before)])
        assert set(differs) <= set(changed.tolist())
        state = [self.model.get(n, (0, False)) for n in range(self.photos)]
        assert list(zip(self.table.codes.tolist(), self.table.verified.tolist())) == state  # noqa: B905

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        self.store.close()
        self.replay_from_nothing()
        shutil.rmtree(self.folder)

    def replay_from_nothing(self) -> None:
        present: dict[str, int] = {}
        connection = apsw.Connection(str(self.store.path))
        for photo, old, new, actor in connection.execute(
            "SELECT p.photo_id, j.old, j.new, a.actor FROM journal j "
            "JOIN acts a ON a.number = j.act JOIN photos p ON p.row = j.photo "
            "ORDER BY j.act, j.place"
        ):
            assert isinstance(photo, str)
            assert isinstance(new, int)
            assert actor == "person"
            assert present.get(photo, 0) == old
            present[photo] = new
        connection.close()
        assert {p: c for p, c in present.items() if c} == {
            photo_id(n): c for n, (c, _) in self.model.items() if c
        }


JournalMachine.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, derandomize=True, database=None
)
TestJournal = JournalMachine.TestCase
