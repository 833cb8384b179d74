import codecs
import os
import pickle
import struct
import sys
import tracemalloc

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.data import pickled
from tinyclf.data.datasets.cifar import read_cifar
from tinyclf.data.datasets.restricted_pickle import read_pickle
from tinyclf.errors import InputError

DATA = np.arange(12, dtype=np.uint8).reshape(3, 4)
BATCH = {"data": DATA, "labels": [1, 0, 2], "filenames": ["a", "b", "c"]}
PYTHON_2 = (
    b"\x80\x02}q\x01(U\x04dataq\x02cnumpy.core.multiarray\n_reconstruct\nq\x03cnumpy\nndarray\n"
    b"q\x04K\x00\x85q\x05U\x01bq\x06\x87q\x07Rq\x08(K\x01K\x03K\x04\x86q\tcnumpy\ndtype\nq\n"
    b"U\x02u1q\x0bK\x00K\x01\x87q\x0cRq\r(K\x03U\x01|q\x0eNNNJ\xff\xff\xff\xffJ\xff\xff\xff\xff"
    b"K\x00tq\x0fb\x89T\x0c\x00\x00\x00" + DATA.tobytes() + b"q\x10tq\x11bU\x06labelsq\x12]q\x13("
    b"K\x01K\x00K\x02eu."
)


def read(path, content):
    path.write_bytes(content)
    return read_pickle(path)


def refusal(path, content):
    with pytest.raises(InputError) as refused:
        read(path, content)
    assert str(path) in str(refused.value)
    return str(refused.value)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data_batch_1"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("array", [DATA, np.asfortranarray(DATA), DATA[:, ::2]])
def test_a_batch_is_read_from_every_protocol(path, protocol, array):
    batch = read(path, pickle.dumps({**BATCH, "data": array}, protocol))
    np.testing.assert_array_equal(batch["data"].array, array)
    assert batch["labels"] == [1, 0, 2]
    assert batch["filenames"] == ["a", "b", "c"]


def test_a_batch_of_python_2_is_read_as_the_published_ones_are(path):
    batch = read(path, PYTHON_2)
    np.testing.assert_array_equal(batch["data"].array, DATA)
    assert batch["labels"] == [1, 0, 2]


def test_keys_may_be_bytes(path):
    assert read(path, pickle.dumps({b"labels": [4]}))["labels"] == [4]


class _Call:
    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def _traps(place):
    written = f"open({str(place)!r}, 'w').close()"
    return {
        "system": (os.system, f"touch '{place}'"),
        "eval": (eval, written),
        "exec": (exec, written),
        "open": (open, str(place), "w"),
        "load": (np.load, str(place)),
        "array": (np.zeros, 10**12),
        "bytes": (bytearray, 10**12),
        "getattr": (getattr, "text", "upper"),
    }


@pytest.mark.parametrize("kind", sorted(_traps("")))
@pytest.mark.parametrize("protocol", [0, 2, 4, 5])
def test_nothing_of_a_hostile_pickle_is_run(path, tmp_path, kind, protocol):
    place = tmp_path / "sprung"
    trap = _Call(*_traps(place)[kind])
    for content in (trap, {**BATCH, "extra": trap}, [trap], (DATA, trap)):
        assert "is refused, and nothing of it was run" in refusal(
            path, pickle.dumps(content, protocol)
        )
    assert not place.exists()


def test_a_hostile_pickle_would_have_run_elsewhere(tmp_path):
    place = tmp_path / "sprung"
    pickle.loads(pickle.dumps(_Call(os.system, f"touch '{place}'")))  # noqa: S301
    assert place.exists()


def called(name, *arguments):
    parts = b"".join(pickle.dumps(argument, 2)[2:-1] for argument in arguments)
    return b"\x80\x02c" + name.replace(" ", "\n").encode() + b"\n(" + parts + b"tR."


@pytest.mark.parametrize(
    "name",
    [
        "numpy.core.multiarray frombuffer",
        "numpy.core.multiarray fromfile",
        "numpy._core.multiarray scalar",
        "numpy.core.multiarray os.system",
        "numpy load",
        "numpy dtype.__reduce__",
        "_codecs lookup",
        "numpy ndarray",
    ],
)
def test_other_names_of_known_modules_are_refused(path, name):
    assert "is refused" in refusal(path, called(name, "x"))


