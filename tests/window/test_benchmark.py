"""The Benchmark page in a real window, by keyboard alone; what is measured is tiny."""

from __future__ import annotations

import time

import psutil
import pytest

pytestmark = [pytest.mark.window, pytest.mark.timeout(400)]

TINY = {"benchmarkEpochsField": 1, "benchmarkLayersField": 1, "benchmarkDimensionField": 8}
LONG = {"benchmarkEpochsField": 1_000_000, "benchmarkLayersField": 100}
TWO_MISTAKES = ("version: 2", "benchmark:", "  nepochs: 0", "bach: 1")
"""The editor itself keeps the indentation of the last line."""


def open_page(person):
    person.press("ctrl+comma")
    person.wait_for(lambda view: view["dialog"] == "settingsDialog")
    person.press("alt+b")
    person.wait_for_widget("benchmarkPage")


def tab_to(person, name):
    """Press Tab until something has the keyboard."""
    for _ in range(40):
        if person.look()["keyboard"] == name:
            return
        person.press("Tab")
    raise AssertionError(f"Tab does not reach {name}")


def fill(person, values):
    for name, value in values.items():
        tab_to(person, name)
        person.press("ctrl+a")
        person.type(str(value))
    person.press("Tab")


def run(person):
    """Run what is in view, and wait for its end."""
    person.press("ctrl+Return")
    person.wait_for_widget("benchmarkCancelButton")
    person.wait_for_widget("benchmarkRunButton")


def measuring(person):
    """Return the processes that the program has started."""
    return psutil.Process(person.program.pid).children(recursive=True)


def test_a_machine_is_measured_by_keyboard_alone(sit_down):
    person = sit_down()
    open_page(person)
    fill(person, TINY)
    run(person)
    told = person.look()["widgets"]["limitBars"]["told"]
    assert told.startswith("1 × 8², f4, sigmoid, batch 1, all threads, reads ")
    use_the_fastest(person)
    compare_with_another_run(person)
    person.press("Escape")
    person.wait_for(lambda view: not view["dialog"])
    person.press("ctrl+q")
    assert person.wait_until_gone() == 0
    assert person.complaints() == ""


def use_the_fastest(person):
    person.press("alt+u")
    words = "From now on the app works with all threads, single precision (f4), on the processor."
    person.wait_for_widget("speedWords", words)
    person.press("alt+b")
    person.wait_for_widget("benchmarkPage")


def compare_with_another_run(person):
    person.press("alt+h")
    tab_to(person, "benchmarkHistory")
    run(person)
    tab_to(person, "benchmarkHistory")
    person.press("Home", "space", "Down", "space")
    person.wait_for_widget("benchmarkCompareButton")
    person.press("alt+m")
    person.wait_for(lambda view: view["keyboard"] == "changeTable")


def test_mistakes_of_a_file_are_marked_and_found(sit_down):
    person = sit_down()
    open_page(person)
    person.press("alt+f")
    person.wait_for_widget("benchmarkFileState", "1 case")
    tab_to(person, "benchmarkEditor")
    person.press("ctrl+a")
    for line in TWO_MISTAKES:
        person.type(line)
        person.press("Return")
    view = person.wait_for_widget("benchmarkFileState", "2 mistakes")
    assert view["widgets"]["benchmarkEditor"]["told"] == "2 mistakes"
    assert not view["widgets"]["benchmarkRunButton"]["enabled"]
    tab_to(person, "benchmarkMistakes")
    person.press("Down", "Return")
    person.wait_for(lambda view: view["keyboard"] == "benchmarkEditor")
    person.press("Home", "shift+End", "Delete", "Up", "End", "BackSpace")
    person.type("3")
    person.wait_for_widget("benchmarkFileState", "1 case, 6 turns each.")
    person.wait_for_widget("benchmarkRunButton")


def test_escape_stops_a_run_within_a_second_and_leaves_no_process(sit_down):
    person = sit_down()
    open_page(person)
    fill(person, LONG)
    person.press("ctrl+Return")
    person.wait_for_widget("benchmarkWords", "Measuring")
    person.wait_for(lambda _: measuring(person))
    person.press("Escape")
    started = time.monotonic()
    view = person.wait_for_widget("benchmarkRunButton")
    assert time.monotonic() - started < 1
    assert view["dialog"] == "settingsDialog"
    assert measuring(person) == []
    person.press("ctrl+Return")
    person.wait_for(lambda _: measuring(person))
    children = measuring(person)
    person.program.terminate()
    assert person.wait_until_gone() == 0
    assert not any(child.is_running() for child in children)
