"""Where a person was in a grid, found again among other rows."""

import numpy as np
import pytest

from tinyclf_gui.widgets.grid_spot import MOST_RANGES, Spot


def test_the_same_photos_are_found_in_their_new_places(model, table) -> None:
    model.set_rows(np.array([9, 3, 4, 7]))
    spot = Spot(table.ids[7], np.array([3, 4, 5]))
    assert spot.among(model) == (3, [(1, 2)])


def test_in_place_of_a_photo_that_is_gone_the_first_selected_comes_into_focus(model, table) -> None:
    model.set_rows(np.array([9, 3, 4, 7]))
    assert Spot(table.ids[0], np.array([7, 4])).among(model)[0] == 2
    assert Spot(table.ids[0], np.array([0, 1])).among(model) == (0, [])


@pytest.mark.parametrize("table", [2 * MOST_RANGES + 2], indirect=True)
def test_a_selection_scattered_too_widely_is_given_up(model, table) -> None:
    model.set_rows(np.arange(len(table)))
    assert Spot(None, np.arange(0, len(table), 2)).among(model) == (0, [])
