"""A checkpoint comes back from its ONNX file bit for bit, and from nothing else."""

import json
from dataclasses import replace

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.errors import ModelError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.checkpoint import Checkpoint, to_bytes
from tinyclf.nn.losses import CumulativeLink, SoftmaxCrossEntropy
from tinyclf.nn.objective import Objective
from tinyclf.nn.onnx_model import Standardize, from_onnx, to_onnx
from tinyclf.nn.onnx_model.seal import sealed, unsealed, with_seal


def a_bag(loss=CumulativeLink(3), dtype=np.float32, members=2, hidden=(3,)):  # noqa: B008
    network = mlp(4, hidden, loss.n_outputs, dropout=0.2)
    shape = (members, Objective(network, loss).n_parameters)
    return Checkpoint(
        network=network,
        loss=loss,
        thetas=np.random.default_rng(0).normal(size=shape).astype(dtype),
        classes=tuple(f"class {number} · ünïcode" for number in range(loss.classes)),
        preprocessing={"extractor": "abc"},
        training={"seed": 7, "curves": [0.5, None]},
        arrays={
            "mean": np.arange(4.0 * members, dtype=np.float32).reshape(members, 4),
            "scale": np.ones((members, 4), np.float32),
            "empty": np.empty((0, 2)),
        },
    )


BAG = a_bag()
BLOB = to_onnx(BAG, standardize=Standardize(6.0), temperature=1.5)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    classes=st.integers(2, 6),
    ordinal=st.booleans(),
    dtype=st.sampled_from([np.float32, np.float64]),
    members=st.integers(1, 3),
    hidden=st.lists(st.integers(1, 5), max_size=2),
)
def test_what_is_written_is_read(classes, ordinal, dtype, members, hidden):
    loss = CumulativeLink(classes) if ordinal else SoftmaxCrossEntropy(classes)
    bag = a_bag(loss, dtype, members, tuple(hidden))

    again = from_onnx(to_onnx(bag))

    assert to_bytes(again) == to_bytes(bag)
    assert again.thetas.dtype == dtype
    assert again.thetas.tobytes() == bag.thetas.tobytes()


def test_what_stands_around_the_networks_does_not_change_what_is_read():
    assert to_bytes(from_onnx(BLOB)) == to_bytes(BAG)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    flips=st.lists(
        st.tuples(st.integers(0, len(BLOB) - 1), st.integers(1, 255)),
        min_size=1,
        max_size=3,
        unique_by=lambda flip: flip[0],
    )
)
def test_flipped_bytes_are_refused(flips):
    damaged = bytearray(BLOB)
    for place, bits in flips:
        damaged[place] ^= bits

    with pytest.raises(ModelError, match="not exported by Tiny Classifier, or it is damaged"):
        from_onnx(bytes(damaged))


@settings(deadline=None, derandomize=True, max_examples=100)
@given(cut=st.integers(0, len(BLOB) - 1), tail=st.binary(max_size=20))
def test_a_cut_file_is_refused_whatever_follows(cut, tail):
    if BLOB[:cut] + tail != BLOB:
        with pytest.raises(ModelError, match="damaged"):
            from_onnx(BLOB[:cut] + tail)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(blob=st.binary(max_size=300))
def test_noise_is_refused(blob):
    with pytest.raises(ModelError, match="damaged"):
        from_onnx(blob)


def test_files_of_other_programs_are_refused():
    model = onnx.load_model_from_string(BLOB)
    for foreign in (b"", model.SerializeToString()[:-1], to_bytes(BAG)):
        with pytest.raises(ModelError, match="not exported by Tiny Classifier"):
            from_onnx(foreign)


def test_a_file_that_another_program_wrote_anew_is_refused():
    model = onnx.load_model_from_string(BLOB)
    model.producer_name = "optimizer"

    with pytest.raises(ModelError, match="not exported by Tiny Classifier"):
        from_onnx(model.SerializeToString())


def test_a_seal_comes_off_and_on_again():
    assert sealed(unsealed(BLOB)) == BLOB


def rewritten(change):
    """The file after a change to its model, and sealed again, as only malice would."""
    model = unsealed(BLOB)
    change(model)
    return sealed(model)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(data=st.data())
def test_bytes_changed_and_sealed_again_are_refused_or_change_nothing(data):
    body = bytearray(unsealed(BLOB).SerializeToString())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(body) - 1))
        body[start : start + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))

    try:
        read = from_onnx(with_seal(bytes(body)))
    except ModelError:
        return
    assert to_bytes(read) == to_bytes(BAG)


