"""Bad photos are marked, listed and left out of training; a person can say that they are fine."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tinyclf.domain import GRADES, PhotoFault
from tinyclf_gui.act_words import past_in_words
from tinyclf_gui.models.act_history import ActHistory
from tinyclf_gui.models.photo_list import Role

BLURRED = {"a1", "a2", "b4"}


def bad_photos(session):
    """Return the photos that nothing is learnt from."""
    return [session.table.ids[row] for row in np.flatnonzero(session.table.bad)]


@pytest.fixture
def folder(tmp_path):
    """Checkered cards a1 … d5, three of them out of focus."""
    folder = tmp_path / "cards"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for name in (f"{letter}{grade}" for letter in "abcd" for grade in GRADES):
        level = 30 * int(name[1])
        cells = rng.integers(level, level + 100, (10, 10, 3)).astype(np.uint8)
        card = Image.fromarray(cells).resize((120, 120), Image.Resampling.NEAREST)
        if name in BLURRED:
            card = card.filter(ImageFilter.GaussianBlur(4))
        card.save(folder / f"{name}.png")
    return folder


@pytest.fixture
def looked(collector):
    """A person whose photos were looked at in idle time."""
    collector.workspace.workbench.prepare()
    collector.wait_until_idle()
    return collector


def tile(person, name):
    model = person.grid.model()
    return model.index(person.shown().index(name), 0)


def toast(person):
    return person.window.toast.accessibleDescription()


def test_what_was_seen_of_them_is_known_at_once_another_evening(looked, qtbot):
    path = looked.session.path
    looked.desk.close()
    looked.desk.open_collection(path)
    looked.workspace.workbench.cancel()  # nothing is looked at anew
    qtbot.waitUntil(lambda: len(bad_photos(looked.session)) == len(BLURRED))
    assert looked.workspace.workbench.idle


def test_a_chip_lists_them(looked):
    chip = looked.find(QPushButton, "badChip")
    assert chip.text() == "Bad photos 3"
    assert "3 blurred" in chip.toolTip()
    looked.click("badChip")
    assert set(looked.shown()) == BLURRED


def test_their_tiles_say_what_is_wrong(looked):
    assert tile(looked, "a1").data(Role.TILE).faults == PhotoFault.BLURRED
    assert "bad photo: blurred" in tile(looked, "a1").data(0xB)  # the accessible text
    assert "bad photo" not in tile(looked, "a3").data(0xB)


def test_the_inspector_says_what_is_wrong(looked):
    looked.focus("a1")
    assert "Bad photo, not learnt from: blurred" in looked.words()
    looked.focus("a3")
    assert "Bad photo" not in looked.find(QWidget, "photoInspector").findChildren(QLabel)[-1].text()


def test_a_sentence_says_how_many_graded_ones_are_left_out(looked):
    looked.grade_truly("a")
    assert "2 graded photos are left out of training, as bad photos: blurred." in looked.words()
    looked.click("seeBadButton")
    assert set(looked.shown()) == BLURRED
    looked.go_to("train")
    assert "2 graded photos are left out of training" in looked.words()
    looked.click("seeBadButton")
    assert looked.window.page == "label"


def test_nothing_is_learnt_from_them(looked):
    looked.grade_truly("ab")
    looked.train()
    assert looked.session.model.grades == 7


def test_the_menu_says_that_a_photo_is_fine(looked):
    looked.choose("bad")
    looked.focus("a1")
    looked.choose("fine")
    assert bad_photos(looked.session) == [looked.photo("a2"), looked.photo("b4")]
    assert "a1 called fine" in toast(looked)
    looked.workspace.collection.recount()
    assert looked.find(QPushButton, "badChip").text() == "Bad photos 2"


def test_all_that_is_selected_is_fine(looked):
    looked.choose("bad")
    looked.choose("select-all")
    looked.choose("fine")
    assert bad_photos(looked.session) == []
    assert "3 called fine" in toast(looked)


def test_undo_takes_it_back(looked):
    looked.grade_truly("a")
    looked.choose("bad")
    looked.focus("a1")
    looked.choose("fine")
    looked.click("undoLink")
    assert set(map(looked.name_of, bad_photos(looked.session))) == BLURRED
    assert looked.code("a1") == 1  # the grade given before stands


def test_undo_goes_on_to_what_was_done_before(looked):
    looked.focus("a3")
    looked.choose("grade-3")
    looked.focus("a1")
    looked.choose("fine")
    looked.choose("undo")
    assert looked.photo("a1") in bad_photos(looked.session)
    looked.choose("undo")
    assert looked.code("a3") == 0
    looked.choose("redo")
    looked.choose("redo")
    assert looked.code("a3") == 3
    assert looked.photo("a1") not in bad_photos(looked.session)


def test_the_history_tells_it(looked):
    looked.focus("a1")
    looked.choose("fine")
    history = ActHistory(looked.workspace.collection, past_in_words, looked.workspace)
    assert history.line(0).words == "a1 called fine"


def test_a_grade_given_later_is_taken_back_first(looked):
    looked.focus("a1")
    looked.choose("fine")
    looked.choose("grade-3")
    looked.choose("undo")
    assert looked.code("a1") == 0
    assert looked.photo("a1") not in bad_photos(looked.session)


def test_the_same_entry_takes_it_back_later(looked):
    looked.focus("a1")
    looked.choose("fine")
    looked.choose("fine")
    assert looked.photo("a1") in bad_photos(looked.session)


def test_with_no_bad_photo_selected_the_menu_says_so(looked):
    looked.focus("a3")
    looked.choose("fine")
    assert "No bad photo is selected" in toast(looked)


def test_when_all_are_fine_the_chip_goes(looked):
    looked.choose("select-all")
    looked.choose("fine")
    looked.workspace.collection.recount()
    chips = looked.window.findChildren(QPushButton, "badChip")
    assert not any(chip.isVisible() for chip in chips)
    looked.choose("bad")
    assert "No photo looks bad" in toast(looked)
