"""Evolution finds what chance does not, says how it goes, and is the same for the same seed."""

from dataclasses import replace

import numpy as np
import pytest

from tests.walking import walked
from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.training import fitness as fitness_module
from tinyclf.training import genetic, silence
from tinyclf.training.examples import Examples
from tinyclf.training.fitness import FITNESS
from tinyclf.training.genetic import GeneticTrainer
from tinyclf.training.metrics import confusion, matthews_correlation

CPU = NumpyBackend(compiled=False)
QUICK = GeneticTrainer((16, 12, 3), CPU, population=60, generations=60)


@pytest.fixture
def counted():
    """Rows of 16 bits, and whether few, some or many of them are 1; few are the most."""
    x = np.random.default_rng(0).integers(0, 2, (300, 16))
    return Examples(x, np.digitize(x.sum(axis=1), [9, 11]))


def evolved(trainer, examples, seed=0):
    return walked(trainer.train(examples, np.random.default_rng(seed)))


def table_of(network, examples):
    scores = network.predict(next(examples.chunks(np.float32)), backend=CPU)
    return confusion(examples.y, scores.argmax(axis=1), network.widths[-1])


@pytest.mark.parametrize("fitness", FITNESS)
def test_it_finds_what_as_many_random_networks_do_not(counted, fitness):
    trainer = replace(QUICK, fitness=fitness)
    tries = QUICK.population * (QUICK.generations + 1)
    chance = replace(trainer, population=tries, generations=0)

    network, reports = evolved(trainer, counted)

    _, [*_, guessed] = evolved(chance, counted)
    best = reports[-1].best
    assert 1 - best < 0.6 * (1 - guessed.best)
    assert FITNESS[fitness](table_of(network, counted)) == best


def test_reports_are_of_the_fittest_and_never_get_worse(counted):
    network, reports = evolved(QUICK, counted)

    table = table_of(network, counted)
    last = reports[-1]
    assert reports[0].best is None
    assert [report.done for report in reports] == sorted(report.done for report in reports)
    assert last.done == last.total == QUICK.generations
    assert last.errors == 300 - np.trace(table)
    assert last.accuracy == pytest.approx(1 - last.errors / 300)
    assert last.matthews == pytest.approx(matthews_correlation(table))
    figures = [report.best for report in reports if report.best is not None]
    assert figures == sorted(figures)
    assert all(report.mean <= report.best for report in reports if report.best is not None)


@pytest.mark.parametrize("compiled", [False, True])
def test_a_seed_gives_the_same_network_bit_for_bit(counted, compiled):
    if compiled:
        pytest.importorskip("numba", reason="there is nothing to compare without numba")
    elsewhere = replace(QUICK, backend=NumpyBackend(compiled=compiled))
    one, _ = evolved(QUICK, counted, seed=3)
    same, _ = evolved(elsewhere, counted, seed=3)
    other, _ = evolved(QUICK, counted, seed=4)

    assert one.weights.tobytes() == same.weights.tobytes()
    assert one.bias.tobytes() == same.bias.tobytes()
    assert one.weights.tobytes() != other.weights.tobytes()


def test_it_speaks_while_it_judges_breeds_and_settles(counted, monkeypatch):
    monkeypatch.setattr(silence, "LONGEST", -1.0)
    _, reports = evolved(replace(QUICK, generations=1), counted)

    assert len(reports) > 4 * (QUICK.population - 1)


def test_many_examples_are_judged_in_parts(counted, monkeypatch):
    whole, _ = evolved(replace(QUICK, generations=3), counted)
    monkeypatch.setattr(genetic, "WORK", 7 * 64)
    monkeypatch.setattr(fitness_module, "WORK", 7 * 500)

    in_parts, _ = evolved(replace(QUICK, generations=3), counted)

    assert whole.weights.tobytes() == in_parts.weights.tobytes()


def test_a_perfect_network_ends_it():
    examples = Examples(np.array([[0], [1]]), np.array([0, 1]))
    network, reports = evolved(GeneticTrainer((1, 2), CPU), examples)

    assert reports[-1].errors == 0
    assert reports[-1].done == reports[-1].total
    assert len(reports) < 50
    assert network.predict(examples.x, backend=CPU).argmax(axis=1).tolist() == [0, 1]


def test_between_reports_and_once_closed_numpy_warns_as_before(counted, monkeypatch):
    monkeypatch.setattr(silence, "LONGEST", -1.0)  # between two networks, too
    before = np.geterr()
    job = QUICK.train(counted, np.random.default_rng(0))
    for _ in range(5 * QUICK.population):
        next(job)
        assert np.geterr() == before
    job.close()

    assert np.geterr() == before


