import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.errors import ConfigError
from tinyclf.nn import images
from tinyclf.nn.layers import Conv2d


@pytest.fixture(scope="module")
def convolved(backend):
    def run(layer, W, b, x):
        parameters = {"W": backend.asarray(W), "b": backend.asarray(b)}
        y, _ = layer.forward(parameters, backend.asarray(x), backend=backend, rng=None)
        return backend.to_numpy(y)

    return run


def by_the_definition(layer, W, b, x):
    """The sums one by one, as the formula has them."""
    p, s, k = layer.padding, layer.stride, layer.kernel
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    y = np.empty(
        (len(x), *layer.output_shape((x.shape[1], x.shape[2] - 2 * p, x.shape[3] - 2 * p)))
    )
    for n, o, row, column in np.ndindex(y.shape):
        window = x[n, :, s * row : s * row + k, s * column : s * column + k]
        y[n, o, row, column] = (W[o] * window).sum() + b[o]
    return y


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    n=st.integers(0, 3),
    channels=st.integers(1, 3),
    outputs=st.integers(1, 3),
    kernel=st.integers(1, 4),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    more=st.tuples(st.integers(0, 4), st.integers(0, 4)),
)
def test_outputs_are_those_of_the_definition(
    convolved, n, channels, outputs, kernel, stride, padding, more
):
    rng = np.random.default_rng(n)
    layer = Conv2d(channels, outputs, kernel, stride, padding)
    W, b = (rng.standard_normal(shape) for shape in layer.shapes().values())
    x = rng.standard_normal((n, channels, kernel + more[0], kernel + more[1]))

    y = convolved(layer, W, b, x)

    np.testing.assert_allclose(y, by_the_definition(layer, W, b, x), rtol=1e-12, atol=1e-12)


def test_many_small_bands_give_what_one_gives(backend, monkeypatch):
    rng = np.random.default_rng(0)
    layer = Conv2d(2, 3, kernel=3, stride=2, padding=1)
    parameters = {
        name: backend.asarray(rng.standard_normal(shape)) for name, shape in layer.shapes().items()
    }
    x = backend.asarray(rng.standard_normal((4, 2, 9, 8)))
    results = []
    for most in (1, images.MOST_UNFOLDED):
        monkeypatch.setattr(images, "MOST_UNFOLDED", most)
        gradient = {name: backend.xp.empty_like(array) for name, array in parameters.items()}
        y, backward = layer.forward(parameters, x, backend=backend, rng=None)
        results.append([y, backward(y, gradient), *gradient.values()])

    for small, one in zip(*results, strict=True):
        np.testing.assert_allclose(backend.to_numpy(small), backend.to_numpy(one), rtol=1e-12)


def test_nan_reaches_every_output_that_sees_it(convolved):
    x = np.zeros((1, 1, 5, 5))
    x[0, 0, 2, 2] = np.nan

    y = convolved(Conv2d(1, 1), np.ones((1, 1, 3, 3)), np.zeros(1), x)

    assert np.isnan(y).all()


def test_what_nobody_wants_is_not_computed(backend):
    layer = Conv2d(1, 2)
    parameters = {name: backend.xp.ones(shape) for name, shape in layer.shapes().items()}
    y, backward = layer.forward(
        parameters, backend.xp.ones((2, 1, 4, 4)), backend=backend, rng=None
    )

    assert backward(y, parameters, wants_dx=False) is None


def test_weights_begin_by_what_feeds_an_output_and_biases_at_zero():
    layer = Conv2d(8, 50, kernel=5)
    parameters = {name: np.empty(shape) for name, shape in layer.shapes().items()}

    layer.initialize(parameters, np.random.default_rng(0))

    assert parameters["W"].std() == pytest.approx(np.sqrt(2 / (8 * 25)), rel=0.02)
    assert (parameters["b"] == 0).all()


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"channels": 0}, "channels"),
        ({"outputs": 0}, "outputs"),
        ({"outputs": 10**7}, "outputs"),
        ({"kernel": 0}, "kernel"),
        ({"kernel": 10**6}, "kernel"),
        ({"stride": 0}, "stride"),
        ({"padding": -1}, "padding"),
        ({"padding": float("nan")}, "padding"),
    ],
)
def test_absurd_settings_are_refused_with_the_range(settings, what):
    with pytest.raises(ConfigError, match=f"{what} of a convolution must be a whole number from"):
        Conv2d(**{"channels": 1, "outputs": 1, **settings})


@pytest.mark.parametrize("shape", [(1, 8, 8), (2, 8), (128,)])
def test_inputs_of_another_kind_are_refused_with_both_shapes(shape):
    with pytest.raises(ConfigError, match=r"Conv2d 2 → 3, 5 × 5 takes shape \(2, height, width\)"):
        Conv2d(2, 3, kernel=5).output_shape(shape)


def test_an_image_too_small_is_refused_by_name():
    layer = Conv2d(2, 3, kernel=5, stride=2, padding=1)

    assert layer.output_shape((2, 3, 4)) == (3, 1, 1)
    with pytest.raises(
        ConfigError, match="5 × 5, stride 2, padding 1 needs images of at least 3 × 3"
    ):
        layer.output_shape((2, 3, 2))
