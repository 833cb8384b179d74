import pytest

from tinyclf.cli.words import (
    advice_in_words,
    count_of,
    gate_in_words,
    grades_in_words,
    let_in_words,
    per_cent,
    standing_in_words,
)
from tinyclf.domain import GRADES, Grade, Interval, JudgedOn, Quality
from tinyclf.training.comparison import ComparisonRow, Standing
from tinyclf.training.gate import Gate
from tinyclf.trust.advice import Advice, Step


def test_one_is_not_many():
    assert [count_of(n, "photo") for n in (0, 1, 2, 1200)] == [
        "0 photos",
        "1 photo",
        "2 photos",
        "1,200 photos",
    ]


@pytest.mark.parametrize(
    ("standing", "chance", "recommended", "words"),
    [
        (Standing.BEST, None, True, "best"),
        (Standing.BEST, None, False, "best"),
        (Standing.TIE, 0.4, True, "a tie, and smaller: take it"),
        (Standing.TIE, 0.4, False, "a tie"),
        (Standing.WORSE, 0.034, False, "3 % chance to be better"),
    ],
)
def test_a_standing_says_what_to_take(standing, chance, recommended, words):
    sure = Interval(1, 1, 1)
    quality = Quality(sure, sure, sure, sure, (), JudgedOn.CROSS_VALIDATION, 1)
    row = ComparisonRow("fast", quality, sure, 1, 1, 1, 1, {}, chance, standing, recommended)
    assert standing_in_words(row) == words


def test_a_share_comes_with_its_range():
    assert per_cent(Interval(0.764, 0.721, 0.8)) == "76 % (72 to 80)"


@pytest.mark.parametrize(
    ("grades", "words"),
    [
        (GRADES, "each grade"),
        ((Grade(2),), "grade 2"),
        ((Grade(1), Grade(5)), "grades 1 and 5"),
        ((Grade(1), Grade(2), Grade(5)), "grades 1, 2 and 5"),
    ],
)
def test_grades_are_listed_as_people_do(grades, words):
    assert grades_in_words(grades) == words


@pytest.mark.parametrize("step", Step)
def test_every_step_has_a_sentence(step):
    sentence = advice_in_words(Advice(step, (Grade(3),), 1))
    assert sentence.endswith(".")
    assert "1 photos" not in sentence


def test_the_gate_is_told_plainly_with_its_figures():
    assert gate_in_words(Gate(True, 0.123, 0.04)) == (
        "The damage encoder helps here: it is on (held-out log-loss 0.123 ± 0.040 lower with it)."
    )
    assert gate_in_words(Gate(False, -0.02, 0.03)) == (
        "The damage encoder does not help here: it is off "
        "(held-out log-loss 0.020 ± 0.030 higher with it)."
    )


def test_a_comparison_says_whether_the_damage_encoder_took_part():
    assert let_in_words(()) == ""
    assert let_in_words((True, True)) == "damage encoder on"
    assert let_in_words((False, False)) == "damage encoder off"
    assert let_in_words((True, False, True)) == "damage encoder on in 2 of 3 folds"
