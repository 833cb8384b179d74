"""Examples and look-alikes beside a photo: seen, reached by keys, and hidden where they tell."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tinyclf.domain import Grade
from tinyclf.session import Likeness, LookAlike, Rung
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.key_chords import chord_of
from tinyclf_gui.models.tile import Telling
from tinyclf_gui.widgets.glance import Glance
from tinyclf_gui.widgets.look_alikes import in_words
from tinyclf_gui.widgets.loupe import Loupe
from tinyclf_gui.widgets.photo_button import SIDE
from tinyclf_gui.widgets.photo_strip import PhotoStrip
from tinyclf_gui.widgets.reference_panel import ReferencePanel

Key = Qt.Key


@pytest.fixture
def rungs(table):
    """Grade 5 has two examples pinned, 4 one of the program's, the others none."""
    pinned, typical = {5: tuple(table.ids[20:22])}, {4: (table.ids[22],)}
    return tuple(
        Rung(grade, pinned.get(grade, ()), typical.get(grade, ())) for grade in reversed(Grade)
    )


@pytest.fixture
def alike(table):
    grades = [Grade.GOOD, Grade.GOOD, Grade.FAIR]
    likeness = [Likeness.SAME, Likeness.CLOSE, Likeness.FAR]
    return tuple(
        LookAlike(photo_id, *one, 0.5)
        for photo_id, *one in zip(table.ids[30:33], grades, likeness, strict=True)
    )


@pytest.fixture
def panel(qtbot, model, pool, loader, table, rungs, alike):
    panel = ReferencePanel(pool, loader, model.name_of)
    qtbot.addWidget(panel)
    panel.resize(320, 640)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    panel.show_photo(table.ids[0])
    panel.show_ladder(rungs)
    panel.take(table.ids[0], alike)
    return panel


def spoken(shelf):
    return [button.accessibleName() for button in shelf.buttons]


def words(panel):
    return " ".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def test_examples_stand_on_their_rungs_and_say_what_they_are(panel):
    assert spoken(panel.ladder) == [
        "example of grade 5: photo_20",
        "example of grade 5: photo_21",
        "example of grade 4, chosen by the program: photo_22",
    ]
    assert words(panel).count("no example yet") == 3


def test_look_alikes_say_their_grade_and_how_alike_they_are(panel):
    assert spoken(panel.look_alikes) == [
        "look-alike of grade 4, the same: photo_30",
        "look-alike of grade 4, alike: photo_31",
    ]
    assert "You graded all of them 4." in words(panel)


def test_where_nothing_is_alike_one_sentence_says_so_and_no_picture(panel, table, alike):
    panel.take(table.ids[0], alike[2:])
    assert panel.look_alikes.photo_ids == []
    assert not panel.look_alikes.findChild(PhotoStrip).isVisible()
    assert "Nothing you have graded looks much like this one." in words(panel)


def test_look_alikes_are_as_large_as_there_is_room_for(qtbot, panel, table, alike):
    small = panel.look_alikes.buttons[0].side
    panel.resize(320, 900)
    qtbot.waitUntil(lambda: panel.look_alikes.buttons[0].side > small)
    strip = panel.look_alikes.findChild(PhotoStrip)
    for button in panel.look_alikes.buttons:
        assert strip.rect().contains(button.geometry())
        assert button.size() == button.sizeHint()
    panel.resize(320, 200)
    qtbot.waitUntil(lambda: panel.look_alikes.buttons[0].side == SIDE)


def test_read_from_right_to_left_look_alikes_begin_at_the_right(panel):
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    strip = panel.look_alikes.findChild(PhotoStrip)
    assert panel.look_alikes.buttons[0].geometry().right() == strip.width() - 1


def test_where_they_stand_below_each_other_arrows_follow(qtbot, panel):
    panel.resize(320, 900)
    qtbot.waitUntil(lambda: panel.look_alikes.findChild(PhotoStrip).across == 1)
    first, second = panel.look_alikes.buttons
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Down)
    assert second.hasFocus()


def test_their_thumbnails_come_in(qtbot, panel, pool, table):
    qtbot.waitUntil(
        lambda: all(pool.pixmap(table.ids[row], beside=True) is not None for row in (20, 22, 30))
    )


