"""The Benchmark page in a real window, by keyboard alone; what is measured is tiny."""

from __future__ import annotations

from time import sleep

import psutil
import pytest

pytestmark = [pytest.mark.window, pytest.mark.timeout(900)]

TINY = {"benchmarkEpochsField": 1, "benchmarkLayersField": 1, "benchmarkDimensionField": 8}
LONG = {"benchmarkEpochsField": 1_000_000, "benchmarkLayersField": 100}
TWO_MISTAKES = ("version: 2", "benchmark:", "  nepochs: 0", "bach: 1")
"""The editor itself keeps the indentation of the last line."""
MINUTES = 400.0
"""Seconds that several cases with all their turns surely do not take, nor beside other tests."""
SOONEST = 10.0
"""Seconds that a case with all its turns surely takes."""


def open_page(person):
    person.press("ctrl+comma")
    person.wait_for(lambda view: view["dialog"] == "settingsDialog")
    person.press("alt+b")
    person.wait_for_widget("benchmarkPage")


def fill(person, values):
    for name, value in values.items():
        person.tab_to(name)
        person.press("ctrl+a")
        person.type(str(value))
    person.press("Tab")


def run(person):
    """Run what is in view, and wait for its end."""
    person.press("ctrl+Return")
    person.wait_for_widget("benchmarkCancelButton")
    sleep(SOONEST)  # looking takes time from what is measured
    return person.wait_for_widget("benchmarkRunButton", patience=MINUTES)["widgets"]


def measuring(person):
    """Return the processes that the program has started."""
    return psutil.Process(person.program.pid).children(recursive=True)


def test_a_machine_is_measured_by_keyboard_alone(sit_down):
    person = sit_down()
    open_page(person)
    fill(person, TINY)
    widgets = run(person)
    assert widgets["limitBars"]["told"].startswith("1 × 8², f4, sigmoid, batch 1, reads ")
    assert "not counted · 6 turns · checksum " in widgets["benchmarkDetails"]["words"]
    assert not widgets["benchmarkUseFastestButton"]["enabled"]
    assert "“Try threads and precisions” does that" in widgets["speedWords"]["words"]
    use_the_fastest(person)
    compare_the_two(person)
    person.press("Escape")
    person.wait_for(lambda view: not view["dialog"])
    person.press("ctrl+q")
    assert person.wait_until_gone() == 0
    assert person.complaints() == ""


def use_the_fastest(person):
    person.press("alt+t")
    person.wait_for(lambda view: view["widgets"]["benchmarkTryCheck"]["checked"])
    told = run(person)["limitBars"]["told"]
    assert told.count("1 × 8²") == 4
    person.press("alt+u")
    person.wait_for_widget("speedWords", "From now on the app works with ")


def compare_the_two(person):
    person.press("alt+h")
    person.tab_to("benchmarkHistory")
    person.press("Home", "space", "Down", "space")
    person.wait_for_widget("benchmarkCompareButton")
    person.press("alt+m")
    person.wait_for(lambda view: view["keyboard"] == "changeTable")


def test_mistakes_of_a_file_are_marked_and_found(sit_down):
    person = sit_down()
    open_page(person)
    person.press("alt+f")
    person.wait_for_widget("benchmarkFileState", "1 case")
    person.tab_to("benchmarkEditor")
    person.press("ctrl+a")
    for line in TWO_MISTAKES:
        person.type(line)
        person.press("Return")
    view = person.wait_for_widget("benchmarkFileState", "2 mistakes")
    assert view["widgets"]["benchmarkEditor"]["told"] == "2 mistakes"
    assert not view["widgets"]["benchmarkRunButton"]["enabled"]
    person.tab_to("benchmarkMistakes")
    person.press("Down", "Return")
    person.wait_for(lambda view: view["keyboard"] == "benchmarkEditor")
    person.press("Home", "shift+End", "Delete", "Up", "End", "BackSpace")
    person.type("3")
    person.wait_for_widget("benchmarkFileState", "1 case, 6 turns each.")
    person.wait_for_widget("benchmarkRunButton")


def test_escape_stops_a_run_and_leaves_no_process(sit_down):
    person = sit_down()
    open_page(person)
    fill(person, LONG)
    person.press("ctrl+Return")
    person.wait_for_widget("benchmarkWords", "Measuring")
    person.wait_for(lambda _: measuring(person))
    person.press("Escape")
    view = person.wait_for_widget("benchmarkRunButton")
    assert view["dialog"] == "settingsDialog"
    assert measuring(person) == []
    person.press("ctrl+Return")
    person.wait_for(lambda _: measuring(person))
    children = measuring(person)
    person.program.terminate()
    assert person.wait_until_gone() == 0
    assert not any(child.is_running() for child in children)
