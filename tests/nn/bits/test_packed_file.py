"""Packed networks as files hold them: bit by bit, without padding."""

import numpy as np
import pytest

from tinyclf.errors import ModelError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.bits.packed_file import from_compact, to_compact
from tinyclf.training.genome import Genome

WIDTHS = (70, 3, 65, 4)


@pytest.fixture
def network():
    genome = Genome(WIDTHS)
    return genome.network(genome.random(np.random.default_rng(0)), threshold=0.25)


def test_what_is_written_is_read_to_the_last_bit(network):
    read = from_compact(to_compact(network))
    for name, array in network.to_arrays().items():
        assert np.array_equal(read.to_arrays()[name], array), name
    x = np.random.default_rng(1).normal(size=(9, 70))
    backend = NumpyBackend()
    assert (read.predict(x, backend=backend) == network.predict(x, backend=backend)).all()


def test_a_weight_takes_a_bit(network):
    arrays = to_compact(network)
    assert [arrays[f"bits.{k}"].shape for k in range(3)] == [(3, 9), (65, 1), (4, 9)]
    assert [arrays[f"limits.{k}"].shape for k in range(2)] == [(3,), (65,)]


@pytest.mark.parametrize("name", ["widths", "bits.1", "limits.0", "bias", "scale"])
def test_a_missing_part_is_refused(network, name):
    arrays = to_compact(network)
    del arrays[name]
    with pytest.raises(ModelError, match="lacks a part"):
        from_compact(arrays)


@pytest.mark.parametrize("name", ["bits.0", "limits.1"])
def test_a_part_of_another_shape_is_refused(network, name):
    arrays = to_compact(network)
    arrays[name] = arrays[name][:-1]
    with pytest.raises(ModelError, match="shape"):
        from_compact(arrays)


def test_widths_that_cannot_be_are_refused(network):
    arrays = to_compact(network)
    arrays["widths"] = np.array([70, 10**9, 4])
    with pytest.raises(ModelError):
        from_compact(arrays)
