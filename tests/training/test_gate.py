"""The second part of the features is let in where it helps, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from tinyclf.training.gate import Gate, ask
from tinyclf.training.relay import drained


def asked(seed: int, *, helps: bool) -> Gate:
    rng = np.random.default_rng(seed)
    y = np.arange(100) % 5
    first = 0.4 * y[:, None] + rng.normal(0, 1, (100, 12))
    second = rng.normal(0, 1, (100, 12)) + (0.8 * y[:, None] if helps else 0.0)
    return drained(ask(np.hstack([first, second]).astype(np.float32), y, 12, seed))


@pytest.mark.parametrize("seed", range(5))
def test_what_tells_grades_apart_is_let_in(seed: int) -> None:
    gate = asked(seed, helps=True)
    assert gate.is_open
    assert gate.gain > 0.1


def test_noise_is_mostly_kept_out_and_never_thought_to_help_much() -> None:
    gates = [asked(seed, helps=False) for seed in range(12)]
    assert sum(gate.is_open for gate in gates) <= 3
    assert max(gate.gain for gate in gates) < 0.05


def test_equal_seeds_give_equal_answers() -> None:
    assert asked(3, helps=True) == asked(3, helps=True)
