"""The first suggestions cover the kinds there are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyclf.trust import suggestions
from tinyclf.trust.suggestions import spread


def kinds(each: int = 30, dtype: type = np.float32) -> np.ndarray:
    """Six well-parted kinds of photos, `each` of every one."""
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(6, 20)) * 5
    return (np.repeat(centres, each, axis=0) + rng.normal(size=(6 * each, 20))).astype(dtype)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
@pytest.mark.parametrize("seed", range(5))
def test_the_first_suggestions_cover_every_kind(seed: int, dtype: type) -> None:
    rows = spread(kinds(dtype=dtype), 8, seed=seed)
    assert set(rows // 30) == set(range(6))


def test_what_is_graded_is_not_suggested_nor_its_likes() -> None:
    graded = np.arange(120)
    assert set(spread(kinds(), 2, graded) // 30) == {4, 5}
    assert not set(spread(kinds(), 60, graded)) & set(graded)


@given(st.integers(0, 12), st.integers(-1, 20), st.integers(0, 9), st.integers(0, 2))
def test_as_many_as_wanted_or_left_each_once(n: int, wanted: int, known: int, copies: int) -> None:
    x = np.random.default_rng(n).normal(size=(n, 3)).round(copies)
    already = np.arange(min(n, known))
    rows = spread(x, wanted, already)
    assert len(rows) == len(set(rows)) == max(0, min(wanted, n - len(already)))
    assert not set(rows) & set(already)


def test_photos_without_features_are_not_suggested() -> None:
    x = kinds()
    x[10:20] = np.nan
    rows = spread(x, 180, already=[15, 16, 40])
    assert sorted(rows) == sorted({*range(180)} - {*range(10, 20), 40})


def test_the_same_seed_suggests_the_same() -> None:
    assert spread(kinds(), 10, seed=4).tolist() == spread(kinds(), 10, seed=4).tolist()


def test_of_very_many_photos_a_part_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "CANDIDATES", 60)
    rows = spread(kinds(), 10, np.arange(70))
    assert len(set(rows)) == 10
    assert min(rows) >= 70
