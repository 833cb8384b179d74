"""A batch of other photos is noticed, and one of the same kind is let pass."""

from itertools import combinations

import numpy as np
import pytest

from tinyclf.trust import novelty as module
from tinyclf.trust.novelty import FEWEST, chance_beyond, novelty


def photos(rng: np.random.Generator, n: int, tails: float = 4.0) -> np.ndarray:
    """Features (n, 60) of one source: a few things vary, some photos are odd."""
    mixing = np.random.default_rng(0).normal(size=(12, 60))
    varied = rng.standard_t(tails, size=(n, 12)) @ mixing
    return (varied + rng.normal(size=(n, 60))).astype(np.float32)


def warned(n: int, m: int, seed: int, shift: float = 0.0) -> bool:
    """Whether m photos, all moved by so much, are warned of beside n known ones."""
    rng = np.random.default_rng([n, m, seed])
    known, new = photos(rng, n), photos(rng, m)
    new[:, :20] += shift
    found = novelty(known, new)
    assert found is not None
    return found.is_unlike


def test_of_a_hundred_batches_of_the_same_source_about_one_is_warned_of() -> None:
    cases = [(20, 20), (50, 20), (100, 20), (50, 100)]
    alarms = sum(warned(n, m, seed) for n, m in cases for seed in range(100))
    assert alarms <= 10  # of 400 at 1 %, more come once in 300


@pytest.mark.parametrize(("n", "m"), [(50, 20), (200, 20), (200, 100)])
def test_another_source_is_noticed(n: int, m: int) -> None:
    assert sum(warned(n, m, seed, shift=15.0) for seed in range(20)) >= 18


def test_strangers_in_a_batch_come_first() -> None:
    rng = np.random.default_rng(1)
    new = photos(rng, 50)
    new[[7, 21, 40]] += [[60.0], [90.0], [75.0]]
    found = novelty(photos(rng, 200), new)
    assert found is not None
    assert found.rows[:3].tolist() == [21, 40, 7]
    assert found.share == len(found.rows) / 50
    assert not found.is_unlike


def test_the_chance_is_that_of_all_orders() -> None:
    n, m, rank = 5, 4, 2
    orders = list(combinations(range(n + m), m))  # which places the new ones take, smallest first
    for count in range(m + 1):
        beyond = [sum(p > sorted({*range(9)} - {*order})[-rank] for p in order) for order in orders]
        share = np.mean([b >= count for b in beyond])
        assert chance_beyond(count, m, rank, n) == pytest.approx(share)


def test_each_known_photo_is_measured_without_itself() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=(12, 3)) * [3, 2, 1]
    old, _ = module._strangeness(x, x[:1])
    for row in range(12):
        _, alone = module._strangeness(np.delete(x, row, axis=0), x[row : row + 1])
        assert old[row] == pytest.approx(alone[0])


def test_too_few_photos_say_nothing() -> None:
    x = photos(np.random.default_rng(0), 40)
    assert novelty(x[: FEWEST - 1], x[20:]) is None
    assert novelty(x, x[:0]) is None
    assert novelty(x, np.full((5, 60), np.nan)) is None


def test_unreadable_photos_do_not_count() -> None:
    rng = np.random.default_rng(3)
    known, new = photos(rng, 60), photos(rng, 30)
    whole = novelty(known, new)
    spoiled = np.insert(new, 4, np.nan, axis=0)
    found = novelty(np.insert(known, 0, np.inf, axis=0), spoiled)
    assert whole is not None
    assert found is not None
    assert (found.share, found.chance) == (whole.share, whole.chance)
    assert found.rows.tolist() == [row + (row >= 4) for row in whole.rows]


def test_copies_of_one_photo_are_alike_and_any_other_is_not() -> None:
    one = np.ones((30, 60), np.float16)
    same, other = novelty(one, one), novelty(one, 2 * one)
    assert same is not None
    assert other is not None
    assert (same.share, same.is_unlike) == (0.0, False)
    assert (other.share, other.is_unlike) == (1.0, True)


def test_of_very_many_photos_a_part_shows_the_directions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SAMPLE", 100)
    assert not any(warned(200, 100, seed) for seed in range(5))
    assert all(warned(200, 100, seed, shift=15.0) for seed in range(5))
