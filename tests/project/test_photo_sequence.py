"""Photos of a table that are made when they are asked for."""

import numpy as np

from tinyclf.project import PhotoTable


def test_they_are_the_photos_of_the_rows(store):
    table = PhotoTable.load(store)
    photos = table.photos(np.array([2, 0]))
    assert list(photos) == [table.photo(2), table.photo(0)]
    assert photos.ids == [table.ids[2], table.ids[0]]


def test_a_part_of_them_is_as_lazy(store):
    table = PhotoTable.load(store)
    part = table.photos(np.arange(5))[1:3]
    assert (len(part), part[-1]) == (2, table.photo(2))


def test_some_of_them_are_as_lazy(store):
    table = PhotoTable.load(store)
    some = table.photos(np.arange(4)).only(np.array([True, False, False, True]))
    assert some.ids == [table.ids[0], table.ids[3]]
    assert list(some) == [table.photo(0), table.photo(3)]
