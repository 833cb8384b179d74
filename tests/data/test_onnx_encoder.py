import json

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from PIL import Image

from tinyclf.data.encoder.onnx_encoder import load_encoder
from tinyclf.errors import ModelError

MANIFEST = {"name": "mean", "input_size": [8, 4], "mean": 100, "scale": [1, 2, 4], "output": "v"}


def network(operator="ReduceMean"):
    """A network whose vector is the mean colour; with another operator it is useless."""
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, 4, 8])
    value = helper.make_tensor_value_info("v", TensorProto.FLOAT, None)
    options = {"axes": [2, 3], "keepdims": 0} if operator.startswith("Reduce") else {}
    node = helper.make_node(operator, ["image"], ["v"], **options)
    graph = helper.make_graph([node], "g", [image], [value])
    opset = helper.make_opsetid("", 17)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=8)
    return model.SerializeToString()


def written(folder, contents=None, **changes):
    (folder / "n.onnx").write_bytes(network() if contents is None else contents)
    (folder / "n.json").write_text(json.dumps(MANIFEST | changes))
    return folder / "n.onnx"


def test_any_network_is_an_encoder_by_its_manifest(tmp_path):
    encoder = load_encoder(written(tmp_path))
    vector = encoder.extract(Image.new("RGB", (50, 70), (110, 120, 140)))
    np.testing.assert_allclose(vector, [10, 10, 10])
    assert (encoder.dimension, encoder.long_side) == (3, 16)
    assert vector.dtype == np.float32


def test_a_manifest_may_lie_elsewhere(tmp_path):
    path = written(tmp_path)
    elsewhere = (tmp_path / "n.json").rename(tmp_path / "other.json")
    assert load_encoder(path, elsewhere).dimension == 3


def test_another_network_or_recipe_has_another_key(tmp_path):
    key = load_encoder(written(tmp_path)).key
    assert key.startswith("mean-")
    assert load_encoder(written(tmp_path)).key == key
    assert load_encoder(written(tmp_path, mean=101)).key != key
    other = onnx.load_from_string(network())
    other.doc_string = "another"
    assert load_encoder(written(tmp_path, other.SerializeToString())).key != key


@pytest.mark.parametrize("contents", [b"", b"no network", network()[:-20]])
def test_a_damaged_network_is_refused(tmp_path, contents):
    with pytest.raises(ModelError, match="damaged or no ONNX file"):
        load_encoder(written(tmp_path, contents))


def test_a_missing_network_is_named(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        load_encoder(tmp_path / "n.onnx")


def test_an_unknown_output_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(ModelError, match="has the outputs v, not w"):
        load_encoder(written(tmp_path, output="w"))


def test_a_size_the_network_does_not_take_is_refused(tmp_path):
    with pytest.raises(ModelError, match="fails"):
        load_encoder(written(tmp_path, input_size=[5, 5]))


def test_an_output_that_is_no_vector_is_refused(tmp_path):
    with pytest.raises(ModelError, match="not one vector"):
        load_encoder(written(tmp_path, network("Relu")))


def test_an_output_that_is_not_finite_is_refused(tmp_path):
    with pytest.raises(ModelError, match="finite"):
        load_encoder(written(tmp_path, network("ReduceLogSum"), mean=255))
