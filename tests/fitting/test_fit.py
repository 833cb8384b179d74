from dataclasses import replace

import numpy as np
import pytest

from tests.walking import finished, walked
from tinyclf.data.datasets.dataset import Parts
from tinyclf.errors import InputError
from tinyclf.fitting.fit import fit
from tinyclf.fitting.recipes import BITS, Evolution
from tinyclf.fitting.settings import FitSettings

KINDS = ("rows", "cnn", "colour", "bits")


@pytest.mark.parametrize("kind", KINDS)
def test_every_model_learns_what_can_be_told_apart(kind, of_each_kind, backend):
    parts, settings = of_each_kind[kind]
    fitted = finished(fit(parts, settings, backend))
    assert fitted.record.tested_on == "held-out share"
    assert fitted.record.tested == round(0.2 * len(parts.train))
    assert fitted.record.test_accuracy >= (0.7 if kind == "bits" else 0.85)
    assert fitted.model.is_packed is (kind == "bits")


def test_bits_are_bred(pictures, backend):
    training = replace(BITS, hidden=())
    settings = FitSettings("bits", training, evolution=Evolution(30, 30, 0.02))
    fitted = finished(fit(Parts(pictures(200)), settings, backend))
    assert fitted.record.test_accuracy >= 0.75
    assert fitted.record.history[-1].accuracy >= fitted.record.history[0].accuracy
    assert fitted.model.is_packed


def test_the_same_seed_gives_the_same_model_and_another_another(rows, short, backend):
    parts, x = Parts(rows()), rows(9, seed=5).x
    seeds = (4, 4, 5)
    told = [
        finished(fit(parts, replace(short, seed=seed), backend)).model.predict(x) for seed in seeds
    ]
    assert (told[0] == told[1]).all()
    assert not (told[0] == told[2]).all()


def test_the_sources_own_test_part_is_the_test(rows, short, backend):
    parts = Parts(rows(), rows(45, seed=1))
    record = finished(fit(parts, short, backend)).record
    assert (record.examples, record.tested, record.tested_on) == (90, 45, "test part")


def test_the_test_examples_change_nothing_of_the_model(rows, short, backend):
    settings = replace(short, validation=0.2)
    x = rows(9, seed=5).x
    one = finished(fit(Parts(rows(), rows(45, seed=1)), settings, backend))
    other = finished(fit(Parts(rows(), rows(45, seed=2)), settings, backend))
    assert (one.model.predict(x) == other.model.predict(x)).all()


def test_the_pass_of_the_least_validation_loss_is_kept(rows, short, backend):
    dataset = replace(rows(120), y=np.random.default_rng(0).integers(0, 3, 120))  # overfits surely
    training = replace(short.training, epochs=30, least_steps=0, learning_rate=0.05)
    settings = replace(short, training=training, validation=0.25)
    record = finished(fit(Parts(dataset), settings, backend)).record
    losses = [point.held_out_loss for point in record.history]
    assert record.history[int(np.argmin(losses))].epoch == record.best_epoch < record.epochs


def test_confidence_is_calibrated_on_examples_not_learnt_from(rows, short, backend):
    dataset = replace(rows(90), y=np.random.default_rng(0).integers(0, 3, 90))  # to be overfitted
    training = replace(short.training, epochs=100, learning_rate=0.05)
    sure = finished(fit(Parts(dataset), replace(short, training=training), backend)).model
    settings = replace(short, training=training, folds=3)
    honest = finished(fit(Parts(dataset), settings, backend)).model
    assert sure.temperature == 1 < 2 < honest.temperature
    assert honest.predict(dataset.x).max(axis=1).mean() < 0.8


def test_with_folds_and_no_test_part_the_folds_are_the_test(rows, short, backend):
    record = finished(fit(Parts(rows()), replace(short, folds=3), backend)).record
    assert (record.tested_on, record.tested, record.examples) == ("folds", 90, 90)
    assert record.test_accuracy == pytest.approx(np.mean(record.fold_accuracies))


def test_reports_say_how_far_it_is(rows, short, backend):
    _, reports = walked(fit(Parts(rows()), replace(short, folds=2), backend))
    said = [report.what for report in reports]
    for what in ("Fold 1 of 2: Training", "Fold 2 of 2: Training", "Training"):
        assert what in said
    assert all(0 <= report.done <= report.total or not report.total for report in reports)


@pytest.mark.parametrize("held", [{"test_share": 0.5}, {"validation": 0.5}, {"folds": 2}])
def test_one_class_left_once_others_are_held_out_is_refused(rows, short, backend, held):
    dataset = rows()
    one_each = dataset.take([int(np.flatnonzero(dataset.y == k)[0]) for k in (0, 1)])
    settings = replace(short, **{"test_share": 0.0, "validation": 0.0} | held)
    with pytest.raises(InputError, match=r"Once others are held out .* hold fewer out"):
        finished(fit(Parts(one_each), settings, backend))


def test_one_class_alone_is_refused(rows, short, backend):
    dataset = rows()
    with pytest.raises(InputError, match="at least two"):
        finished(fit(Parts(dataset.take(dataset.y == 0)), short, backend))
