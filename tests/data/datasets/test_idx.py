import gzip
import os
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.data.datasets.idx import read_array, read_idx
from tinyclf.errors import InputError

MNIST = Path(os.environ.get("TINYCLF_SHARED", Path(__file__).parents[4] / "shared" / "data"))
CODES = {"u1": 8, "i1": 9, ">i2": 11, ">i4": 12, ">f4": 13, ">f8": 14}
PICTURES = np.arange(24, dtype=np.uint8).reshape(4, 2, 3)
LABELS = np.array([7, 0, 3, 7], np.uint8)


def idx(array, dtype="u1", shape=None):
    shape = array.shape if shape is None else shape
    head = bytes([0, 0, CODES[dtype], len(shape)]) + struct.pack(f">{len(shape)}I", *shape)
    return head + np.asarray(array).astype(dtype).tobytes()


def write(folder, named="train-{}-idx{}-ubyte", pictures=PICTURES, labels=LABELS, pack=bytes):
    folder.mkdir(exist_ok=True)
    images = folder / named.format("images", 3)
    images.write_bytes(pack(idx(pictures)))
    (folder / named.format("labels", 1)).write_bytes(pack(idx(labels)))
    return images


def refusal(path):
    with pytest.raises(InputError) as refused:
        finished(read_idx(path))
    return str(refused.value)


@pytest.mark.parametrize("dtype", CODES)
def test_every_type_of_number_is_read_in_this_machines_order(tmp_path, dtype):
    values = np.array([[0, 1, 127], [2, 3, 100]])
    if dtype != "u1":
        values[1] *= -1
    (tmp_path / "a").write_bytes(idx(values, dtype))
    array = read_array(tmp_path / "a")
    np.testing.assert_array_equal(array, values)
    assert array.dtype == np.dtype(dtype).newbyteorder("=")


NAMES = [
    "train-{}-idx{}-ubyte",
    "train-{}.idx{}-ubyte",
    "emnist-letters-train-{}-idx{}-ubyte",
    "Train-{}-idx{}-ubyte",
    "{}-idx{}-ubyte",
]


def packed(content):
    """Gzipped at no time, so that the cases below have the same names in every process."""
    return gzip.compress(content, mtime=0)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_folders_and_files_of_every_usual_name_are_read(tmp_path, name, pack):
    ending = "" if pack is bytes else ".gz"
    images = write(tmp_path / "d", name + ending, pack=pack)
    for path in (tmp_path / "d", images):
        parts = finished(read_idx(path))
        np.testing.assert_array_equal(parts.train.x, PICTURES[:, None])
        assert parts.train.classes == ("0", "3", "7")
        assert parts.train.y.tolist() == [2, 0, 1, 2]
        assert parts.test is None


def test_the_test_part_is_told_by_its_name_and_shares_the_classes(tmp_path):
    write(tmp_path / "d")
    write(tmp_path / "d", "t10k-{}-idx{}-ubyte", PICTURES[:2], np.array([9, 3]))
    parts = finished(read_idx(tmp_path / "d"))
    assert (len(parts.train), len(parts.test)) == (4, 2)
    assert parts.train.classes == parts.test.classes == ("0", "3", "7", "9")
    assert parts.test.y.tolist() == [3, 1]


def test_a_test_part_alone_is_all_there_is(tmp_path):
    write(tmp_path / "d", "t10k-{}-idx{}-ubyte")
    parts = finished(read_idx(tmp_path / "d"))
    assert len(parts.train) == 4
    assert parts.test is None


def test_packed_is_told_by_the_bytes_and_not_by_the_name(tmp_path):
    assert len(finished(read_idx(write(tmp_path / "d", pack=gzip.compress))).train) == 4


