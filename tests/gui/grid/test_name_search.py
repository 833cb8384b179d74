"""Photos are found by words of their file names and folders."""

import numpy as np
import pytest

from tinyclf_gui.models.name_search import NameSearch

NAMES = ["Bayern/Löwe 1.jpg", "Bayern/Adler.jpg", "Sachsen/löwe 12.jpg", "odd\n'name.jpg"]


@pytest.fixture
def find(table):
    """Search photos of two folders."""
    table.names = NAMES
    table.places = list(
        zip(["/p/Album", "/p/Album", "/p/Nachlass", "/p/Album"], NAMES, strict=True)
    )
    table.ids = table.ids[: len(NAMES)]
    search = NameSearch()
    return lambda words: np.flatnonzero(search.photos_with(words)(table)).tolist()


def test_a_name_is_found_that_is_no_text_on_its_disk(table):
    table.names = ["bad\udcff.png", *table.names[1:]]
    search = NameSearch()
    for words in ("bad", "bad\udcff"):
        assert search.photos_with(words)(table).tolist().index(True) == 0


def test_what_is_no_text_is_no_question_mark(table):
    table.names = ["why?.png", "bad\udcff.png", *table.names[2:]]
    table.places = [("/p/Album", name) for name in table.names]
    search = NameSearch()
    for words, row in (("?", 0), ("\udcff", 1), ("\ud83d", None)):
        found = np.flatnonzero(search.photos_with(words)(table)).tolist()
        assert found == [row] * (row is not None)


@pytest.mark.parametrize("words", ["istanbul", "ISTANBUL", "İstanbul", "ıstanbul"])
def test_an_i_is_found_with_and_without_its_dot(table, words):
    table.names = ["İstanbul.jpg", "Istanbul 2.jpg", *table.names[2:]]
    table.places = [("/p/Album", name) for name in table.names]
    found = NameSearch().photos_with(words)(table)
    assert np.flatnonzero(found).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", [0, 1, 2, 3]),
        ("  ", [0, 1, 2, 3]),
        ("löwe", [0, 2]),
        ("LO\u0308WE", [0, 2]),
        ("1.jpg", [0]),
        ("bayern löwe", [0]),
        ("löwe bay", [0]),
        ("nachlass", [2]),
        ("/p/", []),
        ("odd 'name", [3]),
        ("greif", []),
    ],
)
def test_all_words_must_be_in_the_path(find, words, found):
    assert find(words) == found


def test_what_joins_or_is_renamed_is_searched_too(table):
    wanted = NameSearch().photos_with("photo_39.jpg")
    assert np.flatnonzero(wanted(table)).tolist() == [39]
    table.names = ["new/photo_39.jpg", *table.names[1:]]
    table.places = [("/photos", name) for name in table.names]
    assert np.flatnonzero(wanted(table)).tolist() == [0, 39]


def test_no_photos_need_match(table):
    table.ids, table.names, table.places = [], [], []
    assert NameSearch().photos_with("a")(table).tolist() == []
