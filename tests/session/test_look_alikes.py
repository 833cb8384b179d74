"""The graded photos most like one are found as by comparing it with each."""

import numpy as np
import pytest

from tinyclf.domain import ActKind, Grade
from tinyclf.session import standard as standards
from tinyclf.session.look_alikes import LOOK_ALIKES, Likeness

PIXELS = "pixels"


def alikes(session, finish, row, **options):
    return finish(session.look_alikes(session.table.ids[row], **options))


def compared(session, row):
    """Return the cosine of a photo with each, of standardized vectors less their mean."""
    ids, x = session._reader.cached(session.table.ids, PIXELS)
    assert ids == session.table.ids
    x = x.astype(np.float64)
    scaled = np.clip((x - x.mean(axis=0)) / x.std(axis=0), -6, 6)
    scaled -= scaled.mean(axis=0)
    scaled /= np.linalg.norm(scaled, axis=1, keepdims=True)
    return scaled @ scaled[row]


@pytest.mark.parametrize("row", [3, 16, 24])
def test_they_are_the_nearest_graded_ones_and_not_the_photo_itself(trained, finish, row):
    cosines = compared(trained, row)
    graded = [one for one in np.flatnonzero(trained.table.human).tolist() if one != row]
    order = sorted(graded, key=lambda one: -cosines[one])[:LOOK_ALIKES]
    found = alikes(trained, finish, row)
    assert [one.photo_id for one in found] == [trained.table.ids[one] for one in order]
    assert [one.cosine for one in found] == pytest.approx(cosines[order], abs=1e-4)


def test_each_has_the_grade_that_the_person_gave(trained, finish):
    table = trained.table
    found = alikes(trained, finish, 20)
    assert len(found) == LOOK_ALIKES
    for one in found:
        assert one.grade == table.codes[table.row_of[one.photo_id]]


def test_a_grade_given_since_is_among_them(trained, finish):
    before = {one.photo_id for one in alikes(trained, finish, 20, count=99)}
    assert len(before) == 15
    trained.grade([trained.table.ids[19]], Grade.POOR)
    after = alikes(trained, finish, 20, count=99)
    assert {one.photo_id for one in after} - before == {trained.table.ids[19]}
    assert [one.cosine for one in after] == sorted((one.cosine for one in after), reverse=True)


def test_a_grade_taken_back_is_no_more_among_them(trained, finish):
    before = {one.photo_id for one in alikes(trained, finish, 20, count=99)}
    trained.undo()
    after = {one.photo_id for one in alikes(trained, finish, 20, count=99)}
    assert before - after == {trained.table.ids[14]}
    assert len(after) == 14


def test_vectors_are_read_once(trained, finish, monkeypatch):
    alikes(trained, finish, 20)
    asked = []
    cached = trained._reader.cached

    def counted(photo_ids, features):
        asked.extend(photo_ids)
        return cached(photo_ids, features)

    monkeypatch.setattr(trained._reader, "cached", counted)
    trained.grade([trained.table.ids[19]], Grade.POOR)
    alikes(trained, finish, 20)
    assert asked == [trained.table.ids[19], trained.table.ids[20]]


def test_what_belongs_to_the_photo_is_said_to(trained, finish):
    table = trained.table
    trained.group({table.ids[20]: "front and back", table.ids[1]: "front and back"})
    likeness = {one.photo_id: one.likeness for one in alikes(trained, finish, 20, count=99)}
    assert likeness.pop(table.ids[1]) is Likeness.SAME
    assert Likeness.SAME not in likeness.values()


def test_how_alike_is_told_beside_what_is_usual(trained, finish):
    found = alikes(trained, finish, 20, count=99)
    words = [one.likeness for one in found]
    assert words[0] in (Likeness.CLOSE, Likeness.LOOSE)
    assert words[-1] is Likeness.FAR
    assert words == sorted(words, key=[Likeness.CLOSE, Likeness.LOOSE, Likeness.FAR].index)


def test_photos_accepted_with_the_rest_are_no_standard(trained, finish):
    table = trained.table
    trained.accept([table.ids[row] for row in np.flatnonzero(table.ungraded)], ActKind.ACCEPT_REST)
    assert len(alikes(trained, finish, 20, count=99)) == 15


def test_of_a_photo_to_be_graded_blind_nothing_is_told(trained, finish):
    ids = trained.table.ids
    trained._store.reserve_exam([ids[20]], most=1)
    trained.refresh()
    assert trained.is_blind(ids[20])
    assert alikes(trained, finish, 20) is None
    trained.grade([ids[20]], Grade.POOR)
    assert alikes(trained, finish, 20)


def test_before_any_vector_is_known_nothing_is_told(session, grade_truly, finish):
    grade_truly(10)
    assert alikes(session, finish, 20) is None


def test_before_anything_is_graded_there_are_none(trained, finish):
    trained.grade(trained.table.ids, None)
    assert alikes(trained, finish, 20) == ()


def test_of_very_many_a_part_drawn_by_chance_is_compared(trained, finish, monkeypatch):
    monkeypatch.setattr(standards, "MOST_GRADED", 8)
    before = {one.photo_id for one in alikes(trained, finish, 20, count=99)}
    assert len(before) == 8
    trained.grade([trained.table.ids[19]], Grade.POOR)
    after = {one.photo_id for one in alikes(trained, finish, 20, count=99)}
    assert len(after) == 8
    assert len(before - after) <= 1  # the part stays the same but for what came in
