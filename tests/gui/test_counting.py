"""Counts follow what is done: in the background, a moment later, and not for what changes none."""

import threading

import numpy as np
import pytest

from tinyclf.domain import Grade, Progress
from tinyclf.errors import StorageError
from tinyclf_gui.commands import GradePhotos, PinExamples, SetAsideForExam


@pytest.fixture
def collection(collector):
    collector.grade_truly("ab")
    collector.workspace.collection.recount()
    return collector.workspace.collection


def never():
    raise AssertionError("counted on the thread of the window")


def test_a_remark_is_counted_in_the_background(qtbot, collection, monkeypatch):
    monkeypatch.setattr(collection.session, "status", never)
    with qtbot.waitSignal(collection.counted):
        assert collection.note(SetAsideForExam())


def test_a_pin_changes_no_count_and_is_not_counted(collector, collection):
    collector.wait_until_idle()
    collection.recount()
    assert collection.note(
        PinExamples(
            [collector.session.table.ids[int(np.flatnonzero(collector.session.table.human)[0])]]
        )
    )
    assert not collection._count.isActive()


def test_under_quick_hands_counts_come_nevertheless(qtbot, collector, collection, monkeypatch):
    """Each count is asked for again before it is made, and told all the same."""
    count, told, free = collection.session.counting, [], threading.Event()

    def slow():
        yield Progress("Counting", 0, 0)
        free.wait(5)
        return (yield from count())

    monkeypatch.setattr(collection.session, "counting", slow)
    collection.counted.connect(told.append)
    collection._begin_counting()
    collection.do(GradePhotos([collector.session.table.ids[0]], Grade(3)))
    collection._begin_counting()
    free.set()
    qtbot.waitUntil(lambda: len(told) >= 2)


def test_counting_at_once_does_not_wait_for_what_is_counted_meanwhile(
    qtbot, collection, monkeypatch
):
    begun = []

    def endless():
        while True:
            begun.append(True)
            yield Progress("Counting", 0, 0)

    monkeypatch.setattr(collection.session, "counting", endless)
    collection._begin_counting()
    qtbot.waitUntil(lambda: bool(begun))
    with qtbot.waitSignal(collection.counted):
        collection.recount()
    qtbot.waitUntil(lambda: not collection._counting.busy)


def test_that_nothing_can_be_counted_is_told(qtbot, collection, monkeypatch):
    def broken():
        yield Progress("Counting", 0, 0)
        raise StorageError("The cache is full.")

    monkeypatch.setattr(collection.session, "counting", broken)
    with qtbot.waitSignal(collection.failed) as told:
        collection.recount_soon()
    assert told.args == ["The cache is full."]


@pytest.mark.parametrize(("unseen", "seen"), [("review", "label"), ("label", "review")])
def test_a_page_that_is_not_seen_catches_up_when_it_is(collector, collection, unseen, seen):
    pages, window = collector.workspace.pages, collector.window
    window.show_page(seen)
    shown = []
    page = getattr(pages, unseen)
    page._show_status = shown.append
    collection.recount()
    assert shown == []
    window.show_page(unseen)
    assert shown == [collection.status]
