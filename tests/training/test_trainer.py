"""The trainer learns, reports, stops, and is the same every time."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.walking import walked
from tinyclf.errors import DivergedError, InputError
from tinyclf.nn.architecture import ACTIVATIONS, mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.layers import BinaryLinear, Sign
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.steps import LaunchedStep
from tinyclf.training import silence
from tinyclf.training import trainer as trainer_module
from tinyclf.training.choices import LOSSES
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf.training.examples import Examples
from tinyclf.training.gauge import stride
from tinyclf.training.recipe import build_objective
from tinyclf.training.scaling import Standardizer
from tinyclf.training.trainer import Trainer


@pytest.fixture
def world(graded: Callable[..., Any]) -> tuple[np.ndarray, np.ndarray]:
    x, y = graded(80)
    return Standardizer.fit(x).apply(x), y


def trained(
    world: tuple[np.ndarray, np.ndarray], config: TrainingConfig, **sets: Examples
) -> tuple[np.ndarray, list[EpochReport]]:
    x, y = world
    objective = build_objective(config, x.shape[1], y, 5)
    examples = Examples(x.astype(config.precision), y)
    trainer = Trainer(objective, config, NumpyBackend())
    return walked(trainer.train(examples, np.random.default_rng(0), **sets))


@pytest.mark.parametrize(
    "changes",
    [
        *({"loss": loss} for loss in LOSSES),
        *({"activation": activation} for activation in ACTIVATIONS),
        {"hidden": ()},
        {"hidden": (8, 8), "activation": "tanh"},
        {"optimizer": "sgd", "learning_rate": 0.3, "mixup": 0.0},
        {"optimizer": "adam", "schedule": "one-cycle"},
        {"precision": "f8", "balance": 1.0},
    ],
    ids=str,
)
def test_it_learns(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig, changes: dict[str, Any]
) -> None:
    theta, reports = trained(world, replace(quick, least_steps=200, **changes))
    figures = [report for report in reports if report.measured]
    assert figures[-1].loss < 0.8 * figures[0].loss
    assert figures[-1].accuracy > 0.6
    assert np.isfinite(theta).all()
    assert theta.dtype == changes.get("precision", "f4")


def test_the_same_seed_gives_the_same_bits(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig
) -> None:
    one, two = (trained(world, quick)[0] for _ in range(2))
    assert (one == two).all()


def test_photos_that_are_watched_or_measured_influence_nothing(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig
) -> None:
    x, y = world
    alone = trained((x[:60], y[:60]), quick)[0]
    watched = trained((x[:60], y[:60]), quick, watched=Examples(x[60:], y[60:]))[0]
    assert (alone == watched).all()


def test_reports_run_from_nothing_to_all(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig
) -> None:
    _, reports = trained(world, quick, watched=Examples(*world))
    assert (reports[0].done, reports[0].loss) == (0, None)
    assert reports[-1].done == reports[-1].total == reports[-1].epoch
    assert [report.done for report in reports] == sorted(report.done for report in reports)
    assert reports[-1].held_out_accuracy == reports[-1].accuracy


def test_the_last_pass_is_measured_also_where_training_stops_early(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig
) -> None:
    x, y = world
    for config, validation in (
        (replace(quick, epochs=7, least_steps=0), None),
        (replace(quick, epochs=50, patience=3), Examples(x, 4 - y)),
    ):
        _, reports = trained(world, config, **({"validation": validation} if validation else {}))
        measured = [report.epoch for report in reports if report.measured]
        assert measured[-1] == reports[-1].epoch
        often = stride(reports[-1].epochs, len(x), len(x))
        assert measured[:-1] == list(range(often, measured[-1], often))


def test_it_speaks_between_batches_when_they_are_slow(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silence, "LONGEST", -1.0)
    config = replace(quick, epochs=4, least_steps=0, batch_size=8)
    _, reports = trained(world, config)
    assert len(reports) > 4 * 10


def test_it_stops_when_the_validation_loss_only_rises(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig
) -> None:
    x, y = world
    config = replace(quick, patience=3, epochs=50)
    theta, reports = trained((x, y), config, validation=Examples(x, 4 - y))
    assert reports[-2].epoch < 20
    assert reports[-1].done == 50
    first = trained((x, y), replace(config, epochs=50, patience=1), validation=Examples(x, 4 - y))[
        0
    ]
    assert (theta == first).all()


def test_running_into_infinity_ends_in_one_sentence(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig
) -> None:
    x, y = world
    with pytest.raises(DivergedError, match=r"infinity at step \d+"):
        trained((np.full_like(x, 3e38), y), quick)


def test_between_reports_and_once_closed_numpy_warns_as_before(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silence, "LONGEST", -1.0)  # between two batches, too
    x, y = world
    objective = build_objective(quick, x.shape[1], y, 5)
    job = Trainer(objective, quick, NumpyBackend()).train(Examples(x, y), np.random.default_rng(0))
    before = np.geterr()
    for _ in range(3):
        next(job)
        assert np.geterr() == before
    job.close()
    assert np.geterr() == before


@pytest.mark.parametrize("factor", [1.0, 1e10])
def test_infinity_found_when_measuring_is_a_divergence_too(
    factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    if factor == 1:
        pytest.importorskip("numba", reason="NumPy alone sees this one in the loss before")
    monkeypatch.setattr(trainer_module, "stride", lambda *_: 1)
    config = TrainingConfig(
        loss="softmax",
        learning_rate=10.0,
        schedule="constant",
        weight_decay=1.0,
        batch_size=1000,
        epochs=60,
        least_steps=0,
        mixup=0.0,
    )
    x = np.random.default_rng(1).standard_normal((200, 10)).astype(np.float32)
    examples = Examples(np.float32(factor) * x, np.arange(200) % 5)
    trainer = Trainer(Objective(mlp(10, (16,), 5), SoftmaxCrossEntropy(5)), config, NumpyBackend())

    with pytest.raises(
        DivergedError, match=r"after step \d+: infinity .* in layer 3 .* smaller learning rate"
    ):
        list(trainer.train(examples, np.random.default_rng(0)))


@pytest.mark.parametrize("which", ["validation", "watched"])
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda x, y: (np.full_like(x, np.nan), y), "Input 0 of the examples holds NaN"),
        (lambda x, y: (x[:, :3], y), r"takes inputs \(n, \d+\), but is given .* shape \(\d+, 3\)"),
        (lambda x, y: (x, y + 5), "from 0 to 4, not 9"),
    ],
)
def test_examples_that_do_not_fit_are_refused_before_the_training(
    world: tuple[np.ndarray, np.ndarray],
    quick: TrainingConfig,
    which: str,
    spoil: Callable[..., Any],
    reason: str,
) -> None:
    with pytest.raises(InputError, match=reason):
        trained(world, quick, **{which: Examples(*spoil(*world))})


def test_a_sign_hides_no_input_that_is_not_finite(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig
) -> None:
    x, y = world
    x[7, 0] = np.nan
    width = x.shape[1]
    binary = Network((width,), (Sign(), BinaryLinear(width, 5)))
    trainer = Trainer(Objective(binary, SoftmaxCrossEntropy(5)), quick, NumpyBackend())

    with pytest.raises(InputError, match="Input 7 of the examples holds NaN"):
        next(trainer.train(Examples(x, y), np.random.default_rng(0)))


def test_a_sign_hides_no_augmentation_that_spoils_a_batch(
    world: tuple[np.ndarray, np.ndarray], quick: TrainingConfig
) -> None:
    def spoiled(x: Any, targets: Any, rng: Any, *, backend: Any) -> Any:
        return x * np.float32(np.nan), targets

    width = world[0].shape[1]
    binary = Network((width,), (Sign(), BinaryLinear(width, 5)))
    objective = Objective(binary, SoftmaxCrossEntropy(5))
    trainer = Trainer(objective, quick, NumpyBackend(), (spoiled,))

    with pytest.raises(InputError, match="NaN or infinity at step 0, after the augmentations"):
        list(trainer.train(Examples(*world), np.random.default_rng(0)))


def test_a_sign_hides_no_parameter_that_is_not_finite(
    world: tuple[np.ndarray, np.ndarray],
    quick: TrainingConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    x, y = world
    binary = Network((x.shape[1],), (BinaryLinear(x.shape[1], 5),))
    trainer = Trainer(Objective(binary, SoftmaxCrossEntropy(5)), quick, NumpyBackend())
    spoil = lambda self, x, targets, rate: self.theta.fill(np.nan)
    monkeypatch.setattr(LaunchedStep, "__call__", spoil)

    with pytest.raises(DivergedError, match=r"by step \d+: infinity or NaN in the parameters"):
        list(trainer.train(Examples(x, y), np.random.default_rng(0)))
