"""A descent gives each batch, varied, to its step, at the rate of the schedule."""

from typing import Any

import numpy as np
import pytest

from tinyclf.errors import DivergedError, InputError
from tinyclf.nn.arrays import Array
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.training.descent import Descent

CPU = NumpyBackend(compiled=False)


class Move:
    """A step that only notes what it is given; it runs into infinity where the rate is 0."""

    def __init__(self, immediate: bool) -> None:
        self.immediate = immediate
        self.given: list[tuple[Array, Array, float]] = []

    def __call__(self, x: Array, targets: Array, rate: float) -> None:
        self.given.append((x, targets, rate))
        if self.immediate:
            self.check()

    def check(self) -> None:
        if any(rate == 0 for *_, rate in self.given):
            raise FloatingPointError("infinity or NaN")


def doubled(x: Array, targets: Array, rng: Any, *, backend: Backend) -> tuple[Array, Array]:
    return 2 * x, targets


def plus_random(x: Array, targets: Array, rng: Any, *, backend: Backend) -> tuple[Array, Array]:
    return x + rng.random(), 1 - targets


def spoiled(x: Array, targets: Array, rng: Any, *, backend: Backend) -> tuple[Array, Array]:
    return x / backend.asarray(np.where(rng.random() < 0.5, np.nan, 1.0)), targets


def stepped(
    move: Move, steps: int, *augmentations: Any, wary: bool = False, backend: Backend = CPU
) -> Descent:
    """Return a descent after some steps, at the rates 3, 2, 1, 0."""
    rng = np.random.default_rng(0)
    descent = Descent(move, lambda step: 3.0 - step, augmentations, rng, backend, wary=wary)
    for _ in range(steps):
        descent.step(backend.asarray(np.ones((2, 3))), backend.asarray(np.eye(2)))
    return descent


def test_each_step_has_the_rate_of_its_number() -> None:
    move = Move(immediate=True)
    stepped(move, 3)
    assert [rate for *_, rate in move.given] == [3, 2, 1]


def test_batches_are_varied_by_one_augmentation_after_the_other() -> None:
    move, rng = Move(immediate=True), np.random.default_rng(0)
    stepped(move, 2, doubled, plus_random)
    for x, targets, _ in move.given:
        assert (x == 2 + rng.random()).all()
        assert (targets == 1 - np.eye(2)).all()


def test_infinity_that_is_found_at_once_is_told_with_its_step() -> None:
    with pytest.raises(DivergedError, match="at step 3"):
        stepped(Move(immediate=True), 4)


def test_infinity_that_is_found_later_is_told_with_the_last_step() -> None:
    descent = stepped(Move(immediate=False), 6)
    with pytest.raises(DivergedError, match="by step 5"):
        descent.check()


def test_a_check_of_sound_steps_passes() -> None:
    stepped(Move(immediate=False), 3).check()


def test_what_an_augmentation_spoils_is_told_at_once(backend: Backend) -> None:
    rolls = np.random.default_rng(0).random(9) < 0.5
    step = int(rolls.argmax())
    with pytest.raises(InputError, match=f"at step {step}, after the augmentations: .*spoiled"):
        stepped(Move(immediate=True), 9, doubled, spoiled, wary=True, backend=backend)


def test_what_an_augmentation_spoils_is_found_later_where_numbers_stay_on_a_card(
    backend: Backend,
) -> None:
    descent = stepped(Move(immediate=False), 9, spoiled, wary=True, backend=backend)
    with pytest.raises(InputError, match="by step 8, after the augmentations"):
        descent.check()


def test_what_the_augmentations_make_is_not_looked_at_where_they_are_trusted() -> None:
    move = Move(immediate=True)
    stepped(move, 3, spoiled)
    assert len(move.given) == 3
