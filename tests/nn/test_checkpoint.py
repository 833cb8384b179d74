import json
import struct
from dataclasses import replace

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nn.kinds import LOSSES
from tinyclf.errors import ModelError
from tinyclf.nn import checkpoint as checkpoint_file
from tinyclf.nn.architecture import mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.checkpoint import Checkpoint, from_bytes, to_bytes
from tinyclf.nn.layers import BatchNorm, Linear, Sigmoid
from tinyclf.nn.losses import CumulativeLink
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.sealed import seal_of
from tinyclf.nn.stability import Stability


def a_bag(loss=CumulativeLink(3), dtype=np.float32):  # noqa: B008
    network = mlp(4, (3,), loss.n_outputs, dropout=0.2)
    objective, y = Objective(network, loss), np.array([0, 1, 2])
    thetas = [
        objective.initialize(y, np.random.default_rng(seed), dtype, backend=NumpyBackend())
        for seed in range(2)
    ]
    return Checkpoint(
        network=network,
        loss=loss,
        thetas=np.stack(thetas),
        classes=("poor", "fair", "good · ünïcode"),
        preprocessing={"extractor": "abc", "clip": 6.0},
        training={"seed": 7, "curves": [0.5, None]},
        arrays={"mean": np.arange(4, dtype=np.float32), "empty": np.empty((0, 2))},
    )


BAG = a_bag()
BLOB = to_bytes(BAG)


def assert_same(one, other):
    assert (one.network, one.loss, one.classes) == (other.network, other.loss, other.classes)
    assert (one.preprocessing, one.training) == (other.preprocessing, other.training)
    assert one.thetas.dtype == other.thetas.dtype
    np.testing.assert_array_equal(one.thetas, other.thetas)
    assert one.arrays.keys() == other.arrays.keys()
    for name in one.arrays:
        np.testing.assert_array_equal(one.arrays[name], other.arrays[name])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("weights", [None, (1.0, 2.0, 3.0)])
@pytest.mark.parametrize("kind", LOSSES)
def test_what_is_written_is_read(kind, weights, dtype):
    bag = a_bag(LOSSES[kind](3, weights), dtype)

    assert_same(from_bytes(to_bytes(bag)), bag)


def test_epsilons_and_running_figures_are_kept():
    layers = (Linear(4, 3), BatchNorm(3), Sigmoid(Stability(4e-6, 1e-7)), Linear(3, 1))
    network, theta = Network((4,), layers), np.arange(33, dtype=np.float32)
    bag = Checkpoint(network, CumulativeLink(2), theta[None, :32], ("poor", "good"))

    assert_same(from_bytes(to_bytes(bag)), bag)


def test_equal_checkpoints_give_equal_bytes():
    assert to_bytes(a_bag()) == BLOB
    assert to_bytes(from_bytes(BLOB)) == BLOB


@settings(deadline=None, derandomize=True, max_examples=400)
@given(data=st.data())
def test_flipped_bytes_are_refused_or_change_nothing(data):
    damaged = bytearray(BLOB)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(BLOB) - 1))
        damaged[place] ^= data.draw(st.integers(1, 255))

    try:
        read = from_bytes(bytes(damaged))
    except ModelError:
        return
    assert_same(read, BAG)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(cut=st.integers(0, len(BLOB) - 1), tail=st.binary(max_size=20))
def test_a_cut_file_is_refused_whatever_follows(cut, tail):
    try:
        read = from_bytes(BLOB[:cut] + tail)
    except ModelError:
        return
    assert_same(read, BAG)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(blob=st.binary(max_size=300))
def test_noise_is_refused(blob):
    with pytest.raises(ModelError):
        from_bytes(blob)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    header=st.recursive(
        st.none() | st.booleans() | st.integers(0, 99) | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["__metadata__", "tinyclf.nn", "thetas", "dtype", "shape", "F32"]),
                inner,
                max_size=3,
            )
        ),
    )
)
def test_strange_headers_are_refused(header):
    text = json.dumps(header).encode()

    with pytest.raises(ModelError):
        from_bytes(struct.pack("<Q", len(text)) + text)


