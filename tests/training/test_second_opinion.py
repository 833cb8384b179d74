"""A second opinion is mixed in as far as it was right about photos that neither opinion knew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.errors import ConfigError, ModelError
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.config import TrainingConfig
from tinyclf.training.second_opinion import (
    FOR_FIRST,
    FOR_SECOND,
    SecondOpinion,
    mixed,
    share_of_second,
)

SHARE = 0.3

RIGHT, WRONG = (0.8, 0.2), (0.2, 0.8)

USUAL = FOR_SECOND / (FOR_FIRST + FOR_SECOND)


@pytest.fixture
def second(
    finish: Callable[..., Any], graded: Callable[..., Any], quick: TrainingConfig
) -> Classifier:
    config = replace(quick, loss="softmax", hidden=())
    trained: Classifier = finish(train_classifier(*graded(), config, 1)).classifier("eye-1", 0.8)
    return trained


@pytest.fixture
def both(classifier: Classifier, second: Classifier) -> Classifier:
    return replace(classifier, second=SecondOpinion(second, SHARE))


def test_it_mixes_the_two(
    both: Classifier, classifier: Classifier, second: Classifier, graded: Callable[..., Any]
) -> None:
    x, _ = graded(30)
    mixture = (1 - SHARE) * classifier.probabilities(x) + SHARE * second.probabilities(x)
    np.testing.assert_allclose(both.probabilities(x), mixture, atol=1e-6)


def test_it_survives_its_bytes(both: Classifier, graded: Callable[..., Any]) -> None:
    again = Classifier.from_bytes(both.to_bytes())
    x, _ = graded(30)
    assert (again.probabilities(x) == both.probabilities(x)).all()
    assert again.second is not None
    assert again.second.share == SHARE
    assert again.to_bytes() == both.to_bytes()


def test_onnx_mixes_as_it_does(both: Classifier, graded: Callable[..., Any]) -> None:
    pytest.importorskip("onnx")
    onnxruntime = pytest.importorskip("onnxruntime")
    x = graded(30)[0].astype(np.float32)
    session = onnxruntime.InferenceSession(both.to_onnx(), providers=["CPUExecutionProvider"])
    [p] = session.run(["probabilities"], {"inputs": x})
    np.testing.assert_allclose(p, both.probabilities(x), atol=1e-5)


def test_it_comes_back_from_onnx_bit_for_bit(both: Classifier) -> None:
    pytest.importorskip("onnx")
    assert Classifier.from_onnx(both.to_onnx()).to_bytes() == both.to_bytes()


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_is_a_part_of_the_whole(second: Classifier, share: float) -> None:
    with pytest.raises(ConfigError, match="share of a second opinion"):
        SecondOpinion(second, share)


def test_one_of_other_features_is_refused(classifier: Classifier, second: Classifier) -> None:
    other = replace(second, extractor_key="eye-2")
    with pytest.raises(ModelError, match=r"eye-2.*train again"):
        replace(classifier, second=SecondOpinion(other, SHARE))


def test_a_second_has_no_second(both: Classifier) -> None:
    with pytest.raises(ModelError, match="must not hear another"):
        SecondOpinion(both, SHARE)


def test_a_damaged_second_is_told(both: Classifier) -> None:
    checkpoint = both._checkpoint()
    arrays = {**checkpoint.arrays, "second": np.frombuffer(b"nonsense", np.uint8)}
    with pytest.raises(ModelError, match="damaged"):
        Classifier._of(replace(checkpoint, arrays=arrays))


def test_the_surer_of_two_right_ones_gets_most() -> None:
    first, second = np.full((90, 2), 1 / 2), np.tile(RIGHT, (90, 1))
    share = share_of_second(first, second, np.zeros(90, int))
    slope = 90 * 0.3 / (0.5 + 0.3 * share) + FOR_SECOND / share - FOR_FIRST / (1 - share)
    assert slope == pytest.approx(0, abs=1e-2)
    assert share > 2 * USUAL


def test_one_that_is_always_wrong_is_not_heard() -> None:
    first, second = np.tile((1.0, 0.0), (900, 1)), np.tile((0.0, 1.0), (900, 1))
    assert share_of_second(first, second, np.zeros(900, int)) == 0


def test_one_that_is_mostly_wrong_is_hardly_heard() -> None:
    first, second = np.tile(RIGHT, (90, 1)), np.tile(WRONG, (90, 1))
    assert 0 < share_of_second(first, second, np.zeros(90, int)) < USUAL / 3


def test_equal_opinions_leave_it_to_the_prior() -> None:
    same = np.tile(RIGHT, (90, 1))
    assert share_of_second(same, same, np.zeros(90, int)) == pytest.approx(USUAL, abs=1e-4)


def test_two_that_are_right_about_different_photos_share() -> None:
    y = np.zeros(400, int)
    first = np.tile((0.6, 0.4), (400, 1))
    second = np.where(np.arange(400)[:, None] < 200, (0.99, 0.01), (0.3, 0.7))
    share = share_of_second(first, second, y)
    assert 0.1 < share < 0.9
    alone = np.log(first[:, 0]).mean()
    assert np.log(mixed(first, second, share)[:, 0]).mean() > alone


def test_few_photos_hardly_move_it() -> None:
    first, second = np.tile((0.5, 0.5), (4, 1)), np.tile(RIGHT, (4, 1))
    assert USUAL < share_of_second(first, second, np.zeros(4, int)) < USUAL + 0.1


def test_a_certain_mistake_does_not_divide_by_zero() -> None:
    first, second = np.tile((0.0, 1.0), (30, 1)), np.tile((0.0, 1.0), (30, 1))
    assert 0 <= share_of_second(first, second, np.zeros(30, int)) <= 1


def test_no_photos_leave_it_to_the_prior() -> None:
    none = np.empty((0, 5))
    assert share_of_second(none, none, np.empty(0, int)) == pytest.approx(USUAL, abs=1e-4)


def test_a_mixture_sums_to_one() -> None:
    p = mixed(np.tile(RIGHT, (3, 1)), np.tile(WRONG, (3, 1)), 0.25)
    np.testing.assert_allclose(p, np.tile((0.65, 0.35), (3, 1)))
