"""What the tests of plain and of fused layers share."""

from collections.abc import Callable

import numpy as np
import pytest

from tinyclf.nn.backend import Backend


@pytest.fixture(scope="session")
def follows_slopes(backend: Backend, slope: Callable[..., np.ndarray]) -> Callable[..., None]:
    """Holds the way back through a layer against slopes that are measured, in float64."""

    def check(layer, shapes, x: np.ndarray, seed: int) -> None:
        rng = np.random.default_rng(seed)
        parameters = {name: rng.standard_normal(shape) for name, shape in shapes.items()}

        def run(x, parameters):
            moved = {name: backend.asarray(array) for name, array in parameters.items()}
            return layer.forward(
                moved, backend.asarray(x), backend=backend, rng=backend.generator(seed)
            )

        y, backward = run(x, parameters)
        dy = rng.standard_normal(y.shape)
        gradient = {name: backend.xp.full(shape, np.nan) for name, shape in shapes.items()}
        dx = backward(backend.asarray(dy), gradient)

        def loss(x, parameters):
            return float((backend.to_numpy(run(x, parameters)[0]) * dy).sum())

        close(dx, slope(lambda x: loss(x, parameters), x))
        for name in parameters:
            changed = lambda p, name=name: loss(x, {**parameters, name: p})
            close(gradient[name], slope(changed, parameters[name]))

    def close(got, measured) -> None:
        np.testing.assert_allclose(backend.to_numpy(got), measured, rtol=1e-6, atol=1e-7)

    return check
