import os
import pickle
import struct

import numpy as np
import pytest

from tinyclf.data.encoder.torch_pickle import read_tensors
from tinyclf.errors import ModelError

MAGIC = 0x1950A86A20F9469CFC6C
TENSOR = b"ctorch._utils\n_rebuild_tensor_v2\n"
FLOATS = b"ctorch\nFloatStorage\n"
ODICT = b"ccollections\nOrderedDict\n)R"
NUMBERS = np.arange(12, dtype="<f4")


def text(words):
    return b"X" + struct.pack("<I", len(words)) + words.encode()


def integer(number):
    return b"J" + struct.pack("<i", number)


def group(*items):
    return b"(" + b"".join(items) + b"t"


def storage(key="0", length=12, kind=FLOATS):
    return group(text("storage"), kind, text(key), text("cpu"), integer(length), b"N") + b"Q"


def tensor(offset=0, shape=(3, 4), strides=(4, 1), **options):
    sizes = (group(*map(integer, numbers)) for numbers in (shape, strides))
    return TENSOR + group(storage(**options), integer(offset), *sizes, b"\x89", ODICT) + b"R"


def tensors(**named):
    items = b"".join(text(name) + value for name, value in named.items())
    return b"\x80\x02" + ODICT + b"(" + items + b"u."


def legacy_file(views, magic=MAGIC, keys=("0",), numbers=NUMBERS):
    head = [pickle.dumps(value, 2) for value in (magic, 1001, {"little_endian": True})]
    tail = [pickle.dumps(list(keys), 2), struct.pack("<q", len(numbers)), numbers.tobytes()]
    return b"".join([*head, views, *tail])


def refusal(contents):
    with pytest.raises(ModelError) as refused:
        read_tensors(contents)
    return str(refused.value)


def test_a_tensor_is_read_in_its_shape():
    read = read_tensors(legacy_file(tensors(weight=tensor())))
    np.testing.assert_array_equal(read["weight"], NUMBERS.reshape(3, 4))


def test_views_share_a_storage():
    views = tensors(
        whole=tensor(), turned=tensor(shape=(4, 3), strides=(1, 4)), last=tensor(11, (), ())
    )
    read = read_tensors(legacy_file(views))
    np.testing.assert_array_equal(read["turned"], NUMBERS.reshape(3, 4).T)
    assert read["last"] == 11


class _Shell:
    def __init__(self, place):
        self.place = place

    def __reduce__(self):
        return os.system, (f"touch '{self.place}'",)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_that_runs_a_command_is_refused(tmp_path, protocol):
    trap = pickle.dumps(_Shell(tmp_path / "sprung"), protocol)
    for contents in (trap, legacy_file(trap), legacy_file(tensors())[:-60] + trap):
        refusal(contents)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    "name",
    ["builtins eval", "os system", "torch load", "numpy ndarray", "collections Counter"],
)
def test_a_name_off_the_list_is_refused_by_name(name):
    word = b"c" + name.replace(" ", "\n").encode() + b"\n"
    assert f"{name!r} is refused" in refusal(legacy_file(tensors(weight=word)))


def test_names_on_the_list_cannot_be_called_at_will():
    assert "calling" in refusal(legacy_file(tensors(weight=FLOATS + group() + b"R")))
    assert "calling" in refusal(legacy_file(tensors(weight=text("eval") + group() + b"R")))
    odict = b"ccollections\nOrderedDict\n" + group(integer(1)) + b"R"
    assert "calling" in refusal(legacy_file(tensors(weight=odict)))


@pytest.mark.parametrize(
    "instruction", [b"\x93", b"i", b"\x82\x01", b"R", b"\x81", b"P0\n", b"\x97"]
)
def test_instructions_off_the_list_are_refused(instruction):
    refusal(legacy_file(tensors(weight=text("os") + text("system") + instruction)))


def test_a_state_set_on_a_name_changes_nothing():
    views = tensors(weight=FLOATS + b"}" + text("__class__") + text("x") + b"sb", tensor=tensor())
    refusal(legacy_file(views))
    read_tensors(legacy_file(tensors(weight=tensor())))


@pytest.mark.parametrize(
    "view",
    [
        tensor(offset=1),
        tensor(offset=-1),
        tensor(shape=(3, 5)),
        tensor(strides=(-4, 1)),
        tensor(shape=(2**31 - 1,), strides=(0,)),
        tensor(length=13),
        tensor(key="1"),
        tensor(kind=b"ctorch\nLongStorage\n"),
        text("no tensor"),
    ],
)
def test_a_view_beyond_its_storage_is_refused(view):
    refusal(legacy_file(tensors(weight=view)))


def test_a_file_of_another_kind_is_refused():
    assert "no legacy PyTorch file" in refusal(legacy_file(tensors(), magic=1))
    for foreign in (b"", b"PK\x03\x04 a newer torch file", b"\x89PNG", bytes(100)):
        refusal(foreign)


def test_a_cut_at_any_place_is_refused():
    whole = legacy_file(tensors(weight=tensor()))
    for length in range(len(whole)):
        refusal(whole[:length])


@pytest.mark.filterwarnings("ignore:invalid escape")  # of the module that names instructions
def test_random_damage_never_raises_anything_else():
    rng = np.random.default_rng(0)
    whole = np.frombuffer(legacy_file(tensors(weight=tensor(), bias=tensor())), np.uint8)
    for _ in range(1500):
        broken = whole.copy()
        broken[rng.integers(0, len(whole), 3)] = rng.integers(0, 256, 3)
        try:
            read_tensors(broken.tobytes())
        except ModelError:
            continue
