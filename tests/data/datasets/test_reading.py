import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.walking import finished
from tinyclf.data.datasets.reading import ReadOptions, find_kind, read_dataset
from tinyclf.data.datasets.table import TableOptions
from tinyclf.errors import InputError


def table(path):
    path.write_text("kind,a,b\nx,1,2\ny,3,4\nx,4,5\n")


def archive(path):
    np.savez(path, x=np.zeros((3, 2), np.float32), y=[0, 1, 0])


def idx(folder):
    folder.mkdir(parents=True)
    (folder / "train-images-idx3-ubyte").write_bytes(b"\0\0\x08\3\0\0\0\3\0\0\0\1\0\0\0\1" + b"abc")
    (folder / "train-labels-idx1-ubyte").write_bytes(b"\0\0\x08\1\0\0\0\3" + b"\0\1\0")


def cifar(folder):
    folder.mkdir(parents=True)
    (folder / "data_batch_1.bin").write_bytes(bytes(3073) + b"\1" + bytes(3072) + bytes(3073))


def pictures(folder):
    for name in ("a/1.png", "a/2.png", "b/1.png"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", (2, 2)).save(folder / name)


KINDS = {
    "t.csv": (table, "table"),
    "t.TSV": (table, "table"),
    "d.npz": (archive, "NPZ"),
    "mnist": (idx, "IDX"),
    "cifar": (cifar, "CIFAR"),
    "photos": (pictures, "class folders"),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_known_by_what_lies_there(tmp_path, name):
    make, kind = KINDS[name]
    make(tmp_path / name)
    options = ReadOptions(table=TableOptions(label="kind"))
    parts = finished(read_dataset(tmp_path / name, options))
    assert find_kind(tmp_path / name)[1].name == kind
    assert len(parts.train) == 3
    assert len(parts.train.classes) == 2


@pytest.mark.parametrize("name", ["mnist", "cifar", "photos"])
def test_a_folder_in_a_folder_is_meant_itself(tmp_path, name):
    KINDS[name][0](tmp_path / "outer" / name)
    assert find_kind(tmp_path / "outer") == find_kind(tmp_path / "outer" / name)


def test_a_file_of_images_alone_is_read(tmp_path):
    idx(tmp_path / "mnist")
    path = tmp_path / "mnist" / "train-images-idx3-ubyte"
    assert len(finished(read_dataset(path)).train) == 3


def test_pictures_are_brought_to_the_size_that_is_said(tmp_path):
    pictures(tmp_path / "photos")
    parts = finished(read_dataset(tmp_path / "photos", ReadOptions(side=5)))
    assert parts.train.shape == (1, 5, 5)


def test_what_is_understood_is_listed_to_whom_gives_something_else(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "empty").mkdir()
    for name in ("a.pdf", "empty"):
        with pytest.raises(InputError, match=r"IDX.*CIFAR-10.*each class.*\.csv.*\.npz"):
            finished(read_dataset(tmp_path / name))


def test_an_inner_folder_that_may_not_be_opened_is_told(tmp_path, monkeypatch):
    (tmp_path / "outer" / "inner").mkdir(parents=True)
    opened = Path.iterdir

    def iterdir(path):
        if path.name == "inner":
            raise PermissionError(13, "Permission denied")
        return opened(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    with pytest.raises(InputError, match="outer cannot be read: you are not allowed"):
        find_kind(tmp_path / "outer")


def test_a_collection_is_read_elsewhere(tmp_path):
    (tmp_path / "stamps.tinyclf").write_bytes(b"SQLite")
    with pytest.raises(InputError, match="is a collection, not a dataset"):
        finished(read_dataset(tmp_path / "stamps.tinyclf"))


def test_pictures_without_folders_are_told_so(tmp_path):
    (tmp_path / "a.png").write_bytes(b"")
    with pytest.raises(InputError, match="has pictures, but no folder per class"):
        find_kind(tmp_path)


def test_nothing_there_is_told(tmp_path):
    with pytest.raises(InputError, match=r"no file or folder .*nowhere.csv. Check its name"):
        finished(read_dataset(tmp_path / "nowhere.csv"))


@pytest.mark.skipif(os.name == "nt", reason="no pipes in folders on Windows")
@pytest.mark.parametrize("name", ["pipe.csv", "pipe.npz", "train-images-idx3-ubyte"])
def test_a_pipe_is_not_waited_for(tmp_path, name):
    os.mkfifo(tmp_path / name)
    with pytest.raises(InputError, match="neither a file nor a folder"):
        finished(read_dataset(tmp_path / name))