@pytest.mark.parametrize(
    "content",
    [
        called("_codecs encode", "ls", "rot13"),
        called("_codecs encode", 5, "latin1"),
        called("numpy dtype", "O", 0, 1),
        called("numpy dtype", "f8", 0, 1),
        called("numpy dtype", ["u1"], 0, 1),
        called("numpy.core.multiarray _reconstruct", "x", (0,), "b"),
        called("numpy.core.numeric _frombuffer", b"abc", "u1", (3,), "C"),
        b"\x80\x02X\x02\0\0\0osX\x06\0\0\0system\x93)R.",
        b"\x80\x02X\x02\0\0\0os(tR.",
        b"\x80\x02}(X\x01\0\0\0a}ub.",
        b"\x80\x02N(tR.",
        b"(ios\nsystem\n.",
        b"\x80\x02\x82\x01.",
        b"Pid\n.",
        b"\x80\x05\x97.",
        b"\x80\x02]N.",
        b"\x80\x02}(]Nu.",
        b"\x80\x02.",
        b"\x80\x02h\x05.",
        b"N0.",
        b"t.",
        b"",
        b"\x80\x02",
        pickle.dumps([1, 2]),
        pickle.dumps(BATCH)[:-1],
    ],
)
def test_other_instructions_are_refused(path, content):
    refusal(path, content)


def test_shapes_that_do_not_fit_the_bytes_are_refused(path):
    for there, instead in (
        (b"K\x03K\x04\x86", b"K\x03K\x05\x86"),
        (b"K\x03K\x04\x86", b"K\x03]\x86"),
    ):
        assert there in PYTHON_2
        refusal(path, PYTHON_2.replace(there, instead))


def test_bombs_take_no_memory_and_no_time(path):
    huge = struct.pack("<Q", 2**40)
    doubled = b"\x80\x02]q\x00" + b"(h\x00h\x00lq\x00" * 60 + b"X\x01\0\0\0u\x93."
    deep = b"\x80\x02}" + b"N" + b"\x85" * 200_000 + b"Ns."
    bombs = [
        b"\x80\x04\x8e" + huge,
        b"\x80\x04\x96" + huge,
        b"T" + b"\xff\xff\xff\x7f",
        doubled,
        deep,
    ]
    bombs.append(b"\x80\x02" + b"N" * 100_000 + b"(" * 100_000)
    tracemalloc.start()
    try:
        for bomb in bombs:
            refusal(path, bomb)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_endless_instructions_are_refused(path, monkeypatch):
    monkeypatch.setattr(pickled, "MOST_INSTRUCTIONS", 1_000)
    assert "the instruction 1,000" in refusal(path, b"N" * 1_001 + b".")


def test_a_cut_anywhere_is_refused(path):
    for content in (PYTHON_2, pickle.dumps(BATCH, 4)):
        for length in range(0, len(content), 7):
            refusal(path, content[:length])


@pytest.mark.filterwarnings("ignore:invalid escape")  # of the module that names instructions
def test_damage_anywhere_never_raises_anything_else(path):
    rng = np.random.default_rng(0)
    codecs.lookup("raw_unicode_escape")  # which the format itself writes texts in
    before = set(sys.modules)
    for _ in range(1500):
        broken = np.frombuffer(PYTHON_2, np.uint8).copy()
        broken[rng.integers(0, len(broken), 3)] = rng.integers(0, 256, 3)
        try:
            read(path, broken.tobytes())
        except InputError:
            continue
    assert set(sys.modules) == before


def test_a_folder_whose_batch_is_hostile_is_refused(tmp_path):
    place = tmp_path / "sprung"
    trap = pickle.dumps(_Call(os.system, f"touch '{place}'"))
    (tmp_path / "data_batch_1").write_bytes(trap)
    with pytest.raises(InputError, match="nothing of it was run"):
        finished(read_cifar(tmp_path))
    assert not place.exists()
