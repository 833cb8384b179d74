import os
import threading
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.walking import finished
from tinyclf.data.datasets.class_folders import read_class_folders
from tinyclf.errors import InputError

RED, GREEN, BLUE, GREY = (200, 30, 20), (20, 180, 40), (10, 30, 220), (90, 90, 90)


def save(path, colour=RED, size=(8, 6), mode="RGB", **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).convert(mode).save(path, **options)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "d"


def read(folder, side=None):
    return finished(read_class_folders(folder, side))


def test_folders_are_classes_in_the_order_people_count(folder):
    for name, colour in (("class 10", BLUE), ("class 2", RED), ("class 9", GREEN)):
        save(folder / name / "a.png", colour)
    parts = read(folder)
    assert parts.train.classes == ("class 2", "class 9", "class 10")
    assert parts.train.names == ("class 2/a.png", "class 9/a.png", "class 10/a.png")
    assert parts.train.x.shape == (3, 3, 6, 8)
    assert [tuple(x[:, 0, 0]) for x in parts.train.x] == [RED, GREEN, BLUE]
    assert parts.train.y.tolist() == [0, 1, 2]
    assert (parts.test, parts.notes, parts.problems) == (None, (), ())


@pytest.mark.parametrize(("train", "test"), [("train", "test"), ("Training", "Testing")])
def test_train_and_test_are_parts(folder, train, test):
    save(folder / train / "a" / "1.png")
    save(folder / train / "b" / "1.png")
    save(folder / test / "b" / "1.png")
    parts = read(folder)
    assert parts.train.classes == parts.test.classes == ("a", "b")
    assert (parts.train.y.tolist(), parts.test.y.tolist()) == ([0, 1], [1])


def test_a_class_to_test_that_is_not_learnt_is_told(folder):
    save(folder / "train" / "a" / "1.png")
    save(folder / "test" / "b" / "1.png")
    assert "to test of 'b', but nothing to learn from" in read(folder).notes[0]


def test_a_folder_beside_the_parts_is_told_to_be_left_out(folder):
    for part in ("train", "test", "val"):
        save(folder / part / "a" / "1.png")
    parts = read(folder)
    assert len(parts.train) == len(parts.test) == 1
    assert parts.notes == ("val is neither train nor test, so it was left out.",)


def test_train_may_be_the_name_of_a_class(folder):
    save(folder / "train" / "1.png")
    save(folder / "plane" / "1.png")
    assert read(folder).train.classes == ("plane", "train")


def test_pictures_without_colour_have_one_channel(folder):
    save(folder / "a" / "1.png", GREY)
    save(folder / "b" / "1.png", GREY, mode="L")
    x = read(folder).train.x
    assert x.shape == (2, 1, 6, 8)
    assert (x == 90).all()


def test_one_coloured_picture_makes_all_coloured(folder):
    save(folder / "a" / "1.png", GREY)
    save(folder / "b" / "1.png", RED)
    x = read(folder).train.x
    assert tuple(x[0, :, 0, 0]) == GREY
    assert tuple(x[1, :, 0, 0]) == RED


def test_pictures_of_several_sizes_become_their_middle(folder):
    wide = Image.new("RGB", (120, 40), RED)
    wide.paste(BLUE, (40, 0, 80, 40))
    (folder / "a").mkdir(parents=True)
    wide.save(folder / "a" / "1.png")
    save(folder / "b" / "1.png", GREEN, (5, 9))
    parts = read(folder)
    assert parts.train.shape == (3, 32, 32)
    assert tuple(parts.train.x[0, :, 16, 16]) == BLUE
    assert tuple(parts.train.x[0, :, 3, 3]) == BLUE
    assert tuple(parts.train.x[1, :, 16, 16]) == GREEN
    assert "several sizes" in parts.notes[0]


def test_a_size_that_is_said_is_made(folder):
    save(folder / "a" / "1.png")
    save(folder / "b" / "1.jpg", size=(700, 400))
    parts = read(folder, 20)
    assert parts.train.shape == (3, 20, 20)
    assert parts.notes == ()


def test_photos_of_one_large_size_are_made_smaller(folder):
    save(folder / "a" / "1.jpg", size=(300, 200))
    parts = read(folder)
    assert parts.train.shape == (3, 32, 32)
    assert "from 300 × 200" in parts.notes[0]


