"""What is shown: searched by name, narrowed down by chips, ordered from one menu."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from tinyclf.domain import Grade, Progress
from tinyclf.errors import StorageError
from tinyclf.session import opinions
from tinyclf_gui.commands import GradePhotos
from tinyclf_gui.models.label_lists import LabelLists
from tinyclf_gui.widgets.filter_menu import FilterMenu
from tinyclf_gui.widgets.order_button import OrderButton
from tinyclf_gui.widgets.search_field import SearchField

Key = Qt.Key


def chip(person, name):
    return person.find(QPushButton, f"{name}Chip")


def has_chip(person, name):
    return any(one.isVisible() for one in person.window.findChildren(QPushButton, f"{name}Chip"))


def grade(person, name, grade):
    person.workspace.collection.do(GradePhotos([person.photo(name)], Grade(grade)))
    person.workspace.collection.recount()


def wait_for_cell(person):
    person.qtbot.waitUntil(lambda: not person.workspace.pages.label.shown.cells.busy)


@pytest.fixture
def searcher(collector):
    """A person who has graded a1 … a5, and types into the search field."""
    collector.grade_truly("a")
    collector.choose("find")
    assert QApplication.focusWidget() is collector.find(SearchField, "searchField")
    return collector


@pytest.fixture
def doubled(collector):
    """A person whose photos a1, b2 and c3 are one picture, d4 and d5 another."""
    ids = {name: collector.photo(name) for name in ("a1", "b2", "c3", "d4", "d5")}
    groups = {one: "d" if name[0] == "d" else "abc" for name, one in ids.items()}
    collector.session.group(groups)
    collector.workspace.collection.changed.emit(np.arange(20))
    collector.workspace.collection.recount()
    return collector


def test_photos_are_found_as_their_name_is_typed(searcher):
    searcher.press(Key.Key_B)
    assert searcher.shown() == ["b1", "b2", "b3", "b4", "b5"]
    searcher.press(Key.Key_3)
    assert searcher.shown() == ["b3"]
    assert searcher.code("b3") == 0
    assert searcher.find(QLabel, "shownCount").text() == "1 of 20"


def test_what_is_found_by_name_is_narrowed_down_by_chips(searcher):
    searcher.press(Key.Key_4)
    searcher.click("gradedChip")
    assert searcher.shown() == ["a4"]


def test_esc_leaves_the_field_and_then_ends_the_search(searcher):
    searcher.press(Key.Key_B, Key.Key_Escape)
    assert searcher.shown() == ["b1", "b2", "b3", "b4", "b5"]
    searcher.press(Key.Key_5)
    assert searcher.code("b1") == 5
    searcher.press(Key.Key_Escape)
    assert len(searcher.shown()) == 20


def test_esc_from_a_button_does_not_end_the_search_yet(searcher):
    searcher.press(Key.Key_B)
    chip(searcher, "graded").setFocus()
    searcher.press(Key.Key_Escape)
    assert len(searcher.shown()) == 5
    searcher.press(Key.Key_Escape)
    assert len(searcher.shown()) == 20


def test_enter_goes_to_what_was_found(searcher):
    searcher.press(Key.Key_B, Key.Key_Return, Key.Key_5)
    assert searcher.code("b1") == 5


def test_one_gesture_shows_all(searcher):
    searcher.press(Key.Key_B)
    searcher.click("notGradedChip")
    searcher.click("showAllButton")
    assert len(searcher.shown()) == 20
    assert searcher.find(SearchField, "searchField").text() == ""
    assert not chip(searcher, "notGraded").isChecked()
    assert not searcher.window.findChild(QPushButton, "showAllButton").isVisible()


def test_what_a_chip_leaves_out_is_counted_and_one_click_away(searcher):
    searcher.click("gradedChip")
    searcher.choose("find")
    searcher.press(Key.Key_B)
    assert searcher.find(QLabel, "shownCount").text() == "0 here"
    assert searcher.find(QPushButton, "searchEverywhereButton").text() == "5 in all photos"
    assert "5 of all photos are called so" in searcher.words()
    searcher.click("searchEverywhereButton")
    assert searcher.shown() == ["b1", "b2", "b3", "b4", "b5"]
    assert searcher.find(SearchField, "searchField").text() == "b"


def test_enter_looks_among_all_photos_if_nothing_is_found_here(searcher):
    searcher.click("gradedChip")
    searcher.choose("find")
    searcher.press(Key.Key_B)
    searcher.press(Key.Key_Return)
    assert searcher.shown() == ["b1", "b2", "b3", "b4", "b5"]
    searcher.press(Key.Key_5)
    assert searcher.code("b1") == 5


def test_esc_among_what_was_found_ends_the_search_and_keeps_the_photo(searcher):
    searcher.press(Key.Key_B, Key.Key_Return, Key.Key_Right, Key.Key_Escape)
    assert len(searcher.shown()) == 20
    assert searcher.focused() == "b2"
    assert searcher.find(SearchField, "searchField").text() == ""
    searcher.press(Key.Key_4)
    assert searcher.code("b2") == 4


def test_the_loupe_goes_back_to_what_was_found_before_the_search_ends(searcher):
    searcher.press(Key.Key_B, Key.Key_Return, Key.Key_E, Key.Key_Escape)
    assert searcher.shown() == ["b1", "b2", "b3", "b4", "b5"]
    searcher.press(Key.Key_Escape)
    assert len(searcher.shown()) == 20


def test_the_cross_goes_with_the_words_also_where_all_photos_are_asked_for(searcher):
    field = searcher.find(SearchField, "searchField")
    searcher.press(Key.Key_B)
    [cross] = field.findChildren(QToolButton, "clearSearchButton")
    searcher.qtbot.waitUntil(lambda: cross.property("opacity") == 1)
    searcher.choose("show-all")
    searcher.qtbot.waitUntil(lambda: cross.property("opacity") == 0)


def test_grades_add_up(searcher):
    searcher.tick("grade2")
    searcher.tick("grade4")
    assert searcher.shown() == ["a2", "a4"]
    assert chip(searcher, "grade2").isChecked()


def test_kinds_narrow_down(searcher):
    searcher.tick("grade2")
    searcher.click("notGradedChip")
    assert searcher.shown() == []


def test_a_click_on_a_chip_of_the_menu_takes_it_off(searcher):
    searcher.tick("grade2")
    searcher.click("grade2Chip")
    assert len(searcher.shown()) == 20
    searcher.click("gradedChip")
    assert not has_chip(searcher, "grade2")


def test_accepted_proposals_can_be_looked_at(trained):
    name = trained.shown()[0]
    trained.focus(name)
    trained.press(Key.Key_Return)
    trained.workspace.collection.recount()
    trained.go_to("label")
    trained.tick("accepted")
    assert trained.shown() == [name]
    trained.choose("show-all")
    trained.tick("toCheck")
    assert len(trained.shown()) == 9


def test_a_list_that_stands_alone_leaves_for_a_filter(trained):
    trained.session._store.reserve_exam([trained.photo("c1")])
    trained.workspace.collection.refresh()
    trained.workspace.collection.recount()
    trained.choose("exam")
    trained.tick("grade2")
    assert not chip(trained, "exam").isChecked()
    assert trained.shown() == ["a2", "b2"]


def test_disagreements_are_shown_on_both_pages(trained):
    trained.go_to("label")
    table = trained.session.table
    row = table.row_of[trained.photo("c3")]
    other = 1 if table.proposed[row] > 2 else 5
    expected = {table.ids[k] for k in np.flatnonzero(trained.session.disagreements())}
    grade(trained, "c3", other)
    trained.tick("disagree")
    trained.focus("c3")
    assert trained.workspace.browser.current_tile.believed == table.proposed[row]
    assert {trained.photo(name) for name in trained.shown()} == expected | {trained.photo("c3")}
    trained.go_to("review")
    trained.click(f"wallTab{other}")
    trained.click("disagreeChip")
    assert "c3" in trained.shown()
    trained.focus("c3")
    trained.press(Key.Key_Return)
    assert trained.grid.model().tile(trained.shown().index("c3")).dimmed
    assert trained.code("c3") == other
    table = trained.session.table
    assert all(table.codes[table.row_of[trained.photo(name)]] == other for name in trained.shown())


def test_to_choose_a_wall_no_disagreement_is_counted_anew(trained, monkeypatch):
    row = trained.session.table.row_of[trained.photo("c3")]
    other = 1 if trained.session.table.proposed[row] > 2 else 5
    grade(trained, "c3", other)
    trained.workspace.collection.recount()
    counts = trained.workspace.collection.status.disagreements
    free = next(wall for wall in range(1, 6) if not counts[wall - 1])
    trained.click(f"wallTab{other}")
    trained.click("disagreeChip")
    monkeypatch.setattr(
        trained.session, "disagreements", lambda: pytest.fail("counted where it stops the window")
    )
    trained.click(f"wallTab{free}")
    assert chip(trained, "toCheck").isChecked()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_5], ids=["Enter", "its own digit"])
def test_on_a_wall_a_grade_that_is_disagreed_with_is_kept_by(trained, key):
    trained.workspace.collection.do(GradePhotos([trained.photo("c1"), trained.photo("c2")], 5))
    trained.workspace.collection.recount()
    trained.click("wallTab5")
    trained.click("disagreeChip")
    trained.focus("c1")
    trained.press(key)
    assert trained.code("c1") == 5
    assert [one.photo_id for one in trained.session.second_looks()] == [trained.photo("c1")]
    assert trained.grid.model().tile(trained.shown().index("c1")).dimmed


def test_a_cell_of_the_matrix_shows_the_photos_it_counts_until_its_chip_is_taken_off(trained):
    confusion = trained.session.model.quality.confusion
    for truth in range(1, 6):
        for proposed in range(1, 6):
            if not confusion[truth - 1][proposed - 1]:
                continue
            trained.go_to("train")
            trained.click(f"confusionCell{truth}{proposed}")
            assert trained.window.page == "label"
            wait_for_cell(trained)
            assert len(trained.shown()) == confusion[truth - 1][proposed - 1]
            assert {int(name[1]) for name in trained.shown()} == {truth}
    words = chip(trained, "cell").text()
    assert words.startswith("You ")
    assert words.endswith(f" ({len(trained.shown())})")
    trained.click("cellChip")
    assert len(trained.shown()) == 20


def test_a_cell_whose_photos_have_other_grades_by_now_says_so(trained):
    confusion = trained.session.model.quality.confusion
    truth = next(k for k in range(5) if confusion[k][k]) + 1
    table = trained.session.table
    graded = [one for row, one in enumerate(table.ids) if table.codes[row] == truth]
    trained.workspace.collection.do(GradePhotos(graded, Grade(truth % 5 + 1)))
    trained.workspace._show_mistakes(Grade(truth), Grade(truth))
    wait_for_cell(trained)
    assert trained.shown() == []
    words = trained.find(QLabel, "emptyWords").text()
    assert words == "The photos counted there have other grades by now."


def test_a_cell_whose_chip_is_gone_is_not_looked_into_again(trained):
    trained.workspace._show_mistakes(Grade(3), Grade(3))
    wait_for_cell(trained)
    trained.click("cellChip")
    trained.session.mistakes = None
    trained.go_to("train")
    trained.go_to("label")
    assert not has_chip(trained, "cell")


def test_why_a_cell_cannot_be_looked_into_is_told(trained):
    def failing():
        yield Progress("Comparing", 0, 0)
        raise StorageError("The disk is gone.")

    trained.session.mistakes = lambda *_: failing()
    with trained.qtbot.waitSignal(trained.workspace.collection.failed) as told:
        trained.workspace._show_mistakes(Grade(3), Grade(4))
    assert told.args == ["The disk is gone."]


def test_a_mistake_put_right_is_dimmed(trained):
    trained.pages = trained.workspace.pages

    def found():
        yield Progress("Comparing", 0, 0)
        return [trained.photo("a3"), trained.photo("b3")]

    trained.session.mistakes = lambda *_: found()
    trained.workspace._show_mistakes(Grade(3), Grade(4))
    wait_for_cell(trained)
    trained.focus("a3")
    trained.press(Key.Key_4)
    assert [trained.grid.model().tile(k).dimmed for k in range(2)] == [True, False]


def test_near_duplicates_stand_together(doubled):
    doubled.tick("duplicates")
    assert doubled.shown() == ["a1", "b2", "c3", "d4", "d5"]
    doubled.order("backwards")
    assert doubled.shown() == ["d5", "d4", "c3", "b2", "a1"]
    assert [doubled.grid.model().tile(k).duplicates for k in (0, 4)] == [2, 3]


def test_near_duplicates_are_graded_together_as_one_act(doubled):
    doubled.focus("b2")
    doubled.choose("duplicates")
    assert doubled.selected() == {"a1", "b2", "c3"}
    assert "2 near-duplicates selected too" in doubled.words()
    doubled.press(Key.Key_4)
    assert doubled.focused() == "b3"  # where one was, not behind the last copy
    assert [doubled.code(name) for name in ("a1", "b2", "c3", "d4")] == [4, 4, 4, 0]
    doubled.choose("undo")
    assert [doubled.code(name) for name in ("a1", "b2", "c3")] == [0, 0, 0]


def test_near_duplicates_that_are_filtered_out_are_told(doubled):
    grade(doubled, "a1", 4)
    doubled.click("notGradedChip")
    doubled.focus("b2")
    doubled.choose("duplicates")
    assert doubled.selected() == {"b2", "c3"}
    assert "1 more" in doubled.window.toast.accessibleDescription()


def test_near_duplicates_that_are_done_and_only_dimmed_are_left_alone(doubled):
    doubled.click("notGradedChip")
    doubled.focus("a1")
    doubled.press(Key.Key_4)
    doubled.focus("b2")
    doubled.choose("duplicates")
    assert doubled.selected() == {"b2", "c3"}
    assert "1 near-duplicate selected too · 1 done already, left alone" in doubled.words()
    doubled.press(Key.Key_2)
    assert [doubled.code(name) for name in ("a1", "b2", "c3")] == [4, 2, 2]


def test_of_a_photo_without_near_duplicates_that_is_said(doubled):
    doubled.focus("a2")
    doubled.choose("duplicates")
    assert doubled.selected() == {"a2"}
    assert "No near-duplicates of this photo." in doubled.words()


def test_the_order_said_is_the_one_that_is_shown(welcome, folder):
    welcome.desk.take_folder(folder)
    welcome.wait_until_idle()
    order = welcome.find(OrderButton, "orderButton")
    assert chip(welcome, "suggested").isChecked()
    assert order.text() == "Most worth grading first"
    assert "Most worth grading first" in order.accessibleName()
    welcome.order("name")
    assert order.text() == "Name"
    welcome.order("imported")
    assert order.text() == "Most worth grading first"
    welcome.click("suggestedChip")
    assert order.text() == "As imported"


def test_photos_can_be_ordered_by_name(collector, folder, photo):
    photo(folder / "a10.png")
    collector.desk.take_folder(folder)
    collector.wait_until_idle()
    collector.order("name")
    collector.qtbot.waitUntil(lambda: collector.shown()[5] == "a10")
    assert collector.shown()[:7] == ["a1", "a2", "a3", "a4", "a5", "a10", "b1"]


def test_what_is_like_a_photo_comes_first(trained):
    trained.go_to("label")
    trained.focus("c5")
    trained.choose("alike")
    trained.qtbot.waitUntil(lambda: trained.shown()[0] == "c5")
    assert trained.focused() == "c5"
    assert {name[1] for name in trained.shown()[:8]} == {"4", "5"}


def test_an_order_is_remembered_for_its_page(trained):
    trained.order("expected")
    trained.order("backwards")
    assert trained.settings.order("review") == ("expected", True)
    trained.go_to("label")
    assert trained.find(OrderButton, "orderButton").order.key == "imported"
    path = trained.session.path
    trained.choose("close")
    trained.desk.open_collection(path)
    trained.wait_until_idle()
    trained.go_to("review")
    order = trained.find(OrderButton, "orderButton").order
    assert (order.key, order.backwards) == ("expected", True)


def test_what_is_alike_is_not_remembered(trained):
    trained.order("alike")
    assert trained.settings.order("review") == ("", False)


@pytest.fixture
def counted(monkeypatch):
    """The chips whose photos were counted."""
    keys = []
    count = LabelLists.count
    monkeypatch.setattr(
        LabelLists, "count", lambda lists, key: (keys.append(key), count(lists, key))[1]
    )
    return keys


def more(person):
    """Return what the menu with more filters says, by key."""
    menu = person.find(FilterMenu, "moreFiltersButton").menu()
    return {action.data(): action.text() for action in menu.actions() if action.data()}


def test_while_the_menu_is_closed_nobody_counts_for_it(searcher, counted):
    searcher.workspace.collection.recount()
    assert set(counted) == {"suggested", "notGraded", "graded"}
    assert more(searcher)["grade2"] == "Graded 2\t"


def test_a_chip_of_the_menu_that_is_down_is_counted(searcher, counted):
    searcher.tick("grade2")
    assert set(counted) == {"suggested", "notGraded", "graded", "grade2"}
    assert chip(searcher, "grade2").text() == "Graded 2 (1)"


def test_the_menu_counts_as_it_opens_and_disagreements_in_the_background(trained, monkeypatch):
    trained.go_to("label")
    threads = set()
    compare = opinions.disagreements

    def watched(*given):
        threads.add(threading.current_thread())
        return compare(*given)

    monkeypatch.setattr(opinions, "disagreements", watched)
    menu = trained.find(FilterMenu, "moreFiltersButton").menu()
    menu.popup(QPoint(0, 0))
    assert more(trained)["grade2"] == "Graded 2\t2"
    trained.qtbot.waitUntil(lambda: more(trained)["disagree"][-1].isdigit())
    menu.close()
    assert threads
    assert threading.main_thread() not in threads
