from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSlider,
    QWidget,
)

from tinyclf_gui.dialogs.about import AboutDialog
from tinyclf_gui.dialogs.export import ExportChoice, ExportDialog
from tinyclf_gui.dialogs.settings import SettingsDialog
from tinyclf_gui.dialogs.shortcuts import FRAME, GAP, Shortcut, ShortcutsDialog, _columns
from tinyclf_gui.settings import Settings
from tinyclf_gui.widgets.cheat_sheet import cheat_sheet
from tinyclf_gui.widgets.filter_bar import FilterBar
from tinyclf_gui.widgets.whole_area import WholeArea, fit_on_screen

LEFT = Qt.MouseButton.LeftButton


def texts(dialog):
    return {words.text() for words in dialog.findChildren(QLabel)}


def test_the_cheat_sheet_shows_every_key(qtbot):
    lines = [Shortcut("Grade", "1–5", "Grade"), Shortcut("Undo", "Ctrl+Z", "Undo the last act")]
    dialog = ShortcutsDialog(lines)
    qtbot.addWidget(dialog)
    dialog.show()
    assert {"Grade", "1–5", "Undo", "Ctrl+Z", "Undo the last act"} <= texts(dialog)


@pytest.mark.parametrize("room", [QSize(1400, 720), QSize(712, 416), QSize(470, 256)])
def test_on_a_small_screen_the_cheat_sheet_scrolls_inside(qtbot, room):
    dialog = ShortcutsDialog([Shortcut("Grade", str(n), f"Grade {n}") for n in range(60)])
    qtbot.addWidget(dialog)
    dialog._fit(room)
    assert dialog.height() <= room.height()
    assert dialog.width() <= room.width()
    dialog.show()
    assert dialog.findChild(QPushButton, "closeButton").isVisible()


def test_all_keys_are_read_without_scrolling_on_a_usual_screen(qtbot):
    dialog = ShortcutsDialog([Shortcut(*line) for line in cheat_sheet()])
    qtbot.addWidget(dialog)
    room = QSize(1440 - 16, 900 - FRAME)
    columns = _columns(dialog._blocks, room - QSize(64, 96))
    heights = [sum(block.sizeHint().height() + GAP for block in column) for column in columns]
    assert max(heights) - GAP <= room.height() - 96
    assert len(columns) > 2


def test_columns_keep_the_order_of_the_groups(qtbot):
    lines = [Shortcut(f"Group {g}", "A", f"Deed {n}") for g in range(5) for n in range(3 + g)]
    dialog = ShortcutsDialog(lines)
    qtbot.addWidget(dialog)
    for room in (QSize(2000, 150), QSize(100, 150), QSize(2000, 2000)):
        columns = _columns(dialog._blocks, room)
        assert [block for column in columns for block in column] == dialog._blocks


def test_the_cheat_sheet_may_be_empty(qtbot):
    dialog = ShortcutsDialog([])
    qtbot.addWidget(dialog)
    dialog.show()


def test_the_facts_about_this_machine_can_be_copied(qtbot):
    dialog = AboutDialog("1.2.3", [("Python", "3.11.7")])
    qtbot.addWidget(dialog)
    qtbot.mouseClick(dialog.findChild(QPushButton, "copyFactsButton"), LEFT)
    assert QGuiApplication.clipboard().text() == "Tiny Classifier: 1.2.3\nPython: 3.11.7"


@pytest.fixture
def export(qtbot, tmp_path):
    dialog = ExportDialog(tmp_path, "Stamps", has_model=True)
    qtbot.addWidget(dialog)
    return dialog


def tick(dialog, key, on=True):
    dialog.findChild(QCheckBox, f"{key}Check").setChecked(on)


def test_a_table_is_offered_first(export, tmp_path):
    assert export.choice == ExportChoice(csv=tmp_path / "Stamps.csv")


def test_each_kind_has_its_place(export, tmp_path):
    for key in ("csv", "folders", "walls", "model", "onnx"):
        tick(export, key)
    assert export.choice == ExportChoice(
        csv=tmp_path / "Stamps.csv",
        folders=tmp_path / "Stamps by grade",
        walls=tmp_path / "Stamps walls",
        model=tmp_path / "Stamps.safetensors",
        onnx=tmp_path / "Stamps.onnx",
    )


def test_nothing_chosen_is_nothing_to_export(export):
    tick(export, "csv", on=False)
    assert not export.findChild(QPushButton, "exportButton").isEnabled()
    tick(export, "csv")
    export.findChild(QLineEdit, "csvPath").setText("  ")
    assert not export.findChild(QPushButton, "exportButton").isEnabled()


