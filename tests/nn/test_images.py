"""How images lie in memory, and what windows see of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.errors import ConfigError
from tinyclf.nn import images


@settings(deadline=None, derandomize=True, max_examples=30)
@given(
    n=st.integers(0, 3),
    channels=st.integers(1, 3),
    side=st.integers(1, 5),
    padding=st.integers(0, 2),
)
def test_images_become_planes_in_a_frame_and_come_back(n, channels, side, padding):
    x = np.random.default_rng(0).random((n, channels, side, side + 1))

    planes = images.planes_of(np, x, padding)

    assert planes.shape == (channels, side + 2 * padding, side + 1 + 2 * padding, n)
    assert planes.flags.c_contiguous
    assert planes.sum() == pytest.approx(x.sum())
    np.testing.assert_array_equal(images.images_of(planes, padding), x)


def test_planes_are_handed_on_without_a_copy():
    planes = images.planes_of(np, np.ones((5, 2, 3, 3)))

    assert images.planes_of(np, images.images_of(planes)) is not planes
    assert np.shares_memory(images.planes_of(np, images.images_of(planes)), planes)
    assert np.shares_memory(images.images_of(planes).reshape(5, -1), planes)


@settings(deadline=None, derandomize=True, max_examples=30)
@given(
    size=st.integers(1, 3), stride=st.integers(1, 3), side=st.integers(3, 7), n=st.integers(0, 2)
)
def test_fold_is_unfold_transposed(size, stride, side, n):
    rng = np.random.default_rng(size)
    planes = rng.random((2, side, side, n))
    windows = images.windows_in("It", (side, side), size, stride)
    back = np.zeros_like(planes)

    unfolded = images.unfold(np, planes, size, stride, windows)
    weights = rng.random(unfolded.shape)
    images.fold(weights, back, stride, windows)

    assert (unfolded * weights).sum() == pytest.approx((planes * back).sum())


def test_bands_cover_all_rows_and_stay_small():
    bands = images.bands(10, images.MOST_UNFOLDED // 3)

    assert [(band.start, band.stop) for band in bands] == [(0, 3), (3, 6), (6, 9), (9, 10)]
    assert images.bands(2, 10 * images.MOST_UNFOLDED) == [slice(0, 1), slice(1, 2)]
    assert images.bands(7, 0) == [slice(0, 7)]


def test_a_window_larger_than_the_image_is_refused_with_both_sizes():
    with pytest.raises(ConfigError, match=r"It needs images of at least 3 × 3 pixels.*given 2 × 9"):
        images.windows_in("It", (2, 9), 5, 1, padding=1)