def with_metadata(key, value):
    """A change of one entry of the metadata; None takes it away."""

    def change(model):
        entries = {entry.key: entry.value for entry in model.metadata_props} | {key: value}
        del model.metadata_props[:]
        kept = {key: value for key, value in entries.items() if value is not None}
        onnx.helper.set_model_props(model, kept)

    return change


def with_record(**changes):
    """A change of the record, with the old seal inside it."""
    model = onnx.load_model_from_string(BLOB)
    [record] = [json.loads(e.value) for e in model.metadata_props if e.key == "tinyclf.nn"]
    return with_metadata("tinyclf.nn", json.dumps(record | changes))


def with_initializer(name, **changes):
    """A change of one initializer's fields; with none, it is taken away."""

    def change(model):
        [tensor] = [tensor for tensor in model.graph.initializer if tensor.name == name]
        if not changes:
            model.graph.initializer.remove(tensor)
        for field, value in changes.items():
            tensor.ClearField(field)
            tensor.MergeFrom(onnx.TensorProto(**{field: value}))

    return change


WEIGHT = "member.1.layer.1.W"
BILLION = {"kind": "Linear", "inputs": 10**6, "outputs": 1000, "initializer": {"kind": "He"}}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (with_metadata("tinyclf.nn", None), "lacks a part .*tinyclf.nn"),
        (with_metadata("tinyclf.nn", "["), "lacks a part or has a wrong one"),
        (with_metadata("tinyclf.nn", "7"), "no JSON object"),
        (with_metadata("tinyclf.nn", "[" * 100_000), "lacks a part or has a wrong one"),
        (with_metadata("members", None), "lacks a part .*members"),
        (with_metadata("members", "0"), "lacks a part or has a wrong one"),
        (with_metadata("members", "1"), "damaged"),
        (with_metadata("members", str(10**18)), "lacks a part .*member.2.layer.1.W"),
        (with_metadata("members", "9" * 9999), "lacks a part or has a wrong one"),
        (with_record(version=99), "version 99, but this program reads version 1"),
        (with_record(network={"kind": "Evil"}), "does not know"),
        (with_record(network={"kind": "Network", "input_shape": [10**6], "layers": [BILLION]}),
         "cannot be|wants scores"),
        (with_record(training={}), "damaged"),
        (with_initializer(WEIGHT), f"lacks a part .*{WEIGHT}"),
        (with_initializer("array.mean"), "damaged"),
        (with_initializer(WEIGHT, raw_data=bytes(48)), "damaged"),
        (with_initializer(WEIGHT, raw_data=bytes(47)), "lacks a part or has a wrong one"),
        (with_initializer(WEIGHT, dims=[10**9, 10**9]), "lacks a part or has a wrong one"),
        (with_initializer(WEIGHT, dims=[-1, -1]), "lacks a part or has a wrong one"),
        (with_initializer(WEIGHT, dims=[2, 2], raw_data=bytes(16)), "lacks a part or has a wrong"),
        (with_initializer(WEIGHT, data_type=onnx.TensorProto.STRING), "lacks a part|damaged"),
        (with_initializer(WEIGHT, data_type=99), "lacks a part|damaged"),
        (with_initializer(WEIGHT, data_location=onnx.TensorProto.EXTERNAL), "in another file"),
    ],
)  # fmt: skip
def test_a_sealed_file_that_makes_no_sense_is_refused(change, reason):
    with pytest.raises(ModelError, match=reason):
        from_onnx(rewritten(change))


def test_a_seal_on_what_is_no_model_is_refused():
    with pytest.raises(ModelError, match="damaged"):
        from_onnx(with_seal(b"\xff" * 50))


def test_what_json_cannot_hold_is_not_written():
    with pytest.raises(ValueError, match="JSON"):
        to_onnx(replace(BAG, training={"loss": float("nan")}))


def test_arrays_with_the_high_byte_first_are_read_as_they_were():
    bag = replace(BAG, arrays={"high": np.arange(3, dtype=">f4")})

    assert from_onnx(to_onnx(bag)).arrays["high"].tolist() == [0, 1, 2]


def test_arrays_that_files_do_not_hold_are_refused_in_words():
    with pytest.raises(ModelError, match="array 'names' is <U1, but a model file"):
        to_onnx(replace(BAG, arrays={"names": np.array(["a"])}))


@pytest.mark.parametrize("blob", [None, "text", 5])
def test_what_is_no_bytes_is_refused(blob):
    with pytest.raises(ModelError, match="not exported by Tiny Classifier, or it is damaged"):
        from_onnx(blob)
