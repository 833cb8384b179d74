"""The network that learns is the one the program runs."""

from pathlib import Path

import numpy as np
import pytest

from tinyclf.data.encoder.builtin import checked_weights, weights_path
from tinyclf.data.encoder.condition import condition_weights
from tinyclf.data.encoder.efficientnet_lite import build_graph
from tinyclf.data.encoder.torch_pickle import read_tensors

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
onnxruntime = pytest.importorskip("onnxruntime")

pytestmark = pytest.mark.peers


@pytest.fixture(params=["published", "condition"])
def tensors(request):
    if request.param == "condition":
        return condition_weights()
    return read_tensors(checked_weights(weights_path()))


def vectors_of_the_graph(tensors, images):
    session = onnxruntime.InferenceSession(build_graph(tensors), providers=["CPUExecutionProvider"])
    return session.run(None, {"image": images})[0]


@pytest.mark.parametrize("shape", [(2, 3, 224, 224), (1, 3, 192, 320)])
def test_its_vectors_are_those_of_the_graph(scripts: Path, tensors, shape):
    from network import Encoder

    images = np.random.default_rng(0).uniform(-1, 1, shape).astype(np.float32)
    with torch.no_grad():
        vectors = Encoder(tensors)(torch.from_numpy(images)).numpy()

    np.testing.assert_allclose(vectors, vectors_of_the_graph(tensors, images), rtol=0, atol=1e-3)


def test_only_filters_and_biases_learn(scripts: Path, tensors):
    from network import Encoder

    encoder = Encoder(tensors)
    learned = {name.rpartition(".")[2] for name, _ in encoder.named_parameters()}
    assert learned == {"weight", "beta"}

    handed_over = encoder.tensors(tensors)
    norms = [name for name in handed_over if name.endswith(("running_mean", "running_var"))]
    assert norms
    for name in norms:
        np.testing.assert_array_equal(handed_over[name], tensors[name])


def test_what_it_hands_over_gives_its_vectors(scripts: Path, tensors):
    from network import Encoder

    encoder = Encoder(tensors)
    with torch.no_grad():
        for convolution in encoder.modules():
            if hasattr(convolution, "beta"):
                convolution.weight.mul_(1.01).copy_(convolution.weight.half().float())
                convolution.beta.add_(0.01)
    images = np.random.default_rng(1).uniform(-1, 1, (1, 3, 224, 224)).astype(np.float32)
    with torch.no_grad():
        vectors = encoder(torch.from_numpy(images)).numpy()

    handed_over = vectors_of_the_graph(encoder.tensors(tensors), images)
    np.testing.assert_allclose(handed_over, vectors, rtol=0, atol=1e-3)