def test_hidden_it_waits_for_no_thumbnails(panel, pool):
    panel.hide()
    assert not pool._wishes.in_order()


def test_the_same_ladder_again_leaves_the_buttons_alone(panel, rungs):
    before = panel.ladder.buttons
    panel.show_ladder(rungs)
    assert panel.ladder.buttons == before


def test_tab_stops_once_and_arrows_go_on_in_space(qtbot, panel):
    first, second, below = panel.ladder.buttons
    assert [one.focusPolicy() == Qt.FocusPolicy.TabFocus for one in panel.ladder.buttons] == [
        True,
        False,
        False,
    ]
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Right)
    assert second.hasFocus()
    qtbot.keyClick(second, Key.Key_Down)
    assert below.hasFocus()
    assert below.focusPolicy() == Qt.FocusPolicy.TabFocus
    qtbot.keyClick(below, Key.Key_Up)
    assert first.hasFocus()


def test_read_from_right_to_left_the_arrows_follow(qtbot, panel):
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    first, second, _ = panel.ladder.buttons
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Left)
    assert second.hasFocus()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_pressed_it_is_seen_large_until_any_key(qtbot, panel, key):
    button = panel.ladder.buttons[1]
    button.setFocus()
    qtbot.keyClick(button, key)
    [glance] = panel.findChildren(Glance)
    qtbot.waitUntil(glance.isVisible)
    assert glance.accessibleName() == "example of grade 5: photo_21"
    qtbot.waitUntil(lambda: glance._view.zoom > 0)
    qtbot.keyClick(glance, Key.Key_Escape)
    assert not glance.isVisible()


def test_what_was_found_for_another_photo_is_not_shown(panel, table, alike):
    panel.show_photo(table.ids[1])
    panel.take(table.ids[0], alike)
    assert panel.look_alikes.photo_ids == []


def test_why_there_are_none_is_said(panel, table):
    panel.tell(table.ids[0], "a moment")
    assert "a moment" in words(panel)
    assert panel.look_alikes.photo_ids == []


def test_blind_it_asks_for_nothing_and_shows_nothing(qtbot, panel, table, rungs, alike):
    with qtbot.waitSignal(panel.left), qtbot.assertNotEmitted(panel.wanted):
        panel.show_photo(table.ids[0], blind=True)
    panel.show_ladder(rungs)
    panel.take(table.ids[0], alike)
    panel.tell(table.ids[0], "proposed 4")
    assert not panel.ladder.isVisible()
    assert not panel.look_alikes.isVisible()
    assert words(panel) == panel.findChild(QLabel, "blindNote").text()


def test_of_the_exam_it_shows_nothing_until_another_photo_is_seen(panel, table):
    panel.draw_veil(table.ids[0])
    assert not panel.ladder.isVisible()
    assert panel.look_alikes.photo_ids == []
    panel.show_photo(table.ids[1])
    assert panel.ladder.isVisible()


def test_once_graded_it_is_shown(panel, table, alike):
    panel.draw_veil(table.ids[0])
    panel.take(table.ids[0], alike)
    assert panel.ladder.isVisible()
    assert panel.look_alikes.isVisible()


def test_before_anything_is_graded_it_teaches(qtbot, panel, table):
    panel.show_ladder([Rung(grade) for grade in reversed(Grade)])
    panel.take(table.ids[0], ())
    assert "Grade some photos: examples of each grade stand here." in words(panel)
    assert "Once you have graded some photos" in words(panel)


def test_alike_ones_are_summed_up(alike):
    fair = replace(alike[1], grade=Grade.FAIR)
    assert in_words(alike[:2]) == "You graded all of them 4."
    assert in_words(alike[1:]) == "You graded it 4."
    assert in_words((alike[0], fair)) == "You graded these from 3 to 4."
    assert in_words((*alike[:2], fair)) == "2 of these 3 you graded 4."
    assert in_words(alike[2:]) == "Nothing you have graded looks much like this one."


