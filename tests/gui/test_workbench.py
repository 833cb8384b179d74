"""Long work: one job at a time, told how it goes, stopped at once, and never in the way."""

from __future__ import annotations

from pathlib import Path

import onnxruntime
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from tinyclf.domain import Progress
from tinyclf.errors import ModelError, StorageError


def forever():
    done = 0
    while True:
        done += 1
        yield Progress("Digging", done, 0)


def failing():
    yield Progress("Digging", 1, 2)
    raise StorageError("The disk is full: make room, then try again.")


def unexpected():
    yield Progress("Digging", 1, 2)
    raise ZeroDivisionError("never thought of")


def export_as(collector, monkeypatch, job):
    monkeypatch.setattr("tinyclf_gui.models.workbench.export_all", lambda *_: job())
    collector.workspace.workbench.export(None, None, None, None, None)


def test_a_running_job_is_shown_and_can_be_stopped(collector, monkeypatch, qtbot):
    export_as(collector, monkeypatch, forever)
    qtbot.waitUntil(lambda: "Digging" in collector.job_words())
    with qtbot.waitSignal(collector.workspace.workbench.busyChanged, timeout=1000):
        collector.click("cancelButton")
    assert not collector.workspace.workbench.busy


def test_the_menu_stops_it_too(collector, monkeypatch):
    assert not collector.window.menu.action("cancel").isEnabled()
    export_as(collector, monkeypatch, forever)
    collector.choose("cancel")
    collector.wait_until_idle()
    assert not collector.window.menu.action("cancel").isEnabled()


def test_an_error_stays_to_be_read(collector, monkeypatch):
    export_as(collector, monkeypatch, failing)
    collector.wait_until_idle()
    assert collector.job_words() == "The disk is full: make room, then try again."
    close = collector.find(QAbstractButton, "closeJobButton")
    close.click()
    assert not close.isVisible()


def test_the_details_of_the_unexpected_can_be_copied(collector, monkeypatch):
    export_as(collector, monkeypatch, unexpected)
    collector.wait_until_idle()
    assert "never thought of" in collector.job_words()
    collector.click("copyDetailsButton")
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError: never thought of" in copied
    assert "test_workbench.py" in copied


def test_grading_goes_on_while_a_job_runs(collector, monkeypatch):
    export_as(collector, monkeypatch, forever)
    collector.focus("a1")
    collector.press(collector.key("4"))
    assert collector.code("a1") == 4


def test_training_that_is_stopped_leaves_no_model(collector, qtbot):
    collector.grade_truly("abcd")
    workbench = collector.workspace.workbench
    with qtbot.waitSignal(workbench.reported):
        collector.choose("train-now")
    with qtbot.waitSignal(workbench.busyChanged, timeout=1000):
        collector.choose("cancel")
    collector.wait_until_idle()
    assert collector.session.model is None
    assert collector.window.menu.action("train-now").isEnabled()


def test_an_import_that_is_stopped_keeps_what_it_read(welcome, folder, qtbot):
    welcome.desk.take_folder(folder)
    welcome.workspace.workbench.cancel()
    welcome.wait_until_idle()
    read = len(welcome.session.table)
    welcome.desk.take_folder(folder)
    welcome.wait_until_idle()
    assert read <= len(welcome.session.table) == 20


def test_preparing_makes_way_for_what_a_person_wants(collector, monkeypatch, qtbot):
    monkeypatch.setattr("tinyclf_gui.models.workbench.prepare", lambda *_: forever())
    workbench = collector.workspace.workbench
    workbench.prepare()
    assert not workbench.busy
    assert not workbench.idle
    export_as(collector, monkeypatch, failing)
    assert workbench.busy
    qtbot.waitUntil(lambda: "The disk is full" in collector.job_words())


def test_a_folder_dropped_while_a_job_runs_is_read_beside_it(
    collector, monkeypatch, tmp_path, photo, qtbot
):
    photo(tmp_path / "photos" / "e1.png")
    export_as(collector, monkeypatch, forever)
    collector.desk.take_folder(tmp_path / "photos")
    qtbot.waitUntil(lambda: len(collector.session.table) == 21)
    assert collector.workspace.workbench.busy
    collector.choose("cancel")
    collector.wait_until_idle()


def test_folders_dropped_one_after_the_other_are_all_read(collector, tmp_path):
    for level in (7, 8, 9):
        folder = tmp_path / f"folder {level}"
        folder.mkdir()
        Image.new("RGB", (30, 30), (level, level, level)).save(folder / "photo.png")
        collector.desk.take_folder(folder)
    collector.wait_until_idle()
    assert len(collector.session.table) == 23


def test_a_training_need_not_wait_for_photos_that_are_read(collector, monkeypatch):
    monkeypatch.setattr(type(collector.session), "import_photos", lambda *_: forever())
    collector.grade_truly("ab")
    collector.desk.take_folder(Path())
    assert collector.workspace.workbench.reading
    assert collector.window.menu.action("train-now").isEnabled()
    collector.choose("cancel")
    collector.wait_until_idle()


NOWHERE = dict.fromkeys(("csv", "folders", "walls", "model", "onnx"))


@pytest.mark.parametrize("kind", ["csv", "folders", "walls", "model"])
def test_every_kind_of_export_is_written(trained, tmp_path: Path, qtbot, kind):
    out = tmp_path / f"out-{kind}"
    with qtbot.waitSignal(trained.workspace.workbench.exported, timeout=20_000) as heard:
        trained.workspace.workbench.export(**NOWHERE | {kind: out})
    assert heard.args == [[out]]
    assert out.exists()


def test_an_onnx_file_is_written_beside_the_others(collector, tmp_path, qtbot):
    collector.grade_truly("abc")
    collector.go_to("train")
    collector.click("pixelsPreset")
    collector.train()
    csv, onnx = tmp_path / "out.csv", tmp_path / "out.onnx"
    with qtbot.waitSignal(collector.workspace.workbench.exported, timeout=20_000) as heard:
        collector.workspace.workbench.export(**NOWHERE | {"csv": csv, "onnx": onnx})
    assert sorted(heard.args[0]) == [csv, onnx]
    assert csv.exists()
    network = onnxruntime.InferenceSession(onnx, providers=["CPUExecutionProvider"])
    assert network.get_inputs()[0].name == "pixels"


def test_an_encoder_that_cannot_be_exported_is_told(trained, tmp_path, monkeypatch):
    monkeypatch.setattr(trained.session, "model_onnx", unexportable)
    out = {"csv": tmp_path / "out.csv", "onnx": tmp_path / "out.onnx"}
    trained.workspace.workbench.export(**NOWHERE | out)
    trained.wait_until_idle()
    assert trained.job_words() == "The encoder is another one by now."
    assert not any(path.exists() for path in out.values())


def unexportable():
    raise ModelError("The encoder is another one by now.")


def test_a_place_given_twice_is_told_before_anything_is_written(trained, tmp_path):
    out = tmp_path / "out"
    trained.workspace.workbench.export(**NOWHERE | {"model": out, "onnx": out})
    trained.wait_until_idle()
    assert "named twice" in trained.job_words()
    assert not out.exists()
