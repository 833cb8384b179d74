"""A classifier's ONNX file behind what makes its features: pixels in, probabilities out."""

import json
from dataclasses import replace

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper
from photo_corpus import picture
from PIL import Image

from tinyclf.data.encoder.builtin import SMALL_SIDE, builtin_encoder, plain_encoder
from tinyclf.data.encoder.manifest import Manifest
from tinyclf.data.encoder.onnx_encoder import OnnxEncoder
from tinyclf.data.pixels import PixelExtractor
from tinyclf.errors import ModelError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.checkpoint import Checkpoint, to_bytes
from tinyclf.nn.losses import CumulativeLink
from tinyclf.nn.objective import Objective
from tinyclf.nn.onnx_model import from_onnx, to_onnx

MANIFEST = Manifest("mean", 8, 4, (100.0, 90.0, 80.0), (1.0, 2.0, 4.0), "v")


def a_classifier(features, dtype=np.float32):
    network, loss = mlp(features, (7,), 1), CumulativeLink(5)
    shape = (2, Objective(network, loss).n_parameters)
    thetas = np.random.default_rng(0).normal(0, 0.2, shape).astype(dtype)
    return Checkpoint(network, loss, thetas, tuple("12345"))


def an_encoder(opset=17, ir_version=8, rows="n", vector=TensorProto.FLOAT, operator="ReduceMax"):
    """A network whose vector is the brightest of each colour, with a name of ours inside."""
    image = helper.make_tensor_value_info("inputs", TensorProto.FLOAT, [rows, 3, 4, 8])
    value = helper.make_tensor_value_info("v", vector, None)
    nodes = [
        helper.make_node("Relu", ["inputs"], ["Softmax.9"]),
        helper.make_node(operator, ["Softmax.9"], ["most"], axes=[2, 3], keepdims=0),
        helper.make_node("Cast", ["most"], ["v"], to=vector),
    ]
    graph = helper.make_graph(nodes, "g", [image], [value])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=ir_version
    )
    return model.SerializeToString()


def run(blob, pixels):
    session = onnxruntime.InferenceSession(blob, providers=["CPUExecutionProvider"])
    assert [one.name for one in session.get_inputs()] == ["pixels"]
    return session.run(["probabilities"], {"pixels": pixels})[0]


def told_by(blob):
    """What an ONNX file's metadata tells of the pictures it takes."""
    model = onnx.load_model_from_string(blob)
    [told] = [json.loads(one.value) for one in model.metadata_props if one.key == "pixels"]
    return told


def squashed(image, blob):
    """The image as an ONNX file's metadata wants it."""
    told = told_by(blob)
    resampling = Image.Resampling[told["resampling"].upper()]
    size = told["width"], told["height"]
    if "step" in told:
        scale = (told["width"] * told["height"] / (image.width * image.height)) ** 0.5
        size = tuple(round(side * scale / told["step"]) * told["step"] for side in image.size)
    return np.asarray(image.resize(size, resampling))


def assert_the_same(extractor, dtype=np.float32, images=None):
    classifier = a_classifier(extractor.dimension, dtype)
    blob = extractor.in_front_of(to_onnx(classifier))
    images = images or [picture(), Image.new("RGB", (50, 70), (110, 120, 140))]
    pixels = np.stack([squashed(image, blob) for image in images])
    features = np.stack([extractor.extract(image) for image in images]).astype(dtype)
    session = onnxruntime.InferenceSession(to_onnx(classifier), providers=["CPUExecutionProvider"])
    [wanted] = session.run(["probabilities"], {"inputs": features})

    onnx.checker.check_model(blob, full_check=True)
    assert told_by(blob)["long_side"] == extractor.long_side
    np.testing.assert_allclose(run(blob, pixels), wanted, rtol=0, atol=1e-5)
    assert to_bytes(from_onnx(blob)) == to_bytes(classifier)


@pytest.mark.parametrize("size", [(640, 480), (300, 900)])
def test_the_built_in_encoder_joins(tmp_path, size):
    images = [picture().resize(size), Image.new("RGB", size, (110, 120, 140))]
    assert_the_same(builtin_encoder(tmp_path), images=images)
    assert_the_same(plain_encoder(tmp_path, SMALL_SIDE), images=images)


def test_an_encoder_of_one_picture_at_a_time_has_no_mirror_images():
    encoder = OnnxEncoder(an_encoder(rows=1), replace(MANIFEST, mirrored=True))
    with pytest.raises(ModelError, match="mirror image"):
        encoder.in_front_of(to_onnx(a_classifier(3)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_plain_pixels_join(dtype):
    assert_the_same(PixelExtractor(8), dtype)


@pytest.mark.parametrize("opset", [13, 15, 17])
@pytest.mark.parametrize("vector", [TensorProto.FLOAT, TensorProto.DOUBLE])
def test_an_encoder_of_ones_own_joins(opset, vector):
    assert_the_same(OnnxEncoder(an_encoder(opset, vector=vector), MANIFEST))


@pytest.mark.parametrize("opset", [18, 20, 21])
def test_an_encoder_of_newer_operators_joins(opset):
    model = onnx.version_converter.convert_version(
        onnx.load_model_from_string(an_encoder(17)), opset
    )
    model.ir_version = 10
    assert_the_same(OnnxEncoder(model.SerializeToString(), MANIFEST))


def test_an_encoder_that_takes_one_picture_at_a_time_joins():
    encoder = OnnxEncoder(an_encoder(rows=1), MANIFEST)
    assert_the_same(encoder, images=[picture()])


def test_an_encoder_of_old_operators_is_refused_with_the_cure():
    encoder = OnnxEncoder(an_encoder(12), MANIFEST)
    with pytest.raises(ModelError, match="mean cannot be exported: it has operator set 12; conv"):
        encoder.in_front_of(to_onnx(a_classifier(3)))


def test_what_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("tinyclf.data.onnx_front.LARGEST", 1000)
    with pytest.raises(ModelError, match="over 2 GB"):
        OnnxEncoder(an_encoder(), MANIFEST).in_front_of(to_onnx(a_classifier(3)))


def test_only_files_of_ours_are_joined():
    with pytest.raises(ModelError, match="not exported by Tiny Classifier"):
        PixelExtractor().in_front_of(an_encoder())
