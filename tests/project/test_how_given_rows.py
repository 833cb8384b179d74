"""The journal tells by which act a verdict came, and when."""

from tinyclf.domain import ActKind, Grade, Mark


def test_acts_tell_when_and_how_many(store, ids):
    store.record(ActKind.GRADE, [(ids[0], Grade.GOOD)])
    store.record(ActKind.ACCEPT_REST, [(one, Grade.FAIR) for one in ids[1:4]])
    store.record_second_looks([(ids[0], Grade.FAIR)])
    strokes = store.strokes(10)
    assert [(stroke.kind, stroke.photos) for stroke in strokes] == [
        ("grade", 1),
        ("accept-rest", 3),
        ("second-look", 0),
    ]
    assert strokes[0].when <= strokes[1].when
    assert [stroke.kind for stroke in store.strokes(1)] == ["second-look"]
    assert store.last_stroke == store.last_act


def test_a_machines_act_is_no_stroke(store, ids):
    assert store.last_stroke == 0
    store.reserve_exam(ids[:1])
    assert (store.last_stroke, store.strokes(5)) == (0, [])


def test_each_verdict_knows_its_act(store, ids):
    one = store.record(ActKind.GRADE, [(ids[0], Grade.GOOD), (ids[1], Mark.UNSURE)])
    two = store.record(ActKind.CORRECT, [(ids[0], Grade.FAIR)])
    assert store.given_by() == {ids[0]: two.number, ids[1]: one.number}


def test_in_bulk_is_what_was_accepted_with_the_rest_and_still_stands(store, ids):
    store.record(ActKind.ACCEPT, [(ids[0], Grade.GOOD)])
    store.record(ActKind.ACCEPT_REST, [(one, Grade.FAIR) for one in ids[1:4]])
    assert store.accepted_in_bulk() == ids[1:4]
    store.record(ActKind.CORRECT, [(ids[1], Grade.GOOD)])
    assert store.accepted_in_bulk() == ids[2:4]
    store.undo()
    assert store.accepted_in_bulk() == ids[1:4]
    store.undo()
    assert store.accepted_in_bulk() == []
    store.redo()
    assert store.accepted_in_bulk() == ids[1:4]


def test_a_second_look_that_agrees_makes_it_singly_looked_at(store, ids):
    before = store.last_acceptance
    store.record(ActKind.ACCEPT_REST, [(one, Grade.FAIR) for one in ids[:3]])
    store.record_second_looks([(ids[0], Grade.FAIR)], blind=False)
    store.record_second_looks([(ids[1], Grade.GOOD)], blind=False)
    assert store.accepted_in_bulk() == ids[1:3]
    assert store.last_acceptance > before
    store.record(ActKind.CLEAR, [(ids[0], None)])
    store.record(ActKind.ACCEPT_REST, [(ids[0], Grade.FAIR)])
    assert store.accepted_in_bulk() == ids[:3]  # that look was at an older verdict


def test_what_was_looked_at_singly_stays_so_when_a_later_act_is_taken_back(store, ids):
    store.record(ActKind.ACCEPT_REST, [(one, Grade.FAIR) for one in ids[:3]])
    store.record_second_looks([(ids[0], Grade.FAIR)], blind=False)
    store.record(ActKind.GRADE, [(ids[0], Grade.GOOD)])
    store.undo()
    assert store.accepted_in_bulk() == ids[1:3]
    store.redo()
    store.undo()
    assert store.accepted_in_bulk() == ids[1:3]
    store.undo()  # the look itself
    assert store.accepted_in_bulk() == ids[:3]
    store.redo()
    assert store.accepted_in_bulk() == ids[1:3]
