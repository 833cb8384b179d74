"""The second part of the features is let in where it helps, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from tinyclf.training import gate
from tinyclf.training.gate import Gate, ask, ask_each_fold, is_asked
from tinyclf.training.presets import BALANCED, PIXELS
from tinyclf.training.relay import drained


def asked(seed: int, *, helps: bool) -> Gate:
    rng = np.random.default_rng(seed)
    y = np.arange(100) % 5
    first = 0.4 * y[:, None] + rng.normal(0, 1, (100, 12))
    second = rng.normal(0, 1, (100, 12)) + (0.8 * y[:, None] if helps else 0.0)
    return drained(ask(np.hstack([first, second]).astype(np.float32), y, 12, seed))


@pytest.mark.parametrize("seed", range(5))
def test_what_tells_grades_apart_is_let_in(seed: int) -> None:
    said = asked(seed, helps=True)
    assert said.is_open
    assert said.gain > 0.1


def test_noise_is_mostly_kept_out_and_never_thought_to_help_much() -> None:
    gates = [asked(seed, helps=False) for seed in range(12)]
    assert sum(said.is_open for said in gates) <= 3
    assert max(said.gain for said in gates) < 0.05


def test_equal_seeds_give_equal_answers() -> None:
    assert asked(3, helps=True) == asked(3, helps=True)


@pytest.fixture
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first part is three numbers wide."""
    monkeypatch.setattr(gate, "PLAIN_DIMENSION", 3)


def in_folds(x: np.ndarray, y: np.ndarray) -> tuple[bool, ...]:
    return drained(ask_each_fold(x, y, BALANCED, np.arange(len(y)) % 3, 0))


@pytest.mark.usefixtures("_narrow")
def test_each_fold_is_told_by_the_others() -> None:
    rng = np.random.default_rng(0)
    y = rng.permutation(np.arange(180) % 5)
    first = 0.4 * y[:, None] + rng.normal(0, 1, (180, 3))
    second = rng.normal(0, 1, (180, 3))
    held_out = np.arange(180) % 3 == 0
    second[held_out] += 3 * y[held_out, None]  # only photos of the first fold have it
    x = np.hstack([first, second]).astype(np.float32)
    told = in_folds(x, y)
    y2 = y.copy()
    y2[held_out] = rng.permutation(y[held_out])
    assert in_folds(x, y2)[0] == told[0] is False


@pytest.mark.usefixtures("_narrow")
def test_of_few_grades_it_is_let_in_unasked() -> None:
    assert in_folds(np.random.default_rng(0).normal(size=(30, 6)), np.arange(30) % 5) == (True,) * 3


@pytest.mark.usefixtures("_narrow")
def test_it_is_asked_of_enough_grades_and_of_features_that_have_a_second_part() -> None:
    wide, y = np.zeros((30, 6)), np.arange(30) % 5
    assert is_asked(BALANCED, wide, y)
    assert not is_asked(BALANCED, wide[:29], y[:29])
    assert not is_asked(BALANCED, wide[:, :3], y)
    assert not is_asked(PIXELS, wide, y)


@pytest.mark.usefixtures("_narrow")
def test_folds_of_features_without_a_second_part_are_not_asked() -> None:
    assert in_folds(np.zeros((60, 3)), np.arange(60) % 5) == ()
