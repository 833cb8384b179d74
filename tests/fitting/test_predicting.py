import gzip
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.walking import finished
from tinyclf.data.datasets.dataset import Parts
from tinyclf.errors import InputError
from tinyclf.fitting.fit import fit
from tinyclf.fitting.predicting import read_inputs, to_channels
from tinyclf.fitting.recipes import GREY
from tinyclf.fitting.settings import FitSettings


@pytest.fixture
def of_bars(pictures, backend):
    """A model of pictures of 8 × 8 bytes, with so many channels."""

    def make(channels=1):
        training = replace(GREY, hidden=(8,), epochs=1, least_steps=5)
        parts = Parts(pictures(40, channels=channels))
        return finished(fit(parts, FitSettings("mlp", training), backend)).model

    return make


@pytest.fixture
def of_rows(rows, short, backend):
    return finished(fit(Parts(rows()), short, backend)).model


def save(pixels, path):
    Image.fromarray(pixels).save(path)
    return path


def test_a_picture_is_brought_to_the_size_and_the_one_channel_of_the_model(of_bars, tmp_path):
    halves = np.zeros((40, 80, 3), np.uint8)
    halves[:, 40:, 1] = 200
    inputs = finished(read_inputs(of_bars(), [save(halves, tmp_path / "a.png")]))
    assert inputs.x.shape == (1, 1, 8, 8)
    assert (inputs.x[0, 0, 4, [0, 7]] == [0, round(0.587 * 200)]).all()
    assert inputs.names == (str(tmp_path / "a.png"),)


def test_grey_fills_all_channels(of_bars, tmp_path):
    grey = np.arange(64, dtype=np.uint8).reshape(8, 8)
    inputs = finished(read_inputs(of_bars(3), [save(grey, tmp_path / "a.png")]))
    assert (inputs.x == grey).all()
    assert inputs.x.shape == (1, 3, 8, 8)


def test_what_was_learnt_from_files_is_told_from_files_alike(of_bars, pictures, tmp_path):
    dataset = pictures(6)
    paths = [save(x[0], tmp_path / f"{k}.png") for k, x in enumerate(dataset.x)]
    inputs = finished(read_inputs(of_bars(), paths))
    assert (inputs.x == dataset.x).all()


def test_dark_on_light_is_turned_over(of_bars, tmp_path):
    grey = np.full((8, 8), 250, np.uint8)
    path = save(grey, tmp_path / "a.png")
    assert (finished(read_inputs(of_bars(), [path], invert=True)).x == 5).all()


def test_only_pictures_are_turned_over(of_rows, tmp_path):
    (tmp_path / "new.csv").write_text("z,w,x,y\n7,1,2,3\n")
    with pytest.raises(InputError, match="no pictures of bytes"):
        finished(read_inputs(of_rows, [tmp_path / "new.csv"], invert=True))


def test_pictures_of_a_folder_are_called_as_it_was_named(of_bars, tmp_path, monkeypatch):
    save(np.zeros((8, 8), np.uint8), tmp_path / "a.png")
    monkeypatch.chdir(tmp_path.parent)
    inputs = finished(read_inputs(of_bars(), [Path(tmp_path.name)]))
    assert inputs.names == (f"{tmp_path.name}/a.png",)


def test_a_folder_stands_for_its_pictures_and_bad_ones_are_problems(of_bars, tmp_path):
    for name in ("b2.png", "b10.png"):
        save(np.zeros((8, 8), np.uint8), tmp_path / name)
    (tmp_path / "c.png").write_text("no picture")
    inputs = finished(read_inputs(of_bars(), [tmp_path]))
    assert [name.rpartition("/")[2] for name in inputs.names] == ["b2.png", "b10.png"]
    assert [problem.path.name for problem in inputs.problems] == ["c.png"]


def test_rows_of_a_table_are_found_by_the_names_of_their_columns(of_rows, tmp_path):
    (tmp_path / "new.csv").write_text("z,note,w,x,y\n7,hm,1,2,3\n8,ho,4,5,6\n")
    inputs = finished(read_inputs(of_rows, [tmp_path / "new.csv"]))
    assert inputs.x.tolist() == [[1, 2, 3, 7], [4, 5, 6, 8]]
    assert inputs.names[1].endswith("new.csv, line 3")


def test_an_archive_and_idx_images_are_told(of_bars, tmp_path):
    x = np.random.default_rng(0).integers(0, 256, (3, 8, 8)).astype(np.uint8)
    np.savez(tmp_path / "new.npz", x=x)
    idx = struct.pack(">4B3I", 0, 0, 8, 3, 3, 8, 8) + x.tobytes()
    (tmp_path / "new-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx))
    paths = [tmp_path / "new.npz", tmp_path / "new-images-idx3-ubyte.gz"]
    inputs = finished(read_inputs(of_bars(), paths))
    assert (inputs.x[:, 0] == np.concatenate([x, x])).all()
    assert inputs.names[4].endswith("ubyte.gz, 2")


@pytest.mark.parametrize("name", ["train-images.idx3", "new.idx", "new.ubyte", "x-ubyte", "x.gz"])
def test_idx_images_are_told_by_any_of_their_names(of_bars, tmp_path, name):
    head = struct.pack(">4B3I", 0, 0, 8, 3, 2, 8, 8)
    (tmp_path / name).write_bytes(head + bytes(range(128)))
    inputs = finished(read_inputs(of_bars(), [tmp_path / name]))
    assert inputs.x.ravel().tolist() == list(range(128))


def test_examples_of_another_shape_are_refused(of_bars, tmp_path):
    np.savez(tmp_path / "new.npz", x=np.zeros((3, 9, 9), np.uint8))
    with pytest.raises(InputError, match=r"shape \(1, 8, 8\) of bytes, but .*\(1, 9, 9\)"):
        finished(read_inputs(of_bars(), [tmp_path / "new.npz"]))


def test_a_table_says_nothing_to_a_model_of_pictures_nor_the_other_way(of_bars, of_rows, tmp_path):
    (tmp_path / "new.csv").write_text("a,b\n1,2\n")
    save(np.zeros((8, 8), np.uint8), tmp_path / "a.png")
    with pytest.raises(InputError, match="did not learn from a table"):
        finished(read_inputs(of_bars(), [tmp_path / "new.csv"]))
    with pytest.raises(InputError, match="learnt from rows of numbers"):
        finished(read_inputs(of_rows, [tmp_path / "a.png"]))


def test_nothing_that_can_be_read_is_refused_with_the_reason(of_bars, tmp_path):
    with pytest.raises(InputError, match=r"nothing to tell .*gone\.png"):
        finished(read_inputs(of_bars(), [tmp_path / "gone.png"]))


def test_a_folder_without_pictures_is_told_with_what_can_be_named_instead(of_bars, tmp_path):
    (tmp_path / "t10k-images-idx3-ubyte").write_bytes(b"")
    with pytest.raises(InputError, match=r"no picture lies in the folder .*file of IDX images"):
        finished(read_inputs(of_bars(), [tmp_path]))


def test_pictures_of_two_channels_are_no_files():
    with pytest.raises(InputError, match="of 2 channels"):
        to_channels(np.zeros((4, 4), np.uint8), 2)