@pytest.fixture
def loupe(qtbot, model, loader, pool, table):
    loupe = Loupe(model, loader, pool=pool)
    qtbot.addWidget(loupe)
    loupe.resize(900, 500)
    with qtbot.waitExposed(loupe):
        loupe.show()
    loupe.setFocus()
    loupe.beside.set_wished(True)
    loupe.show_photo(table.ids[5])
    return loupe


def test_in_the_loupe_b_puts_the_column_away_and_back(qtbot, loupe):
    with qtbot.waitSignal(loupe.beside.wished) as told:
        qtbot.keyClick(loupe, Key.Key_B)
    assert told.args == [False]
    assert not loupe.references.isVisible()
    qtbot.keyClick(loupe, Key.Key_B)
    assert loupe.references.isVisible()


def test_where_there_is_no_room_the_column_is_away(qtbot, loupe):
    loupe.resize(500, 500)
    qtbot.waitUntil(lambda: not loupe.references.isVisible())
    assert not loupe.beside.button.isEnabled()
    with qtbot.waitSignal(loupe.beside.refused) as told:
        qtbot.keyClick(loupe, Key.Key_B)
    assert "make the window wider" in told.args[0]
    loupe.resize(900, 500)
    qtbot.waitUntil(loupe.references.isVisible)


def test_where_there_is_little_room_it_comes_when_asked_for(qtbot, loupe):
    loupe.resize(560, 500)
    qtbot.waitUntil(lambda: not loupe.references.isVisible())
    with qtbot.assertNotEmitted(loupe.beside.wished):
        qtbot.keyClick(loupe, Key.Key_B)
        assert loupe.references.isVisible()
        qtbot.keyClick(loupe, Key.Key_B)
    assert not loupe.references.isVisible()
    loupe.resize(900, 500)
    qtbot.waitUntil(loupe.references.isVisible)


def test_p_asks_to_pin(qtbot, loupe, grid):
    with qtbot.waitSignal(loupe.pinRequested):
        qtbot.keyClick(loupe, Key.Key_P)
    with qtbot.waitSignal(grid.pinRequested):
        qtbot.keyClick(grid, Key.Key_P)


def test_the_same_photo_shown_again_blind_hides_what_was_seen_of_it(
    qtbot, loupe, model, table, rungs, alike
):
    loupe.references.show_ladder(rungs)
    loupe.references.take(table.ids[5], alike)
    assert loupe.references.look_alikes.isVisible()
    model.set_rows(np.arange(10), telling=Telling(blind=True))
    assert not loupe.references.ladder.isVisible()
    assert loupe.references.look_alikes.photo_ids == []


def test_the_keyboard_stays_with_the_photo(loupe):
    assert QApplication.focusWidget() is loupe


def test_while_examples_are_looked_for_it_does_not_say_that_there_are_none(
    qtbot, model, pool, loader
):
    panel = ReferencePanel(pool, loader, model.name_of)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    assert "Looking for examples…" in words(panel)
    assert "no example yet" not in words(panel)


def test_a_shelf_that_hides_leaves_the_thumbnails_of_the_other(qtbot, panel, pool, monkeypatch):
    shown = [one for shelf in (panel.ladder, panel.look_alikes) for one in shelf.photo_ids]
    qtbot.waitUntil(lambda: all(pool.pixmap(one, beside=True) is not None for one in shown))
    asked = []
    monkeypatch.setattr(pool._queue, "want", lambda keys: asked.append(list(keys)))
    panel.look_alikes.hide()
    assert asked == [[]]


def test_the_keys_that_are_told_are_those_of_now(qtbot, model, pool, loader, rungs):
    keys = KeyBindings()
    loupe = Loupe(model, loader, pool=pool, keys=keys)
    qtbot.addWidget(loupe)
    loupe.resize(1200, 700)
    loupe.show()
    loupe.references.show_ladder(rungs)
    note = loupe.references.findChild(QLabel, "ladderNote")
    assert "(B)" in loupe.beside.button.toolTip()
    assert "(P pins)" in note.text()
    keys.unbind("examples", chord_of("B"))
    keys.unbind("pin", chord_of("P"))
    assert "(" not in loupe.beside.button.toolTip()
    assert note.text() == "Dashed: the program's choice."
