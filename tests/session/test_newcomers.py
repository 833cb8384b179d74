"""Photos unlike those trained on are warned of."""

import numpy as np
import pytest
from PIL import Image

from tinyclf.session import Session


@pytest.fixture
def known(crowd, truly, config, finish):
    truly(crowd, crowd.table.ids[:80])
    finish(crowd.train(config, "mine"))
    return crowd


def add(session, finish, count, level):
    [folder] = session.folders
    rng = np.random.default_rng(level)
    for number in range(count):
        pixels = rng.integers(level - 10, level + 10, (40, 40, 3)).astype(np.uint8)
        pixels[:20, :, 0] = 255 - pixels[:20, :, 0] * (level == 0)
        Image.fromarray(pixels).save(folder / f"new {number}.png")
    finish(session.import_photos(folder))
    session.refresh()


def test_photos_of_the_same_source_are_not_warned_of(known, finish):
    newcomers = finish(known.propose()).newcomers
    assert newcomers.standing.photos == 140
    assert not newcomers.standing.is_unlike
    assert known.status().novelty == newcomers.standing


def test_photos_that_look_unlike_are_warned_of(known, finish):
    finish(known.propose())
    known.refresh()
    add(known, finish, 20, 10)
    [folder] = known.folders
    for number in range(20):
        odd = np.zeros((40, 40, 3), np.uint8)
        odd[:, ::2] = (255, 0, number)
        Image.fromarray(odd).save(folder / f"odd {number}.png")
    finish(known.import_photos(folder))
    known.refresh()
    newcomers = finish(known.propose()).newcomers
    assert newcomers.standing.photos == 40
    assert newcomers.standing.is_unlike
    assert set(newcomers.strangest) <= set(known.table.ids[220:])
    known.refresh()
    rng = np.random.default_rng(1)
    for number in range(20):
        level = 40 + 40 * (number % 5)
        pixels = rng.integers(level - 10, level + 10, (40, 40, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"like {number}.png")
    finish(known.import_photos(folder))
    known.refresh()
    assert not finish(known.propose(only_new=True)).newcomers.standing.is_unlike
    assert known.status().novelty == newcomers.standing  # one warning is not lost over another
    known.close()
    with Session.open(known.path) as again:
        assert again.status().novelty == newcomers.standing
        assert again.strangest() == list(newcomers.strangest)


def test_proposing_again_for_known_photos_changes_nothing(known, finish):
    finish(known.propose())
    known.refresh()
    assert finish(known.propose()).newcomers is None
    assert known.status().novelty is not None


def test_while_a_wall_is_audited_nothing_new_is_proposed(known, finish):
    finish(known.propose())
    known.refresh()
    assert not known.has_newcomers
    add(known, finish, 5, 50)
    assert known.has_newcomers
    walls = known.status().walls
    known.begin_audit(max(walls, key=lambda wall: wall.photos - wall.human).grade)
    assert not known.has_newcomers


def test_proposals_that_were_broken_off_are_made_anew(known, truly, config, finish):
    finish(known.propose())
    known.refresh()
    truly(known, known.table.ids[80:90])
    model = finish(known.train(config, "mine")).model
    some = known.table.ids[100:150]
    known._store.save_proposals(model, some, np.full((50, 5), 0.2))  # and then it was killed
    known.refresh()
    assert known.has_newcomers
    assert finish(known.propose(only_new=True)).newcomers is None  # no photo came in
    known.refresh()
    assert not known.has_newcomers
    waiting = known.table.ungraded & ~known.table.exam
    assert set(known.table.proposed_by[waiting].tolist()) == {model}


def test_while_an_audit_stands_older_proposals_stay(known, config, finish):
    finish(known.propose())
    known.refresh()
    known.begin_audit(most_proposed(known))
    finish(known.train(config, "mine"))  # and it was stopped before it proposed
    known.refresh()
    assert not known.has_newcomers


def most_proposed(session):
    return max(session.status().walls, key=lambda wall: wall.photos - wall.human).grade


def test_before_any_training_there_are_no_newcomers(crowd):
    assert not crowd.has_newcomers
    assert crowd.strangest() == []
