import numpy as np
import pytest

from tinyclf.data.encoder.builtin import checked_weights, weights_path
from tinyclf.data.encoder.efficientnet_lite import build_graph, fold, same_pads
from tinyclf.data.encoder.layout import PLAIN_DIMENSION
from tinyclf.data.encoder.torch_pickle import read_tensors


@pytest.fixture(scope="module")
def tensors():
    return read_tensors(checked_weights(weights_path()))


@pytest.fixture(scope="module")
def graph(tensors):
    return build_graph(tensors)


@pytest.fixture(scope="module")
def run(graph):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(graph, options, ["CPUExecutionProvider"])
    return lambda images: session.run(None, {"image": images.astype(np.float32)})[0]


@pytest.mark.parametrize(
    ("kernel", "stride", "pads"),
    [
        (1, 1, [0, 0, 0, 0]),
        (3, 1, [1, 1, 1, 1]),
        (5, 1, [2, 2, 2, 2]),
        (3, 2, [0, 0, 1, 1]),
        (5, 2, [1, 1, 2, 2]),
    ],
)
def test_the_odd_pixel_of_padding_goes_below_and_right(kernel, stride, pads):
    assert same_pads(kernel, stride) == pads


def test_folding_a_batch_norm_changes_nothing():
    rng = np.random.default_rng(0)
    parts = {f"n.{name}": rng.uniform(0.5, 2, 5) for name in ("weight", "bias", "running_mean")}
    tensors = {"c.weight": rng.normal(size=(5, 3, 1, 1)), "n.running_var": rng.uniform(1, 2, 5)}
    tensors |= parts
    x = rng.normal(size=3)
    y = tensors["c.weight"][:, :, 0, 0] @ x
    normal = (y - parts["n.running_mean"]) / np.sqrt(tensors["n.running_var"] + 1e-3)
    expected = normal * parts["n.weight"] + parts["n.bias"]
    weight, bias = fold(tensors, "c", "n")
    np.testing.assert_allclose(weight[:, :, 0, 0] @ x + bias, expected, rtol=1e-5)


def test_the_graph_is_the_same_every_time(tensors, graph):
    assert build_graph(tensors) == graph


def test_a_missing_weight_is_a_key_error(tensors):
    with pytest.raises(KeyError, match="_conv_head"):
        build_graph({k: v for k, v in tensors.items() if not k.startswith("_conv_head")})


@pytest.mark.parametrize("size", [(224, 224), (32, 32), (64, 320)])
def test_sides_may_be_any_multiple_of_32(run, size):
    assert run(np.zeros((1, 3, *size))).shape == (1, PLAIN_DIMENSION)


def test_pictures_of_a_batch_do_not_touch_each_other(run):
    images = np.random.default_rng(0).uniform(-1, 1, (3, 3, 64, 64))
    np.testing.assert_allclose(run(images)[1], run(images[1:2])[0], atol=1e-4)


def test_the_vector_is_what_it_was_when_checked_against_torch(run):
    ramp = np.linspace(-1, 1, 3 * 224 * 224).reshape(1, 3, 224, 224)
    vector = run(np.sin(40 * ramp))[0]
    places = [113, 1280, 1296, 1400, 1700, 2000, 2300, 2847]
    torch = [5.8585, 0.4283, 3.3299, 6.8711, -0.8773, 6.1129, -0.8831, 0.9654]
    np.testing.assert_allclose(vector[places], torch, atol=2e-4)
