"""A person pins examples; as long as there is room, typical photos of the grade stand by."""

import numpy as np

from tinyclf.domain import GRADES, ActKind, Grade
from tinyclf.errors import ModelError
from tinyclf.project.exemplar_rows import MOST_EXEMPLARS
from tinyclf.session.reference_ladder import TYPICAL

FAIR = Grade.FAIR


def rung(session, finish, grade):
    [found] = [one for one in finish(session.ladder()) if one.grade is grade]
    return found


def grades_of(session, photo_ids):
    return set(session.table.codes[session.table.rows(photo_ids)].tolist())


def test_a_photo_is_pinned_for_the_grade_it_was_given(trained):
    third = trained.table.ids[2]
    assert trained.pin([third]) == [third]
    assert trained.exemplars()[FAIR] == (third,)


def test_photos_without_a_grade_are_left_out(trained):
    graded, other = trained.table.ids[0], trained.table.ids[20]
    assert trained.pin([other, graded]) == [graded]
    assert trained.pin([other]) == []


def test_of_very_many_at_once_the_first_few_are_pinned(trained):
    photos = trained.table.ids[:10]
    trained.grade(photos, FAIR)
    assert trained.pin(photos) == photos[:MOST_EXEMPLARS]


def test_what_was_pinned_is_unpinned(trained):
    first, second, other = trained.table.ids[:3]
    trained.pin([first, second])
    assert trained.unpin([second, other]) == [second]
    assert trained.exemplars()[1] == (first,)


def test_graded_otherwise_it_stands_for_neither_grade_until_that_is_undone(trained):
    third = trained.table.ids[2]
    trained.pin([third])
    trained.grade([third], Grade.POOR, ActKind.CORRECT)
    assert not any(trained.exemplars().values())
    trained.undo()
    assert trained.exemplars()[FAIR] == (third,)


def test_the_ladder_has_five_rungs_the_flawless_first(trained, finish):
    assert [one.grade for one in finish(trained.ladder())] == list(reversed(GRADES))


def test_pinned_photos_stand_on_their_rung_before_typical_ones(trained, finish):
    pinned = [trained.table.ids[12], trained.table.ids[2]]
    trained.pin(pinned)
    fair, good = rung(trained, finish, FAIR), rung(trained, finish, Grade.GOOD)
    assert fair.pinned == tuple(pinned)
    assert fair.typical == (trained.table.ids[7],)
    assert fair.photo_ids == (*pinned, trained.table.ids[7])
    assert good.pinned == ()
    assert len(good.typical) == TYPICAL
    assert grades_of(trained, good.photo_ids) == {4}


def test_where_as_many_as_can_be_are_pinned_none_is_chosen(trained, finish):
    photos = trained.table.ids[:10]
    trained.grade(photos, FAIR)
    trained.pin(photos[:3])
    assert len(rung(trained, finish, FAIR).typical) == 1
    trained.pin(photos[3:4])
    assert rung(trained, finish, FAIR).photo_ids == tuple(photos[:4])


def test_none_is_chosen_that_belongs_with_a_pinned_one(trained, finish):
    first, second = rung(trained, finish, FAIR).typical
    trained.pin([first])
    pinned, *typical = rung(trained, finish, FAIR).photo_ids
    assert pinned == first
    assert second in typical
    trained.group({first: "same", second: "same"})
    trained.grade([trained.table.ids[20]], Grade.BARELY_VISIBLE)
    typical.remove(second)
    assert rung(trained, finish, FAIR).photo_ids == (first, *typical)


def test_the_most_typical_photo_is_nearest_to_the_mean_of_its_grade(trained, finish):
    """The photos graded 4 are bright, but for one that is dark."""
    odd = trained.table.ids[0]
    trained.grade([odd], Grade.GOOD)
    examples = rung(trained, finish, Grade.GOOD).photo_ids
    assert len(examples) == TYPICAL
    assert odd not in examples


def test_signed_proposals_stand_behind_what_was_graded_by_hand(trained, finish):
    table = trained.table
    trained.accept([table.ids[row] for row in np.flatnonzero(table.ungraded)])
    assert table.verified.any()
    rungs = finish(trained.ladder())
    assert [bool(one.photo_ids) for one in rungs] == [True] * len(GRADES)
    for one in rungs:
        assert not table.verified[table.rows(one.photo_ids)].any()


def test_before_any_vector_is_known_the_first_graded_stand_in(session, grade_truly, finish):
    grade_truly(10)
    assert rung(session, finish, FAIR).photo_ids == (session.table.ids[2], session.table.ids[7])


def test_a_grade_nobody_gave_has_an_empty_rung(session, finish):
    session.grade(session.table.ids[:2], FAIR)
    assert rung(session, finish, Grade.FLAWLESS).photo_ids == ()


def test_no_two_typical_photos_belong_together(trained, finish):
    first, *others = rung(trained, finish, FAIR).photo_ids
    trained.group({first: "same", others[0]: "same"})
    trained.grade([trained.table.ids[20]], Grade.BARELY_VISIBLE)
    typical = set(rung(trained, finish, FAIR).photo_ids)
    assert len(typical & {first, others[0]}) == 1


def test_without_its_encoder_what_is_pinned_stands(trained, finish, monkeypatch):
    third = trained.table.ids[2]
    trained.pin([third])

    def gone(*_):
        raise ModelError("the encoder is gone")

    monkeypatch.setattr(trained._reader, "cached", gone)
    assert rung(trained, finish, FAIR).pinned == (third,)


def test_a_photo_to_be_graded_blind_is_never_an_example(crowd, truly, finish):
    truly(crowd, crowd.table.ids[:50])
    waiting = set(crowd.reserve_exam(10))
    rungs = finish(crowd.ladder())
    assert waiting
    assert [bool(one.photo_ids) for one in rungs] == [True] * len(GRADES)
    for one in rungs:
        assert not waiting & set(one.photo_ids)
