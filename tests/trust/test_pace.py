"""How fast a person decides is read from when they did what."""

from datetime import UTC, datetime, timedelta

import pytest

from tinyclf.domain import ActKind, Stroke
from tinyclf.trust.effort import Pace
from tinyclf.trust.pace import pace_of


def strokes(*steps):
    """Acts of (kind, seconds since the one before, photos)."""
    when, made = datetime(2024, 5, 1, tzinfo=UTC), []
    for kind, seconds, photos in steps:
        when += timedelta(seconds=seconds)
        made.append(Stroke(kind, when, photos))
    return made


def test_without_acts_the_usual_pace_is_believed():
    assert pace_of([]) == Pace()


def test_few_acts_say_nothing():
    assert pace_of(strokes(*[(ActKind.GRADE, 4.0, 1)] * 8)) == Pace()


def test_a_grade_takes_the_time_since_the_one_before():
    assert pace_of(strokes(*[(ActKind.GRADE, 2.5, 1)] * 20)).grade == pytest.approx(2.5)


def test_who_drinks_a_coffee_decides_nothing_meanwhile():
    steps = [(ActKind.GRADE, 2.0, 1), (ActKind.GRADE, 600.0, 1)] * 20
    assert pace_of(strokes(*steps)).grade == pytest.approx(2.0)


def test_many_photos_graded_at_once_are_no_measure():
    assert pace_of(strokes(*[(ActKind.GRADE, 9.0, 12)] * 20)).grade == Pace().grade


def test_a_wall_takes_its_corrections_and_a_glance_at_each_tile():
    wall = [
        (ActKind.GRADE, 1.0, 1),
        *[(ActKind.CORRECT, 2.0, 1)] * 12,
        (ActKind.ACCEPT_REST, 44.0, 100),
    ]
    pace = pace_of(strokes(*wall))
    assert pace.correction == pytest.approx(2.0)
    assert pace.glance == pytest.approx(44.0 / 112)


def test_a_wall_accepted_unseen_is_no_measure():
    wall = [(ActKind.GRADE, 1.0, 1), (ActKind.ACCEPT_REST, 1.0, 500)]
    assert pace_of(strokes(*wall)).glance == Pace().glance


def test_tables_of_grades_are_no_measure():
    assert pace_of(strokes(*[("import-grades", 1.0, 1)] * 30)) == Pace()
