import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.clipping import clip_norm, clip_norm_unchecked


def test_a_long_gradient_is_shortened_in_its_direction(backend):
    gradient = backend.asarray([3.0, -4.0])

    assert clip_norm(gradient, 1.0, backend=backend) == pytest.approx(5)
    np.testing.assert_allclose(backend.to_numpy(gradient), [0.6, -0.8])


def test_a_short_one_is_left_as_it_is(backend):
    gradient = backend.asarray([0.3, -0.4])

    clip_norm(gradient, 1.0, backend=backend)

    assert backend.to_numpy(gradient).tolist() == [0.3, -0.4]


@pytest.mark.parametrize("size", [1e-30, 1e30])
def test_squares_neither_overflow_nor_vanish(backend, size):
    gradient = backend.asarray([3 * size, -4 * size], np.float32)

    with backend.raising():
        assert clip_norm(gradient, 1.0, backend=backend) == pytest.approx(5 * size)


@pytest.mark.parametrize("n", [0, 3])
def test_nothing_has_no_length(backend, n):
    assert clip_norm(backend.xp.zeros(n), 1.0, backend=backend) == 0


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_infinity_is_not_clipped_but_told(backend, wrong):
    with pytest.raises(FloatingPointError, match="in the gradient"):
        clip_norm(backend.asarray([1.0, wrong]), 1.0, backend=backend)


@pytest.mark.parametrize("size", [0.0, 0.01, 1.0, 1e-30, 1e30])
def test_unchecked_the_clipped_gradient_is_the_same(backend, size):
    checked, unchecked = (backend.asarray([3 * size, -4 * size], np.float32) for _ in range(2))

    length = clip_norm(checked, 1.0, backend=backend)
    left = clip_norm_unchecked(unchecked, 1.0, backend=backend)

    assert float(left) == pytest.approx(length, rel=1e-6, abs=1e-37)
    checked, unchecked = backend.to_numpy(checked), backend.to_numpy(unchecked)
    np.testing.assert_allclose(unchecked, checked, rtol=1e-6)


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_unchecked_the_length_of_infinity_is_not_finite(backend, wrong):
    with np.errstate(invalid="ignore"):
        length = clip_norm_unchecked(backend.asarray([1.0, wrong]), 1.0, backend=backend)

    assert not np.isfinite(float(length))


@pytest.mark.parametrize("clip", [clip_norm, clip_norm_unchecked])
@pytest.mark.parametrize("limit", [0.0, -1.0, np.nan, None])
def test_a_limit_must_be_more_than_nothing(clip, limit):
    with pytest.raises(ConfigError, match="longest gradient allowed must be more than 0"):
        clip(np.ones(2), limit, backend=NumpyBackend())


@pytest.mark.parametrize("clip", [clip_norm, clip_norm_unchecked])
def test_without_a_limit_nothing_is_clipped(backend, clip):
    gradient = backend.asarray([3.0, -4.0], np.float32)

    assert float(clip(gradient, np.inf, backend=backend)) == pytest.approx(5)
    assert backend.to_numpy(gradient).tolist() == [3, -4]


@pytest.mark.parametrize("wrong", [np.ones(3, int), np.ones((2, 2)), [1.0, 2.0]], ids=str)
def test_what_is_no_flat_vector_of_floats_is_refused(wrong):
    with pytest.raises(InputError, match="The gradient must be"):
        clip_norm(wrong, 0.1, backend=NumpyBackend())
