from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from pydantic import ValidationError

from tinyclf.benchmark import plan
from tinyclf.benchmark.file import PlanFileError, plan_of_text
from tinyclf.benchmark.kinds import CASES, Product, Training
from tinyclf.errors import ConfigError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.training.config import CHOICES, MAX_LAYERS, MAX_WIDTH, RANGES

SMALL = Training(examples=60, inputs=8, classes=3, hidden=(5,), batch=20)


def learning(**settings: Any) -> Training:
    """A case that learns much in little time."""
    sizes = {"examples": 300, "inputs": 20, "classes": 4, "hidden": (32,), "batch": 10}
    return Training(**(sizes | {"epochs": 10, "learning_rate": 1e-2} | settings))


def share_right(case: Training, theta: Any) -> float:
    x, y = case.arrays()
    probabilities = case.objective().probabilities(theta, x, backend=NumpyBackend())
    return float((probabilities.argmax(axis=1) == y).mean())


@pytest.mark.parametrize(
    "settings",
    [
        {"examples": 0},
        {"examples": 10_000_001},
        {"inputs": 65_537},
        {"classes": 1},
        {"classes": 1001},
        {"hidden": [0]},
        {"hidden": [8193]},
        {"hidden": [1] * 33},
        {"hidden": 128},
        {"hidden": [True]},
        {"batch": 65_537},
        {"epochs": 10_001},
        {"learning_rate": 0},
        {"learning_rate": 11},
        {"learning_rate": float("nan")},
        {"precision": "f2"},
        {"activation": "sign"},
        {"optimizer": "lbfgs"},
        {"loss": "huber"},
        {"library": "onnxruntime"},
        {"data": "mnist"},
        {"performance": {"threads": 0}},
        {"layers": 3},
    ],
)
def test_what_is_out_of_range_or_unknown_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CASES.validate_python({"kind": "training"} | settings)


def test_whatever_is_in_range_makes_a_configuration_of_the_core() -> None:
    most = Training(
        hidden=(MAX_WIDTH,) * MAX_LAYERS,
        batch=int(RANGES["batch_size"][1]),
        epochs=int(RANGES["epochs"][1]),
        learning_rate=RANGES["learning_rate"][1],
    )
    least = Training(hidden=(), batch=1, epochs=1, learning_rate=RANGES["learning_rate"][0])

    assert most.config().hidden == (MAX_WIDTH,) * MAX_LAYERS
    assert (least.config().epochs, least.config().least_steps) == (1, 0)


@pytest.mark.parametrize("name", sorted(CHOICES.keys() - {"schedule", "weights", "second_opinion"}))
def test_the_words_are_those_of_the_core(name: str) -> None:
    assert set(get_args(Training.model_fields[name].annotation)) == set(CHOICES[name])


def test_the_work_is_every_product_but_the_first_gradient_of_the_inputs() -> None:
    case = Training(examples=100, inputs=7, classes=3, hidden=(5, 4), epochs=2)

    work = case.work()

    # Forward 2, weights 2, inputs 2 operations a weight: 7 · 5, 5 · 4 and 4 · 3 of them.
    assert work.operations == 200 * (4 * 35 + 6 * 20 + 6 * 12)
    assert (work.units, work.unit, work.read_bytes) == (200, "example", 0)


def test_a_loss_with_one_score_has_a_narrower_last_layer() -> None:
    case = Training(examples=1, inputs=7, classes=3, hidden=(5,), loss="ordinal")

    assert case.work().operations == 4 * 35 + 6 * 5


def test_what_is_drawn_and_learned_fits_into_the_memory_it_says() -> None:
    few, many = (Training(examples=n, inputs=1000).work().needed_bytes for n in (10**5, 10**6))
    narrow, wide = (Training(hidden=(n, n)).work().needed_bytes for n in (1000, 8000))

    assert many - few > 9e5 * 1000 * 4
    assert wide - narrow > 4 * 4 * (8000**2 - 1000**2)  # theta, its slope and Adam's two means
    assert Training(examples=10_000_000, inputs=65_536).work().needed_bytes > 2e12


def test_it_is_held_against_a_product_of_its_precision() -> None:
    case = Training(precision="f8", performance={"threads": 2})

    assert case.limits() == (Product(precision="f8", performance=case.performance),)


def test_its_words_tell_the_shape() -> None:
    words = "training 8-5-3, f4, relu, adam, batch 20, 1 × 60 examples"

    assert SMALL.words() == words
    assert CASES.validate_json(SMALL.model_dump_json()) == SMALL


