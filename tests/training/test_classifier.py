"""A classifier proposes, and survives its bytes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError, ModelError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.checkpoint import Checkpoint, from_bytes, to_bytes
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.training import classifier as classifier_module
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.config import TrainingConfig


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


@pytest.mark.parametrize("name", ["mean", "scale"])
def test_a_model_that_is_not_finite_is_refused(classifier: Classifier, name: str) -> None:
    checkpoint = from_bytes(classifier.to_bytes())
    broken = {**checkpoint.arrays, name: checkpoint.arrays[name] * np.nan}

    with pytest.raises(ModelError, match=r"damaged: its scales hold NaN or infinity"):
        Classifier.from_bytes(to_bytes(replace(checkpoint, arrays=broken)))


@pytest.mark.parametrize("temperature", [0.0, -1.0, 1e-45, 1e4, np.nan, np.inf, None, "warm"])
def test_a_temperature_out_of_its_range_is_refused(
    classifier: Classifier, temperature: Any
) -> None:
    with pytest.raises(ConfigError, match=r"temperature must be from 0.001 to 1,000"):
        replace(classifier, temperature=temperature)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e39, 1e300])
def test_a_feature_that_is_not_finite_names_its_photo_among_all(
    classifier: Classifier,
    graded: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    value: float,
) -> None:
    monkeypatch.setattr(classifier_module, "ROWS", 7)
    x = graded(30)[0].astype(np.float64)
    x[17, 3] = value

    with pytest.raises(InputError, match="features of photo 17 hold NaN or infinity, or a number"):
        classifier.probabilities(x)


def test_a_feature_as_large_as_can_be_has_an_opinion(
    classifier: Classifier, graded: Callable[..., Any]
) -> None:
    x = graded(5)[0]
    x[2, 3] = 3e38
    assert np.isfinite(classifier.probabilities(x)).all()


@pytest.mark.parametrize("kind", [complex, object, str])
def test_features_that_are_no_real_numbers_are_refused(classifier: Classifier, kind: type) -> None:
    with pytest.raises(InputError, match="Features must be real numbers"):
        classifier.probabilities(np.ones((3, 12)).astype(kind))


def test_features_that_are_no_array_are_refused(classifier: Classifier) -> None:
    with pytest.raises(InputError, match=r"Features must be a NumPy array .*, not a list"):
        classifier.probabilities([[1.0] * 12])


def changed(record: dict[str, Any], **entries: Any) -> dict[str, Any]:
    """Return the record with other entries; None takes one out."""
    return {name: value for name, value in (record | entries).items() if value is not None}


@pytest.mark.parametrize(
    ("part", "entries", "reason"),
    [
        ("preprocessing", {"extractor": 3}, "its extractor is called 3"),
        ("preprocessing", {"extractor": None}, "lacks 'extractor'"),
        ("training", {"temperature": "warm"}, "temperature must be .*, not 'warm'"),
        ("training", {"temperature": True}, "temperature must be .*, not True"),
        ("training", {"temperature": None}, "lacks 'temperature'"),
        ("training", {"config": None}, "lacks 'config'"),
        ("training", {"config": ["loss"]}, "mapping"),
        ("training", {"config": 7}, ""),
        ("training", {"config": {"epochs": 0}}, "epochs must be .*, not 0"),
        ("training", {"config": {"wings": 2}}, "no setting 'wings'"),
        ("arrays", {"mean": np.zeros(12)}, r"scales are float64 of shape \(12,\)"),
        ("arrays", {"scale": np.ones((3, 12), int)}, "scales are int"),
        ("arrays", {"scale": None}, "lacks 'scale'"),
    ],
)
def test_a_sealed_model_that_makes_no_sense_is_refused(
    finish: Callable[..., Any],
    graded: Callable[..., Any],
    quick: TrainingConfig,
    part: str,
    entries: dict[str, Any],
    reason: str,
) -> None:
    whole = finish(train_classifier(*graded(), quick, 0)).classifier("eye-1")
    checkpoint = from_bytes(whole.to_bytes())
    told = changed(dict(getattr(checkpoint, part)), **entries)

    with pytest.raises(ModelError, match=f"not a classifier of photos, or a newer .*{reason}"):
        Classifier.from_bytes(to_bytes(replace(checkpoint, **{part: told})))


def test_a_temperature_without_measure_is_refused(classifier: Classifier) -> None:
    checkpoint = from_bytes(classifier.to_bytes())
    hot = replace(checkpoint, training={**checkpoint.training, "temperature": 10**400})

    with pytest.raises(ModelError, match="The temperature must be from"):
        Classifier.from_bytes(to_bytes(hot))