def test_several_datasets_in_a_folder_are_named(tmp_path):
    for kind in ("letters", "digits"):
        images = write(tmp_path / "d", f"emnist-{kind}-train-{{}}-idx{{}}-ubyte")
    assert "emnist-digits-train-images-idx3-ubyte" in refusal(tmp_path / "d")
    assert "turned" in finished(read_idx(images)).notes[0]


def test_labels_that_are_missing_are_asked_for_by_name(tmp_path):
    images = write(tmp_path / "d")
    (tmp_path / "d" / "train-labels-idx1-ubyte").unlink()
    assert "put train-labels-idx1-ubyte" in refusal(images)


def test_a_file_of_labels_is_no_dataset(tmp_path):
    labels = write(tmp_path / "d").with_name("train-labels-idx1-ubyte")
    assert "no file" not in refusal(labels)
    assert "train-images-idx3-ubyte" in refusal(labels)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"\x89PNG and more", "89 50 4e 47"),
        (b"\0\0\x0a\x01\0\0\0\0", "another kind of file"),
        (b"\0\0\x08\0", "another kind of file"),
        (b"\0\0\x08\x09" + bytes(40), "9 axes"),
        (b"\0\0\x08\x03\0\0", "breaks off in its head"),
        (idx(PICTURES)[:-1], "breaks off: its head promises 4 × 2 × 3 numbers, 24 bytes, but 23"),
        (idx(PICTURES) + b"\0", "too long"),
        (idx(PICTURES[:3]), "has 3 images, but .* has 4 labels"),
        (packed(idx(PICTURES))[:-4], "cannot be unpacked"),
        (packed(idx(PICTURES))[:-8] + bytes(8), "cannot be unpacked"),
        (packed(idx(PICTURES)) + b"junk", "cannot be unpacked"),
        (packed(idx(PICTURES) + b"\0"), "too long"),
        (packed(idx(PICTURES)[:-1]), "breaks off"),
        (idx(PICTURES[:0]), "has 0 images, but .* has 4 labels"),
    ],
)
def test_a_damaged_file_is_refused_by_name(tmp_path, content, words):
    images = write(tmp_path / "d")
    images.write_bytes(content)
    said = refusal(images)
    assert str(images) in said
    with pytest.raises(InputError, match=words):
        finished(read_idx(images))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("shape", [(2**32 - 1,) * 3, (2**20, 30, 30)])
def test_a_head_that_promises_too_much_takes_no_memory(tmp_path, shape, pack):
    images = write(tmp_path / "d")
    images.write_bytes(pack(idx(PICTURES, shape=shape)))
    tracemalloc.start()
    try:
        assert "promises" in refusal(images)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_cut_anywhere_is_refused(tmp_path, pack):
    images = write(tmp_path / "d")
    for file in (images, images.with_name("train-labels-idx1-ubyte")):
        plain = file.read_bytes()
        whole = pack(plain)
        for length in range(0, len(whole), 7):
            file.write_bytes(whole[:length])
            refusal(images)
        file.write_bytes(plain)


def test_damage_anywhere_never_raises_anything_else(tmp_path):
    rng = np.random.default_rng(0)
    images = write(tmp_path / "d")
    for whole in (images.read_bytes(), gzip.compress(images.read_bytes())):
        for _ in range(300):
            broken = np.frombuffer(whole, np.uint8).copy()
            broken[rng.integers(0, len(whole), 2)] = rng.integers(0, 256, 2)
            images.write_bytes(broken.tobytes())
            try:
                finished(read_idx(images))
            except InputError:
                continue


def test_mnist_is_read_as_it_was_published():
    if not (MNIST / "mnist").exists():
        pytest.skip("MNIST is not beside this repository, and TINYCLF_SHARED names no other place")
    parts = finished(read_idx(MNIST / "mnist"))
    assert parts.train.x.shape == (60_000, 1, 28, 28)
    assert parts.test.x.shape == (10_000, 1, 28, 28)
    assert parts.train.y[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert parts.test.counts.tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert round(parts.train.x.mean(), 4) == 33.3184
