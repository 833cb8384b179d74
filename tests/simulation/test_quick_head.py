import numpy as np

from tinyclf.data.encoder.layout import PLAIN_DIMENSION
from tinyclf.simulation.graded_collection import GradedCollection
from tinyclf.simulation.quick_head import QuickHead


def test_it_proposes_better_the_more_it_was_told(collection, finish):
    def right(count):
        rows = np.arange(count)
        opinion = finish(QuickHead(collection).begin(0).learn(rows, collection.truth[rows]))
        return np.mean(opinion.argmax(axis=1)[60:] == collection.truth[60:])

    assert right(60) > right(10)


def test_grades_without_an_order_are_learned_in_the_end(finish):
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 5, 300)
    x = rng.normal(size=(300, 8)).astype(np.float32)
    x[np.arange(300), truth] += 4
    learner = QuickHead(GradedCollection(truth, {"embedding": x}, np.arange(300))).begin(0)
    opinion = finish(learner.learn(np.arange(200), truth[:200]))

    assert np.mean(opinion.argmax(axis=1)[200:] == truth[200:]) > 0.7


def test_a_grade_nobody_gave_yet_keeps_some_probability(collection, finish):
    rows = np.flatnonzero(collection.truth != 2)[:30]
    opinion = finish(QuickHead(collection).begin(0).learn(rows, collection.truth[rows]))

    assert (opinion[:, 2] > 0).all()
    np.testing.assert_allclose(opinion.sum(axis=1), 1)


def test_what_only_the_condition_encoder_sees_is_learned_too(finish):
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 5, 100)
    x = np.zeros((100, PLAIN_DIMENSION + 3), np.float32)
    x[:, :5] = rng.normal(size=(100, 5))
    x[:, -3:] = truth[:, None]
    collection = GradedCollection(truth, {"embedding": x}, np.arange(100))
    opinion = finish(QuickHead(collection).begin(0).learn(np.arange(50), truth[:50]))

    assert np.mean(opinion.argmax(axis=1)[50:] == truth[50:]) > 0.8
