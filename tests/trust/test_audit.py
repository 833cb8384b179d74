"""An audit's photos are drawn by chance alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyclf.errors import ConfigError
from tinyclf.trust.audit import drawn


@given(st.integers(0, 300), st.integers(0, 320), st.integers(0, 2**63 - 1))
def test_each_photo_at_most_once_and_no_more_than_there_are(n: int, size: int, seed: int) -> None:
    rows = drawn(n, size, seed)
    assert len(rows) == len(set(rows.tolist())) == min(n, size)
    assert set(rows.tolist()) <= set(range(n))


@given(st.integers(1, 300), st.integers(0, 99), st.data())
def test_the_next_look_begins_with_the_last(n: int, seed: int, data: st.DataObject) -> None:
    first, next_one = sorted(data.draw(st.tuples(*[st.integers(0, n)] * 2)))
    assert drawn(n, next_one, seed)[:first].tolist() == drawn(n, first, seed).tolist()


def test_every_photo_and_every_pair_is_drawn_as_often_as_any_other() -> None:
    together = np.zeros((6, 6))
    draws = 3000
    for seed in range(draws):
        rows = drawn(6, 3, seed)
        together[np.ix_(rows, rows)] += 1
    assert np.allclose(np.diag(together) / draws, 1 / 2, atol=0.04)
    assert np.allclose(together[~np.eye(6, dtype=bool)] / draws, 1 / 5, atol=0.04)


def test_other_draws_by_the_same_seed_say_nothing_of_it() -> None:
    assert drawn(1000, 20, 7).tolist() != np.random.default_rng(7).permutation(1000)[:20].tolist()


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(ConfigError, match="The photos to look at must be a whole number from 0"):
        drawn(10, -1, 0)
    with pytest.raises(ConfigError, match="The seed must be a whole number from 0"):
        drawn(10, 1, -1)
