"""The page in the dialog, by keyboard; what measures is a stand-in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QWidget,
)

from tinyclf.benchmark.fastest import speed_of
from tinyclf.benchmark.history import keep
from tinyclf.benchmark.speed import Speed
from tinyclf.errors import ConfigError
from tinyclf_gui.dialogs.benchmark_page import BenchmarkPage
from tinyclf_gui.dialogs.settings import SettingsDialog
from tinyclf_gui.settings import Settings
from tinyclf_gui.widgets.benchmark_form import BenchmarkForm
from tinyclf_gui.widgets.benchmark_table import BenchmarkTable
from tinyclf_gui.widgets.history_list import HistoryList
from tinyclf_gui.widgets.mistake_list import MistakeList
from tinyclf_gui.widgets.yaml_editor import YamlEditor

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
BROKEN = "version: 2\nbenchmark:\n  nepochs: 0\n  bach: 1\n"
GOOD = "version: 2\nbenchmark:\n  nepochs: 3\n"


@pytest.fixture
def settings(tmp_path):
    return Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def dialog(bench, settings, qtbot):
    made = SettingsDialog(settings)
    page = BenchmarkPage(bench, settings)
    made.add_page(page, "Benchmark", page.stopped_a_run)
    made.show_page(page)
    made.finished.connect(bench.stop)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def page(dialog):
    return dialog.findChild(BenchmarkPage)


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def words(page):
    return page.findChild(QLabel, "benchmarkWords").text()


def button(page, name):
    return page.findChild(QAbstractButton, name)


def test_tab_reaches_everything_and_comes_back(dialog, page, qtbot):
    for part, names in (
        ("quick", {"benchmarkEpochsField", "benchmarkTryCheck", "benchmarkRunButton"}),
        ("file", {"benchmarkOpenButton", "benchmarkExamplesButton", "benchmarkEditor"}),
        ("history", {"historySegment", "benchmarkHistory", "closeButton"}),
    ):
        page.show_part(part)
        reached = []
        for _ in range(30):
            press(qtbot, Key.Key_Tab)
            reached.append(QApplication.focusWidget().objectName())
        assert set(reached) >= names
        order = [name for name in reached if name in (f"{part}Segment", "closeButton")]
        assert order[:2] in ([f"{part}Segment", "closeButton"], ["closeButton", f"{part}Segment"])


def test_control_enter_runs_from_anywhere(page, measuring, qtbot, bench):
    epochs = page.findChild(QSpinBox, "benchmarkEpochsField")
    epochs.setFocus()
    epochs.setValue(7)
    with qtbot.waitSignal(bench.ended):
        press(qtbot, Key.Key_Return, CONTROL)
    assert measuring.plans[0].cases[0].nepochs == 7
    assert page.findChild(BenchmarkTable).rowCount() == 1


def test_progress_tells_what_how_far_and_how_long(page, measuring, qtbot, bench):
    measuring.lasts = True
    button(page, "benchmarkRunButton").click()
    qtbot.waitUntil(lambda: "2 / 12" in words(page))
    assert words(page) == "Measuring something, 2 / 12"
    assert page.findChild(QLabel, "benchmarkTimeLeft").text() == "30 s left"
    assert not button(page, "benchmarkRunButton").isEnabled()


def test_escape_stops_the_run_first_and_closes_second(dialog, page, measuring, qtbot, bench):
    measuring.lasts = True
    with qtbot.waitSignal(bench.reported):
        button(page, "benchmarkRunButton").click()
    with qtbot.waitSignal(bench.cancelled, timeout=1000):
        press(qtbot, Key.Key_Escape)
    assert dialog.isVisible()
    assert button(page, "benchmarkRunButton").isEnabled()
    press(qtbot, Key.Key_Escape)
    assert not dialog.isVisible()


def test_closing_the_dialog_stops_the_run(dialog, page, measuring, qtbot, bench):
    measuring.lasts = True
    with qtbot.waitSignal(bench.reported):
        button(page, "benchmarkRunButton").click()
    dialog.close()
    assert measuring.closed == 1
    assert not dialog.isVisible()


def test_the_keyboard_goes_from_run_to_cancel_and_back(page, measuring, qtbot, bench):
    measuring.lasts = True
    run, cancel = button(page, "benchmarkRunButton"), button(page, "benchmarkCancelButton")
    run.setFocus()
    press(qtbot, Key.Key_Space)
    qtbot.waitUntil(cancel.hasFocus)
    with qtbot.waitSignal(bench.ended):
        press(qtbot, Key.Key_Space)
    assert run.hasFocus()


def test_an_error_stays_to_be_read(page, measuring, qtbot, bench):
    measuring.error = ConfigError("It needs 9 GB of memory.")
    with qtbot.waitSignal(bench.ended):
        button(page, "benchmarkRunButton").click()
    assert words(page) == "It needs 9 GB of memory."
    button(page, "benchmarkCopyButton").click()
    assert "ConfigError" in QApplication.clipboard().text()


def test_what_is_too_large_cannot_be_run(page):
    page.findChild(QSpinBox, "benchmarkLayersField").setValue(10_000)
    page.findChild(QSpinBox, "benchmarkDimensionField").setValue(65_536)
    assert not button(page, "benchmarkRunButton").isEnabled()
    assert words(page) == "Too large for this machine."


def test_threads_and_precisions_are_tried(page, measuring, qtbot, bench):
    check = button(page, "benchmarkTryCheck")
    page.findChild(QSpinBox, "benchmarkEpochsField").setValue(7)
    check.click()
    assert page.findChild(QLabel, "benchmarkTryWords").text().startswith("Measures 4 cases")
    with qtbot.waitSignal(bench.ended):
        button(page, "benchmarkRunButton").click()
    [plan] = measuring.plans
    assert [speed_of(each) for each in plan.cases] == [
        Speed(threads, precision) for precision in ("f4", "f8") for threads in (1, None)
    ]
    assert {each.nepochs for each in plan.cases} == {7}


def test_bits_are_not_tried_with_others(page, measuring, qtbot, bench):
    check = button(page, "benchmarkTryCheck")
    check.click()
    page.findChild(BenchmarkForm).set_values(precision="1bit")
    assert not check.isEnabled()
    assert "1 bit is neither" in page.findChild(QLabel, "benchmarkTryWords").text()
    with qtbot.waitSignal(bench.ended):
        button(page, "benchmarkRunButton").click()
    assert len(measuring.plans[0].cases) == 1


def test_what_is_tried_has_to_fit_too(page, monkeypatch):
    """In double precision it takes twice as much."""
    needed = page.findChild(BenchmarkForm).case.work().needed_bytes
    monkeypatch.setattr("tinyclf.benchmark.plan.available_bytes", lambda: needed)
    assert button(page, "benchmarkRunButton").isEnabled()
    button(page, "benchmarkTryCheck").click()
    assert not button(page, "benchmarkRunButton").isEnabled()
    assert "f8" in words(page)


def test_while_something_runs_in_the_window_run_says_why_not(page, bench):
    bench.set_hindrance("Training")
    assert not button(page, "benchmarkRunButton").isEnabled()
    assert words(page).startswith("“Training” is running")
    bench.set_hindrance("")
    assert button(page, "benchmarkRunButton").isEnabled()
    assert words(page) == ""


# The file.


@pytest.fixture
def editor(page, qtbot):
    page.show_part("file")
    editor = page.findChild(YamlEditor)
    qtbot.waitUntil(lambda: state(page) == "1 case, 6 turns each.")
    return editor


def state(page):
    return page.findChild(QLabel, "benchmarkFileState").text()


def typed(editor, text):
    editor.selectAll()
    editor.insertPlainText(text)


def test_an_example_is_there_to_begin_with(page, editor):
    assert "Hello World!" in editor.toPlainText()
    assert button(page, "benchmarkRunButton").isEnabled()


def test_mistakes_are_marked_while_it_is_typed(page, editor, qtbot):
    typed(editor, BROKEN)
    assert not button(page, "benchmarkRunButton").isEnabled()
    qtbot.waitUntil(lambda: len(editor.mistakes) == 2)
    mistakes = page.findChild(MistakeList)
    assert mistakes.isVisible()
    mistakes.setFocus()
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    assert editor.hasFocus()
    assert editor.textCursor().blockNumber() == 3
    typed(editor, GOOD)
    qtbot.waitUntil(lambda: not editor.mistakes and mistakes.isHidden())
    assert button(page, "benchmarkRunButton").isEnabled()


def test_control_enter_runs_the_file(page, editor, measuring, qtbot, bench):
    typed(editor, GOOD)
    qtbot.waitUntil(button(page, "benchmarkRunButton").isEnabled)
    before = editor.toPlainText()
    editor.setFocus()
    with qtbot.waitSignal(bench.ended):
        press(qtbot, Key.Key_Return, CONTROL)
    assert measuring.plans[0].cases[0].nepochs == 3
    assert editor.toPlainText() == before


def test_a_file_is_opened_and_saved(page, editor, tmp_path, monkeypatch, qtbot):
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    button(page, "benchmarkOpenButton").click()
    assert editor.toPlainText() == GOOD
    name = page.findChild(QLabel, "benchmarkFileName")
    assert name.text() == str(path)
    editor.appendPlainText("# more")
    assert name.text().endswith("•")
    press(qtbot, Key.Key_S, CONTROL)
    assert path.read_text() == editor.toPlainText()
    assert name.text() == str(path)


def test_saving_asks_for_a_name_first(page, editor, tmp_path, monkeypatch):
    path = tmp_path / "new.yaml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    button(page, "benchmarkSaveButton").click()
    assert path.read_text() == editor.toPlainText()


def test_a_file_that_cannot_be_written_or_read_is_named(page, editor, tmp_path, monkeypatch):
    gone = str(tmp_path / "no" / "new.yaml")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (gone, ""))
    button(page, "benchmarkSaveAsButton").click()
    assert gone in state(page)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (gone, ""))
    button(page, "benchmarkOpenButton").click()
    assert gone in state(page)


@pytest.mark.parametrize(("answer", "goes"), [("Discard", True), ("Cancel", False)])
def test_what_is_not_saved_is_not_lost_unasked(page, editor, tmp_path, qtbot, answer, goes):
    typed(editor, BROKEN)
    path = tmp_path / "other.yaml"
    path.write_text(GOOD)

    def reply():
        question = QApplication.activeModalWidget()
        assert isinstance(question, QMessageBox)
        next(one for one in question.buttons() if one.text() == answer).click()

    QTimer.singleShot(0, reply)
    page._file.open_file(path)
    assert (editor.toPlainText() == GOOD) is goes


def test_every_example_can_be_run(page, editor, qtbot):
    menu = button(page, "benchmarkExamplesButton").menu()
    assert len(menu.actions()) >= 3
    for action in menu.actions():
        action.trigger()
        qtbot.waitUntil(lambda: state(page).endswith("turns each."))


def test_a_draft_outlives_the_dialog(page, editor, bench, settings, qtbot):
    typed(editor, GOOD)
    again = BenchmarkPage(bench, settings)
    qtbot.addWidget(again)
    assert again.findChild(YamlEditor).toPlainText() == GOOD


# The past.


@pytest.fixture
def past(report, case, measuring):
    """Two runs, the second one twice as slow; to be asked for before the page."""
    for hours, seconds in ((1, 1.0), (2, 2.0)):
        cases = case(1, batch=64), case(2, batch=64)
        told = report((cases[0], seconds), (cases[1], seconds / 3), hours=hours)
        keep(told.model_copy(update={"budget": 40}))


def test_two_reports_are_compared_by_keyboard(past, dialog, page, qtbot):
    page.show_part("history")
    reports = page.findChild(HistoryList)
    qtbot.waitUntil(lambda: reports.count() == 2)
    reports.setFocus()
    compare = button(page, "benchmarkCompareButton")
    assert not compare.isEnabled()
    press(qtbot, Key.Key_Space)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Space)
    compare.setFocus()
    press(qtbot, Key.Key_Space)
    table = page.findChild(QWidget, "changeTable")
    assert table.hasFocus()
    assert table.texts(0)[3].startswith("2.00 times as slow")


def test_a_report_of_the_past_can_be_run_again(past, page, measuring, qtbot, bench):
    page.show_part("history")
    reports = page.findChild(HistoryList)
    qtbot.waitUntil(lambda: reports.count() == 2)
    with qtbot.waitSignal(bench.ended):
        button(page, "benchmarkRunButton").click()
    assert [one.performance.threads for one in measuring.plans[0].cases] == [1, 2]
    assert measuring.plans[0].budget == 40
    qtbot.waitUntil(lambda: reports.count() == 3)


def test_without_a_past_there_is_nothing_to_run(page, qtbot):
    page.show_part("history")
    assert words(page) == "There is no report to measure again."
    assert "kept here" in page.findChild(QLabel, "benchmarkHistoryWords").text()


# The app's own settings.


def test_the_fastest_is_written_and_told(past, dialog, page, settings, qtbot):
    fastest = button(page, "benchmarkUseFastestButton")
    assert not fastest.isEnabled()
    page.show_part("history")
    qtbot.waitUntil(fastest.isEnabled)
    with qtbot.waitSignal(page.speedChanged) as heard:
        fastest.click()
    assert heard.args == [Speed(2)]
    assert settings.speed == Speed(2)
    told = page.findChild(QLabel, "speedWords")
    expected = "2 threads, single precision (f4), on the processor."
    assert told.text() == f"From now on the app works with {expected} That is the fastest here."
    defaults = button(page, "benchmarkDefaultsButton")
    with qtbot.waitSignal(page.speedChanged) as heard:
        defaults.click()
    assert heard.args == [Speed()]
    assert settings.speed == Speed()
    assert not defaults.isEnabled()


def test_one_setting_is_not_called_the_fastest(page, measuring, qtbot, bench):
    with qtbot.waitSignal(bench.ended):
        button(page, "benchmarkRunButton").click()
    assert not button(page, "benchmarkUseFastestButton").isEnabled()
    told = page.findChild(QLabel, "speedWords").text()
    assert "“Try threads and precisions” does that" in told


def test_every_button_has_a_name(dialog):
    buttons = dialog.findChildren(QPushButton)
    assert len({one.objectName() for one in buttons}) == len(buttons)
    assert all(one.objectName() for one in buttons)
