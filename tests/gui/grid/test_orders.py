import numpy as np
import pytest

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
        (orders.surest_first, [2, 1, 3, 0]),
        (orders.worst_first, [3, 1, 2, 0]),
        (orders.best_first, [2, 1, 3, 0]),
    ],
)
def test_an_order_sorts_rows(proposed, order: orders.Order, found: list[int]) -> None:
    assert order(proposed, np.array([2, 0, 3, 1])).tolist() == found


def test_names_are_sorted_as_a_person_counts(table) -> None:
    names = ["Stamp 10", "stamp 9", "album/1", "stamp"]
    assert orders.by_name(names)(table, np.array([0, 1, 3, 2])).tolist() == [2, 3, 1, 0]