@pytest.mark.parametrize("precision", ["f4", "f8"])
def test_every_pass_begins_anew_and_ends_alike(precision: Any) -> None:
    workload = SMALL.model_copy(update={"precision": precision}).prepare()

    first, again = workload.run(), workload.run()

    assert first is not again
    assert first.dtype == precision
    assert workload.checksum(first) == workload.checksum(again)


def test_examples_are_the_same_each_time_and_of_all_classes_alike() -> None:
    x, y = SMALL.arrays()

    assert (x.shape, x.dtype) == ((60, 8), np.float32)
    assert np.bincount(y).tolist() == [20, 20, 20]
    np.testing.assert_array_equal(x, SMALL.arrays()[0])


def test_there_may_be_fewer_examples_than_classes() -> None:
    case = Training(examples=2, inputs=3, classes=5, hidden=(), batch=128)

    assert case.prepare().run().shape == (3 * 5 + 5,)


@pytest.mark.parametrize("loss", ["softmax", "ordinal", "corn", "hinge", "squared-error"])
def test_every_loss_learns_the_classes_but_for_the_noise(loss: Any) -> None:
    case = learning(loss=loss)

    assert share_right(case, case.prepare().run()) > 0.85


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_every_optimizer_learns(optimizer: Any) -> None:
    case = learning(optimizer=optimizer)

    assert share_right(case, case.prepare().run()) > 0.85


def test_no_classifier_can_know_all_of_it() -> None:
    case = Training(examples=4000, inputs=20, classes=4)
    x, y = case.arrays()
    middles = np.stack([x[y == each].mean(axis=0) for each in range(4)])

    nearest = ((x[:, None] - middles) ** 2).sum(axis=2).argmin(axis=1)

    assert 0.9 < (nearest == y).mean() < 0.99


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    """A file of pictures whose brightness is their class."""
    y = np.arange(90) % 3
    x = np.repeat(60 * y, 8).reshape(90, 2, 4).astype(np.uint8)
    np.savez(tmp_path / "digits.npz", x=x, y=y)
    return tmp_path


def named(folder: Path, settings: str = "") -> Training:
    """The training that a file in a folder asks for."""
    text = f"version: 2\nbenchmark:\n  kind: training\n  data: digits.npz\n{settings}"
    (case,) = plan_of_text(text, folder).cases
    assert isinstance(case, Training)
    return case


def told(folder: Path, settings: str = "") -> list[str]:
    with pytest.raises(PlanFileError) as caught:
        named(folder, settings)
    return list(map(str, caught.value.mistakes))


def test_named_data_say_how_large_they_are(digits: Path) -> None:
    case = named(digits)

    assert (case.examples, case.inputs, case.classes) == (90, 8, 3)
    assert case.data == str(digits / "digits.npz")
    assert case.words().endswith("× 90 examples of digits.npz")
    assert "training 8-128-128-3" in case.words()


def test_named_data_are_learned(digits: Path) -> None:
    case = named(digits, "  epochs: 40\n  batch: 10\n  hidden: [16]\n  learning_rate: 0.01\n")
    x, _ = case.arrays()

    assert x.dtype == np.float32
    assert x.max() == np.float32(120 / 255)
    assert share_right(case, case.prepare().run()) == 1.0


def test_a_report_is_read_where_the_data_are_not(digits: Path) -> None:
    case = named(digits)
    (digits / "digits.npz").unlink()

    assert CASES.validate_json(case.model_dump_json()) == case
    with pytest.raises(ConfigError, match=r"digits\.npz cannot be read"):
        case.prepare()


def test_data_that_are_not_there_are_a_mistake_in_their_line(tmp_path: Path) -> None:
    (mistake,) = told(tmp_path)

    assert mistake == (
        f"line 4: data is 'digits.npz': {tmp_path / 'digits.npz'} cannot be read: "
        "No such file or directory. Check its name."
    )


def test_sizes_that_are_not_those_of_the_data_are_a_mistake(digits: Path) -> None:
    assert named(digits, "  examples: 90\n").examples == 90
    (mistake,) = told(digits, "  examples: 1000\n")

    assert "digits.npz has 90 examples, not 1,000: leave that out." in mistake


def test_data_that_do_not_fit_into_memory_are_a_mistake(
    digits: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "available_bytes", lambda: 1000)
    (mistake,) = told(digits)

    assert "90 examples of digits.npz needs" in mistake


def test_data_are_a_word_or_a_file() -> None:
    with pytest.raises(ValidationError, match=r"must be synthetic, or the path of a file"):
        Training(data="mnist")
    with pytest.raises(ValidationError, match="can be printed"):
        Training(data="digits\n.npz")
