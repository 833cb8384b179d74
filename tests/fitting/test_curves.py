"""What is drawn of a training: read from its record, which may be anybody's."""

from dataclasses import replace

import pytest

from tests.walking import finished
from tinyclf.data.datasets.dataset import Parts
from tinyclf.errors import ModelError
from tinyclf.fitting.curves import curves_of
from tinyclf.fitting.fit import fit
from tinyclf.fitting.settings import Evolution

RECORD = {
    "settings": {"evolution": None},
    "best_epoch": 2,
    "fold_accuracies": [0.5, 1.0],
    "history": {"epoch": [1, 2, 3], "loss": [0.9, 0.4, None], "accuracy": [0.5, 0.75, 1]},
}


def test_the_curves_are_those_of_the_record():
    curves = curves_of(RECORD)
    assert curves.epochs == (1, 2, 3)
    assert curves.of("loss") == (0.9, 0.4, None)
    assert curves.of("held_out_loss") is None
    assert (curves.kept, curves.is_evolution, curves.folds) == (2, False, (0.5, 1.0))


def test_a_model_without_a_record_has_no_curves():
    assert curves_of({}).is_empty


WRONG = {
    "a history of words": {"history": "long"},
    "a curve too short": {"history": {"epoch": [1, 2], "loss": [0.5]}},
    "a curve of words": {"history": {"epoch": [1], "loss": ["much"]}},
    "infinity": {"history": {"epoch": [1], "loss": [float("inf")]}},
    "a figure beyond all": {"history": {"epoch": [10**400], "loss": [1.0]}},
    "NaN": {"history": {"epoch": [1], "loss": [float("nan")]}},
    "settings of words": {"settings": "all"},
    "an evolution of words": {"settings": {"evolution": "natural"}},
    "folds of words": {"fold_accuracies": ["all"]},
}


@pytest.mark.parametrize("record", WRONG.values(), ids=WRONG)
def test_what_are_no_curves_is_refused(record):
    with pytest.raises(ModelError, match="no curves that can be read"):
        curves_of(record)


def test_the_curves_of_a_bred_network_tell_best_mean_and_spread(of_each_kind, backend):
    parts, settings = of_each_kind["bits"]
    settings = replace(settings, evolution=Evolution(population=20, generations=3))
    curves = curves_of(finished(fit(parts, settings, backend)).record.to_mapping())
    assert curves.is_evolution
    assert curves.epochs[0] == 0
    names = ("best_fitness", "mean_fitness", "fitness_spread")
    for best, mean, spread in zip(*map(curves.of, names), strict=True):
        assert 0 < mean <= best <= 1
        assert 0 < spread < 0.5
    assert curves.of("accuracy") == pytest.approx(curves.of("best_fitness"), abs=1e-4)


def test_an_evolution_that_ends_early_counts_the_generations_bred(pictures, of_each_kind, backend):
    _, settings = of_each_kind["bits"]
    plain = pictures(20, side=4)
    plain.x[:] = 10
    plain.x[plain.y == 0, :, :2] = plain.x[plain.y == 1, :, 2:] = 200
    settings = replace(settings, evolution=Evolution(population=50, generations=10_000))
    record = finished(fit(Parts(plain), settings, backend)).record
    assert record.history[-1].accuracy == 1
    assert record.epochs == record.history[-1].epoch < 10_000
