"""A head that looks at places, beside the one of the vector: it finds the place that matters."""

from dataclasses import replace

import numpy as np
import pytest

from tinyclf.data.encoder.layout import CHANNELS, MAP_NUMBERS, PLACES
from tinyclf.errors import InputError
from tinyclf.training.attention import attention_of, map_standardizer
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.config import TrainingConfig
from tinyclf.training.feature_names import ATTENTION_MAP
from tinyclf.training.scaling import CLIP

VECTOR, THERE, PHOTOS = 5, 20, 60


@pytest.fixture(scope="module")
def config():
    return TrainingConfig(
        features=ATTENTION_MAP,
        hidden=(4,),
        folds=2,
        least_steps=150,
        learning_rate=0.05,
        dropout=0.0,
    )


@pytest.fixture(scope="module")
def photos():
    """A vector that knows nothing, and a map: one place shows damage, and how much of it."""
    rng = np.random.default_rng(0)
    y = np.arange(PHOTOS) % 5
    x = np.zeros((PHOTOS, VECTOR + MAP_NUMBERS), np.float32)
    x[:, :VECTOR] = rng.normal(size=(PHOTOS, VECTOR))
    maps = rng.normal(size=(PHOTOS, THERE, CHANNELS))
    damaged = rng.integers(THERE, size=PHOTOS)
    maps[range(PHOTOS), damaged, 0] = 8
    maps[range(PHOTOS), damaged, 1] = 4 * (y - 2)
    x[:, VECTOR : VECTOR + THERE * CHANNELS] = maps.reshape(PHOTOS, -1)
    x[:, VECTOR + PLACES * CHANNELS :][:, :THERE] = 1
    return x, y, damaged


@pytest.fixture(scope="module")
def bag(photos, config):
    job = train_classifier(photos[0], photos[1], config, 0)
    try:
        while True:
            next(job)
    except StopIteration as end:
        return end.value


@pytest.fixture(scope="module")
def classifier(bag):
    return bag.classifier("eye")


def test_it_finds_the_place_that_matters(classifier, photos):
    x, _, damaged = photos
    weights = attention_of(classifier, x)
    assert weights.shape == (PHOTOS, PLACES)
    np.testing.assert_allclose(weights.sum(axis=1), 1, atol=1e-5)
    assert not weights[:, THERE:].any()
    assert weights[range(PHOTOS), damaged].mean() > 5 / THERE


def test_what_it_finds_is_told_of_photos_it_has_not_seen(bag, photos):
    right = np.abs(bag.out_of_fold.argmax(axis=1) - photos[1]) <= 1
    assert right.mean() > 0.7


def test_equal_seeds_give_equal_bytes(bag, photos, config, finish):
    again = finish(train_classifier(photos[0], photos[1], config, 0))
    assert again.classifier("eye").to_bytes() == bag.classifier("eye").to_bytes()


def test_it_is_kept_and_read_back(classifier, photos):
    copy = Classifier.from_bytes(classifier.to_bytes())
    x = photos[0]
    np.testing.assert_array_equal(copy.probabilities(x), classifier.probabilities(x))
    np.testing.assert_array_equal(attention_of(copy, x), attention_of(classifier, x))


def test_as_onnx_it_says_the_same(classifier, photos):
    onnxruntime = pytest.importorskip("onnxruntime")
    session = onnxruntime.InferenceSession(classifier.to_onnx(), providers=["CPUExecutionProvider"])
    told = session.run(["probabilities"], {"inputs": photos[0]})[0]
    np.testing.assert_allclose(told, classifier.probabilities(photos[0]), atol=1e-5)
    copy = Classifier.from_onnx(classifier.to_onnx())
    np.testing.assert_array_equal(
        copy.probabilities(photos[0]), classifier.probabilities(photos[0])
    )


def test_any_loss_can_judge_both(photos, config, finish):
    x, y, _ = photos
    for loss in ("corn", "softmax"):
        short = replace(config, loss=loss, least_steps=1, epochs=1)
        told = finish(train_classifier(x, y, short, 0)).out_of_fold
        np.testing.assert_allclose(told.sum(axis=1), 1, atol=1e-5)


def test_a_channel_has_one_scale_whatever_the_place(photos):
    x, first = photos[0], VECTOR
    scaling = map_standardizer(x)
    scaled = scaling.apply(x, np.float64) * np.sqrt(x.shape[1])
    places = scaled[:, first : first + THERE * CHANNELS].reshape(-1, CHANNELS)
    inside = np.abs(places).max(axis=0) < CLIP
    np.testing.assert_allclose(places.mean(axis=0)[inside], 0, atol=1e-5)
    np.testing.assert_allclose(places.std(axis=0)[inside], 1, atol=1e-5)
    np.testing.assert_allclose(scaled[:, -PLACES:], x[:, -PLACES:])


def test_a_photo_without_any_place_is_graded_by_its_vector(classifier, photos):
    x = photos[0].copy()
    x[:, VECTOR:] = 0
    assert np.isfinite(classifier.probabilities(x)).all()
    assert not attention_of(classifier, x).any()


def test_features_without_a_map_are_refused(config, finish):
    with pytest.raises(InputError, match=rf"rows of more than {MAP_NUMBERS} numbers, not of 12"):
        finish(train_classifier(np.eye(12), np.arange(12) % 5, config, 0))


def test_other_classifiers_look_nowhere(quick, graded, finish):
    x, y = graded()
    assert attention_of(finish(train_classifier(x, y, quick, 0)).classifier("eye"), x) is None
