"""CUDA sources, run on a card or thread by thread on the processor, give what the formulas give.

Every kernel's own test runs its source as well; here is what they do not reach.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nn.card.stand_in import CARDS, card_backend
from tinyclf.nn.kernels.adam_step import adam_step
from tinyclf.nn.kernels.cuda import matmul, relu_gradient, softmax_gradient
from tinyclf.nn.kernels.relu_gradient import relu_gradient as relu_gradient_formula
from tinyclf.nn.kernels.softmax_gradient import softmax_gradient as softmax_gradient_formula

ORDERS = ("C", "F")


@pytest.fixture(scope="module", params=CARDS)
def backend(request):
    return card_backend(request.param)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@settings(deadline=None, derandomize=True, max_examples=30)
@given(
    m=st.integers(0, 40),
    k=st.integers(0, 40),
    n=st.integers(0, 40),
    orders=st.tuples(*[st.sampled_from(ORDERS)] * 3),
    given_out=st.booleans(),
)
def test_a_product_of_matrices_of_any_strides(backend, dtype, m, k, n, orders, given_out):
    rng = np.random.default_rng(0)
    a, b, out = (
        np.asarray(rng.random(shape), dtype, order=order)
        for shape, order in zip([(m, k), (k, n), (m, n)], orders, strict=True)
    )
    card_a, card_b, card_out = (as_it_lies(backend, array) for array in (a, b, out))

    product = matmul.build(backend.xp)(card_a, card_b, card_out if given_out else None)

    assert (product is card_out) == given_out
    np.testing.assert_allclose(
        backend.to_numpy(product), a.astype("f8") @ b, rtol=30 * np.finfo(dtype).eps
    )


def as_it_lies(backend, array):
    """Move an array with its strides."""
    return backend.asarray(array.T).T if array.flags.f_contiguous else backend.asarray(array)


def test_the_rate_of_a_step_may_stand_on_the_card(backend):
    rng = np.random.default_rng(0)
    vectors, number = rng.random((5, 77)).astype(np.float32), rng.random()
    step = backend.kernel(adam_step)
    by_value = [backend.asarray(vector) for vector in vectors]
    by_place = [backend.asarray(vector) for vector in vectors]

    step(*by_value, number, 0.9, 0.999, number)
    step(*by_place, backend.asarray(number), 0.9, 0.999, backend.asarray(number))

    np.testing.assert_array_equal(backend.to_numpy(by_place[0]), backend.to_numpy(by_value[0]))


def test_many_rows_go_to_cupy_s_own_sums(backend, monkeypatch):
    monkeypatch.setattr(relu_gradient, "MANY_ROWS", 3)
    monkeypatch.setattr(softmax_gradient, "MANY_NUMBERS", 7)
    dy, y, dz = np.random.default_rng(0).standard_normal((3, 5, 4))
    card = [backend.asarray(array) for array in (dy, y, dz, dz[0])]
    scores, T, ds = (backend.asarray(array) for array in (dy, abs(y), dz))

    relu_gradient.build(backend.xp)(*card)
    value = softmax_gradient.build(backend.xp)(scores, T, ds)

    expected = dz.copy()
    relu_gradient_formula.plain(np, dy, y, expected, expected[0].copy())
    np.testing.assert_allclose(backend.to_numpy(card[2]), expected)
    np.testing.assert_allclose(float(value), softmax_gradient_formula.plain(np, dy, abs(y), dz))


@pytest.mark.parametrize("spoiled", [np.nan, np.inf])
def test_no_number_is_passed_on_as_such(backend, spoiled):
    scores = backend.asarray([[0.0, 1.0], [spoiled, 0.0]])
    T, ds = backend.asarray([[1.0, 0.0], [1.0, 0.0]]), backend.xp.empty((2, 2))

    value = softmax_gradient.build(backend.xp)(scores, T, ds)

    assert np.isnan(float(value))
    assert np.isfinite(backend.to_numpy(ds)).all(axis=1).tolist() == [True, False]


def test_threads_that_part_at_a_barrier_are_found():
    card = card_backend("stand-in").xp
    source = 'extern "C" __global__ void part(double n) { if (threadIdx.x) __syncthreads(); }'

    with pytest.raises(AssertionError, match="wait at different barriers"):
        card.RawKernel(source, "part")((1,), (2,), (1.0,))
