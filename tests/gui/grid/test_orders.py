import numpy as np
import pytest

from tinyclf.domain import PhotoId
from tinyclf.trust.review_order import most_doubtful_first
from tinyclf_gui.models import orders


@pytest.fixture
def proposed(table):
    """Row 0 has no proposal, 1 is unsure of 4, 2 sure of 5, 3 unsure of 1 but graded 2 by hand."""
    table.propose(1, 0, 0, 0.3, 0.5, 0.2)
    table.propose(2, 0, 0, 0, 0.1, 0.9)
    table.propose(3, 0.4, 0.3, 0.3, 0, 0)
    table.codes[3] = 2
    return table


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (orders.as_imported, [0, 1, 2, 3]),
        (orders.most_doubtful_first, [1, 2, 3, 0]),
        (orders.by(orders.grade), [3, 1, 2, 0]),
    ],
)
def test_an_order_sorts_rows(proposed, order: orders.Order, found: list[int]) -> None:
    assert order(proposed, np.array([2, 0, 3, 1])).tolist() == found


def test_what_looks_most_worn_comes_first_and_what_nobody_scored_last(proposed):
    wear = {proposed.ids[0]: -1.5, proposed.ids[2]: 2.0, proposed.ids[3]: 0.0}
    order = orders.by(orders.of_each(-orders.wear_of_rows(wear, proposed)))
    assert order(proposed, np.array([0, 1, 2, 3])).tolist() == [2, 3, 0, 1]


def test_the_walls_are_in_the_order_of_which_simulated_collectors_take_least(table):
    rng = np.random.default_rng(0)
    for row, probabilities in enumerate(rng.dirichlet(np.ones(5), len(table))):
        table.propose(row, *probabilities)
    rows = np.arange(len(table))
    assert orders.most_doubtful_first(table, rows).tolist() == (
        most_doubtful_first(table.probabilities).tolist()
    )


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (orders.by(orders.arrival, backwards=True), [3, 2, 1, 0]),
        (orders.by_doubt(backwards=True), [2, 1, 3, 0]),
        (orders.by(orders.grade, backwards=True), [2, 1, 3, 0]),
        (orders.by(orders.taken, backwards=True), [3, 2, 1, 0]),
    ],
)
def test_turned_round_what_it_has_nothing_to_say_about_still_comes_last(proposed, order, found):
    assert order(proposed, np.array([2, 0, 3, 1])).tolist() == found


def test_a_list_has_its_own_order_and_others_stand_behind_it(table):
    order = orders.as_listed([table.ids[5], PhotoId("of another"), table.ids[1]])
    assert order(table, np.arange(6)).tolist() == [5, 1, 0, 2, 3, 4]


def test_rows_have_their_own_order_too_and_what_came_later_stands_behind_them(table):
    order = orders.of_rows(np.array([4, 2]))
    assert order(table, np.arange(6)).tolist() == [4, 2, 0, 1, 3, 5]


def test_what_was_worked_out_before_a_photo_came_says_nothing_of_it(table):
    order = orders.by(orders.of_each(np.array([2.0, np.nan, 1.0])))
    assert order(table, np.arange(5)).tolist() == [2, 0, 1, 3, 4]


def test_copies_stand_together_where_the_first_of_them_is(table):
    table.group[[1, 4, 5]] = 1
    table.group[[0, 3]] = 0
    order = orders.with_copies(orders.by(orders.arrival, backwards=True))
    assert order(table, np.arange(6)).tolist() == [5, 4, 1, 3, 0, 2]
