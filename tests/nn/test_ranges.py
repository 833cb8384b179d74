import math
from fractions import Fraction

import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.ranges import (
    no_such,
    require,
    require_positive,
    require_share,
    require_whole,
    require_word,
)


@pytest.mark.parametrize("number", [3, np.uint8(3), np.int64(3)])
def test_whole_numbers_of_any_kind_become_pythons(number):
    whole = require_whole("It", number, 1, 3)

    assert (type(whole), whole) == (int, 3)


@pytest.mark.parametrize("check", [require, require_share, require_positive])
@pytest.mark.parametrize("number", [0.5, np.float32(0.5), np.float64(0.5)])
def test_numbers_of_any_kind_become_pythons(check, number):
    ends = (0, 1) if check is require else ()

    assert (type(check("It", number, *ends)), check("It", number, *ends)) == (float, 0.5)


def test_whole_settings_become_floats_where_any_number_will_do():
    assert type(require("It", 1, 0.0, 1.0)) is float


WRONG = [
    (True, "True"),
    ("3", "'3'"),
    (None, "None"),
    (math.nan, "nan"),
    (2j, "a complex"),
    ([1], "a list"),
    (np.bool_(True), "a bool"),
    (Fraction(-7, 2), r"Fraction\(-7, 2\)"),
    (-(10**5000), r"one of about 5,00\d digits"),
]


@pytest.mark.parametrize(
    ("wrong", "spelled"), [*WRONG, (2.0, "2.0"), (np.float64(2), "2.0")], ids=lambda value: ""
)
def test_what_is_no_whole_number_is_refused(wrong, spelled):
    with pytest.raises(ConfigError, match=f"^It must be a whole number from 1 to 3, not {spelled}"):
        require_whole("It", wrong, 1, 3)


@pytest.mark.parametrize(("wrong", "spelled"), WRONG, ids=lambda value: "")
def test_what_is_no_number_is_refused(wrong, spelled):
    with pytest.raises(ConfigError, match=f"^It must be from 1 to 3, not {spelled}"):
        require("It", wrong, 1, 3)
    with pytest.raises(ConfigError, match=f"^It must be at least 0 and less than 1, not {spelled}"):
        require_share("It", wrong)
    with pytest.raises(ConfigError, match=f"^It must be more than 0, not {spelled}"):
        require_positive("It", wrong)


@pytest.mark.parametrize(
    ("wrong", "told"), [("c", "'c'"), (["a"], "a list"), (None, "None"), (3, "3")]
)
def test_what_is_none_of_the_words_is_refused_with_them(wrong, told):
    assert require_word("It", "a", {"a": 1, "b": 2}) == "a"
    with pytest.raises(ConfigError, match=f"^It must be one of a, b, not {told}"):
        require_word("It", wrong, {"a": 1, "b": 2})


def test_of_unknown_names_the_nearest_is_told_or_all():
    assert no_such("bird", "ducc", ["duck", "hen"]).endswith("'ducc': did you mean 'duck'?")
    assert no_such("bird", "7", ["duck", "hen"]).endswith("'7': known are duck, hen.")
