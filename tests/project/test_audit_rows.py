from __future__ import annotations

from collections.abc import Callable

import apsw
import numpy as np
import pytest

from tinyclf.domain import ActKind, Grade, Mark, PhotoId, verdict_of
from tinyclf.errors import CollectionError
from tinyclf.project import Audit, CollectionStore


@pytest.fixture
def trained(store: CollectionStore) -> CollectionStore:
    store.save_model(b"", preset="", config={}, quality=None, extractor_key="", seconds=0)
    return store


@pytest.fixture
def audit(trained: CollectionStore, ids: list[PhotoId]) -> Audit:
    return trained.save_audit(Grade.GOOD, 1, 40, [ids[4], ids[0], ids[2]], [2, 3])


def test_an_audit_comes_back_whole(
    trained: CollectionStore, audit: Audit, ids: list[PhotoId]
) -> None:
    assert trained.audits() == [audit]
    assert (audit.number, audit.grade, audit.model, audit.population) == (1, Grade.GOOD, 1, 40)
    assert (audit.photo_ids, audit.sizes) == ((ids[4], ids[0], ids[2]), (2, 3))
    assert audit.when.tzinfo is not None
    other = trained.save_audit(Grade.POOR, 1, 1, [ids[1]], [1])
    assert trained.audits() == [audit, other]
    assert trained.history() == []


def test_answers_stand_in_the_order_drawn(
    trained: CollectionStore, audit: Audit, ids: list[PhotoId]
) -> None:
    assert trained.audit_answers(audit) == (None, None, None)
    trained.record(ActKind.ACCEPT, [(ids[0], Grade.GOOD)])
    trained.record(ActKind.CORRECT, [(ids[4], Grade.POOR), (ids[1], Grade.FAIR)])
    assert trained.audit_answers(audit) == (Grade.POOR, Grade.GOOD, None)
    trained.record(ActKind.GRADE, [(ids[4], Mark.UNSURE)])
    assert trained.audit_answers(audit) == (Mark.UNSURE, Grade.GOOD, None)
    trained.record(ActKind.CLEAR, [(ids[4], None)])
    assert trained.audit_answers(audit) == (None, Grade.GOOD, None)


def test_undo_takes_an_answer_back(
    trained: CollectionStore, audit: Audit, ids: list[PhotoId]
) -> None:
    trained.record(ActKind.CORRECT, [(ids[4], Grade.POOR)])
    trained.undo()
    assert trained.audit_answers(audit) == (None, None, None)
    trained.redo()
    assert trained.audit_answers(audit) == (Grade.POOR, None, None)


def test_accepting_the_rest_is_no_answer(
    trained: CollectionStore, audit: Audit, ids: list[PhotoId]
) -> None:
    trained.record(ActKind.ACCEPT, [(ids[4], Grade.GOOD)])
    trained.record(ActKind.ACCEPT_REST, [(photo_id, Grade.GOOD) for photo_id in ids])
    assert trained.audit_answers(audit) == (Grade.GOOD, None, None)
    trained.record(ActKind.CORRECT, [(ids[0], Grade.POOR)])
    assert trained.audit_answers(audit) == (Grade.GOOD, Grade.POOR, None)
    trained.undo()
    assert trained.audit_answers(audit) == (Grade.GOOD, None, None)
    trained.undo()
    trained.redo()
    assert trained.audit_answers(audit) == (Grade.GOOD, None, None)


def test_answers_are_those_of_a_model_of_the_history(
    trained: CollectionStore, ids: list[PhotoId]
) -> None:
    chance = np.random.default_rng(3)
    said: dict[int, tuple[int, ActKind]] = {}
    past: list[dict[int, tuple[int, ActKind]]] = []
    future: list[dict[int, tuple[int, ActKind]]] = []
    kinds = [ActKind.GRADE, ActKind.CORRECT, ActKind.ACCEPT, ActKind.ACCEPT_REST, ActKind.CLEAR]
    audit = trained.save_audit(Grade.GOOD, 1, 6, ids, [6])
    for _ in range(300):
        deed = chance.integers(4)
        if deed == 0 and past:
            future.append(said)
            said = past.pop()
            trained.undo()
        elif deed == 1 and future:
            past.append(said)
            said = future.pop()
            trained.redo()
        elif deed > 1:
            kind = kinds[chance.integers(len(kinds))]
            codes = {int(n): int(chance.integers(-2, 6)) for n in chance.integers(6, size=2)}
            new = {n: (c, kind) for n, c in codes.items() if said.get(n, (0,))[0] != c}
            trained.record(kind, [(ids[n], verdict_of(c)) for n, c in codes.items()])
            if new:
                past.append(said)
                future.clear()
                said = {**said, **new}
        expected = [said.get(n, (0, ActKind.GRADE)) for n in range(6)]
        assert trained.audit_answers(audit) == tuple(
            None if kind == ActKind.ACCEPT_REST else verdict_of(code) for code, kind in expected
        )