def test_the_choice_is_told_without_a_question(export, qtbot, tmp_path):
    tick(export, "folders")
    (tmp_path / "Stamps by grade").mkdir()
    with qtbot.waitSignal(export.chosen) as heard:
        qtbot.mouseClick(export.findChild(QPushButton, "exportButton"), LEFT)
    assert heard.args == [export.choice]


def answer(text):
    """Press a button of the question that is about to come up."""

    def press():
        question = QApplication.activeModalWidget()
        assert isinstance(question, QMessageBox)
        next(b for b in question.buttons() if b.text() == text).click()

    QTimer.singleShot(0, press)


@pytest.mark.parametrize(("text", "exports"), [("Write over", True), ("Cancel", False)])
@pytest.mark.parametrize(
    ("key", "name"),
    [("csv", "Stamps.csv"), ("model", "Stamps.safetensors"), ("onnx", "Stamps.onnx")],
)
def test_writing_over_a_file_is_asked_first(export, qtbot, tmp_path, key, name, text, exports):
    (tmp_path / name).touch()
    tick(export, key)
    heard = []
    export.chosen.connect(heard.append)
    answer(text)
    qtbot.mouseClick(export.findChild(QPushButton, "exportButton"), LEFT)
    assert bool(heard) is exports


@pytest.mark.parametrize("key", ["model", "onnx"])
def test_without_a_classifier_there_is_none_to_export(qtbot, tmp_path, key):
    dialog = ExportDialog(tmp_path, "Stamps", has_model=False)
    qtbot.addWidget(dialog)
    assert not dialog.findChild(QCheckBox, f"{key}Check").isEnabled()
    assert "Train first: there is none yet." in texts(dialog)


def test_home_may_be_written_short():
    assert ExportChoice(csv=Path("a"), walls=Path("b")).paths == (Path("a"), Path("b"))


@pytest.fixture
def settings(tmp_path):
    return Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def dialog(qtbot, settings):
    made = SettingsDialog(settings)
    qtbot.addWidget(made)
    return made


def test_a_theme_applies_at_once(dialog, settings, qtbot):
    box = dialog.findChild(QComboBox, "themeBox")
    with qtbot.waitSignal(dialog.themeChanged) as heard:
        box.setCurrentIndex(1)
        box.activated.emit(1)
    assert heard.args == ["light"]
    assert settings.theme == "light"


def test_a_tile_size_applies_at_once(dialog, settings, qtbot):
    with qtbot.waitSignal(dialog.tilePixelsChanged) as heard:
        dialog.findChild(QSlider, "tileSlider").setValue(240)
    assert heard.args == [240]
    assert settings.tile_pixels == 240


def test_auto_advance_applies_at_once(dialog, settings, qtbot):
    with qtbot.waitSignal(dialog.autoAdvanceChanged) as heard:
        dialog.findChild(QCheckBox, "autoAdvanceCheck").setChecked(False)
    assert heard.args == [False]
    assert not settings.auto_advance


def test_auto_advance_is_called_what_the_page_calls_it(dialog, qtbot):
    bar = FilterBar()
    qtbot.addWidget(bar)
    name = bar.advance.text()
    assert dialog.findChild(QCheckBox, "autoAdvanceCheck").text().startswith(f"{name}: ")


def test_another_page_can_join(dialog):
    page = QWidget()
    dialog.add_page(page, "Benchmark")
    dialog.show_page(page)
    assert page.isVisibleTo(dialog)


def test_on_a_small_screen_a_dialog_scrolls_inside_and_keeps_its_buttons(qtbot, tmp_path):
    dialog = ExportDialog(tmp_path, "Stamps", has_model=True)
    qtbot.addWidget(dialog)
    whole = dialog.sizeHint()
    fit_on_screen(dialog, whole)
    assert dialog.size() == whole
    dialog.resize(whole.width(), 280)  # of a screen of 300 %
    dialog.show()
    area = dialog.findChild(WholeArea)
    assert area.verticalScrollBar().maximum() > 0
    assert dialog.rect().contains(dialog.findChild(QPushButton, "exportButton").geometry())


def test_no_dialog_is_larger_than_its_screen(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    fit_on_screen(dialog, QSize(10_000, 10_000))
    room = dialog.screen().availableSize()
    assert dialog.width() < room.width()
    assert dialog.height() < room.height()