def rewritten(**changes):
    """The blob with entries of its record replaced (None removes), and sealed again."""
    record, tensors = checkpoint_file._read(BLOB)
    record = {name: value for name, value in {**record, **changes}.items() if value is not None}
    record.pop("seal")
    sealed = {**record, "seal": seal_of(record, tensors)}
    return safetensors.numpy.save(tensors, {checkpoint_file.FORMAT: json.dumps(sealed)})


def test_a_newer_version_is_refused_by_its_number():
    with pytest.raises(ModelError, match="version 99, but this program reads version 1"):
        from_bytes(rewritten(version=99))


@pytest.mark.parametrize("part", ["network", "loss", "classes", "preprocessing", "training"])
def test_a_missing_part_is_refused(part):
    with pytest.raises(ModelError, match=f"lacks a part .*{part}"):
        from_bytes(rewritten(**{part: None}))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"network": {"kind": "ReLU"}}, "no network"),
        ({"loss": {"kind": "Evil"}}, "does not know"),
        ({"loss": {"kind": "SoftmaxCrossEntropy", "classes": 5}}, "wants scores of shape"),
        ({"classes": ["a"]}, "names 1 classes, but its loss knows 3"),
        ({"classes": [[1], {}, "a"]}, "classes must be text"),
        ({"classes": 7}, "lacks a part or has a wrong one"),
        ({"preprocessing": 7}, "lacks a part or has a wrong one"),
    ],
)
def test_a_sealed_file_that_makes_no_sense_is_refused(changes, reason):
    with pytest.raises(ModelError, match=reason):
        from_bytes(rewritten(**changes))


def test_safetensors_of_another_program_are_refused():
    foreign = safetensors.numpy.save({"weight": np.zeros(3)}, {"format": "pt"})

    with pytest.raises(ModelError, match="no model file of Tiny Classifier"):
        from_bytes(foreign)


@pytest.mark.parametrize(
    ("thetas", "reason"),
    [
        (np.zeros((2, 5), np.float32), r"shape \(2, 5\), but its network needs \(members, 21\)"),
        (np.zeros(21, np.float32), r"shape \(21,\)"),
        (np.zeros((0, 21), np.float32), "at least one"),
        (np.zeros((1, 21), np.float16), "are float16"),
        (np.full((1, 21), np.nan, np.float32), "not all finite"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(thetas, reason):
    with pytest.raises(ModelError, match=reason):
        replace(BAG, thetas=thetas)


def test_what_json_cannot_hold_is_not_written():
    with pytest.raises(ValueError, match="JSON"):
        to_bytes(replace(BAG, training={"loss": float("nan")}))


@pytest.mark.parametrize(
    "array",
    [
        np.arange(3, dtype=">f4"),
        np.arange(3, dtype=">i8"),
        np.array(7.5),
        np.arange(6.0).reshape(2, 3).T,
        np.array([True, False]),
        np.arange(3, dtype=np.float16),
    ],
    ids=lambda array: f"{array.dtype.str}{array.shape}",
)
def test_arrays_of_every_order_are_read_as_they_were(array):
    bag = replace(BAG, arrays={"a": array})

    [again] = from_bytes(to_bytes(bag)).arrays.values()

    assert (again.shape, again.dtype) == (array.shape, array.dtype.newbyteorder("="))
    np.testing.assert_array_equal(again, array)


@pytest.mark.parametrize("dtype", ["U3", "O", "c16", "M8[s]", "c8", np.longdouble])
def test_arrays_that_files_do_not_hold_are_refused_in_words(dtype):
    bag = replace(BAG, arrays={"seen": np.zeros(2, dtype)})

    with pytest.raises(ModelError, match=r"array 'seen' is .* holds truth values, whole numbers"):
        to_bytes(bag)


def test_classes_are_named_in_words():
    with pytest.raises(ModelError, match="names of a model's classes must be text"):
        replace(BAG, classes=("a", ["b"], {}))