def test_what_was_said_before_is_no_answer(trained: CollectionStore, ids: list[PhotoId]) -> None:
    trained.record(ActKind.GRADE, [(ids[0], Grade.POOR)])
    trained.undo()
    audit = trained.save_audit(Grade.GOOD, 1, 6, ids, [6])
    assert trained.audit_answers(audit) == (None,) * 6


@pytest.mark.parametrize(
    ("population", "drawn", "sizes"),
    [
        (6, [0, 0], [1]),
        (1, [0, 1], [1]),
        (6, [], [1]),
        (6, [0, 1], []),
        (6, [0, 1], [3]),
        (6, [0, 1], [0, 1]),
        (6, [0, 1], [1, 1]),
        (6, [0, 1], [2, 1]),
    ],
)
def test_numbers_that_do_not_fit_are_refused(
    trained: CollectionStore,
    ids: list[PhotoId],
    population: int,
    drawn: list[int],
    sizes: list[int],
) -> None:
    with pytest.raises(ValueError, match=r"twice|drawn from|looks after"):
        trained.save_audit(Grade.GOOD, 1, population, [ids[k] for k in drawn], sizes)
    assert trained.audits() == []


def test_only_what_hangs_there_as_a_proposal_is_drawn(
    trained: CollectionStore, ids: list[PhotoId]
) -> None:
    trained.record(ActKind.ACCEPT, [(ids[1], Grade.GOOD)])
    for photo_id, refusal in ((ids[1], "judged"), (PhotoId("f" * 32), "not in this collection")):
        with pytest.raises(CollectionError, match=refusal):
            trained.save_audit(Grade.GOOD, 1, 6, [ids[0], photo_id], [1])
    with pytest.raises(CollectionError, match="no model 2"):
        trained.save_audit(Grade.GOOD, 2, 6, [ids[0]], [1])
    assert trained.audits() == []


NEW_ACT = "INSERT INTO acts (actor, kind, at) VALUES ('{}', '{}', '');"
NEW_AUDIT = "INSERT OR REPLACE INTO audits SELECT {}, max(number) - {}, 4, 1, 9, '[1]' FROM acts;"
MACHINE = NEW_ACT.format("machine", "audit")
DRAW = "INSERT OR REPLACE INTO audit_photos VALUES "


@pytest.mark.parametrize(
    ("sql", "refusal"),
    [
        ("UPDATE audits SET population = 3", "never changed"),
        ("DELETE FROM audits", "never removed"),
        ("UPDATE audit_photos SET photo = 6", "never changed"),
        ("DELETE FROM audit_photos", "never removed"),
        (DRAW + "(1, 9, 6)", "drawn once"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM photos WHERE row = 5", "audit stays"),
        (NEW_ACT.format("person", "audit") + NEW_AUDIT.format("NULL", 0), "only the machine's"),
        (NEW_ACT.format("machine", "exam") + NEW_AUDIT.format("NULL", 0), "only the machine's"),
        (MACHINE * 2 + NEW_AUDIT.format("NULL", 1), "only the machine's"),
        (MACHINE + NEW_AUDIT.format(1, 0), "grow at their end"),
        (MACHINE + NEW_AUDIT.format(9, 0), "grow at their end"),
        (MACHINE + NEW_AUDIT.format("NULL", 0) * 2, "grow at their end"),
        (MACHINE + NEW_AUDIT.format("NULL", 0) + DRAW + "(2, 1, 6), (2, 1, 4)", "drawn once"),
        (MACHINE + NEW_AUDIT.format("NULL", 0) + DRAW + "(2, 1, 6), (2, 0, 4)", "drawn once"),
        (MACHINE + NEW_AUDIT.format("NULL", 0) + DRAW + "(2, 0, 6), (2, 1, 6)", "drawn once"),
        (MACHINE + NEW_AUDIT.format("NULL", 0) + DRAW + "(2, 0, 2)", "has judged"),
    ],
)
def test_no_program_can_draw_anew(
    trained: CollectionStore, audit: Audit, ids: list[PhotoId], sql: str, refusal: str
) -> None:
    trained.record(ActKind.GRADE, [(ids[1], Grade.POOR)])
    trained.close()
    with pytest.raises(apsw.ConstraintError, match=refusal):
        apsw.Connection(str(trained.path)).execute(sql)


def test_an_audit_that_makes_no_sense_is_told(
    make_store: Callable[[int], CollectionStore],
) -> None:
    store = make_store(2)
    store.save_model(b"", preset="", config={}, quality=None, extractor_key="", seconds=0)
    store.close()
    connection = apsw.Connection(str(store.path))
    connection.execute(MACHINE)
    connection.execute("INSERT INTO audits SELECT 1, max(number), 4, 1, 9, '?' FROM acts")
    connection.close()
    with CollectionStore.open(store.path) as again, pytest.raises(CollectionError, match="damaged"):
        again.audits()
