"""Every pass is of all examples, in batches that the network can train on."""

import numpy as np
import pytest

from tinyclf.nn.architecture import mlp
from tinyclf.nn.layers import BatchNorm, Flatten, Linear
from tinyclf.nn.network import Network
from tinyclf.training.config import TrainingConfig
from tinyclf.training.passes import passes, planned

PLAIN = mlp(3, (4,), 2)
NORMED = Network((3,), (Linear(3, 4), BatchNorm(4), Linear(4, 2)))
IMAGES = Network((3, 2, 2), (BatchNorm(3), Flatten(), Linear(12, 2)))


def sizes(config: TrainingConfig, network: Network, n: int) -> list[int]:
    """Return how many examples the steps of a pass have."""
    _, steps = planned(config, network, n)
    [batches] = passes(n, 1, steps, np.random.default_rng(0))
    return [len(rows) for rows in batches]


def test_each_example_is_in_every_pass_once() -> None:
    for batches in passes(11, 3, 4, np.random.default_rng(0)):
        assert sorted(np.concatenate(list(batches))) == list(range(11))


@pytest.mark.parametrize("n", range(2, 40))
@pytest.mark.parametrize("batch_size", range(2, 9))
def test_no_batch_that_is_normed_has_one_example(n: int, batch_size: int) -> None:
    config = TrainingConfig(batch_size=batch_size)
    normed, plain = sizes(config, NORMED, n), sizes(config, PLAIN, n)
    assert sum(normed) == n
    assert min(normed) >= 2
    assert normed == plain or (min(plain) == 1 and max(normed) == 3)


@pytest.mark.parametrize("network", [PLAIN, IMAGES])
def test_other_trainings_may_have_batches_of_one(network: Network) -> None:
    assert sizes(TrainingConfig(batch_size=2), network, 5) == [2, 2, 1]
    assert sizes(TrainingConfig(batch_size=1), network, 3) == [1, 1, 1]
    assert sizes(TrainingConfig(), network, 1) == [1]


def test_fewer_steps_a_pass_are_made_up_for_by_more_passes() -> None:
    config = TrainingConfig(batch_size=2, epochs=1, least_steps=60)
    assert planned(config, PLAIN, 5) == (20, 3)
    assert planned(config, NORMED, 5) == (30, 2)
