"""The history in plain words: what was done, what was taken back, and the way back."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from tinyclf.domain import Grade
from tinyclf_gui.act_words import past_in_words
from tinyclf_gui.commands import GradePhotos
from tinyclf_gui.dialogs.history import HistoryDialog
from tinyclf_gui.models.act_history import PAGE, ActHistory, Role, Standing, Way
from tinyclf_gui.models.when_words import when_in_words
from tinyclf_gui.widgets.act_list import ActList

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def history(collector):
    """The model, checked by Qt whenever it changes."""
    model = ActHistory(collector.workspace.collection, past_in_words, collector.workspace)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def give(collector, name, grade):
    collector.workspace.collection.do(GradePhotos([collector.photo(name)], Grade(grade)))


def words(model):
    return [model.line(row).words for row in range(model.rowCount())]


def standings(model):
    return [model.line(row).standing for row in range(model.rowCount())]


def open_history(collector):
    collector.choose("history")
    dialog = collector.window.findChild(HistoryDialog)
    collector.qtbot.waitUntil(dialog.isVisible)
    return dialog


def line(dialog, row):
    """Put the focus of the list on a row."""
    acts = dialog.findChild(ActList)
    acts.setCurrentIndex(acts.model().index(row, 0))
    return acts


def go(collector, dialog):
    collector.qtbot.mouseClick(dialog.findChild(QPushButton, "returnButton"), LEFT)


def test_it_opens_at_the_line_where_one_is(collector):
    for name, grade in (("a1", 2), ("a2", 3), ("a3", 4)):
        give(collector, name, grade)
    for _ in range(2):
        collector.workspace.collection.undo()
    dialog = open_history(collector)
    chosen = dialog.findChild(ActList).currentIndex()
    assert chosen.data(Role.LINE).standing is Standing.HERE
    assert not dialog.findChild(QPushButton, "returnButton").isEnabled()
    dialog.close()
    collector.choose("redo")
    collector.choose("history")
    assert dialog.findChild(ActList).currentIndex().data(Role.LINE).standing is Standing.HERE


# The lines


def test_what_was_done_is_said_newest_first(collector, history):
    collector.grid.selectAll()
    collector.press(Key.Key_4)
    give(collector, "a1", 2)
    assert words(history) == ["a1 graded 2", "20 graded 4", "The beginning: nothing graded"]
    assert history.line(0).when.startswith("today ")


def test_what_is_taken_back_stays_in_the_list(collector, history):
    give(collector, "a1", 2)
    give(collector, "a2", 3)
    collector.workspace.collection.undo()
    assert standings(history) == [Standing.TAKEN_BACK, Standing.HERE, Standing.STANDS]
    assert not history.is_lost(0)
    collector.workspace.collection.redo()
    assert standings(history) == [Standing.HERE, Standing.STANDS, Standing.STANDS]


def test_after_another_deed_what_was_taken_back_is_lost(collector, history):
    give(collector, "a1", 2)
    collector.workspace.collection.undo()
    give(collector, "a2", 3)
    assert standings(history) == [Standing.HERE, Standing.TAKEN_BACK, Standing.STANDS]
    assert history.is_lost(1)


def test_trainings_are_landmarks(trained):
    history = ActHistory(trained.workspace.collection, past_in_words, trained.workspace)
    assert words(history)[0] == "Trained on 10 grades"
    assert history.line(0).standing is Standing.TRAINING
    assert history.way(0).steps == 0


def test_a_training_is_told_as_soon_as_it_is_done(collector, history):
    collector.grade_truly("ab")
    collector.go_to("train")
    collector.click("fastPreset")
    collector.train()
    assert words(history)[0] == "Trained on 10 grades"


def test_a_screen_reader_hears_what_when_and_what_became_of_it(collector, history):
    give(collector, "a1", 2)
    give(collector, "a2", 3)
    collector.workspace.collection.undo()
    heard = [history.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert heard[0].startswith("a2 graded 3, today ")
    assert heard[0].endswith(", taken back")
    assert heard[1].endswith(", here you are")
    assert heard[2] == "The beginning: nothing graded"


def test_a_long_history_is_read_page_by_page(collector, history):
    photo_id = collector.photo("a1")
    session = collector.session
    for number in range(2 * PAGE + 40):
        session.grade([photo_id], Grade(1 + number % 5))
    model = ActHistory(collector.workspace.collection, past_in_words, collector.workspace)
    assert model.rowCount() == PAGE
    read = []
    while model.canFetchMore(model.index(-1)):
        read.append(model.rowCount())
        model.fetchMore(model.index(-1))
    assert read == [PAGE, 2 * PAGE]
    assert model.rowCount() == 2 * PAGE + 41  # and the beginning
    collector.workspace.collection.undo()
    assert model.line(0).standing is Standing.TAKEN_BACK
    assert model.way(model.rowCount() - 1).steps == 2 * PAGE + 39


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(minutes=5), "today 20:14"),
        (timedelta(days=1), "yesterday 20:19"),
        (timedelta(days=4), "Sunday 20:19"),
        (timedelta(days=40), "11/04/2026 20:19"),
    ],
)
def test_when_is_said_as_one_says_it(monkeypatch, ago, said):
    monkeypatch.setattr("tinyclf_gui.models.when_words.QLocale", British)
    now = datetime(2026, 5, 21, 20, 19).astimezone()
    assert when_in_words((now - ago).astimezone(UTC), now) == said


class British(QLocale):
    def __init__(self):
        super().__init__(QLocale.Language.English, QLocale.Country.UnitedKingdom)


# The dialog


def test_before_anything_is_done_the_list_says_so(collector):
    dialog = open_history(collector)
    assert "Nothing has been done yet" in "".join(w.text() for w in dialog.findChildren(QLabel))
    assert not dialog.findChild(ActList).isVisible()
    collector.focus("a1")
    give(collector, "a1", 3)
    assert dialog.findChild(ActList).isVisible()


def test_enter_and_a_click_show_the_photos_of_an_act(collector):
    collector.grid.selectAll()
    collector.press(Key.Key_4)
    give(collector, "a1", 2)
    collector.go_to("train")
    dialog = open_history(collector)
    acts = line(dialog, 0)
    collector.qtbot.keyClick(acts, Key.Key_Return)
    assert collector.window.page == "label"
    assert collector.shown() == ["a1"]
    assert "Shown on the Label page." in collector.words()
    middle = acts.visualRect(acts.model().index(1, 0)).center()
    collector.qtbot.mouseClick(acts.viewport(), LEFT, pos=middle)
    assert len(collector.shown()) == 20
    collector.qtbot.keyClick(acts, Key.Key_Down)
    assert len(collector.shown()) == 20


def test_on_the_walls_the_photos_of_an_act_are_shown_where_they_hang(trained):
    give(trained, "c5", 2)
    trained.find(QAbstractButton, "wallTab4").click()
    dialog = open_history(trained)
    trained.qtbot.keyClick(line(dialog, 0), Key.Key_Return)
    assert trained.window.page == "review"
    assert trained.workspace.pages.review.wall == 2
    assert trained.selected() == {"c5"}


def test_photos_that_hang_on_several_walls_are_shown_on_the_label_page_and_it_says_so(trained):
    names = ("c1", "c5")
    trained.workspace.collection.do(GradePhotos([trained.photo(one) for one in names], Grade(3)))
    give(trained, "c1", 1)
    trained.find(QAbstractButton, "wallTab4").click()
    dialog = open_history(trained)
    trained.qtbot.keyClick(line(dialog, 1), Key.Key_Return)
    assert trained.window.page == "label"
    assert set(trained.shown()) == set(names)
    assert "no wall holds them all" in trained.words()


def test_going_back_is_one_toast_and_step_by_step_in_the_journal(collector):
    for grade, name in enumerate(("a1", "a2", "a3", "a4"), start=1):
        give(collector, name, grade)
    dialog = open_history(collector)
    line(dialog, 2)
    assert "Takes 2 steps back" in hint(dialog)
    go(collector, dialog)
    assert [collector.code(f"a{n}") for n in (1, 2, 3, 4)] == [1, 2, 0, 0]
    assert "2 steps taken back" in collector.words()
    assert len(collector.selected()) == 1
    collector.workspace.collection.redo()
    assert collector.code("a3") == 3
    assert collector.code("a4") == 0


def test_after_going_back_the_next_digit_is_for_one_photo(collector):
    for name in ("a1", "a2", "a3"):
        give(collector, name, 4)
    dialog = open_history(collector)
    line(dialog, 3)
    assert "press Redo 3 times" in hint(dialog)
    go(collector, dialog)
    assert len(collector.selected()) == 1


def test_one_goes_to_the_very_beginning_and_forward_again(collector):
    give(collector, "a1", 1)
    give(collector, "a2", 2)
    dialog = open_history(collector)
    line(dialog, 2)
    go(collector, dialog)
    assert not collector.session.table.codes.any()
    line(dialog, 0)
    button = dialog.findChild(QPushButton, "returnButton")
    assert button.text() == "Do again up to here"
    go(collector, dialog)
    assert (collector.code("a1"), collector.code("a2")) == (1, 2)
    assert "2 steps done again" in collector.words()
    assert not button.isEnabled()
    assert hint(dialog) == "Here you are."


def test_to_what_is_lost_there_is_no_way(collector):
    give(collector, "a1", 1)
    collector.workspace.collection.undo()
    give(collector, "a2", 2)
    dialog = open_history(collector)
    line(dialog, 1)
    assert not dialog.findChild(QPushButton, "returnButton").isEnabled()
    assert hint(dialog) == "Taken back, and something else was done since."


def test_one_can_go_back_to_where_a_training_was(trained):
    give(trained, "d3", 5)
    dialog = open_history(trained)
    line(dialog, 1)
    go(trained, dialog)
    assert trained.code("d3") == 0


def test_undo_works_in_front_of_the_list_too(collector):
    give(collector, "a1", 1)
    dialog = open_history(collector)
    undo = Qt.KeyboardModifier.ControlModifier
    collector.qtbot.keyClick(dialog.findChild(ActList), Key.Key_Z, undo)
    assert collector.code("a1") == 0
    assert dialog.findChild(ActList).model().index(0, 0).data(Role.LINE).standing == "taken back"


def test_the_window_is_used_meanwhile(collector):
    give(collector, "a1", 1)
    dialog = open_history(collector)
    assert not dialog.isModal()
    give(collector, "a3", 3)
    assert words(dialog.findChild(ActList).model())[0] == "a3 graded 3"
    dialog.close()
    collector.focus("a2")
    collector.press(Key.Key_5)
    assert open_history(collector) is dialog
    assert words(dialog.findChild(ActList).model())[0] == "a2 graded 5"


def test_closing_the_collection_closes_its_history(collector):
    open_history(collector)
    collector.choose("close")
    collector.qtbot.waitUntil(lambda: collector.window.findChild(HistoryDialog) is None)


def test_what_is_done_taken_back_and_done_again_is_followed(collector, history):
    collection = collector.workspace.collection
    for grade, name in enumerate(("a1", "a2", "a3"), start=1):
        give(collector, name, grade)
    collection.return_to(history.line(2).number)
    assert standings(history)[:3] == [Standing.TAKEN_BACK, Standing.TAKEN_BACK, Standing.HERE]
    assert history.way(0) == Way(2, forward=True)
    collection.redo()
    assert history.way(0) == Way(1, forward=True)
    give(collector, "a4", 4)
    assert history.is_lost(1)
    assert history.way(history.rowCount() - 1) == Way(3, forward=False)


def test_only_lines_that_became_others_are_told(collector, history, qtbot):
    for grade, name in enumerate(("a1", "a2", "a3"), start=1):
        give(collector, name, grade)
    with qtbot.waitSignal(history.dataChanged) as told:
        collector.workspace.collection.undo()
    assert [index.row() for index in told.args[:2]] == [0, 1]


def test_what_was_done_unheard_is_found_in_the_journal(collector, history):
    give(collector, "a1", 1)
    collector.session.grade([collector.photo("a2")], Grade(2))
    give(collector, "a3", 3)
    assert standings(history)[:3] == [Standing.HERE, Standing.STANDS, Standing.STANDS]
    assert history.way(history.rowCount() - 1).steps == 3


def hint(dialog):
    return dialog.findChild(QPushButton, "returnButton").accessibleDescription()


def test_while_nobody_looks_the_history_is_not_read(collector, history):
    history.set_rest(True)
    give(collector, "a1", 4)
    assert history.rowCount() == 0
    history.set_rest(False)
    assert standings(history) == [Standing.HERE, Standing.STANDS]


def test_a_history_that_was_closed_has_caught_up_when_it_is_shown_again(collector):
    dialog = open_history(collector)
    dialog.close()
    give(collector, "a1", 4)
    collector.choose("history")
    collector.qtbot.waitUntil(dialog.isVisible)
    assert "4" in dialog.findChild(ActList).model().line(0).words
