"""The folded ONNX graph against the published architecture in PyTorch."""

import numpy as np
import pytest

from tinyclf.data.encoder.builtin import checked_weights, weights_path
from tinyclf.data.encoder.efficientnet_lite import build_graph
from tinyclf.data.encoder.torch_pickle import read_tensors

pytestmark = pytest.mark.peers

LAST_BLOCK_OF_STAGE = (0, 2, 4, 7, 10, 14, 15)


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch", reason="PyTorch is not installed")


@pytest.fixture(scope="module")
def published(torch):
    peer = pytest.importorskip("efficientnet_lite_pytorch", reason="the peer is not installed")
    network = peer.EfficientNet.from_name("efficientnet-lite0")
    network.load_state_dict(torch.load(weights_path(), weights_only=True))
    return network.eval()


@pytest.fixture(scope="module")
def session():
    import onnxruntime

    graph = build_graph(read_tensors(checked_weights(weights_path())))
    return onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])


def published_vector(torch, network, images):
    maps = []
    hooks = [
        network._blocks[k].register_forward_hook(lambda _, __, y: maps.append(y))
        for k in LAST_BLOCK_OF_STAGE
    ]
    with torch.no_grad():
        head = network.extract_features(torch.from_numpy(images))
    for hook in hooks:
        hook.remove()
    parts = [head.mean((2, 3))]
    for stage in maps:
        parts += [stage.mean((2, 3)), stage.std((2, 3), correction=0)]
    return torch.cat(parts, 1).numpy()


def test_every_tensor_is_read_as_torch_reads_it(torch):
    ours = read_tensors(checked_weights(weights_path()))
    theirs = torch.load(weights_path(), weights_only=True)
    assert ours.keys() == theirs.keys()
    for name, tensor in theirs.items():
        np.testing.assert_array_equal(ours[name], tensor.numpy(), err_msg=name)


def test_vectors_agree_with_the_published_network(torch, published, session, record_property):
    images = np.random.default_rng(0).uniform(-1, 1, (4, 3, 224, 224)).astype(np.float32)
    (ours,) = session.run(None, {"image": images})
    difference = float(np.abs(ours - published_vector(torch, published, images)).max())
    record_property("max_abs_difference", difference)
    print(f"max difference {difference:.2e}")  # noqa: T201
    assert difference <= 1e-4


def test_vectors_agree_at_other_sizes(torch, published, session, record_property):
    images = np.random.default_rng(1).uniform(-1, 1, (2, 3, 320, 192)).astype(np.float32)
    (ours,) = session.run(None, {"image": images})
    # the peer's padding is fixed for 224, but even sizes pad alike
    difference = float(np.abs(ours - published_vector(torch, published, images)).max())
    record_property("max_abs_difference", difference)
    assert difference <= 1e-4
