"""Cross-validation with planted leaks: code that leaks would score what cannot be scored."""

from dataclasses import replace

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.data.datasets.dataset import Dataset
from tinyclf.fitting import learning
from tinyclf.fitting.chance import Purpose, generator
from tinyclf.fitting.cross_validation import cross_validate
from tinyclf.fitting.preprocessing import fit_preprocessing
from tinyclf.fitting.splits import fold_of_each


@pytest.fixture
def twins():
    """40 things with four photos each; the class of each thing is drawn, so nothing tells it.

    Whoever has seen one photo of a thing knows the others.
    """
    rng = np.random.default_rng(0)
    things = np.repeat(np.arange(40), 4)
    x = (rng.normal(size=(40, 12)) * 5)[things] + 0.01 * rng.normal(size=(160, 12))
    y = rng.permutation(np.arange(40) % 2)[things].astype(np.int64)
    return Dataset(x, y, ("a", "b"), "twins", groups=things)


@pytest.fixture
def eager(short):
    training = replace(short.training, hidden=(32,), learning_rate=0.02, least_steps=300)
    return replace(short, training=replace(training, weight_decay=0.0), folds=5)


def test_groups_are_never_on_both_sides(twins, eager, backend):
    honest = finished(cross_validate(twins, eager, backend))
    leaking = finished(cross_validate(replace(twins, groups=None), eager, backend))
    assert leaking.mean > 0.95  # the leak is there
    assert honest.mean < 0.7
    assert honest.accuracy.high - honest.accuracy.low > 0.25  # it saw 40 things, not 160


def test_inputs_are_prepared_by_the_examples_of_the_fold_alone(rows, short, backend, monkeypatch):
    seen = []

    def noted(dataset, model):
        seen.append(dataset.x)
        return fit_preprocessing(dataset, model)

    monkeypatch.setattr(learning, "fit_preprocessing", noted)
    dataset = rows(30)
    finished(cross_validate(dataset, replace(short, folds=3, validation=0.25), backend))
    assert [len(x) for x in seen] == [15, 15, 15]  # neither the fold's own, nor the validation


def test_nothing_of_the_other_examples_held_out_reaches_an_opinion(rows, short, backend):
    """Code that scaled by all rows, or chose by them, would see that these have changed."""
    settings = replace(short, folds=3, validation=0.25)
    dataset = rows(30)
    fold_of = fold_of_each(dataset, 3, generator(settings.seed, Purpose.FOLDS))
    [one, *others] = np.flatnonzero(fold_of == 0)
    changed = dataset.x.copy()
    changed[others] = 1e6 * (1 + dataset.y[others, None])

    before = finished(cross_validate(dataset, settings, backend)).opinions
    after = finished(cross_validate(replace(dataset, x=changed), settings, backend)).opinions

    assert (before[one] == after[one]).all()
    assert not (before[fold_of == 1] == after[fold_of == 1]).all()  # which learns from them


def test_each_example_is_judged_once_by_a_network_that_did_not_see_it(rows, short, backend):
    result = finished(cross_validate(rows(), replace(short, folds=3), backend))
    assert len(result.accuracies) == 3
    assert result.mean == pytest.approx(result.accuracy.value)
    assert result.mean >= 0.8
    assert result.accuracy.low < result.accuracy.value
