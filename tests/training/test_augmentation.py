"""Augmentations against batches made by hand, on the processor and on a stand-in for a card."""

from typing import Any

import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.backend import Backend
from tinyclf.training.augmentation import Augmentation, Mirror, Mixup, Noise, Shift, Warp


def varied(
    augmentation: Augmentation, x: Any, targets: Any, backend: Backend, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Return the batch that it makes, in main memory."""
    moved = backend.asarray(x.copy()), backend.asarray(targets.copy())
    made = augmentation(*moved, np.random.default_rng(seed), backend=backend)
    return backend.to_numpy(made[0]), backend.to_numpy(made[1])


def shifted(picture: np.ndarray, down: int, right: int) -> np.ndarray:
    """Return a picture (channels, height, width), moved pixel by pixel; zeros come in."""
    moved = np.zeros_like(picture)
    _, height, width = picture.shape
    for i in range(height):
        for j in range(width):
            if 0 <= i - down < height and 0 <= j - right < width:
                moved[:, i, j] = picture[:, i - down, j - right]
    return moved


def test_each_picture_is_shifted_by_its_own_whole_pixels_and_zeros_come_in(
    backend: Backend,
) -> None:
    x = np.arange(1.0, 1 + 60 * 2 * 4 * 5).reshape(60, 2, 4, 5)
    targets = np.eye(60)

    made, rows = varied(Shift(2), x, targets, backend)

    offsets = [(down, right) for down in range(-2, 3) for right in range(-2, 3)]
    found = [
        [offset for offset in offsets if (shifted(picture, *offset) == moved).all()]
        for picture, moved in zip(x, made, strict=True)
    ]
    assert all(len(each) == 1 for each in found)
    downs, rights = zip(*(each[0] for each in found), strict=True)
    assert set(downs) == set(rights) == {-2, -1, 0, 1, 2}
    assert len({each[0] for each in found}) > 10  # not all of them, nor down as right
    assert (rows == targets).all()


def test_a_shift_by_nothing_changes_nothing(backend: Backend) -> None:
    x = np.arange(24.0).reshape(2, 1, 3, 4)
    assert (varied(Shift(0), x, np.eye(2), backend)[0] == x).all()


@pytest.mark.parametrize("augmentation", [Shift(1), Mirror(), Warp(5)], ids=str)
def test_only_pictures_are_moved(augmentation: Augmentation, backend: Backend) -> None:
    with pytest.raises(InputError, match=r"Only pictures .* not \(3, 12\)"):
        varied(augmentation, np.ones((3, 12)), np.eye(3), backend)


def test_about_half_of_the_pictures_are_mirrored_left_to_right(backend: Backend) -> None:
    x = np.arange(40.0 * 2 * 2 * 3).reshape(40, 2, 2, 3)

    made, _ = varied(Mirror(), x, np.eye(40), backend)

    turned = (made == x[..., ::-1]).all(axis=(1, 2, 3))
    assert (turned | (made == x).all(axis=(1, 2, 3))).all()
    assert 10 <= turned.sum() <= 30


def test_a_warp_by_nothing_changes_nothing(backend: Backend) -> None:
    x = np.arange(3.0 * 2 * 5 * 4).reshape(3, 2, 5, 4)
    assert np.allclose(varied(Warp(0), x, np.eye(3), backend)[0], x)


def test_a_warp_finds_each_pixel_between_those_it_stands_on(backend: Backend) -> None:
    """A plane stays a plane, turned and moved: of a ramp, every new pixel says where it is from."""
    side = 41
    y, x = np.mgrid[:side, :side] + 0.0
    ramps = np.stack([np.stack([y, x])] * 20)
    inner = slice(15, 26)

    made, _ = varied(Warp(30, 0.2, 3), ramps, np.eye(20), backend)

    seen = set()
    for from_y, from_x in made[:, :, inner, inner]:
        down, across = from_y[1, 0] - from_y[0, 0], from_x[0, 1] - from_x[0, 0]
        sine = from_y[0, 1] - from_y[0, 0]
        assert down == pytest.approx(across)
        assert from_x[1, 0] - from_x[0, 0] == pytest.approx(-sine)
        zoom = 1 / np.hypot(down, sine)
        assert 0.8 <= zoom <= 1.2
        assert abs(np.degrees(np.arctan2(sine, down))) <= 30
        middle = from_y[5, 5] - 20, from_x[5, 5] - 20
        assert np.abs(middle).max() <= 3
        seen.add(round(float(sine), 6))
    assert len(seen) == 16  # so many ways for a batch


def test_what_a_warp_brings_in_is_zero(backend: Backend) -> None:
    made, _ = varied(Warp(0, 0, 60), np.ones((64, 1, 5, 5)), np.eye(64), backend)
    assert (made == 0).all(axis=(1, 2, 3)).any()
    assert made.min() >= 0
    assert made.max() <= 1 + 1e-6


def test_noise_is_normal_and_anew_for_every_number(backend: Backend) -> None:
    x = np.full((200, 50), 3.0, np.float32)

    made, rows = varied(Noise(0.5), x, np.eye(200), backend)

    noise = (made - x) / 0.5
    assert made.dtype == np.float32
    assert abs(noise.mean()) < 0.05
    assert noise.std() == pytest.approx(1, abs=0.05)
    assert (np.abs(noise) < 1).mean() == pytest.approx(0.683, abs=0.02)
    assert len(np.unique(made)) > 5000
    assert (rows == np.eye(200)).all()


@pytest.mark.parametrize("shape", [(40,), (2, 4, 5)])
def test_mixup_blends_inputs_and_targets_alike_and_mostly_the_example_itself(
    backend: Backend, shape: tuple[int, ...]
) -> None:
    # Each example is alone in having its place, so that its share can be read there.
    x = np.eye(40).reshape(40, *shape)

    made, rows = varied(Mixup(0.4), x, np.eye(40), backend)

    assert (made.reshape(40, 40) == rows).all()
    own = rows.diagonal()
    np.testing.assert_allclose(rows.sum(axis=1), 1)
    assert (own >= 0.5).all()
    assert (rows >= 0).all()
    assert ((rows > 0).sum(axis=1) <= 2).all()
    assert len(np.unique(own)) > 20  # a share for each


@pytest.mark.parametrize("augmentation", [Mixup(0.4), Noise(0.1), Shift(1)], ids=repr)
def test_a_seed_gives_the_same_batch_and_another_one_another(
    backend: Backend, augmentation: Augmentation
) -> None:
    x, targets = np.random.default_rng(1).random((6, 1, 4, 4)), np.eye(6)

    one, same, other = (varied(augmentation, x, targets, backend, seed)[0] for seed in (3, 3, 4))

    assert (one == same).all()
    assert (one != other).any()


@pytest.mark.parametrize(
    ("kind", "setting", "words"),
    [
        (Mixup, 0.0, "alpha of mixup must be from 0.001 to 10"),
        (Mixup, 11.0, "alpha of mixup must be from 0.001 to 10"),
        (Noise, -0.1, "deviation of noise must be from 0.0 to 100"),
        (Noise, float("nan"), "deviation of noise must be from 0.0 to 100"),
        (Noise, "0.1", "deviation of noise must be from 0.0 to 100"),
        (Shift, 65, "pixels of a shift must be a whole number from 0 to 64"),
        (Shift, 1.5, "pixels of a shift must be a whole number from 0 to 64, not 1.5"),
        (Shift, True, "pixels of a shift must be a whole number from 0 to 64, not True"),
    ],
)
def test_settings_out_of_range_are_refused(kind: Any, setting: Any, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        kind(setting)


def test_the_farthest_shift_is_one_also_in_numpys_narrowest_integer(backend: Backend) -> None:
    x = np.ones((3, 1, 2, 2))

    narrow, plain = (varied(Shift(far), x, np.eye(3), backend)[0] for far in (np.int8(64), 64))

    assert (narrow == plain).all()


def test_a_setting_of_numpys_leaves_the_precision_as_it_was(backend: Backend) -> None:
    x = np.ones((3, 4), np.float32)

    assert varied(Noise(np.float64(0.5)), x, np.eye(3), backend)[0].dtype == np.float32
