from dataclasses import replace

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.errors import InputError
from tinyclf.fitting.evaluating import evaluate, judged
from tinyclf.fitting.fit import fit

TRUTH = Dataset(np.zeros((4, 1)), np.array([0, 0, 1, 1]), ("a", "b", "c"), "four")
TOLD = np.array([[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.1, 0.6, 0.3], [0.3, 0.4, 0.3]])


def test_figures_are_those_that_can_be_counted_by_hand():
    figures = judged(TRUTH, TOLD)
    assert figures.confusion == ((1, 1, 0), (0, 2, 0), (0, 0, 0))
    assert figures.accuracy.value == 0.75
    assert figures.accuracy.low < 0.75 < figures.accuracy.high
    assert figures.log_loss == pytest.approx(-np.log([0.8, 0.2, 0.6, 0.4]).mean())
    a, b, c = figures.classes
    assert (a.precision, a.recall, a.f1) == (1, 0.5, pytest.approx(2 / 3))
    assert (b.precision, b.recall, b.f1) == (pytest.approx(2 / 3), 1, pytest.approx(0.8))
    assert (c.precision, c.recall, c.f1, c.examples) == (None, None, None, 0)


def test_examples_of_groups_make_a_wider_interval():
    grouped = replace(TRUTH, groups=np.array([0, 0, 1, 1]))
    alone, together = judged(TRUTH, TOLD).accuracy, judged(grouped, TOLD).accuracy
    assert together.low < alone.low


def test_classes_are_matched_by_name(rows, short, backend):
    model = finished(fit(Parts(rows()), short, backend)).model
    dataset = rows(30, seed=3)
    turned = replace(dataset, y=2 - dataset.y, classes=("c", "b", "a"))
    one, other = (finished(evaluate(model, each)) for each in (dataset, turned))
    assert one == other


def test_a_class_that_was_not_learnt_is_refused(rows, short, backend):
    model = finished(fit(Parts(rows()), short, backend)).model
    with pytest.raises(InputError, match="'d'"):
        finished(evaluate(model, replace(rows(), classes=("a", "b", "d"))))


def test_pictures_of_floats_are_not_those_of_bytes(of_each_kind, pictures, backend):
    model = finished(fit(*of_each_kind["cnn"], backend)).model
    dataset = pictures()
    floats = replace(dataset, x=(dataset.x / 255).astype(np.float32))
    with pytest.raises(InputError, match="learnt from pictures of bytes"):
        finished(evaluate(model, floats))


def test_pictures_of_another_size_are_refused(of_each_kind, pictures, backend):
    model = finished(fit(*of_each_kind["cnn"], backend)).model
    with pytest.raises(InputError, match=r"\(1, 8, 8\).*\(1, 9, 9\)"):
        finished(evaluate(model, pictures(side=9)))


def test_the_shape_of_pictures_refused_is_told_as_they_came(of_each_kind, pictures, backend):
    model = finished(fit(*of_each_kind["colour"], backend)).model
    with pytest.raises(InputError, match=r"\(3, 8, 8\).*\(1, 9, 9\)"):
        finished(evaluate(model, pictures(side=9)))
