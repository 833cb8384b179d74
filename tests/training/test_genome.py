"""Strings of bits stand for networks; padding stays 0 whatever happens to them."""

import numpy as np
import pytest

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.bits.words import unpack_rows
from tinyclf.training.genome import Genome

GENOMES = [Genome((70, 5, 3)), Genome((1, 2)), Genome((64, 64, 64))]


def n_bits(genome):
    units = [(i, o) for i, o in zip(genome.widths, genome.widths[1:], strict=False)]
    return sum(o * (i + min(64, 2 * int(np.ceil(np.sqrt(i))))) for i, o in units)


@pytest.mark.parametrize("genome", GENOMES, ids=str)
def test_half_the_bits_that_exist_are_drawn_and_none_else(genome):
    rng = np.random.default_rng(0)
    drawn = [np.bitwise_count(genome.random(rng)).sum() for _ in range(400)]

    assert np.mean(drawn) == pytest.approx(n_bits(genome) / 2, rel=0.05)
    assert max(drawn) <= n_bits(genome)


@pytest.mark.parametrize("rate", [0.0, 0.01, 0.1, 0.4])
@pytest.mark.parametrize("genome", GENOMES, ids=str)
def test_a_mutation_turns_over_its_share_of_the_bits_that_exist(genome, rate):
    rng, turned = np.random.default_rng(0), []
    for _ in range(300):
        words = genome.random(rng)
        before = words.copy()
        genome.mutate(words, rate, rng)
        turned.append(np.bitwise_count(words ^ before).sum())

    assert np.sum(turned) == pytest.approx(300 * n_bits(genome) * rate, rel=0.1, abs=9)
    genome.network(words, 0.0)  # which refuses padding that is not 0


def test_a_child_s_units_are_each_whole_from_one_parent():
    genome, rng = Genome((130, 70, 3)), np.random.default_rng(0)
    mother, father = (genome.random(rng) for _ in range(2))

    child = genome.cross(mother, father, rng)

    def units(words):
        weights, limits, _ = genome.decode(words)
        return np.vstack([weights[: 3 * 128].reshape(3, 128), limits])[:, :70].T

    of_mother, of_father = (
        (units(child) == units(parent)).all(axis=1) for parent in (mother, father)
    )
    assert (of_mother ^ of_father).all()
    assert 15 < of_mother.sum() < 55


def test_biases_are_the_weights_of_inputs_that_are_always_one():
    """The network agrees with one that has those inputs, computed in floats."""
    genome, rng = Genome((10, 9, 4)), np.random.default_rng(0)
    words = genome.random(rng)
    x = rng.integers(0, 2, (50, 10))

    weights, _, _ = genome.decode(words)
    signs, start = 2.0 * x - 1, len(weights)
    for packed, outputs, inputs in ((weights[:64], 9, 10), (weights[64:], 4, 9)):
        bits = unpack_rows(words[start : start + outputs, None], 2 * int(np.ceil(inputs**0.5)))
        extended = np.hstack([unpack_rows(packed[:outputs, None], inputs), bits])
        ones = np.ones((50, bits.shape[1]))
        sums = np.hstack([signs, ones]) @ (2.0 * extended - 1).T
        signs, start = np.where(sums > 0, 1.0, -1.0), start + 64

    scores = genome.network(words, 0.5).predict(x, backend=NumpyBackend(compiled=False))
    np.testing.assert_array_equal(scores, sums)
