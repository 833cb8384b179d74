"""Resamples are of the photos there are, and an interval holds its value."""

import numpy as np
import pytest

from tinyclf.training import bootstrap
from tinyclf.training.bootstrap import interval_of, resampled_sums


def test_a_resample_draws_as_many_photos_as_there_are() -> None:
    sums = resampled_sums(np.ones((7, 1)), None, seed=0, resamples=20)
    assert sums.tolist() == [[7.0]] * 20


def test_a_group_is_drawn_whole() -> None:
    sums = resampled_sums(np.eye(4), ["a", "a", "b", "b"], seed=0, resamples=50)
    assert (sums[:, 0] == sums[:, 1]).all()
    assert (sums[:, 2] == sums[:, 3]).all()
    assert len(np.unique(sums[:, 0])) == 3


def test_drawing_a_part_at_a_time_draws_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    addends = np.random.default_rng(0).random((30, 2))
    whole = resampled_sums(addends, None, seed=3, resamples=40)
    monkeypatch.setattr(bootstrap, "CHUNK", 100)
    np.testing.assert_allclose(resampled_sums(addends, None, seed=3, resamples=40), whole)


def test_an_interval_is_about_its_value_and_not_the_mean_of_the_resamples() -> None:
    resampled = np.random.default_rng(0).normal(0.7, 0.1, 10_000)
    interval = interval_of(0.5, resampled)
    assert interval.low == pytest.approx(0.5 - 0.196, abs=0.01)
    assert interval.high == pytest.approx(0.5 + 0.196, abs=0.01)


def test_an_interval_stays_where_a_measure_can_be() -> None:
    interval = interval_of(1.0, np.random.default_rng(0).normal(1.0, 0.1, 1000))
    assert interval.high == 1.0
