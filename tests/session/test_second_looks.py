"""What was accepted in bulk is trusted less, and a second look tells how alike a person grades."""

import numpy as np
import pytest

from tinyclf.domain import ActKind, Grade
from tinyclf.session.remembered import Remembered
from tinyclf.session.second_looks import due_again
from tinyclf.trust import consistency


def test_what_was_accepted_in_bulk_is_told_apart(trained):
    ids = trained.table.ids
    trained.accept(ids[15:17])
    trained.accept(ids, ActKind.ACCEPT_REST)
    now = trained.status()
    assert (now.counts.verified, now.bulk.photos) == (10, 8)
    assert sum(wall.in_bulk for wall in now.certificates) == 8
    assert sum(wall.expected_overlooked for wall in now.certificates) > 0
    assert np.flatnonzero(trained.in_bulk()).tolist() == list(range(17, 25))


def test_undo_and_redo_know_how_it_was_accepted(trained):
    ids = trained.table.ids
    trained.accept(ids, ActKind.ACCEPT_REST)
    trained.undo()
    assert trained.status().bulk.photos == 0
    trained.redo()
    assert trained.status().bulk.photos == 10
    trained.grade([ids[15]], Grade(int(trained.table.codes[15]) % 5 + 1))
    assert trained.status().bulk.photos == 9
    trained.undo()
    assert trained.status().bulk.photos == 10


@pytest.mark.parametrize("seed", range(5))
def test_what_is_brought_up_to_date_act_by_act_is_what_all_acts_tell(trained, seed, monkeypatch):
    monkeypatch.setattr(consistency, "FEWEST_FRESH", 2)  # of few photos some are due, too
    rng = np.random.default_rng(seed)
    ids = trained.table.ids
    some = lambda: [ids[row] for row in rng.choice(len(ids), int(rng.integers(1, 9)), False)]
    acts = [
        lambda: trained.accept(some(), ActKind.ACCEPT_REST),
        lambda: trained.accept(some()),
        lambda: trained.grade(some(), Grade(int(rng.integers(1, 6)))),
        lambda: trained.grade(some(), None),
        lambda: trained.keep([one for one in some() if trained.table.codes[rows[one]] > 0]),
        trained.undo,
        trained.undo,
        trained.redo,
    ]
    rows, ever, ever_due = trained.table.row_of, 0, 0
    for _ in range(60):
        acts[rng.integers(len(acts))]()
        told = np.zeros(len(ids), bool)
        told[trained.table.rows(trained._store.accepted_in_bulk())] = True
        assert (trained.in_bulk() == told).all()
        due = due_again(trained._store, trained.table, Remembered(), 0)
        assert trained.show_again() == due
        ever += int(told.sum())
        ever_due += len(due)
    assert min(ever, ever_due) > 0


def test_photos_that_come_in_later_were_not_accepted(trained, photos, finish):
    trained.accept(trained.table.ids, ActKind.ACCEPT_REST)
    before = trained.in_bulk()
    (photos / "new.png").write_bytes((photos / "02.png").read_bytes() + b"\0")
    finish(trained.import_photos(photos))
    trained.refresh()
    assert trained.in_bulk().tolist() == [*before, False]


def test_what_was_accepted_in_bulk_comes_back_first(trained):
    ids = trained.table.ids
    trained.accept(ids[15:17])
    trained.accept(ids, ActKind.ACCEPT_REST)
    back = trained.back_first()[:9].tolist()
    assert sorted(back[:8]) == list(range(17, 25))
    sure = trained.table.confidence[back[:8]]
    assert (np.diff(sure) >= 0).all()
    assert back[8] in (15, 16)


def test_a_look_that_says_the_same_makes_it_trusted_as_any(trained):
    trained.accept(trained.table.ids, ActKind.ACCEPT_REST)
    trained.keep(trained.table.ids[15:18])
    assert trained.status().bulk.photos == 7


def test_agreement_is_seen_on_blind_looks_alone(trained):
    ids = trained.table.ids
    assert trained.status().consistency is None
    trained.keep(ids[:5])
    assert trained.status().consistency is None
    trained.look_again(ids[:1], Grade(int(trained.table.codes[0])))
    trained.look_again(ids[1:2], Grade(int(trained.table.codes[1]) % 5 + 1))
    agreed = trained.status().consistency
    assert (agreed.photos, agreed.exact.value) == (2, 0.5)
    assert trained.table.codes[1] == 2  # a second look changes no grade


def test_photos_graded_by_hand_some_time_ago_are_shown_again(crowd, truly):
    truly(crowd, crowd.table.ids[:100])
    again = crowd.show_again()
    assert len(again) == 5
    assert max(crowd.table.rows(again)) < 75
    crowd.look_again(again[:1], Grade.FAIR)
    assert again[0] not in crowd.show_again()


def test_accepted_proposals_are_not_shown_again(crowd, truly):
    accepted, graded = crowd.table.ids[:100], crowd.table.ids[100:200]
    crowd._store.record(ActKind.ACCEPT, [(one, Grade.FAIR) for one in accepted])
    truly(crowd, graded)
    again = set(crowd.show_again())
    assert again
    assert again <= set(graded)
