"""The commands tell of bad photos, and learn from them only when they are told to."""

from __future__ import annotations

from itertools import islice

import pytest
from PIL import Image, ImageFilter

BLURRED = 4


@pytest.fixture
def spoilt(own_stamps, truth):
    """Stamps the first of which are blurred."""
    for name in islice(truth, BLURRED):
        photo = Image.open(own_stamps / name).filter(ImageFilter.GaussianBlur(8))
        photo.save(own_stamps / name)
    return own_stamps


@pytest.fixture
def collection(tinyclf, file, spoilt, truth, table):
    assert tinyclf("new", file, "--photos", spoilt).code == 0
    assert tinyclf("grade", file, "--csv", table(list(truth.items())[:20])).code == 0
    return file


def test_an_import_tells_of_them(tinyclf, file, spoilt):
    told = tinyclf("new", file, "--photos", spoilt, "--json").json
    assert told["bad_photos"] == told["faults"]["blurred"] == BLURRED
    assert told["faults"]["dark"] == 0


def test_the_status_tells_of_them(tinyclf, collection):
    told = tinyclf("status", collection, "--json").json
    assert (told["bad_photos"], told["bad_graded"], told["fine_photos"]) == (4, 4, 0)
    words = tinyclf("status", collection).out
    assert "4 look bad (4 blurred); 4 of them graded, and not learnt from" in words


def test_nothing_is_learnt_from_them(tinyclf, collection):
    outcome = tinyclf("train", collection, "--json")
    assert (outcome.json["grades"], outcome.json["bad_left_out"]) == (16, 4)
    assert "4 graded photos not learnt from" in outcome.err
    assert "--use-bad-photos" in outcome.err


def test_all_is_learnt_from_when_that_is_wanted(tinyclf, collection):
    outcome = tinyclf("train", collection, "--use-bad-photos", "--json")
    assert (outcome.json["grades"], outcome.json["bad_left_out"]) == (20, 0)
    assert "not learnt from" not in outcome.err


def test_where_only_bad_ones_are_graded_the_way_out_is_named(tinyclf, file, spoilt, truth, table):
    assert tinyclf("new", file, "--photos", spoilt).code == 0
    grades = dict(zip(list(truth)[:BLURRED], (1, 2, 3, 4), strict=True))
    assert tinyclf("grade", file, "--csv", table(list(grades.items()))).code == 0
    outcome = tinyclf("train", file)
    assert outcome.code != 0
    assert "All the same: --use-bad-photos." in outcome.err
