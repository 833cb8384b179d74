from __future__ import annotations

import numpy as np
import pytest

from tinyclf.samples.damage import KINDS, damaged
from tinyclf.samples.fields import Field, Pixels

Stamps = list[tuple[Pixels, Field]]


def changed_area(stamp: tuple[Pixels, Field], kind: str, strength: float, seed: int) -> float:
    """Return the share of the picture that looks different afterwards."""
    pixels, alpha = stamp
    after, cover = damaged(pixels, alpha, kind, strength, np.random.default_rng(seed))
    difference = np.abs(after * cover[..., None] - pixels * alpha[..., None]).max(axis=2)
    return float((difference > 0.04).mean())


@pytest.mark.parametrize("kind", KINDS)
def test_more_strength_changes_more_of_the_stamp(stamps: Stamps, kind: str) -> None:
    areas = [
        np.mean([changed_area(stamp, kind, strength, seed) for seed, stamp in enumerate(stamps)])
        for strength in (0.15, 0.4, 0.7, 1.0)
    ]
    assert areas[0] > 0.001
    assert areas == sorted(areas)
    assert areas[3] > 2 * areas[0]


@pytest.mark.parametrize("kind", KINDS)
def test_no_strength_changes_nothing(stamps: Stamps, kind: str) -> None:
    assert changed_area(stamps[0], kind, 0.0, seed=4) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_damage_keeps_shape_type_and_range(stamps: Stamps, kind: str) -> None:
    pixels, alpha = stamps[1]
    after, cover = damaged(pixels, alpha, kind, 0.9, np.random.default_rng(2))
    assert after.shape == pixels.shape
    assert cover.shape == alpha.shape
    assert after.dtype == cover.dtype == np.float32
    assert min(after.min(), cover.min()) >= 0
    assert max(after.max(), cover.max()) <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_damage_leaves_its_input_alone_and_repeats_itself(stamps: Stamps, kind: str) -> None:
    pixels, alpha = stamps[2]
    before = pixels.copy(), alpha.copy()
    first = damaged(pixels, alpha, kind, 0.8, np.random.default_rng(9))
    again = damaged(pixels, alpha, kind, 0.8, np.random.default_rng(9))
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])
    np.testing.assert_array_equal(pixels, before[0])
    np.testing.assert_array_equal(alpha, before[1])


@pytest.mark.parametrize("kind", KINDS)
def test_damage_never_adds_paper_outside_the_stamp(stamps: Stamps, kind: str) -> None:
    pixels, alpha = stamps[3]
    _, cover = damaged(pixels, alpha, kind, 1.0, np.random.default_rng(6))
    assert (cover <= alpha + 1e-6).all()


@pytest.mark.parametrize("kind", KINDS)
def test_damage_works_on_any_picture(kind: str) -> None:
    plain = np.full((70, 110, 3), 0.5, np.float32)
    after, _ = damaged(plain, np.ones((70, 110), np.float32), kind, 0.6, np.random.default_rng(1))
    assert np.isfinite(after).all()


@pytest.mark.parametrize("strength", [-0.1, 1.1])
def test_a_strength_out_of_range_is_refused(stamps: Stamps, strength: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        damaged(*stamps[0], "tear", strength, np.random.default_rng(0))
