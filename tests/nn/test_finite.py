"""NaN and infinity are found, huge numbers are not taken for them."""

import numpy as np
import pytest

from tinyclf.errors import InputError
from tinyclf.nn.finite import all_finite, check_inputs, first_spoiled_row, no_finite_output


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_finite_number_is_too_large(backend, dtype):
    xp = backend.xp

    assert all_finite(xp, xp.full((3, 4), xp.finfo(dtype).max, dtype))
    assert all_finite(xp, xp.empty((0, 4), dtype))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("spoiled", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("order", ["C", "F"])
def test_one_spoiled_number_is_found(backend, dtype, spoiled, order):
    array = np.ones((5, 3, 2), dtype, order=order)
    array[3, 2, 1] = spoiled
    array = backend.asarray(array)

    assert not all_finite(backend.xp, array)
    assert first_spoiled_row(backend.xp, backend.xp.ones((5, 1)), array) == 3


def test_the_error_tells_the_row_the_place_and_the_cure():
    assert str(no_finite_output(7, "the inputs")) == (
        "Row 7 of the inputs has no finite output: infinity or NaN in the inputs. "
        "Mend the row, or leave it out."
    )
    assert str(no_finite_output(7, "layer 2")).endswith("Check the row for huge numbers.")


@pytest.mark.parametrize("input_shape", [(), (4,), (1, 28, 28)])
@pytest.mark.parametrize("n", [0, 3])
def test_inputs_of_the_right_shape_pass(input_shape, n):
    check_inputs("The network", np.zeros((n, *input_shape)), input_shape)


@pytest.mark.parametrize(
    ("input_shape", "shape", "words"),
    [
        ((), (), r"takes inputs \(n\), but is given an array of shape \(\)\."),
        ((), (2, 3), r"takes inputs \(n\), but is given an array of shape \(2, 3\)\."),
        ((4,), (4,), r"takes inputs \(n, 4\), but is given an array of shape \(4,\)\."),
        ((2, 5, 5), (9, 2, 5), r"takes inputs \(n, 2, 5, 5\), but is given .* \(9, 2, 5\)\."),
    ],
)
def test_inputs_of_another_shape_are_refused(input_shape, shape, words):
    with pytest.raises(InputError, match="^The network " + words):
        check_inputs("The network", np.zeros(shape), input_shape)
