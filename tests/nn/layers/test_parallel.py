"""Two rows of layers side by side have nothing to do with each other."""

import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.layers import Conv2d, Dropout, Linear, Parallel, ReLU

BOTH = Parallel(3, (Linear(3, 2), ReLU()), (Dropout(0.5), Linear(4, 1)))


@pytest.fixture
def parameters(backend):
    rng = np.random.default_rng(0)
    return {
        name: backend.asarray(rng.standard_normal(shape)) for name, shape in BOTH.shapes().items()
    }


def outputs(backend, parameters, x, layers=BOTH):
    y, _ = layers.forward(parameters, backend.asarray(x), backend=backend, rng=None)
    return backend.to_numpy(y)


def test_each_side_sees_its_own_part(backend, parameters):
    x = np.random.default_rng(1).standard_normal((5, 7))
    other = x.copy()
    other[:, 3:] += 1
    before, after = (outputs(backend, parameters, row) for row in (x, other))
    np.testing.assert_array_equal(after[:, :2], before[:, :2])
    assert (after[:, 2:] != before[:, 2:]).all()


def test_gains_are_factors_on_what_goes_in(backend, parameters):
    x = np.random.default_rng(1).standard_normal((5, 7))
    louder = Parallel(3, BOTH.left, BOTH.right, left_gain=2.0, right_gain=0.5)
    np.testing.assert_allclose(
        outputs(backend, parameters, x, louder),
        outputs(backend, parameters, x * np.array([2, 2, 2, 0.5, 0.5, 0.5, 0.5])),
    )


def test_its_parameters_are_those_of_its_layers_by_their_place():
    assert BOTH.shapes() == {
        "left.0.W": (3, 2),
        "left.0.b": (2,),
        "right.1.W": (4, 1),
        "right.1.b": (1,),
    }
    parameters = {name: np.full(shape, 7.0) for name, shape in BOTH.shapes().items()}
    BOTH.initialize(parameters, np.random.default_rng(0))
    assert not parameters["right.1.b"].any()
    assert parameters["right.1.W"].std() > 0


def test_the_way_back_need_not_reach_the_inputs(backend, parameters):
    x = backend.asarray(np.random.default_rng(1).standard_normal((5, 7)))
    y, backward = BOTH.forward(parameters, x, backend=backend, rng=backend.generator(0))
    wanted, gradient = (
        {name: backend.xp.full_like(array, np.nan) for name, array in parameters.items()}
        for _ in range(2)
    )
    backward(y, wanted)
    assert backward(y, gradient, wants_dx=False) is None
    for name in gradient:
        np.testing.assert_array_equal(*map(backend.to_numpy, (gradient[name], wanted[name])))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Parallel(3, (), (ReLU(),)), "There must be a layer on each side"),
        (lambda: Parallel(3, (ReLU(),), ("relu",)), "Each layer on a side must be"),
        (lambda: Parallel(0, (ReLU(),), (ReLU(),)), "numbers that go left must be"),
        (lambda: Parallel(3, (ReLU(),), (ReLU(),), 0.0), "gain on the left must be"),
        (lambda: BOTH.output_shape((3,)), "takes rows of more than 3 numbers"),
        (lambda: BOTH.output_shape((3, 7)), "takes rows of more than 3 numbers"),
        (lambda: BOTH.output_shape((8,)), "Linear 4 → 1 takes shape"),
        (lambda: Parallel(1, (ReLU(),), (Conv2d(1, 1),)).output_shape((2,)), "Conv2d"),
    ],
)
def test_what_cannot_be_is_refused(make, words):
    with pytest.raises(ConfigError, match=words):
        make()
