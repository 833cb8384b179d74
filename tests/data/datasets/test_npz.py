import io
import os
import pickle
import tracemalloc
import zipfile

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.data.datasets.npz import read_npz
from tinyclf.errors import InputError

GREY = np.arange(24, dtype=np.uint8).reshape(4, 2, 3)
COLOUR = np.arange(4 * 5 * 6 * 3, dtype=np.uint8).reshape(4, 5, 6, 3)
LABELS = np.array([2, 0, 1, 2])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "d.npz"


def read(path, **arrays):
    np.savez(path, **arrays)
    return finished(read_npz(path))


def refusal(path):
    with pytest.raises(InputError) as refused:
        finished(read_npz(path))
    assert str(path) in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("names", ["x y", "X Y", "images labels", "data target", "x_train y_train"])
def test_arrays_are_read_by_their_names(path, save, names):
    save(path, **dict(zip(names.split(), (GREY, LABELS), strict=True)))
    parts = finished(read_npz(path))
    np.testing.assert_array_equal(parts.train.x, GREY[:, None])
    assert parts.train.y.tolist() == [2, 0, 1, 2]
    assert parts.train.classes == ("0", "1", "2")


@pytest.mark.parametrize("form", ["{}_{}", "{1}_{0}"])
def test_the_parts_are_kept_apart(path, form):
    named = {
        form.format(what, part): array
        for part, n in (("train", 3), ("test", 2))
        for what, array in (("x", GREY[:n]), ("y", LABELS[:n]))
    }
    parts = read(path, **named)
    assert (len(parts.train), len(parts.test)) == (3, 2)
    assert parts.test.classes == ("0", "1", "2")


ORDERS = {
    "(n, h, w)": (GREY, (1, 2, 3)),
    "(n, h, w, channels)": (COLOUR, (3, 5, 6)),
    "(n, channels, h, w)": (COLOUR.transpose(0, 3, 1, 2), (3, 5, 6)),
    "(n, d)": (GREY.reshape(4, 6), (6,)),
    "(n,)": (GREY[:, 0, 0], (1,)),
}


@pytest.mark.parametrize("order", ORDERS)
def test_pictures_are_read_in_any_order_of_axes(path, order):
    x, shape = ORDERS[order]
    assert read(path, x=x, y=LABELS).train.shape == shape


def test_channels_come_first(path):
    np.testing.assert_array_equal(
        read(path, x=COLOUR, y=LABELS).train.x, COLOUR.transpose(0, 3, 1, 2)
    )


def test_axes_that_could_be_either_are_told(path):
    parts = read(path, x=np.zeros((4, 3, 3, 3), np.uint8), y=LABELS)
    assert "(channels, h, w)" in parts.notes[0]


@pytest.mark.parametrize(
    ("dtype", "kept"),
    [("u1", "u1"), ("?", "u1"), ("i8", "u1"), ("f2", "f4"), (">f4", "f4"), (">f8", "f8")],
)
def test_pictures_are_bytes_or_floats(path, dtype, kept):
    x = (GREY > 3).astype(dtype)
    read_x = read(path, x=x[:, None], y=LABELS).train.x
    assert read_x.dtype == np.dtype(kept)
    np.testing.assert_array_equal(read_x[:, 0], (GREY > 3) * (255 if dtype == "?" else 1))


def test_whole_numbers_of_columns_become_floats(path):
    x = np.array([[1, -2], [3, 2**40], [5, 6], [7, 8]])
    np.testing.assert_array_equal(read(path, x=x, y=LABELS).train.x, x.astype(float))


def test_classes_may_be_named(path):
    parts = read(path, x=GREY, y=LABELS[:, None], class_names=np.array(["a", "b", "c", "d"]))
    assert parts.train.classes == ("a", "b", "c", "d")
    assert parts.train.y.tolist() == [2, 0, 1, 2]


