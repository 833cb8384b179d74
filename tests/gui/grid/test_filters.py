import numpy as np
import pytest

from tinyclf.domain import Grade, Mark, PhotoId
from tinyclf_gui.models import filters
from tinyclf_gui.models.filters import Filter


@pytest.fixture
def rows(table):
    """0 graded 4 against a 2; 1 accepted 4; 2 unsure; 3 not gradable; 4 proposed 4; others new."""
    table.codes[:4] = [4, 4, Mark.UNSURE, Mark.NOT_GRADABLE]
    table.verified[1] = True
    table.propose(0, 0, 1, 0, 0, 0)
    table.propose(1, 0, 0, 0, 1, 0)
    table.propose(4, 0, 0, 0, 0.6, 0.4)
    return lambda wanted: np.flatnonzero(wanted(table)).tolist()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (filters.human, [0, 1]),
        (filters.verified, [1]),
        (filters.to_check, [4]),
        (filters.graded(Grade.GOOD), [0, 1]),
        (filters.graded(Grade.POOR), []),
        (filters.marked(Mark.UNSURE), [2]),
        (filters.marked(Mark.NOT_GRADABLE), [3]),
        (filters.on_wall(Grade.GOOD), [0, 1, 4]),
        (filters.any_of([filters.verified, filters.to_check]), [1, 4]),
        (filters.all_of([filters.human, filters.verified]), [1]),
    ],
)
def test_a_filter_finds_its_photos(rows, wanted: Filter, found: list[int]) -> None:
    assert rows(wanted) == found


def test_without_a_filter_all_photos_are_found(rows, table) -> None:
    assert len(rows(filters.any_of([]))) == len(rows(filters.all_of([]))) == len(table)


def test_of_named_photos_those_done_since_leave(rows, table) -> None:
    done: set[PhotoId] = set()
    wanted = filters.among([table.ids[2], table.ids[0], PhotoId("of another collection")], done)
    assert rows(wanted) == [0, 2]
    done.add(table.ids[0])
    assert rows(wanted) == [2]


def test_a_grade_is_doubted_until_it_is_kept_or_changed(rows, table) -> None:
    kept: set[PhotoId] = set()
    doubts = {table.ids[row]: Grade.GOOD for row in (0, 1)}
    wanted = filters.doubted(doubts | {PhotoId("of another"): Grade.POOR}, kept)
    assert rows(wanted) == [0, 1]
    kept.add(table.ids[0])
    table.codes[1] = 2
    assert rows(wanted) == []


def test_named_photos_are_found_also_once_the_table_has_more_rows(table) -> None:
    grown = type(table)(len(table) + 1)
    wanted = filters.among([grown.ids[0], grown.ids[-1]])
    assert np.flatnonzero(wanted(table)).tolist() == [0]
    assert np.flatnonzero(wanted(grown)).tolist() == [0, len(table)]


def test_where_named_photos_stand_is_looked_up_once(rows, table) -> None:
    wanted = filters.among(table.ids)
    everything = rows(wanted)
    table.row_of = None
    assert rows(wanted) == everything


def test_a_suggested_photo_leaves_when_it_is_judged(rows, table) -> None:
    wanted = filters.suggested([table.ids[2], table.ids[7], PhotoId("of another collection")])
    assert rows(wanted) == [7]
    assert rows(filters.not_graded)[0] == 4


def test_a_mistake_stands_until_its_grade_is_another(rows, table) -> None:
    wanted = filters.mistaken([table.ids[0], table.ids[1]], Grade.GOOD)
    assert rows(wanted) == [0, 1]
    table.codes[0] = 2
    assert rows(wanted) == [1]


def test_near_duplicates_are_those_in_a_group(rows, table) -> None:
    table.group[[2, 6]] = 2
    assert rows(filters.has_duplicates) == [2, 6]