def test_pictures_are_upright_and_on_neutral_grey(folder):
    exif = Image.Exif()
    exif[274] = 6  # a quarter to the right
    (folder / "a").mkdir(parents=True)
    lying = Image.new("RGB", (8, 4), RED)
    lying.paste(BLUE, (4, 0, 8, 4))
    lying.save(folder / "a" / "1.png", exif=exif)
    Image.new("RGBA", (4, 8), (0, 0, 0, 0)).save(folder / "a" / "2.png")
    x = read(folder).train.x
    assert x.shape == (2, 3, 8, 4)
    assert tuple(x[0, :, 0, 0]) == RED
    assert tuple(x[0, :, 7, 0]) == BLUE
    assert (x[1] == 128).all()


def test_what_is_found_is_read_or_a_problem(folder):
    for k in range(5):
        save(folder / "a" / f"{k}.png")
    (folder / "a" / "broken.png").write_bytes((folder / "a" / "0.png").read_bytes()[:40])
    (folder / "a" / "empty.jpg").touch()
    (folder / "b").mkdir()
    (folder / "b" / "text.png").write_text("no picture")
    (folder / "b" / "readme.txt").touch()
    parts = read(folder)
    assert {p.path.name for p in parts.problems} == {"broken.png", "empty.jpg", "text.png"}
    assert len(parts.train) + len(parts.problems) == 8
    assert parts.train.classes == ("a",)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_pipes_and_links_to_nothing_are_problems(folder):
    save(folder / "a" / "1.png")
    os.mkfifo(folder / "a" / "2.png")
    (folder / "a" / "3.png").symlink_to("nowhere.png")
    assert len(read(folder).problems) == 2


def test_pictures_may_lie_deeper(folder):
    save(folder / "a" / "b" / "c" / "1.png")
    parts = read(folder)
    assert (parts.train.classes, parts.train.names) == (("a",), ("a/b/c/1.png",))


def test_folders_without_pictures_are_told(folder):
    save(folder / "a" / "1.png")
    (folder / "notes").mkdir()
    assert read(folder).notes == ("notes has no pictures, so it is no class.",)


def test_folders_of_one_name_are_told_apart(folder):
    for part in ("train", "test"):
        save(folder / part / "a" / "1.png")
        (folder / part / "cats").mkdir()
    assert {note.split(" has ")[0] for note in read(folder).notes} == {"train/cats", "test/cats"}


def test_room_is_asked_for_as_if_all_were_coloured(folder, monkeypatch):
    monkeypatch.setattr("tinyclf.data.datasets.content.LARGEST", 2 * 8 * 6 * 3 - 1)
    for name in "ab":
        save(folder / name / "1.png", GREY)
    with pytest.raises(InputError, match="288 bytes in memory, more than the 287"):
        read(folder)


def test_a_folder_without_classes_is_refused(folder):
    save(folder / "1.png")
    with pytest.raises(InputError, match="make one for each class"):
        read(folder)


def test_none_that_can_be_read_is_told_with_a_reason(folder):
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "1.png").touch()
    with pytest.raises(InputError, match="the file is empty"):
        read(folder)


@pytest.mark.parametrize("side", [0, -1, 2_001])
def test_a_size_out_of_range_is_refused(folder, side):
    with pytest.raises(InputError, match="1 to 2,000"):
        read(folder, side)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP"])
def test_a_cut_anywhere_is_a_problem_and_no_more(folder, kind):
    save(folder / "a" / "1.png")
    whole = BytesIO()
    Image.effect_noise((8, 6), 90).save(whole, kind)
    (folder / "b").mkdir()
    lengths = range(0, len(whole.getvalue()), 7)
    for length in lengths:
        (folder / "b" / f"{length}.png").write_bytes(whole.getvalue()[:length])
    parts = read(folder)
    assert len(parts.problems) + len(parts.train) == 1 + len(lengths)
    assert len(parts.problems) > len(lengths) / 2


def test_a_job_that_is_closed_early_ends(folder):
    for k in range(100):
        save(folder / "a" / f"{k}.png")
    job = read_class_folders(folder, 4)
    while next(job).what != "Reading pictures":
        pass
    job.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("tinyclf-ahead")]


def test_rows_keep_their_pictures_when_some_are_problems(folder):
    shades = [40, 80, 120, 160]
    for k, shade in enumerate(shades):
        save(folder / "a" / f"{k}.png", (shade,) * 3)
    (folder / "a" / "1.png").write_text("spoilt")
    parts = read(folder)
    assert parts.train.names == ("a/0.png", "a/2.png", "a/3.png")
    np.testing.assert_array_equal(parts.train.x[:, 0, 0, 0], [40, 120, 160])
