"""Examples are picked, scaled, and kept in their order."""

from typing import Any

import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.backend import Backend, NumpyBackend
from tinyclf.training.examples import CHUNK, Batches, Examples


@pytest.fixture
def pictures() -> Examples:
    rng = np.random.default_rng(0)
    x = rng.integers(0, 256, (20, 2, 3, 3)).astype(np.uint8)
    return Examples(x, rng.integers(0, 4, 20), 1 / 255)


def test_as_many_classes_as_inputs() -> None:
    with pytest.raises(InputError, match="There are 3 inputs, but 2 classes"):
        Examples(np.ones((3, 4)), np.zeros(2, int))


def test_none_are_refused() -> None:
    with pytest.raises(InputError, match="There are no examples"):
        Examples(np.ones((0, 4)), np.zeros(0, int))


def test_some_are_other_ones_each_time_but_in_their_order(pictures: Examples) -> None:
    numbered = Examples(np.arange(20)[:, None], np.arange(20), 0.5)

    chosen = [numbered.some(8, np.random.default_rng(seed)) for seed in range(3)]

    for some in chosen:
        assert len(some) == len(set(some.y)) == 8
        assert (np.diff(some.y) > 0).all()
        assert (some.x[:, 0] == some.y).all()
        assert some.scale == 0.5
    assert len({some.y.tobytes() for some in chosen}) > 1
    assert pictures.some(20, np.random.default_rng(0)) is pictures


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_chunks_are_all_inputs_scaled(pictures: Examples, dtype: type) -> None:
    chunks = list(pictures.chunks(dtype, 6))

    assert [len(chunk) for chunk in chunks] == [6, 6, 6, 2]
    assert {chunk.dtype for chunk in chunks} == {np.dtype(dtype)}
    np.testing.assert_allclose(np.concatenate(chunks), pictures.x / 255, rtol=1e-6)


def test_a_chunk_is_not_too_large() -> None:
    many = Examples(np.ones((CHUNK + 1, 2)), np.zeros(CHUNK + 1, int))
    assert [len(chunk) for chunk in many.chunks("f4")] == [CHUNK, 1]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_batch_is_the_rows_asked_for_scaled_and_new(
    pictures: Examples, backend: Backend, dtype: type
) -> None:
    rows = np.array([7, 0, 19, 7])
    targets = np.eye(4, dtype=dtype)[pictures.y]
    batches = Batches(pictures, backend.asarray(targets), dtype, backend)

    x, picked = batches.pick(rows)
    got, shares = backend.to_numpy(x).copy(), backend.to_numpy(picked).copy()
    x[...] = 0
    picked[...] = 0
    again, _ = batches.pick(rows)

    assert (got.shape, got.dtype, shares.dtype) == ((4, 2, 3, 3), dtype, dtype)
    np.testing.assert_allclose(got, pictures.x[rows] / 255, rtol=1e-6)
    assert (shares == targets[rows]).all()
    assert (backend.to_numpy(again) == got).all()


def test_inputs_that_are_a_view_are_picked_all_the_same(
    pictures: Examples, backend: Backend
) -> None:
    view = Examples(pictures.x.transpose(0, 2, 3, 1)[::2], pictures.y[::2])
    batches = Batches(view, backend.asarray(np.eye(4)[view.y]), np.float64, backend)

    x, _ = batches.pick(np.array([3, 1]))

    assert (backend.to_numpy(x) == view.x[[3, 1]]).all()


@pytest.mark.parametrize("dtype", [complex, object, str])
def test_inputs_that_are_no_real_numbers_are_refused(dtype: type) -> None:
    with pytest.raises(InputError, match="inputs must be real numbers, not"):
        Examples(np.ones((3, 4), dtype), np.zeros(3, int))


@pytest.mark.parametrize("y", [np.zeros((3, 2), int), np.zeros(3), np.array(0), [0, 1, 0], None])
def test_classes_are_whole_numbers_in_a_row(y: Any) -> None:
    with pytest.raises(InputError, match=r"whole numbers of shape \(n,\) from 0"):
        Examples(np.ones((3, 4)), y)


def test_classes_begin_at_0() -> None:
    with pytest.raises(InputError, match="whole numbers from 0, not -1"):
        Examples(np.ones((3, 4)), np.array([0, -1, 0]))


@pytest.mark.parametrize("x", [np.array(1.0), [[1.0], [2.0], [3.0]], 3, None])
def test_inputs_are_an_array_of_rows(x: Any) -> None:
    with pytest.raises(InputError, match="inputs must be a NumPy array with a row for each"):
        Examples(x, np.zeros(3, int))


@pytest.mark.parametrize("scale", ["a", None, True, np.nan, np.inf])
def test_a_scale_that_is_no_finite_number_is_refused(scale: Any) -> None:
    with pytest.raises(ConfigError, match="The scale of examples must be from"):
        Examples(np.ones((3, 4)), np.zeros(3, int), scale)


@pytest.mark.parametrize("dtype", ["?", "u1", ">i4", "f2", ">f4", "<f8", "g"])
@pytest.mark.parametrize("compiled", [False, True])
def test_inputs_of_any_real_dtype_are_picked_in_both_lanes(dtype: str, compiled: bool) -> None:
    if compiled:
        pytest.importorskip("numba", reason="there is nothing to compile without numba")
    lane = NumpyBackend(compiled=compiled)
    x = np.random.default_rng(0).integers(0, 2, (6, 4)).astype(dtype)
    batches = Batches(Examples(x, np.arange(6), 0.5), np.eye(6, dtype="f4"), "f4", lane)

    picked, _ = batches.pick(np.array([5, 0]))

    assert (picked == 0.5 * x[[5, 0]]).all()


@pytest.mark.parametrize("spoiled", [np.nan, np.inf, 1e300])
def test_an_input_that_is_not_finite_in_the_precision_is_named(spoiled: float) -> None:
    x = np.ones((CHUNK + 9, 2))
    x[CHUNK + 3, 1] = spoiled

    with pytest.raises(InputError, match=f"Input {CHUNK + 3} of the examples"):
        Examples(x, np.zeros(len(x), int)).check_finite("f4")


@pytest.mark.parametrize("dtype", ["?", "u1", "i8"])
def test_what_cannot_be_too_large_is_not_looked_through(
    dtype: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Examples, "chunks")
    Examples(np.ones((2, 3), dtype), np.arange(2), 1 / 255).check_finite("f4")


@pytest.mark.parametrize("scale", [1e300, -1e38])
def test_bytes_whose_scale_is_too_large_are_named_too(scale: float) -> None:
    examples = Examples(np.array([[0], [255]], "u1"), np.arange(2), scale)

    with pytest.raises(InputError, match="of the examples holds NaN or infinity"):
        examples.check_finite("f4")
