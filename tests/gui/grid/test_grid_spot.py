"""Where a person was in a grid, found again among other rows."""

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel

from tinyclf_gui.widgets.grid_spot import MOST_RANGES, Spot
from tinyclf_gui.widgets.photo_grid import PhotoGrid

Select = QItemSelectionModel.SelectionFlag


def test_the_same_photos_are_found_in_their_new_places(model, table) -> None:
    model.set_rows(np.array([9, 3, 4, 7]))
    spot = Spot(table.ids[7], np.array([3, 4, 5]))
    assert spot.among(model) == (3, [(1, 2)], 0)


def test_in_place_of_a_photo_that_is_gone_the_first_selected_comes_into_focus(model, table) -> None:
    model.set_rows(np.array([9, 3, 4, 7]))
    assert Spot(table.ids[0], np.array([7, 4])).among(model)[0] == 2
    assert Spot(table.ids[0], np.array([0, 1])).among(model) == (0, [], 0)


@pytest.mark.parametrize("table", [2 * MOST_RANGES + 2], indirect=True)
def test_a_selection_scattered_too_widely_is_given_up(model, table) -> None:
    model.set_rows(np.arange(len(table)))
    selected = np.arange(0, len(table), 2)
    assert Spot(None, selected).among(model) == (0, [], len(selected))


@pytest.mark.parametrize("table", [2 * MOST_RANGES + 2], indirect=True)
def test_that_a_selection_is_given_up_is_told(model, table, pool, qtbot) -> None:
    grid = PhotoGrid(model, pool)
    qtbot.addWidget(grid)
    half = len(table) // 2
    grid.select_positions([(0, half - 1)], Select.ClearAndSelect)
    with qtbot.waitSignal(grid.told) as heard:
        model.set_rows(np.argsort(np.arange(len(table)) % half, kind="stable"))
    assert heard.args == ["1,001 photos are no longer selected: here they lie too scattered."]
    assert grid.count_targets() == 1


def test_a_selection_that_is_kept_is_not_told(model, pool, qtbot) -> None:
    grid = PhotoGrid(model, pool)
    qtbot.addWidget(grid)
    grid.select_positions([(3, 5)], Select.ClearAndSelect)
    with qtbot.assertNotEmitted(grid.told):
        model.set_rows(np.arange(40)[::-1])
    assert grid.count_targets() == 3
