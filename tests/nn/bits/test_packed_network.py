"""A packed network by itself: what it refuses, and its way to arrays and back."""

from dataclasses import replace

import numpy as np
import pytest

from tinyclf.errors import ConfigError, InputError, ModelError
from tinyclf.nn.bits import PackedNetwork, pack_network
from tinyclf.nn.bits.words import pack_rows
from tinyclf.nn.layers import BinaryLinear, Sign
from tinyclf.nn.network import Network


@pytest.fixture
def packed(cpu) -> PackedNetwork:
    network = Network((70,), (Sign(0.5), BinaryLinear(70, 9), Sign(), BinaryLinear(9, 3)))
    theta = network.initialize(np.random.default_rng(0), np.float32, backend=cpu)
    return pack_network(network, theta, backend=cpu)


def inputs(n):
    return np.random.default_rng(1).random((n, 70))


def test_bits_and_numbers_of_any_dtype_give_the_same_scores(packed, cpu):
    x = inputs(20) > 0.5

    expected = packed.predict(x.astype(np.float32), backend=cpu)

    for same in (x, x.astype(np.uint8), x.astype(np.float64), x.tolist()):
        np.testing.assert_array_equal(packed.predict(same, backend=cpu), expected)
    np.testing.assert_array_equal(packed.predict_packed(pack_rows(x), backend=cpu), expected)


def test_one_input_has_the_scores_it_has_among_many(packed, cpu):
    many = packed.predict(inputs(50), backend=cpu)

    for i, one in enumerate(inputs(50)):
        np.testing.assert_array_equal(packed.predict(one[None], backend=cpu), many[i : i + 1])


def test_it_survives_as_arrays(packed, cpu):
    again = PackedNetwork.from_arrays(packed.to_arrays())

    assert again.widths == (70, 9, 3)
    assert again.n_bytes == packed.n_bytes
    np.testing.assert_array_equal(
        again.predict(inputs(9), backend=cpu), packed.predict(inputs(9), backend=cpu)
    )


def test_inputs_of_another_width_are_refused_with_both_shapes(packed, cpu):
    with pytest.raises(InputError, match=r"inputs \(n, 70\).* shape \(2, 71\)"):
        packed.predict(np.ones((2, 71)), backend=cpu)


@pytest.mark.parametrize("spoiled", [np.nan, np.inf, -np.inf])
def test_inputs_that_are_not_finite_are_refused_by_their_row(packed, cpu, spoiled):
    x = inputs(4)
    x[2, 69] = spoiled

    with pytest.raises(InputError, match=r"Row 2 of the inputs.* in the inputs. Mend the row"):
        packed.predict(x, backend=cpu)


@pytest.mark.parametrize(
    ("name", "broken", "reason"),
    [
        ("weights", lambda a: a[:-1], "needs weights of shape"),
        ("weights", lambda a: a.astype(np.int64), "needs weights of shape"),
        ("weights", lambda a: a | np.uint64(2**63), "padding"),
        ("limits", lambda a: a + np.uint16(1), "padding"),
        ("limits", lambda a: a[:9], "needs limits of shape"),
        ("bias", lambda a: a[:2], "needs bias of shape"),
        ("bias", lambda a: a * np.float32("nan"), "finite"),
        ("scale", lambda a: a * np.inf, "finite"),
        ("scale", lambda a: np.zeros(2), "lacks a part or has a wrong one"),
        ("widths", lambda a: a[:1], "number of layers"),
        ("widths", lambda a: a * 0, "from 1 to 65,534"),
        ("widths", lambda a: np.array(["a"]), "lacks a part or has a wrong one"),
    ],
)
def test_arrays_that_are_damaged_are_refused(packed, name, broken, reason):
    arrays = packed.to_arrays()

    with pytest.raises(ModelError, match=reason):
        PackedNetwork.from_arrays({**arrays, name: broken(arrays[name])})
    with pytest.raises(ModelError, match="lacks a part"):
        PackedNetwork.from_arrays({other: arrays[other] for other in arrays if other != name})


def test_a_layer_too_wide_for_its_limits_is_refused(cpu):
    network = Network((65_535,), (Sign(), BinaryLinear(65_535, 1)))

    with pytest.raises(ConfigError, match="from 1 to 65,534"):
        pack_network(network, np.ones(network.n_parameters, np.float32), backend=cpu)


@pytest.mark.parametrize(("widths", "reason"), [((70,), "number of layers"), ((70, 0), "1 to 65")])
def test_widths_that_cannot_be_make_no_network(widths, reason):
    nothing = {"weights": np.empty(0, np.uint64), "limits": np.empty(0, np.uint16)}

    with pytest.raises(ModelError, match=reason):
        PackedNetwork(widths, **nothing, bias=np.empty(0, np.float32))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (np.zeros((3, 1), np.uint64), r"\(n, 2\) of uint64, but is given uint64 of shape \(3, 1\)"),
        (np.zeros(2, np.uint64), r"of shape \(2,\)"),
        (np.zeros((3, 2), np.int64), "is given int64"),
        (np.zeros((3, 2), ">u8"), "is given >u8"),
        (np.full((3, 2), 2**64 - 1, np.uint64), "70 bits, then 0, but some hold a 1 behind them"),
    ],
)
def test_words_that_are_no_packed_inputs_are_refused(packed, cpu, words, reason):
    with pytest.raises(InputError, match=reason):
        packed.predict_packed(words, backend=cpu)


@pytest.mark.parametrize("scale", [1e300, -1e38])
def test_a_scale_that_makes_infinite_scores_is_refused(packed, scale):
    with pytest.raises(ModelError, match=r"can be as large as .* infinite in float32: make its sc"):
        replace(packed, scale=scale)


def test_strided_parts_are_taken(packed, cpu):
    parts = {name: getattr(packed, name) for name in ("weights", "limits", "bias")}
    strided = replace(packed, **{name: np.repeat(a, 2)[::2] for name, a in parts.items()})

    np.testing.assert_array_equal(
        strided.predict(inputs(9), backend=cpu), packed.predict(inputs(9), backend=cpu)
    )


@pytest.mark.parametrize("dtype", [complex, object, str])
def test_inputs_that_are_no_real_numbers_are_refused(packed, cpu, dtype):
    with pytest.raises(InputError, match="inputs must be real numbers"):
        packed.predict(np.ones((2, 70), dtype), backend=cpu)
