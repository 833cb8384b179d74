import pickle

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.data.datasets.cifar import is_cifar, read_cifar
from tinyclf.errors import InputError

RNG = np.random.default_rng(0)
N = 4
PICTURES = RNG.integers(0, 256, (6, N, 3, 32, 32), np.uint8)
LABELS = RNG.integers(0, 3, (6, N), np.uint8)
WORDS = ["airplane", "automobile", "bird"]
FILES = [f"data_batch_{k}" for k in range(1, 6)] + ["test_batch"]


def binary(pictures, *labels):
    return np.hstack([*(each[:, None] for each in labels), pictures.reshape(N, -1)]).tobytes()


def write_binary(folder, files=FILES):
    for file, pictures, labels in zip(files, PICTURES, LABELS, strict=False):
        (folder / f"{file}.bin").write_bytes(binary(pictures, labels))
    (folder / "batches.meta.txt").write_text("\n".join(WORDS) + "\n\n")


def write_pickled(folder, **changes):
    for file, pictures, labels in zip(FILES, PICTURES, LABELS, strict=True):
        names = [f"{file}_{k}.png" for k in range(N)]
        data = pictures.reshape(N, -1)
        batch = {"data": data, "labels": labels.tolist(), "filenames": names, **changes}
        (folder / file).write_bytes(pickle.dumps({k: v for k, v in batch.items() if v is not None}))
    (folder / "batches.meta").write_bytes(
        pickle.dumps({b"label_names": [w.encode() for w in WORDS]})
    )


def refusal(folder):
    with pytest.raises(InputError) as refused:
        finished(read_cifar(folder))
    return str(refused.value)


@pytest.mark.parametrize("write", [write_binary, write_pickled])
def test_both_versions_say_the_same(tmp_path, write):
    write(tmp_path)
    parts = finished(read_cifar(tmp_path))
    np.testing.assert_array_equal(parts.train.x, PICTURES[:5].reshape(-1, 3, 32, 32))
    np.testing.assert_array_equal(parts.train.y, LABELS[:5].ravel())
    np.testing.assert_array_equal(parts.test.x, PICTURES[5])
    np.testing.assert_array_equal(parts.test.y, LABELS[5])
    assert parts.train.classes == tuple(WORDS)
    assert parts.notes == ()


def test_the_pickled_version_knows_the_files_names(tmp_path):
    write_pickled(tmp_path)
    assert finished(read_cifar(tmp_path)).test.names[1] == "test_batch_1.png"


def test_batches_that_are_missing_are_told(tmp_path):
    write_binary(tmp_path)
    (tmp_path / "data_batch_3.bin").unlink()
    parts = finished(read_cifar(tmp_path))
    assert len(parts.train) == 4 * N
    assert parts.notes == ("data_batch_3.bin is missing.",)


def test_without_names_classes_are_numbers(tmp_path):
    write_binary(tmp_path)
    (tmp_path / "batches.meta.txt").unlink()
    parts = finished(read_cifar(tmp_path))
    assert parts.train.classes == ("0", "1", "2")
    assert "called by their numbers" in parts.notes[0]


def test_of_cifar_100_the_fine_labels_count(tmp_path):
    coarse = np.full(N, 200, np.uint8)
    (tmp_path / "train.bin").write_bytes(binary(PICTURES[0], coarse, LABELS[0]))
    (tmp_path / "test.bin").write_bytes(binary(PICTURES[1], coarse, LABELS[1]))
    (tmp_path / "fine_label_names.txt").write_text("\n".join(WORDS))
    parts = finished(read_cifar(tmp_path))
    np.testing.assert_array_equal(parts.train.y, LABELS[0])
    np.testing.assert_array_equal(parts.test.x, PICTURES[1])


def test_a_folder_without_batches_is_not_cifar(tmp_path):
    (tmp_path / "train").mkdir()
    (tmp_path / "meta").mkdir()
    assert not is_cifar(tmp_path)
    assert "is no folder of CIFAR" in refusal(tmp_path)


def test_a_label_without_a_name_is_told(tmp_path):
    write_binary(tmp_path)
    (tmp_path / "batches.meta.txt").write_text("airplane\n")
    assert "go from 0 to 2, but it names 1 classes" in refusal(tmp_path)


def test_a_cut_anywhere_is_refused(tmp_path):
    write_binary(tmp_path, FILES[:1])
    file = tmp_path / "data_batch_1.bin"
    whole = file.read_bytes()
    for length in (*range(0, 3073, 7), *range(3074, len(whole), 700)):
        file.write_bytes(whole[:length])
        assert "no whole records of 3,073 bytes" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"data": None}, "has no 'data' of shape"),
        ({"data": "text"}, "has no 'data' of shape"),
        ({"data": np.zeros((N, 9), np.uint8)}, "has no 'data' of shape"),
        ({"data": np.zeros((N, 3072))}, "something else than bytes"),
        ({"labels": None}, "has no 'labels'"),
        ({"labels": [0, 1, 2]}, "has 4 pictures, but 3 labels"),
        ({"labels": [0, 1, 2, "x"]}, "has no 'labels', a list of classes"),
        ({"labels": [0, 1, 2, -1]}, "has no 'labels', a list of classes"),
    ],
)
def test_a_pickled_batch_of_something_else_is_refused(tmp_path, changes, words):
    write_pickled(tmp_path, **changes)
    assert words in refusal(tmp_path)
