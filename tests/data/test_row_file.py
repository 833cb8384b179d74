"""Rows of numbers kept in a file: those that come back are those that were written."""

import numpy as np
import pytest

from tinyclf.data import row_file
from tinyclf.data.cache_file import IN_MEMORY
from tinyclf.data.row_file import ChosenRows, RowFile
from tinyclf.errors import StorageError


@pytest.fixture
def rows():
    return np.random.default_rng(0).normal(size=(100, 7)).astype(np.float32)


@pytest.fixture
def kept(tmp_path, rows):
    kept = RowFile(tmp_path, 7)
    kept.append(rows[:40])
    kept.append(rows[40:])
    return kept


@pytest.mark.parametrize("at_once", [1, 3, 99, 4096])
@pytest.mark.parametrize(
    "places", [[], [5], [99, 0, 50], [3, 3, 2], range(100), range(99, -1, -1)], ids=str
)
def test_rows_come_back_exactly_in_the_order_asked_for(kept, rows, places, at_once, monkeypatch):
    monkeypatch.setattr(row_file, "READ_AT_ONCE", at_once)
    places = np.array(places, np.intp)
    np.testing.assert_array_equal(kept.take(places), rows[places])


@pytest.mark.parametrize(
    "wanted", [slice(None), slice(1, 3), np.array([3, 0]), np.array([True, False, False, True])]
)
def test_chosen_rows_are_indexed_as_a_matrix_of_them(kept, rows, wanted):
    places = np.array([40, 3, 99, 3])
    chosen = ChosenRows(kept, places)
    assert chosen.shape == (len(chosen), 7) == (4, 7)
    np.testing.assert_array_equal(chosen[wanted], rows[places][wanted])


def test_rows_written_after_reading_stand_behind_the_others(kept, rows):
    kept.take(np.array([1]))
    kept.append(rows[:1])
    assert len(kept) == 101
    np.testing.assert_array_equal(kept.take(np.array([100, 99])), rows[[0, 99]])


@pytest.mark.parametrize("place", [-1, 100])
def test_there_is_no_other_row(kept, place):
    with pytest.raises(IndexError):
        kept.take(np.array([place]))


def test_a_folder_that_was_removed_is_made_again(tmp_path, rows):
    kept = RowFile(tmp_path / "gone" / "caches", 7)
    kept.append(rows)
    np.testing.assert_array_equal(kept.take(np.arange(100)), rows)


def test_rows_of_another_width_are_refused(kept):
    with pytest.raises(ValueError, match="7 numbers"):
        kept.append(np.zeros((2, 6), np.float32))


def test_nothing_of_it_stays_on_the_disk(kept, tmp_path):
    del kept
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_of_caches_the_systems_serves(rows):
    kept = RowFile(IN_MEMORY, 7)
    kept.append(rows)
    np.testing.assert_array_equal(kept.take(np.arange(100)), rows)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "no folder").touch()
    with pytest.raises(StorageError, match="no folder"):
        RowFile(tmp_path / "no folder", 7)


def test_a_full_disk_is_told(kept, rows, monkeypatch):
    class Full:
        def seek(self, _):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "_file", Full())
    with pytest.raises(StorageError, match="No space left"):
        kept.append(rows)
