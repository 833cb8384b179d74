from __future__ import annotations

import numpy as np
import pytest

from tinyclf.samples.damage import KINDS
from tinyclf.samples.fields import Field, Pixels
from tinyclf.samples.renderings import (
    EVERY_KIND,
    SIDE,
    THINGS,
    combined,
    drawn_faults,
    rendered,
    thing,
)
from tinyclf.samples.renderings.faults import suffer
from tinyclf.samples.wear import Fault

Stamps = list[tuple[Pixels, Field]]

OTHER_KINDS = [kind for kind in EVERY_KIND if kind not in KINDS]


def changed_area(stamp: tuple[Pixels, Field], kind: str, strength: float, seed: int) -> float:
    """Return the share of the picture that looks different afterwards."""
    pixels, alpha = stamp
    after, cover = suffer(pixels, alpha, [Fault(kind, strength)], np.random.default_rng(seed))
    difference = np.abs(after * cover[..., None] - pixels * alpha[..., None]).max(axis=2)
    return float((difference > 0.04).mean())


def photo(suffered: tuple[Fault, ...], fate: int, scene: int) -> Field:
    generators = np.random.default_rng(fate), np.random.default_rng(scene)
    return rendered(thing(1, 3), suffered, *generators).astype(np.float32)


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_more_strength_changes_more_of_the_thing(stamps: Stamps, kind: str) -> None:
    areas = [
        np.mean([changed_area(stamp, kind, strength, seed) for seed, stamp in enumerate(stamps)])
        for strength in (0.15, 0.4, 0.7, 1.0)
    ]
    assert areas[0] > 0.0005
    assert areas == sorted(areas)
    assert areas[3] > 2 * areas[0]


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_damage_never_adds_paper_and_leaves_its_input_alone(stamps: Stamps, kind: str) -> None:
    pixels, alpha = stamps[2]
    before = pixels.copy(), alpha.copy()
    after, cover = EVERY_KIND[kind](pixels, alpha, 1.0, np.random.default_rng(6))
    assert after.shape == pixels.shape
    assert (cover <= alpha + 1e-6).all()
    np.testing.assert_array_equal(pixels, before[0])
    np.testing.assert_array_equal(alpha, before[1])


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_damage_works_on_any_picture(kind: str) -> None:
    plain = np.full((70, 110, 3), 0.5, np.float32)
    after, _ = EVERY_KIND[kind](
        plain, np.ones((70, 110), np.float32), 0.6, np.random.default_rng(1)
    )
    assert np.isfinite(after).all()


@pytest.mark.parametrize("draw", THINGS.values(), ids=THINGS)
def test_a_thing_is_a_picture_and_what_it_covers(draw: object) -> None:
    assert callable(draw)
    for seed in range(4):
        pixels, alpha = draw(np.random.default_rng(seed))
        assert pixels.shape == (*alpha.shape, 3)
        assert np.isfinite(pixels).all()
        assert 0.25 < alpha.mean() <= 1


def test_most_things_are_stamps_and_all_differ() -> None:
    shown = [thing(0, index) for index in range(10)]
    assert len({pixels.tobytes() for pixels, _ in shown}) == 10
    np.testing.assert_array_equal(thing(0, 4)[0], shown[4][0])


def test_the_same_lots_give_the_same_photo() -> None:
    suffered = (Fault("tear", 0.5), Fault("stain", 0.3))
    first = photo(suffered, 3, 4)
    assert first.shape == (SIDE, SIDE, 3)
    np.testing.assert_array_equal(first, photo(suffered, 3, 4))


def test_the_scene_does_not_depend_on_the_damage() -> None:
    whole, torn = photo((), 3, 4), photo((Fault("tear", 0.6),), 3, 4)
    assert (np.abs(whole - torn).max(axis=2) > 30).mean() < 0.2
    assert (np.abs(whole - photo((), 3, 5)).max(axis=2) > 30).mean() > 0.3


def test_stronger_faults_of_one_lot_are_the_same_kinds() -> None:
    weak, strong = (drawn_faults(np.random.default_rng(2), worst) for worst in (0.2, 0.8))
    assert [fault.kind for fault in weak] == [fault.kind for fault in strong]
    assert combined(()) == 0 < combined(weak) < combined(strong) <= 1


def test_no_strength_is_no_fault() -> None:
    assert drawn_faults(np.random.default_rng(0), 0.0) == ()


def test_only_the_given_kinds_are_drawn() -> None:
    drawn = [drawn_faults(np.random.default_rng(s), 0.5, ("tear", "tape")) for s in range(20)]
    assert {fault.kind for faults in drawn for fault in faults} == {"tear", "tape"}
