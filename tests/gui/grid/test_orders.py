import numpy as np
import pytest

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
        (orders.worst_first, [3, 1, 2, 0]),
    ],
)
def test_an_order_sorts_rows(proposed, order: orders.Order, found: list[int]) -> None:
    assert order(proposed, np.array([2, 0, 3, 1])).tolist() == found


def test_what_looks_most_worn_comes_first_and_what_nobody_scored_last(proposed):
    wear = {proposed.ids[0]: -1.5, proposed.ids[2]: 2.0, proposed.ids[3]: 0.0}
    order = orders.most_worn_first(wear)
    assert order(proposed, np.array([0, 1, 2, 3])).tolist() == [2, 3, 0, 1]


def test_the_walls_are_in_the_order_of_which_simulated_collectors_take_least(table):
    rng = np.random.default_rng(0)
    for row, probabilities in enumerate(rng.dirichlet(np.ones(5), len(table))):
        table.propose(row, *probabilities)
    rows = np.arange(len(table))
    assert orders.most_doubtful_first(table, rows).tolist() == (
        most_doubtful_first(table.probabilities).tolist()
    )