def test_settings_of_any_kind_of_number_become_pythons():
    narrow = replace(
        QUICK,
        widths=[np.int16(16), np.uint8(3)],
        population=np.int8(100),
        elite=np.int8(99),
        mutation_rate=np.float32(0.25),
        threshold=1,
    )

    assert narrow == replace(
        QUICK, widths=(16, 3), population=100, elite=99, mutation_rate=0.25, threshold=1.0
    )
    assert {type(width) for width in (*narrow.widths, narrow.population, narrow.elite)} == {int}
    assert {type(narrow.mutation_rate), type(narrow.threshold)} == {float}
    assert hash(narrow.widths)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"widths": (16,)}, "number of layers .* from 1"),
        ({"widths": (16, 0, 3)}, "from 1 to 65,534, not 0"),
        ({"widths": (16, 1)}, "classes must be from 2 to 1,000"),
        ({"population": 1}, "population must be a whole number from 2 to 100,000"),
        ({"population": 2.5}, "population must be a whole number from 2 to 100,000, not 2.5"),
        ({"generations": -1}, "generations must be a whole number from 0 to 1,000,000"),
        ({"mutation_rate": 0.5}, "mutation rate must be from 0.0 to 0.4"),
        ({"mutation_rate": float("nan")}, "mutation rate must be from 0.0 to 0.4"),
        ({"elite": 60}, "elite must be a whole number from 1 to 59"),
        ({"tournament": 0}, "tournament must be a whole number from 1 to 1,000"),
        ({"crossover": 1.1}, "crossovers must be from 0.0 to 1.0"),
        ({"widths": 16}, "widths must be a tuple such as .*, not 16"),
        ({"widths": (16, "3")}, "from 1 to 65,534, not '3'"),
        ({"threshold": float("nan")}, r"threshold must be from -3e\+38 to 3e\+38, not nan"),
        ({"threshold": "a"}, "threshold must be from .*, not 'a'"),
        ({"fitness": "f1"}, "fitness must be one of accuracy, mcc, not 'f1'"),
        ({"fitness": ["mcc"]}, "fitness must be one of accuracy, mcc, not a list"),
        ({"widths": (60_000, 60_000, 2)}, "size of the population, in words"),
    ],
)
def test_settings_out_of_range_are_refused_with_the_range(changes, reason):
    with pytest.raises(ConfigError, match=reason):
        replace(QUICK, **changes)


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        (np.ones((3, 15)), np.zeros(3, int), r"\(n, 16\)"),
        (np.ones((3, 4, 4)), np.zeros(3, int), r"\(n, 16\)"),
        (np.ones((3, 16)), np.array([0, 1, 3]), "from 0 to 2"),
        (np.ones((3, 16)), np.array([0, 1, 1.0]), "whole numbers"),
        (np.ones((3, 16)), np.zeros((3, 2), int), r"shape \(n,\)"),
    ],
)
def test_examples_that_do_not_fit_are_refused(x, y, reason):
    with pytest.raises(InputError, match=reason):
        next(QUICK.train(Examples(x, y), np.random.default_rng(0)))


@pytest.mark.parametrize("scale", [1.0, 1 / 255])
def test_inputs_next_to_the_threshold_are_judged_as_the_network_will_see_them(counted, scale):
    # Between the threshold and the next float32: a bit that only float64 would see.
    between = 0.1 + 1e-10
    assert np.float32(between) == np.float32(0.1)
    x = np.where(counted.x[:, ::-1] > 0, between, counted.x) / scale
    examples = Examples(x, counted.y, scale)
    trainer = replace(QUICK, threshold=0.1, generations=5)

    network, reports = evolved(trainer, examples)

    assert reports[-1].errors == 300 - np.trace(table_of(network, examples))


@pytest.mark.parametrize("spoiled", [np.nan, np.inf])
def test_inputs_that_are_not_finite_are_refused(spoiled):
    x = np.ones((3, 16))
    x[1, 5] = spoiled
    with pytest.raises(InputError, match="Input 1 of the examples"):
        list(QUICK.train(Examples(x, np.arange(3)), np.random.default_rng(0)))


@pytest.mark.parametrize("backend", [None, "numpy"])
def test_a_backend_that_is_none_is_refused(backend):
    with pytest.raises(ConfigError, match="backend must be a NumpyBackend, not"):
        replace(QUICK, backend=backend)
