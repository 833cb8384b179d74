import pytest

from tinyclf.cli.trust_words import consistency_in_words, stop_in_words
from tinyclf.cli.words import (
    advice_in_words,
    clock_in_words,
    count_of,
    gate_in_words,
    grades_in_words,
    let_in_words,
    per_cent,
    share_in_words,
    standing_in_words,
)
from tinyclf.domain import GRADES, Grade, Interval, JudgedOn, Quality
from tinyclf.training.comparison import ComparisonRow, Standing
from tinyclf.training.gate import Gate
from tinyclf.trust.advice import Advice, Step
from tinyclf.trust.consistency import Consistency
from tinyclf.trust.stop_advice import StopAdvice, Way


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
        (Standing.TIE, 0.4, True, "a tie: take it"),
        (Standing.TIE, 0.4, False, "a tie"),
        (Standing.WORSE, 0.034, False, "3 % chance to be better"),
    ],
)
def test_a_standing_says_what_to_take(standing, chance, recommended, words):
    sure = Interval(1, 1, 1)
    quality = Quality(sure, sure, sure, sure, (), JudgedOn.CROSS_VALIDATION, 1)
    row = ComparisonRow("fast", quality, sure, 1, 1, 1, 1, {}, chance, standing, recommended)
    assert standing_in_words(row) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 %"), (0.764, "76 %"), (0.997, "99 %"), (1, "100 %"), (1.17, "117 %")],
)
def test_nothing_less_than_everything_is_a_hundred_per_cent(share, words):
    assert share_in_words(share) == words


def test_a_clock_shows_minutes_and_seconds():
    assert [clock_in_words(one) for one in (4.6, 60, 307, 7384)] == [
        "0:05",
        "1:00",
        "5:07",
        "123:04",
    ]


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
        "The condition encoder helps here: it is on "
        "(held-out log-loss 0.123 ± 0.040 lower with it)."
    )
    assert gate_in_words(Gate(False, -0.02, 0.03)) == (
        "The condition encoder does not help here: it is off "
        "(held-out log-loss 0.020 ± 0.030 higher with it)."
    )


def test_a_comparison_says_whether_the_condition_encoder_took_part():
    assert let_in_words(()) == ""
    assert let_in_words((True, True)) == "condition encoder on"
    assert let_in_words((False, False)) == "condition encoder off"
    assert let_in_words((True, False, True)) == "condition encoder on in 2 of 3 folds"


@pytest.mark.parametrize(
    ("photos", "words"),
    [(1, "1 photo: too few to tell."), (10, "10 photos: no classifier can do better.")],
)
def test_one_photo_shown_again_is_no_ceiling(photos, words):
    agreement = Interval(0.5, 0.2, 0.8)
    told = consistency_in_words(Consistency(agreement, agreement, photos))
    assert told == f"You agree with yourself 50 % (20 to 80), seen on {words}"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-36, -10, "that takes a training on 150 grades."),
        (-20, 5, "(grading 50 more first: between 20 s lost and 5 s saved)."),
    ],
)
def test_an_interval_is_told_only_where_it_is_why_nobody_can_tell(low, high, words):
    stop = StopAdvice(Way.NOT_SURE, 0.95, 50, 90.0, Interval((low + high) / 2, low, high))
    assert stop_in_words(stop).endswith(words)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(-29, -10, "10 s to 29 s lost"), (-36.2, -36, "about 36 s lost"), (8, 9, "8 s to 9 s saved")],
)
def test_what_is_lost_or_saved_surely_is_not_between_the_two(low, high, words):
    stop = StopAdvice(Way.REVIEW, 0.95, 50, 90.0, Interval(low, low, high))
    assert f"(grading 50 more first: {words})." in stop_in_words(stop)


def test_what_ties_but_is_less_often_right_says_so():
    sure = Interval(1, 1, 1)
    quality = Quality(sure, sure, sure, sure, (), JudgedOn.CROSS_VALIDATION, 1)
    row = ComparisonRow(
        "fast", quality, sure, 1, 1, 1, 1, {}, 0.4, Standing.TIE, recommended=False,
        fewer_right=True,
    )  # fmt: skip
    assert standing_in_words(row) == "a tie, but surely fewer are right"
