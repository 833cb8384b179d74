"""Segments, chips, grade buttons, wall tabs: what a person chooses with."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton

from tinyclf.domain import GRADES, Grade, PhotoId, Wall
from tinyclf.trust.wall_certificates import WallCertificate
from tinyclf_gui.models.photo_mime import mime_of
from tinyclf_gui.widgets.filter_chips import Chip, FilterChips
from tinyclf_gui.widgets.filter_menu import FilterMenu
from tinyclf_gui.widgets.grade_bar import GradeBar
from tinyclf_gui.widgets.segmented_control import SegmentedControl
from tinyclf_gui.widgets.wall_tabs import WallTabs

LEFT = Qt.MouseButton.LeftButton
IDS = [PhotoId("aa"), PhotoId("bb")]


def button(widget, name):
    return widget.findChild(QPushButton, name)


def hang_over(target, mime):
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    target.dragEnterEvent(event)
    return event.isAccepted()


def drop(target, mime):
    target.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
        )
    )


@pytest.fixture
def pages(shown):
    return shown(SegmentedControl([("label", "Label"), ("train", "Train")], "Page"))


def test_a_click_chooses_a_segment(pages, qtbot):
    with qtbot.waitSignal(pages.chosen) as heard:
        qtbot.mouseClick(button(pages, "trainSegment"), LEFT)
    assert heard.args == ["train"]
    assert pages.current == "train"


def test_setting_a_segment_says_nothing(pages, qtbot):
    with qtbot.assertNotEmitted(pages.chosen):
        pages.set_current("train")
    assert pages.current == "train"


def test_an_arrow_key_goes_to_the_next_segment(pages, qtbot):
    pages.activateWindow()
    button(pages, "labelSegment").setFocus()
    with qtbot.waitSignal(pages.chosen):
        qtbot.keyClick(button(pages, "labelSegment"), Qt.Key.Key_Right)
    assert pages.current == "train"


def test_a_segment_may_be_out_of_reach(pages, qtbot):
    pages.set_available("train", False)
    with qtbot.assertNotEmitted(pages.chosen):
        qtbot.mouseClick(button(pages, "trainSegment"), LEFT)


@pytest.fixture
def chips(shown):
    made = FilterChips("Filter")
    made.set_chips([Chip("open", "Not graded", 2361), Chip("graded", "Graded", 70)])
    return shown(made)


def test_chips_show_their_counts(chips):
    assert button(chips, "gradedChip").text() == "Graded 70"
    chips.set_chips([Chip("open", "Not graded", 2360), Chip("graded", "Graded", 71)])
    assert button(chips, "gradedChip").text() == "Graded 71"


def test_any_number_of_chips_may_be_down(chips, qtbot):
    qtbot.mouseClick(button(chips, "openChip"), LEFT)
    with qtbot.waitSignal(chips.changed) as heard:
        qtbot.mouseClick(button(chips, "gradedChip"), LEFT)
    assert heard.args == [frozenset({"open", "graded"})]
    qtbot.mouseClick(button(chips, "openChip"), LEFT)
    assert chips.checked == {"graded"}


def test_other_counts_leave_the_chips_down(chips, qtbot):
    chips.set_checked({"open"})
    with qtbot.assertNotEmitted(chips.changed):
        chips.set_chips([Chip("open", "Not graded", 5), Chip("graded", "Graded", 6)])
        chips.set_chips([Chip("new", "New"), Chip("open", "Not graded", 5)])
    assert chips.checked == {"open"}


def test_of_a_walls_chips_exactly_one_is_down(shown, qtbot):
    chips = FilterChips("Show", one=True)
    chips.set_chips([Chip("toCheck", "To check"), Chip("all", "Whole wall")])
    shown(chips)
    assert chips.checked == {"toCheck"}
    qtbot.mouseClick(button(chips, "allChip"), LEFT)
    assert chips.checked == {"all"}
    chips.set_checked({"toCheck"})
    assert chips.checked == {"toCheck"}


def test_a_chip_that_is_down_alone_lifts_the_others(shown, qtbot):
    chips = FilterChips("Filter")
    chips.set_chips([Chip("open", "Not graded"), Chip("again", "Test yourself", alone=True)])
    shown(chips)
    qtbot.mouseClick(button(chips, "openChip"), LEFT)
    qtbot.mouseClick(button(chips, "againChip"), LEFT)
    assert chips.checked == {"again"}
    qtbot.mouseClick(button(chips, "openChip"), LEFT)
    assert chips.checked == {"open"}


def test_chips_take_another_row_where_it_is_narrow(chips):
    assert chips.heightForWidth(90) > chips.heightForWidth(600)


@pytest.fixture
def bar(shown):
    return shown(GradeBar(), width=260)


@pytest.mark.parametrize("grade", GRADES)
def test_a_grade_button_asks_for_its_grade(bar, qtbot, grade):
    with qtbot.waitSignal(bar.gradeChosen) as heard:
        qtbot.mouseClick(button(bar, f"gradeButton{int(grade)}"), LEFT)
    assert heard.args == [grade]


def test_a_click_does_not_pretend_that_the_grade_is_given(bar, qtbot):
    qtbot.mouseClick(button(bar, "gradeButton4"), LEFT)
    assert not button(bar, "gradeButton4").isChecked()


def test_the_bar_shows_what_is_given_and_what_is_proposed(bar):
    bar.show_verdict(int(Grade.GOOD), proposed=int(Grade.FAIR))
    assert [b.isChecked() for b in bar.buttons.values()] == [False, False, False, True, False]
    assert [b.proposed for b in bar.buttons.values()] == [False, False, True, False, False]


def test_every_look_of_the_bar_is_different(bar):
    looks = []
    for code, proposed in ((0, 0), (4, 0), (0, 4)):
        bar.show_verdict(code, proposed)
        looks.append(bar.grab().toImage())
    assert looks[0] != looks[1] != looks[2] != looks[0]


def test_counts_make_room_for_themselves(bar):
    before = bar.sizeHint().height()
    bar.set_counts({Grade.GOOD: 12})
    assert bar.sizeHint().height() > before
    assert "12" in button(bar, "gradeButton4").accessibleDescription()
    bar.set_counts(None)
    assert bar.sizeHint().height() == before


@pytest.fixture
def tabs(shown):
    made = WallTabs()
    made.set_walls([Wall(g, 10_000 * g, 3, 1, 12.2) for g in GRADES])
    return shown(made, width=900)


def test_a_click_chooses_a_wall(tabs, qtbot):
    with qtbot.waitSignal(tabs.wallChosen) as heard:
        qtbot.mouseClick(button(tabs, "wallTab2"), LEFT)
    assert heard.args == [Grade.POOR]
    assert tabs.current is Grade.POOR


def test_setting_a_wall_says_nothing(tabs, qtbot):
    with qtbot.assertNotEmitted(tabs.wallChosen):
        tabs.set_current(Grade.FAIR)
    assert tabs.current is Grade.FAIR


def test_a_tab_tells_a_screen_reader_what_it_shows(tabs):
    tab = button(tabs, "wallTab5")
    assert tab.accessibleName() == "Wall 5, flawless"
    assert "about 12" in tab.accessibleDescription()


def test_a_wall_that_a_person_has_graded_whole_has_no_wrong_ones(tabs):
    tabs.set_walls([Wall(Grade.GOOD, 7, 7, 0, 0.0), Wall(Grade.POOR, 7, 6, 0, 0.0)])
    assert tabs.tabs[Grade.GOOD]._wrong == ""
    assert tabs.tabs[Grade.POOR]._wrong == "~0 wrong"


def test_no_tab_tells_what_is_wrong_while_a_grade_was_never_learnt_from(tabs):
    wall = Wall(Grade.GOOD, 7, 3, 0, 0.3)
    known = WallCertificate(Grade.GOOD, 4, 0.3, 0, 0.0, None, (), (Grade.POOR,))
    tabs.set_walls([wall], [known])
    tab = tabs.tabs[Grade.GOOD]
    assert tab._wrong == tab._wrong_short == ""
    assert "cannot be told: none of grade 2 is learnt" in tab.accessibleDescription()
    assert "about" not in tab.toolTip()


def test_narrow_tabs_drop_words_and_never_half_a_number(tabs):
    tab = tabs.tabs[Grade.FLAWLESS]
    assert tab._wrong_that_fits(500) == "~12 wrong"
    assert tab._wrong_that_fits(tab.fontMetrics().horizontalAdvance("~12 w")) == "~12"
    assert tab._wrong_that_fits(3) == ""


@pytest.mark.parametrize("kind", [GradeBar, WallTabs])
def test_photos_can_be_dropped_onto_a_grade(shown, qtbot, kind):
    widget = shown(kind())
    name = "gradeButton4" if kind is GradeBar else "wallTab4"
    assert hang_over(button(widget, name), mime_of(IDS))
    assert button(widget, name).awaits_drop
    with qtbot.waitSignal(widget.photosDropped) as heard:
        drop(button(widget, name), mime_of(IDS))
    assert heard.args == [IDS, Grade.GOOD]
    assert not button(widget, name).awaits_drop


def test_other_things_are_not_taken(tabs):
    text = QMimeData()
    text.setText("/home/someone/photo.jpg")
    assert not hang_over(button(tabs, "wallTab4"), text)


@pytest.fixture
def menu(qtbot):
    """A menu of two filters, the first under the mouse."""
    chips = [Chip("grade5", "Graded 5", 3), Chip("unsure", "Unsure", 0)]
    button = FilterMenu()
    qtbot.addWidget(button)
    button.set_chips([chips], [])
    menu = button.menu()
    menu.popup(QPoint(0, 0))
    menu.setActiveAction(menu.actions()[-2])
    yield button
    menu.close()


def test_a_menu_of_filters_stays_while_they_are_ticked(menu, qtbot):
    with qtbot.waitSignal(menu.ticked) as ticked:
        qtbot.keyClick(menu.menu(), Qt.Key.Key_Space)
    assert ticked.args == ["grade5", True]
    assert menu.menu().isVisible()
    place = menu.menu().actionGeometry(menu.menu().actions()[-2]).center()
    with qtbot.waitSignal(menu.ticked) as ticked:
        qtbot.mouseClick(menu.menu(), Qt.MouseButton.LeftButton, pos=place)
    assert ticked.args == ["grade5", False]
    assert menu.menu().isVisible()


def test_a_filter_that_finds_nothing_can_only_be_taken_off(menu):
    unsure = menu.menu().actions()[-1]
    assert not unsure.isEnabled()
    menu.set_chips([[Chip("unsure", "Unsure", 0)]], ["unsure"])
    assert menu.menu().actions()[-1].isEnabled()


def test_a_count_is_not_taken_for_a_grade(qtbot):
    chips = FilterChips("Show")
    qtbot.addWidget(chips)
    chips.set_chips([Chip("grade3", "Graded 3", 16), Chip("graded", "Graded", 5)])
    words = [button.text() for button in chips.findChildren(QPushButton)]
    assert words == ["Graded 3 (16)", "Graded 5"]
