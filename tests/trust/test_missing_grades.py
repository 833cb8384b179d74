"""Of a grade never learnt from nobody can tell how much is wrong, unless there seems to be none."""

from tinyclf.domain import Grade
from tinyclf.trust.missing_grades import MissingGrades, missing_grades


def test_what_was_never_learnt_from_is_missing() -> None:
    found = missing_grades([15, 0, 0, 0, 15], [15, 0, 0, 0, 15], photos=160)
    assert found == MissingGrades(untold=(Grade.POOR, Grade.FAIR, Grade.GOOD))
    assert missing_grades([1, 1, 1, 1, 1], [1, 1, 1, 1, 1], photos=160) == MissingGrades()


def test_a_grade_that_was_given_since_is_still_missing() -> None:
    found = missing_grades([60, 60, 0, 9, 9], [60, 60, 2, 9, 9], photos=500)
    assert found == MissingGrades(untold=(Grade.FAIR,))


def test_among_many_grades_one_that_is_never_given_seems_to_be_absent() -> None:
    assert missing_grades([30, 0, 30, 30, 11], [30, 0, 30, 30, 11], 5000).absent == (Grade.POOR,)
    assert missing_grades([30, 0, 30, 30, 10], [30, 0, 30, 30, 10], 5000).absent == ()
    assert missing_grades([5, 0, 4, 4, 4], [5, 0, 4, 4, 4], photos=30).absent == (Grade.POOR,)
