from __future__ import annotations

import numpy as np
import pytest

from tinyclf.samples.backgrounds import BACKGROUNDS
from tinyclf.samples.fields import Field, Pixels
from tinyclf.samples.scene import photographed
from tinyclf.samples.stamp import draw_stamp


@pytest.mark.parametrize("ground", BACKGROUNDS, ids=lambda ground: ground.__name__)
def test_a_background_fills_the_picture(ground: object, rng: np.random.Generator) -> None:
    assert callable(ground)
    pixels = ground(rng, 90, 120)
    assert pixels.shape == (90, 120, 3)
    assert pixels.min() > -0.05
    assert pixels.max() < 1.1


def test_the_whole_stamp_is_in_the_photo(stamps: list[tuple[Pixels, Field]]) -> None:
    for seed in range(12):
        pixels, alpha = stamps[seed % len(stamps)]
        glowing = np.zeros_like(pixels)
        glowing[..., 1] = 1.0
        photo = np.asarray(photographed(glowing, alpha, np.random.default_rng(seed)), np.int16)
        green = photo[..., 1] - photo[..., [0, 2]].max(axis=2) > 90
        assert 0.15 < green.mean() < 0.85
        border = (green[0], green[-1], green[:, 0], green[:, -1])
        assert not any(edge.any() for edge in border)


def test_the_same_numbers_give_the_same_photo() -> None:
    first, grade = draw_stamp(3, 17)
    draw_stamp(3, 18)
    again, same = draw_stamp(3, 17)
    assert first.tobytes() == again.tobytes()
    assert grade is same


def test_photos_lie_and_stand() -> None:
    shapes = [draw_stamp(0, index)[0].size for index in range(9)]
    assert {width > height for width, height in shapes} == {True, False}
