"""A certificate holds as often as it says, however the wall and whoever looks at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyclf.errors import ConfigError
from tinyclf.trust.certificate import (
    Look,
    certify,
    looks_needed,
    most_wrong,
    next_look,
    preset_looks,
)

QUARTER = 0.05 / 4


def chance(population: int, wrong: int, looked_at: int, found: int) -> float:
    """Of finding exactly so many, by whole numbers."""
    if found > looked_at:
        return 0.0
    ways = comb(wrong, found) * comb(population - wrong, looked_at - found)
    return ways / comb(population, looked_at)


def broken_by_peeking(
    population: int, wrong: int, sizes: Sequence[int], bound: Callable[[int, int], int]
) -> float:
    """The chance that the bound of any look is below the truth: exact, over all draws."""
    whole = {0: 1.0}  # found up to now: the chance of it, with no bound broken yet
    looked_at = 0
    for size in sizes:
        now: dict[int, float] = {}
        for found, p in whole.items():
            for more in range(min(size - looked_at, wrong - found) + 1):
                q = chance(population - looked_at, wrong - found, size - looked_at, more)
                total = found + more
                if q and bound(size, total) >= wrong:
                    now[total] = now.get(total, 0.0) + p * q
        whole, looked_at = now, size
    return 1 - sum(whole.values())


@pytest.mark.parametrize("alpha", [0.0125, 0.05, 0.25])
@pytest.mark.parametrize("population", [1, 2, 7, 13, 30])
def test_the_truth_is_larger_in_at_most_alpha_of_all_draws(population: int, alpha: float) -> None:
    for looked_at in range(population + 1):
        bounds = [most_wrong(population, looked_at, w, alpha) for w in range(looked_at + 1)]
        for wrong in range(population + 1):
            broken = sum(
                chance(population, wrong, looked_at, found)
                for found, bound in enumerate(bounds)
                if bound < wrong
            )
            assert broken <= alpha + 1e-9


@given(st.integers(1, 80), st.data())
def test_the_bound_is_the_largest_number_that_is_not_ruled_out(
    population: int, data: st.DataObject
) -> None:
    looked_at = data.draw(st.integers(1, population))
    found = data.draw(st.integers(0, looked_at))
    bound = most_wrong(population, looked_at, found, 0.0125)

    def at_most_so_many_found(wrong: int) -> float:
        return sum(chance(population, wrong, looked_at, k) for k in range(found + 1))

    assert found <= bound <= population - (looked_at - found)
    assert at_most_so_many_found(bound) >= 0.0125 * (1 - 1e-7)
    if bound < population - (looked_at - found):
        assert at_most_so_many_found(bound + 1) < 0.0125


@given(st.integers(1, 5000), st.floats(0.001, 0.4), st.data())
def test_more_found_is_more_feared_and_more_sureness_costs(
    population: int, alpha: float, data: st.DataObject
) -> None:
    looked_at = data.draw(st.integers(1, population))
    found = data.draw(st.integers(0, looked_at - 1))
    bound = most_wrong(population, looked_at, found, alpha)
    assert bound < most_wrong(population, looked_at, found + 1, alpha)
    assert bound <= most_wrong(population, looked_at, found, alpha / 2)
    assert bound >= most_wrong(population, min(looked_at + 1, population), found, alpha)


@given(st.integers(0, 3000), st.data())
def test_who_has_looked_at_all_has_counted(population: int, data: st.DataObject) -> None:
    wrong = np.arange(population) < data.draw(st.integers(0, population))
    proof = certify(population, wrong)
    assert proof.at_most_wrong == proof.found_wrong == wrong.sum()
    assert (proof.at_most_still_wrong, proof.confidence, proof.next_size) == (0, 1.0, None)
    assert most_wrong(population, population, proof.found_wrong, 0.0125) == wrong.sum()


@pytest.mark.parametrize("population", [12, 60, 150])
def test_peeking_at_every_preset_look_keeps_the_promise(population: int) -> None:
    sizes = [look.size for look in preset_looks(population)]
    bound = cache(partial(most_wrong, population, alpha=QUARTER))
    some = range(0, population, max(1, population // 30))
    assert max(broken_by_peeking(population, wrong, sizes, bound) for wrong in some) <= 0.05


def test_peeking_every_ten_photos_would_break_it() -> None:
    bound = cache(partial(most_wrong, 100, alpha=0.05))
    sizes = range(10, 100, 10)
    assert max(broken_by_peeking(100, wrong, sizes, bound) for wrong in range(0, 30, 3)) > 0.08


def test_a_single_look_at_a_wall_of_400_takes_so_many() -> None:
    assert [looks_needed(400, share, 0.05) for share in (0.05, 0.02, 0.01)] == [52, 113, 180]


def test_the_looks_of_a_wall_of_400_show_ten_five_two_and_one_per_cent() -> None:
    assert preset_looks(400) == (Look(39, 40), Look(74, 20), Look(153, 8), Look(233, 4))


@given(st.integers(0, 20_000), st.sampled_from([0.8, 0.95, 0.99]))
def test_looks_grow_show_less_and_fit_the_wall(population: int, confidence: float) -> None:
    looks = preset_looks(population, confidence)
    assert [look.size for look in looks] == sorted({look.size for look in looks})
    assert len(looks) <= 4
    assert all(1 <= look.size <= population for look in looks)
    shown = [look.at_most_wrong for look in looks]
    assert shown == sorted(set(shown), reverse=True)
    assert not looks or (shown[0] <= population / 10 and shown[-1] <= population / 100)
    at = [next_look(population, looked_at, confidence) for looked_at in (0, population)]
    assert at == [looks[0].size if looks else None, None]


@given(st.integers(1, 400), st.floats(0, 1), st.floats(0.001, 0.5))
def test_as_many_as_needed_are_enough_and_one_less_is_not(
    population: int, share: float, alpha: float
) -> None:
    needed = looks_needed(population, share, alpha)
    allowed = int(share * population + 1e-9)
    assert most_wrong(population, needed, 0, alpha) <= allowed
    if needed:
        assert most_wrong(population, needed - 1, 0, alpha) > allowed


def test_between_looks_the_bound_waits_but_knows_what_was_counted() -> None:
    none_wrong = np.zeros(73, np.bool_)
    assert certify(400, none_wrong[:38]).at_most_wrong == 400 - 38
    assert certify(400, none_wrong[:38]).confidence == 1.0
    assert certify(400, none_wrong[:39]).at_most_wrong == 40
    waiting = certify(400, none_wrong)
    assert (waiting.at_most_wrong, waiting.confidence, waiting.next_size) == (40, 0.95, 74)
    two_since = none_wrong.copy()
    two_since[[50, 60]] = True
    assert (certify(400, two_since).at_most_wrong, certify(400, two_since).found_wrong) == (40, 2)
    assert certify(400, two_since).at_most_still_wrong == 38


def test_a_bound_that_the_answers_disprove_gives_way() -> None:
    wrong = np.r_[np.zeros(39, np.bool_), np.ones(34, np.bool_), np.ones(10, np.bool_)]
    assert certify(400, wrong[:73]).at_most_wrong == 40
    assert certify(400, wrong[:73]).at_most_still_wrong == 6
    assert certify(400, wrong).at_most_wrong == most_wrong(400, 74, 35, QUARTER)
    assert certify(150, np.r_[np.zeros(34, np.bool_), np.ones(17, np.bool_)]).at_most_wrong >= 17


@given(st.integers(1, 300), st.integers(0, 2**32))
def test_a_certificate_never_contradicts_what_was_seen(population: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    wrong = rng.random(int(rng.integers(population + 1))) < rng.random()
    proof = certify(population, wrong)
    right = len(wrong) - proof.found_wrong
    assert proof.found_wrong <= proof.at_most_wrong <= population - right


def test_an_empty_wall_hides_nothing() -> None:
    proof = certify(0, np.zeros(0, np.bool_))
    assert (proof.at_most_wrong, proof.confidence, proof.next_size) == (0, 1.0, None)
    assert looks_needed(0, 0.0, 0.05) == 0


@pytest.mark.parametrize("looked_at", [500, 10_000])
def test_large_walls_agree_with_whole_numbers(looked_at: int) -> None:
    found, population = 3, 20_000
    bound = most_wrong(population, looked_at, found, 0.0125)
    scale = 10**30

    def at_most_so_many_found(wrong: int) -> float:
        ways = sum(comb(wrong, k) * comb(population - wrong, looked_at - k) for k in range(4))
        return ways * scale // comb(population, looked_at) / scale

    assert at_most_so_many_found(bound) >= 0.0125 > at_most_so_many_found(bound + 1)


def test_half_of_a_large_wall_wrong_is_no_trouble() -> None:
    assert 50_000 < most_wrong(100_000, 20_000, 10_000, 0.0125) < 51_000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((10, 11, 0, 0.05), "looked at must be a whole number from 0 to 10, not 11"),
        ((10, 5, 6, 0.05), "found wrong must be a whole number from 0 to 5, not 6"),
        ((-1, 0, 0, 0.05), "on a wall must be a whole number from 0 to 10,000,000, not -1"),
        ((10, 5, 0, 0.0), "alpha must be from 1e-06 to 0.5, not 0.0"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[int, int, int, float], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        most_wrong(*arguments)


def test_certainty_is_not_for_sale() -> None:
    with pytest.raises(ConfigError, match=r"The confidence must be from 0\.5 to 0\.9999, not 1"):
        certify(10, np.zeros(1, np.bool_), confidence=1.0)
    with pytest.raises(ConfigError, match="looked at must be a whole number from 0 to 10, not 11"):
        certify(10, np.zeros(11, np.bool_))