def test_labels_may_be_texts(path):
    parts = read(path, x=GREY, y=np.array(["b", "a", "b", "a10"]))
    assert parts.train.classes == ("a", "a10", "b")
    assert parts.train.y.tolist() == [2, 0, 2, 1]


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"arr_0": GREY}, "has the arrays arr_0, but none called x and y"),
        ({"x": GREY, "y": LABELS, "x_test": GREY}, "only one of x_test and y_test"),
        ({"x": GREY, "y": LABELS[:3]}, "4 examples to learn, but labels of shape (3,)"),
        ({"x": GREY, "y": np.eye(4)}, "but labels of shape (4, 4)"),
        ({"x": GREY, "y": LABELS + 0.5 * LABELS / 7 + np.arange(4) / 9}, "regression"),
        ({"x": GREY, "y": LABELS + np.nan}, "NaN or infinite"),
        ({"x": GREY + 1j, "y": LABELS}, "must be real numbers"),
        ({"x": GREY.astype("U3"), "y": LABELS}, "must be real numbers"),
        ({"x": np.zeros((4, 2, 2, 2, 2)), "y": LABELS}, "have the shape (4, 2, 2, 2, 2)"),
        ({"x": np.zeros((4, 9, 9, 9)), "y": LABELS}, "colour channels"),
        ({"x": np.float32(3), "y": LABELS}, "have the shape ()"),
        ({"x": GREY / np.inf + np.nan, "y": LABELS}, "holds NaN"),
        ({"x": GREY[:0], "y": LABELS[:0]}, "no examples"),
        ({"x": GREY, "y": LABELS, "classes": np.array(["a"])}, "names 1 classes"),
        ({"x": GREY, "y": LABELS.astype("M8[D]")}, "labels of"),
        (
            {"x": GREY, "y": LABELS, "x_test": GREY, "y_test": LABELS.astype("M8[D]")},
            "must be numbers or texts",
        ),
    ],
)
def test_arrays_that_are_no_dataset_are_refused(path, arrays, words):
    np.savez(path, **arrays)
    assert words in refusal(path)


def test_a_class_that_is_tested_but_not_learnt_is_named(path):
    given = {"x_train": GREY, "y_train": [0, 1, 0, 1], "x_test": GREY, "y_test": [0, 1, 2, 3]}
    np.savez(path, **given)
    notes = finished(read_npz(path)).notes
    assert "There is something to test of '2', '3', but nothing to learn from." in notes


def test_objects_that_are_neither_examples_nor_labels_are_passed_over(path):
    parts = read(path, x=GREY, y=LABELS, notes=np.array([None] * 500, object))
    np.testing.assert_array_equal(parts.train.x, GREY[:, None])


def test_objects_are_never_unpickled(path, tmp_path):
    class Trap:
        def __reduce__(self):
            return os.system, (f"touch '{tmp_path / 'sprung'}'",)

    np.savez(path, x=np.array([Trap()] * 4, object), y=LABELS)
    assert "The array x" in refusal(path)
    np.savez(path, x=GREY, y=np.array([Trap()] * 4, object))
    assert "save texts as y.astype(str)" in refusal(path)
    path.write_bytes(pickle.dumps(Trap()))
    refusal(path)
    assert not (tmp_path / "sprung").exists()


def archive(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(f"{name}.npy", content)


def head(shape, dtype="|u1"):
    out = io.BytesIO()
    header = {"descr": dtype, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(out, header)
    return out.getvalue()


def saved(array):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def test_a_bomb_is_seen_by_its_heads_and_not_unpacked(path, monkeypatch):
    monkeypatch.setattr("tinyclf.data.datasets.content.LARGEST", 20_000_000)
    archive(path, x=head((30_000_000, 1)) + bytes(30_000_000), y=saved(LABELS))
    assert path.stat().st_size < 100_000
    tracemalloc.start()
    try:
        assert "more than the 20,000,000 that are allowed" in refusal(path)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_an_archive_of_too_many_members_is_refused(path):
    archive(path, **{f"a{k}": b"" for k in range(1_001)})
    assert "more than 1,000 members" in refusal(path)


@pytest.mark.parametrize("shape", [(2**40, 2**20), (5, 2, 3), (-1, 3), (2**70,)])
def test_a_head_that_promises_more_than_there_is_is_refused(path, shape):
    archive(path, x=head(shape) + bytes(24), y=saved(LABELS))
    refusal(path)


def test_more_than_the_head_promises_is_refused(path):
    archive(path, x=saved(GREY) + b"\0", y=saved(LABELS))
    assert "more follows" in refusal(path)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_a_cut_anywhere_is_refused(path, save):
    save(path, x=GREY, y=LABELS)
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        refusal(path)


@pytest.mark.filterwarnings("ignore")  # NumPy warns of odd heads
def test_damage_anywhere_never_raises_anything_else(path):
    rng = np.random.default_rng(0)
    for save in (np.savez, np.savez_compressed):
        save(path, x=GREY, y=LABELS)
        whole = np.frombuffer(path.read_bytes(), np.uint8)
        for _ in range(300):
            broken = whole.copy()
            broken[rng.integers(0, len(whole), 3)] = rng.integers(0, 256, 3)
            path.write_bytes(broken.tobytes())
            try:
                finished(read_npz(path))
            except InputError:
                continue


def test_names_of_classes_are_texts_one_for_each(path):
    classes = np.array([b"Katze", "Bär".encode(), b"Hund"])
    assert read(path, x=GREY, y=LABELS, classes=classes).train.classes == ("Katze", "Bär", "Hund")
    np.savez(path, x=GREY, y=LABELS, classes=10)
    assert "must be texts, one for each class" in refusal(path)
    np.savez(path, x=GREY, y=np.array([b"\xe4", b"a", b"b", b"a"]))
    assert "not in UTF-8" in refusal(path)
