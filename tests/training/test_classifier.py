"""A classifier proposes, and survives its bytes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.errors import ModelError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.checkpoint import Checkpoint, to_bytes
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.training import classifier as classifier_module
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.config import CHOICES, TrainingConfig


@pytest.fixture(params=CHOICES["loss"])
def classifier(
    finish: Callable[..., Any],
    graded: Callable[..., Any],
    quick: TrainingConfig,
    request: pytest.FixtureRequest,
) -> Any:
    config = replace(quick, loss=request.param)
    return finish(train_classifier(*graded(), config, 0)).classifier("eye-1", 1.7)


def test_probabilities_sum_to_one(classifier: Classifier, graded: Callable[..., Any]) -> None:
    p = classifier.probabilities(graded(17)[0])
    assert (p.shape, p.dtype) == ((17, 5), np.float32)
    assert np.allclose(p.sum(axis=1), 1)
    assert classifier.probabilities(np.empty((0, 12))).shape == (0, 5)


def test_its_opinion_of_a_photo_does_not_depend_on_the_others(
    classifier: Classifier, graded: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    x, _ = graded(30)
    whole = classifier.probabilities(x)
    monkeypatch.setattr(classifier_module, "ROWS", 7)
    assert np.allclose(classifier.probabilities(x), whole, atol=1e-6)


def test_proposing_as_a_job_is_the_same(
    classifier: Classifier,
    graded: Callable[..., Any],
    finish: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    x, _ = graded(30)
    monkeypatch.setattr(classifier_module, "ROWS", 7)
    assert [report.done for report in classifier.propose(x)] == [0, 7, 14, 21, 28, 30]
    assert (finish(classifier.propose(x)) == classifier.probabilities(x)).all()


def test_it_survives_its_bytes(classifier: Classifier, graded: Callable[..., Any]) -> None:
    again = Classifier.from_bytes(classifier.to_bytes())
    x, _ = graded(20)
    assert (again.probabilities(x) == classifier.probabilities(x)).all()
    assert again.extractor_key == "eye-1"
    assert again.class_names == ("1", "2", "3", "4", "5")
    assert (again.temperature, again.config) == (1.7, classifier.config)
    assert again.to_bytes() == classifier.to_bytes()


def test_a_hotter_classifier_is_less_sure_of_the_same(
    classifier: Classifier, graded: Callable[..., Any]
) -> None:
    x, _ = graded(20)
    member = replace(classifier, members=classifier.members[:1])
    cool, hot = (replace(member, temperature=t).probabilities(x) for t in (0.8, 3.0))
    assert (hot.max(axis=1) < cool.max(axis=1)).all()
    assert (hot.argmax(axis=1) == cool.argmax(axis=1)).all()


def test_features_of_another_width_are_refused(classifier: Classifier) -> None:
    with pytest.raises(ModelError, match=r"width 12, not of shape \(3, 9\)"):
        classifier.probabilities(np.ones((3, 9)))


def test_damaged_bytes_are_refused(classifier: Classifier) -> None:
    blob = bytearray(classifier.to_bytes())
    blob[-5] ^= 1
    with pytest.raises(ModelError):
        Classifier.from_bytes(bytes(blob))


def test_a_checkpoint_of_something_else_is_refused() -> None:
    network = mlp(3, (), 2)
    theta = np.zeros((1, network.n_parameters))
    blob = to_bytes(Checkpoint(network, SoftmaxCrossEntropy(2), theta, ("no", "yes")))
    with pytest.raises(ModelError, match="not a classifier of photos"):
        Classifier.from_bytes(blob)


@pytest.mark.parametrize("name", ["mean", "scale", "temperature"])
def test_a_model_that_is_not_finite_is_refused(classifier: Classifier, name: str) -> None:
    member = classifier.members[0]
    if name == "temperature":
        spoiled = replace(classifier, temperature=0.0)
    else:
        broken = {name: getattr(member.standardizer, name) * np.nan}
        scaling = replace(member.standardizer, **broken)
        spoiled = replace(classifier, members=(replace(member, standardizer=scaling),))

    with pytest.raises(ModelError, match="NaN or infinity, or its temperature"):
        Classifier.from_bytes(spoiled.to_bytes())
