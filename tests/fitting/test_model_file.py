from dataclasses import replace

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.errors import InputError, ModelError
from tinyclf.fitting.fit import fit
from tinyclf.fitting.model_file import load_model, model_bytes, model_from_bytes, save_model
from tinyclf.nn import checkpoint
from tinyclf.nn.architecture import mlp
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.objective import Objective

KINDS = ("rows", "cnn", "colour", "bits")


@pytest.fixture
def model(request, of_each_kind, backend):
    return finished(fit(*of_each_kind[request.param], backend)).model


@pytest.mark.parametrize("model", KINDS, indirect=True)
def test_what_is_written_is_read(model, tmp_path):
    size = save_model(model, tmp_path / "a.safetensors")
    assert (tmp_path / "a.safetensors").stat().st_size == size
    read = load_model(tmp_path / "a.safetensors")
    x = np.random.default_rng(0).integers(0, 256, (5, *model.shape)).astype(np.uint8)
    assert (read.predict(x) == model.predict(x)).all()
    assert (read.classes, read.features, read.shape) == (
        model.classes,
        model.features,
        model.shape,
    )
    assert read.record == model.record


@pytest.mark.parametrize("model", ["rows", "bits"], indirect=True)
@pytest.mark.parametrize("cut", [0, 9, 200, -1])
def test_a_cut_file_is_refused(model, cut):
    with pytest.raises(ModelError):
        model_from_bytes(model_bytes(model)[:cut])


@pytest.mark.parametrize("model", ["rows", "bits"], indirect=True)
def test_a_changed_byte_is_refused(model):
    blob = model_bytes(model)
    for place in np.random.default_rng(0).integers(8, len(blob), 60):
        changed = bytearray(blob)
        changed[place] ^= 1
        with pytest.raises(ModelError):
            model_from_bytes(bytes(changed))


@pytest.mark.parametrize("model", ["rows", "bits"], indirect=True)
@pytest.mark.parametrize("temperature", [0.0, -1.0])
def test_a_temperature_that_is_none_is_refused(model, temperature):
    with pytest.raises(ModelError, match="temperature"):
        model_from_bytes(model_bytes(replace(model, temperature=temperature)))


def test_a_classifier_of_photos_is_refused_by_its_name():
    network = mlp(4, (), 2)
    loss = SoftmaxCrossEntropy(2)
    theta = np.zeros((1, Objective(network, loss).n_parameters), np.float32)
    blob = checkpoint.to_bytes(checkpoint.Checkpoint(network, loss, theta, ("a", "b")))
    with pytest.raises(ModelError, match="grades photos of a collection"):
        model_from_bytes(blob)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.safetensors is no file"):
        load_model(tmp_path / "gone.safetensors")


def test_another_file_is_named(tmp_path):
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(ModelError, match=r"notes\.txt: This is no model file"):
        load_model(tmp_path / "notes.txt")
