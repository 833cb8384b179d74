"""The bag of a simulated person is what `tinyclf train` makes."""

import numpy as np
import pytest

from tinyclf.data.encoder.layout import PLAIN_DIMENSION
from tinyclf.simulation.graded_collection import GradedCollection
from tinyclf.simulation.heads import BagHead

TOLD = np.arange(60)


@pytest.fixture
def learnt(quick, finish):
    """What a bag that was told of 60 photos makes of a collection."""

    def learn(collection: GradedCollection) -> np.ndarray:
        learner = BagHead(collection, quick).begin(seed=0)
        opinion: np.ndarray = finish(learner.learn(TOLD, collection.truth[TOLD]))
        return opinion

    return learn


def two_parts(first: float, second: float) -> GradedCollection:
    """Photos whose embedding tells the grade so well: in its first part, in its second."""
    rng = np.random.default_rng(0)
    truth = np.arange(120) % 5
    x = np.zeros((120, PLAIN_DIMENSION + 20), np.float32)
    x[:, :20] = rng.normal(size=(120, 20)) + first * truth[:, None]
    x[:, -20:] = rng.normal(size=(120, 20)) + second * truth[:, None]
    return GradedCollection(truth, {"embedding": x}, np.arange(120))


def right(opinion: np.ndarray, collection: GradedCollection) -> float:
    unseen = slice(len(TOLD), None)
    return float(np.mean(opinion[unseen].argmax(axis=1) == collection.truth[unseen]))


def test_it_learns_what_the_person_said_and_gives_each_photo_five_probabilities(collection, learnt):
    opinion = learnt(collection)

    assert opinion.shape == (len(collection), 5)
    np.testing.assert_allclose(opinion.sum(axis=1), 1, atol=1e-5)
    assert right(opinion, collection) > 0.4


def test_the_gate_lets_in_what_helps(learnt):
    collection = two_parts(first=0.0, second=1.0)

    assert right(learnt(collection), collection) > 0.6


def test_the_gate_keeps_out_what_does_not_help(learnt):
    collection = two_parts(first=1.0, second=0.0)
    before = learnt(collection)
    collection.features["embedding"][len(TOLD) :, PLAIN_DIMENSION:] += 100

    np.testing.assert_array_equal(learnt(collection), before)
    assert right(before, collection) > 0.6
