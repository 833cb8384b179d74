from dataclasses import replace

import numpy as np
import pytest

from tests.walking import finished, walked
from tinyclf.data.datasets.dataset import Parts
from tinyclf.errors import InputError
from tinyclf.fitting import fitted_model
from tinyclf.fitting.fit import fit
from tinyclf.training.temperature import tempered


@pytest.fixture
def model(rows, short, backend):
    return finished(fit(Parts(rows()), short, backend)).model


def test_probabilities_are_the_same_however_many_are_told_at_once(model, rows, monkeypatch):
    x = rows(31).x
    whole = model.predict(x)
    monkeypatch.setattr(fitted_model, "ROWS", 7)
    told, reports = walked(model.predicting(x))
    assert told == pytest.approx(whole)
    assert [report.done for report in reports] == [0, 7, 14, 21, 28]
    assert whole.sum(axis=1) == pytest.approx(np.ones(31))


def test_of_large_examples_fewer_are_told_at_once(model, rows, monkeypatch):
    monkeypatch.setattr(fitted_model, "NUMBERS", 20)
    assert len(walked(model.predicting(rows(31).x))[1]) == 7  # five rows of four numbers


def test_a_temperature_makes_it_less_sure_and_changes_no_answer(model, rows):
    x = rows(31).x
    plain, warm = model.predict(x), replace(model, temperature=3.0).predict(x)
    assert warm == pytest.approx(tempered(plain, 3.0), abs=1e-6)
    assert (warm.argmax(axis=1) == plain.argmax(axis=1)).all()


def test_examples_of_another_shape_are_refused(model):
    with pytest.raises(InputError, match=r"\(4,\), but is given \(5,\)"):
        model.predict(np.zeros((2, 5)))


def test_nothing_gives_nothing(model):
    assert finished(model.predicting(np.zeros((0, 4)))).shape == (0, 3)
