"""What the Benchmark page writes into the settings is what the app works with."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel
from threadpoolctl import threadpool_info

from tinyclf.benchmark.runner import BenchmarkProgress
from tinyclf.benchmark.speed import Speed
from tinyclf.domain import Progress
from tinyclf.errors import DeviceError
from tinyclf.nn.backend import NumpyBackend
from tinyclf_gui.dialogs.benchmark_page import BenchmarkPage
from tinyclf_gui.widgets.act_toast import ActToast


def forever(*_):
    while True:
        yield BenchmarkProgress("Digging", 1, 2)


def at_once():
    yield Progress("Digging", 1, 1)


@pytest.fixture
def card(monkeypatch):
    """A card that answers or not, and what was asked of it."""

    class Card:
        answers = True
        asked = 0

        def choose(self, device):
            assert device == "cuda"
            self.asked += 1
            if not self.answers:
                raise DeviceError("No NVIDIA card answers.")
            return NumpyBackend()

    made = Card()
    monkeypatch.setattr("tinyclf_gui.models.device.choose_backend", made.choose)
    return made


@pytest.fixture
def graded(collector):
    collector.grade_truly("ab")
    collector.go_to("train")
    collector.click("fastPreset")
    return collector


def toast(person):
    return person.window.findChild(ActToast).accessibleDescription()


@pytest.mark.parametrize("precision", ["f4", "f8"])
def test_presets_are_trained_in_the_precision_of_the_settings(graded, precision):
    graded.settings.precision = precision
    graded.workspace.use(graded.settings.speed)
    graded.train()
    assert graded.session.model.config["precision"] == precision


def test_a_card_that_answers_is_used(graded, card):
    graded.workspace.use(Speed(device="cuda"))
    graded.train()
    assert card.asked == 1
    assert "processor" not in toast(graded)


def test_without_the_card_the_processor_does_it_and_says_so(graded, card, qtbot):
    card.answers = False
    graded.workspace.use(Speed(device="cuda"))
    told = []
    graded.workspace.workbench.device.missed.connect(lambda why: told.append(toast(graded)))
    graded.train()
    assert told == ["The processor does the work. No NVIDIA card answers."]
    assert "on the processor: the graphics card does not answer" in toast(graded)
    assert graded.session.model is not None


def test_comparing_looks_for_the_card_too(graded, card, qtbot):
    graded.workspace.use(Speed(device="cuda"))
    with qtbot.waitSignal(graded.workspace.workbench.compared, timeout=60_000):
        graded.click("compareButton")
    assert card.asked == 1


@pytest.mark.parametrize("threads", [1, 2])
def test_jobs_compute_with_the_threads_of_the_settings(collector, monkeypatch, qtbot, threads):
    seen = []

    def look(*_):
        yield Progress("Looking", 0, 0)
        seen.extend(one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas")
        return []

    collector.settings.threads = threads
    collector.workspace.use(collector.settings.speed)
    monkeypatch.setattr("tinyclf_gui.models.workbench.export_all", look)
    with qtbot.waitSignal(collector.workspace.workbench.exported):
        collector.workspace.workbench.export(None, None, None, None, None)
    assert set(seen) == {threads}


def test_a_collection_opens_with_what_the_settings_say(welcome, folder, card):
    welcome.settings.speed = Speed(2, "f8", "cuda")
    welcome.desk.take_folder(folder)
    welcome.wait_until_idle()
    assert welcome.workspace.workbench.device.name == "cuda"
    assert welcome.workspace.pages.train.config.precision == "f8"


def benchmark_page(person):
    person.choose("settings")
    dialog = next(one for one in person.window.findChildren(QDialog) if one.isVisible())
    page = dialog.findChild(BenchmarkPage)
    dialog.show_page(page)
    return dialog, page


def test_while_a_job_runs_run_is_not_offered(collector, monkeypatch):
    monkeypatch.setattr("tinyclf_gui.models.workbench.export_all", forever)
    collector.workspace.workbench.export(None, None, None, None, None)
    dialog, page = benchmark_page(collector)
    run = page.findChild(QAbstractButton, "benchmarkRunButton")
    assert not run.isEnabled()
    assert "“Exporting” is running" in page.findChild(QLabel, "benchmarkWords").text()
    collector.workspace.workbench.cancel()
    collector.wait_until_idle()
    assert run.isEnabled()
    dialog.reject()


def test_work_of_idle_time_makes_way_and_goes_on_afterwards(collector, monkeypatch, qtbot):
    monkeypatch.setattr("tinyclf_gui.models.workbench.prepare", forever)
    monkeypatch.setattr("tinyclf_gui.models.benchmark_bench.run", forever)
    workbench = collector.workspace.workbench
    workbench.prepare()
    dialog, page = benchmark_page(collector)
    page.findChild(QAbstractButton, "benchmarkRunButton").click()
    qtbot.waitUntil(lambda: workbench.idle)
    dialog.reject()
    qtbot.waitUntil(lambda: not workbench.idle)
    dialog.reject()
    workbench.cancel()


def test_what_has_just_ended_is_not_gone_on_with(collector, monkeypatch, qtbot):
    begun = []
    monkeypatch.setattr("tinyclf_gui.models.workbench.prepare", lambda *_: begun.append(1))
    monkeypatch.setattr(collector.session, "look_for_bad_photos", at_once)
    workbench = collector.workspace.workbench
    workbench.prepare()
    time.sleep(0.2)  # its thread is done, but nobody was told
    workbench.make_way()
    qtbot.waitUntil(lambda: workbench.idle)
    assert not begun


def test_the_page_changes_the_open_collection(collector):
    collector.settings.speed = Speed(2, "f8")
    collector.workspace.use(collector.settings.speed)
    dialog, page = benchmark_page(collector)
    page.findChild(QAbstractButton, "benchmarkDefaultsButton").click()
    assert collector.workspace.pages.train.config.precision == "f4"
    dialog.reject()


def test_the_window_closes_while_it_is_measured(collector, monkeypatch, qtbot):
    monkeypatch.setattr("tinyclf_gui.models.benchmark_bench.run", forever)
    _, page = benchmark_page(collector)
    page.findChild(QAbstractButton, "benchmarkRunButton").click()
    collector.window.close()
    assert not collector.desk.settings_pages.bench.busy
