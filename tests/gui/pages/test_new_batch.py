"""Sample stamps come in, and then others: those of another look are warned of, like ones not."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QPushButton

from tinyclf.domain import Grade
from tinyclf.samples import draw_samples
from tinyclf_gui.commands import GradePhotos
from tinyclf_gui.widgets.notice_banner import NoticeBanner

GRADED = 40


@pytest.fixture(scope="module")
def stamps(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stamps")
    for _ in draw_samples(folder, 80, seed=1):
        pass
    return sorted(folder.glob("*.jpg"))


@pytest.fixture
def album(welcome, stamps, tmp_path):
    """A person who has trained on forty stamps; the photos of sixty are in the collection."""
    truth = {Path(row["photo"]).stem: int(row["grade"]) for row in table_of(stamps)}
    welcome.desk.take_folder(folder_of(tmp_path / "album", stamps[:60]))
    welcome.wait_until_idle()
    table = welcome.session.table
    for row in range(GRADED):
        grade = Grade(truth[table.path(row).stem.split()[-1]])
        welcome.workspace.collection.do(GradePhotos([table.ids[row]], grade))
    welcome.workspace.collection.recount()
    welcome.go_to("train")
    welcome.click("fastPreset")
    welcome.train()
    welcome.go_to("review")
    return welcome


def table_of(stamps):
    with (stamps[0].parent / "truth.csv").open() as file:
        return list(csv.DictReader(file))


def folder_of(folder, photos, look=lambda pixels: pixels):
    folder.mkdir()
    for path in photos:
        pixels = look(np.asarray(Image.open(path).convert("RGB")))
        Image.fromarray(pixels).save(folder / f"{folder.name} {path.stem}.bmp")
    return folder


def recoloured(pixels):
    """As under a violet lamp."""
    return pixels // np.array([4, 6, 4], np.uint8) + np.array([190, 0, 190], np.uint8)


def take(person, folder):
    person.desk.take_folder(folder)
    person.wait_until_idle()


def banner(person):
    return [one for one in person.window.findChildren(NoticeBanner) if one.isVisible()]


def new(person):
    table = person.session.table
    return [row for row in range(len(table)) if "unlike" in table.names[row]]


@pytest.fixture
def warned(album, stamps, tmp_path):
    """Twenty photos of quite another look have come in."""
    take(album, folder_of(tmp_path / "unlike", stamps[60:], recoloured))
    return album


def test_new_photos_get_proposals_at_once(warned):
    assert warned.session.table.has_proposal[new(warned)].all()


def test_a_batch_of_another_look_is_warned_of(warned):
    assert len(banner(warned)) == 1
    words = warned.find(QLabel, "noticeWords")
    assert "20 new photos look unlike those it learnt from" in words.text()
    assert "would be usual" in words.toolTip()


def test_the_photos_it_is_about_are_shown_to_be_graded(warned):
    warned.click("gradeNewButton")
    assert warned.window.page == "label"
    assert warned.find(QPushButton, "unlikeChip").isChecked()
    assert len(warned.shown()) >= 5
    assert all("unlike" in name for name in warned.shown())


def test_they_are_known_after_a_restart(warned):
    shown = warned.session.strangest()
    path = warned.session.path
    warned.choose("close")
    warned.desk.open_collection(path)
    warned.wait_until_idle()
    assert len(banner(warned)) == 1
    warned.choose("unlike")
    assert [warned.photo(name) for name in warned.shown()] == shown


def test_a_like_batch_is_not_warned_of(album, stamps, tmp_path):
    take(album, folder_of(tmp_path / "like", stamps[60:]))
    assert album.session.table.has_proposal[60:].all()
    assert album.session.status().novelty.photos == 20
    assert banner(album) == []
    album.choose("unlike")
    assert "No new photos look unlike" in album.window.toast.accessibleDescription()


def test_a_like_batch_takes_no_warning_away(warned, stamps, tmp_path):
    take(warned, folder_of(tmp_path / "like", stamps[60:]))
    assert len(banner(warned)) == 1


def test_a_training_on_them_ends_the_warning(warned):
    for row in new(warned):
        photo_id = warned.session.table.ids[row]
        warned.workspace.collection.do(GradePhotos([photo_id], Grade.FAIR))
    warned.train()
    assert banner(warned) == []
