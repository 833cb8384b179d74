import numpy as np
import pytest

from tinyclf.nn.layers import Flatten


@pytest.mark.parametrize("shape", [(2, 3, 4, 5), (0, 3, 4, 5), (2, 3), (2,)])
def test_each_example_becomes_one_row_and_comes_back(backend, shape):
    x = backend.asarray(np.arange(np.prod(shape), dtype=np.float32).reshape(shape))

    y, backward = Flatten().forward({}, x, backend=backend, rng=None)

    width = int(np.prod(shape[1:]))
    assert Flatten().output_shape(shape[1:]) == (width,)
    np.testing.assert_array_equal(backend.to_numpy(y), backend.to_numpy(x).reshape(shape[0], width))
    np.testing.assert_array_equal(backend.to_numpy(backward(y, {})), backend.to_numpy(x))


def test_images_that_do_not_lie_in_one_piece_are_laid_out_in_order(backend):
    x = np.arange(24.0).reshape(1, 2, 3, 4).transpose(0, 3, 1, 2)

    y, _ = Flatten().forward({}, backend.asarray(x), backend=backend, rng=None)

    assert backend.to_numpy(y)[0].tolist() == x.ravel().tolist()
