"""A classifier that hears another one: it mixes, survives its bytes, and refuses strangers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.errors import ConfigError, ModelError
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier, SecondOpinion
from tinyclf.training.config import TrainingConfig

SHARE = 0.3


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
