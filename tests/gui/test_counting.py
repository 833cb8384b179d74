"""Counts follow what is done: in the background, a moment later, and not for what changes none."""

import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from tinyclf.domain import Grade, Progress
from tinyclf.errors import StorageError
from tinyclf.session import foresight, status
from tinyclf_gui.commands import GradePhotos, PinExamples, SetAsideForExam
from tinyclf_gui.models.counts import Counts, pause_after
from tinyclf_gui.models.rhythm import Rhythm

OF_VERY_MANY = pytest.mark.parametrize("rhythm", [Rhythm(counted_at_once=0)])
"""The collection is too large to be counted between two frames."""
AT_ONCE = pytest.mark.parametrize("rhythm", [Rhythm(count_ms=0)])
"""It is counted as soon as anything is another."""


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


def test_a_pin_changes_no_count_and_is_not_counted(collector, collection, monkeypatch):
    collector.wait_until_idle()
    monkeypatch.setattr(collection.counts, "recount_soon", lambda: pytest.fail("it is counted"))
    assert collection.note(
        PinExamples(
            [collector.session.table.ids[int(np.flatnonzero(collector.session.table.human)[0])]]
        )
    )


@AT_ONCE
def test_under_quick_hands_counts_come_nevertheless(qtbot, collector, collection, monkeypatch):
    """Each count is asked for again before it is made, and told all the same."""
    count, told, free = collection.session.counting, [], threading.Event()
    begun = []

    def slow():
        yield Progress("Counting", 0, 0)
        begun.append("begun")
        free.wait(5)
        return (yield from count())

    monkeypatch.setattr(collection.session, "counting", slow)
    collection.counted.connect(told.append)
    collection.recount_soon()
    qtbot.waitUntil(lambda: bool(begun))
    for grade in (3, 4):
        collection.do(GradePhotos([collector.session.table.ids[0]], Grade(grade)))
        qtbot.wait(20)
    assert (begun, told) == (["begun"], [])
    free.set()
    qtbot.waitUntil(lambda: len(told) >= 2)


@pytest.fixture
def held_count(qtbot, collection, monkeypatch):
    """A count that stands still in the background, until the event is set; and its parts."""
    count, free, parts = status.photo_counts, threading.Event(), []

    def slow(*of):
        if threading.current_thread() is not threading.main_thread():
            parts.append("photos")
            free.wait(10)
            parts.append("let go")
        return count(*of)

    def foresee(*of):
        if threading.current_thread() is not threading.main_thread():
            parts.append("foresight")
        return foresight.foresight(*of)

    monkeypatch.setattr(status, "photo_counts", slow)
    monkeypatch.setattr(status, "foresight", foresee)
    collection.recount_soon()
    qtbot.waitUntil(lambda: parts == ["photos"])
    yield free, parts
    free.set()


def test_counting_at_once_does_not_wait_for_what_is_counted_meanwhile(
    qtbot, collection, held_count
):
    free, parts = held_count
    with qtbot.waitSignal(collection.counted):
        collection.recount()
    assert parts == ["photos"]
    free.set()
    qtbot.waitUntil(lambda: parts == ["photos", "let go"])
    qtbot.wait(50)
    assert parts == ["photos", "let go"]  # dropped, it goes no further


def test_to_train_and_to_set_aside_wait_for_no_count(
    collector, collection, held_count, monkeypatch
):
    monkeypatch.setattr(collection.session, "status", never)
    table = collector.session.table
    collection.do(GradePhotos(table.ids, None))
    assert not collection.session.at_a_glance(collection.status).counts.can_train
    for grade in (1, 2):
        collection.do(GradePhotos([table.ids[grade]], Grade(grade)))
    none_known = replace(collection.status.counts, learnable=(0,) * 5)
    collection.counts.tell(replace(collection.status, counts=none_known))
    assert collector.workspace.menu._can_train()
    assert collection.status.counts.can_learn_from == 2
    collector.workspace.pages.label._set_aside()
    assert collection.status.exam.reserved == int(table.exam.sum())


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
    getattr(pages, unseen)._counts._show = shown.append
    collection.recount()
    assert shown == []
    window.show_page(unseen)
    assert shown == [collection.status]


@pytest.fixture
def very_many(collection, monkeypatch):
    monkeypatch.setattr(collection.session, "status", never)
    return collection


@OF_VERY_MANY
def test_what_a_job_brought_to_very_many_photos_is_told_once_they_are_counted(qtbot, very_many):
    order = []
    very_many.counted.connect(lambda _: order.append("counted"))
    very_many.counts.recount_then(lambda: order.append("told"))
    assert order == []
    qtbot.waitUntil(lambda: order == ["counted", "told"])


@OF_VERY_MANY
def test_it_is_not_told_by_a_count_that_began_before(qtbot, very_many, monkeypatch):
    count, free, counts = very_many.session.counting, threading.Event(), []

    def slow():
        yield Progress("Counting", 0, 0)
        counts.append("begun")
        free.wait(5)
        return (yield from count())

    monkeypatch.setattr(very_many.session, "counting", slow)
    very_many.recount_soon()
    qtbot.waitUntil(lambda: counts == ["begun"])
    very_many.counts.recount_then(lambda: counts.append("told"))
    free.set()
    qtbot.waitUntil(lambda: "told" in counts)
    assert counts == ["begun", "begun", "told"]


@OF_VERY_MANY
def test_it_is_told_even_if_nothing_can_be_counted(qtbot, very_many, monkeypatch):
    def broken():
        yield Progress("Counting", 0, 0)
        raise StorageError("The cache is full.")

    monkeypatch.setattr(very_many.session, "counting", broken)
    told = []
    very_many.counts.recount_then(lambda: told.append("told"))
    qtbot.waitUntil(lambda: told == ["told"])


@OF_VERY_MANY
def test_a_whole_evening_goes_on_with_very_many_photos(collector):
    collector.grade_truly("ab")
    lane, waited = collector.workspace.workbench._computing, set()
    lane.changed.connect(lambda: waited.update(one.title for one in lane.telling))
    collector.train()
    assert waited == {"Training"}
    assert collector.workspace.collection.status.counts.proposed


def test_counts_rest_longer_where_they_take_long():
    assert pause_after(took_ms=3.0, least_ms=120) == 120
    assert pause_after(took_ms=100.0, least_ms=120) == 400


@AT_ONCE
def test_a_count_that_took_long_is_not_made_again_at_once(qtbot, collection, monkeypatch):
    count, made = collection.session.counting, []

    def slow():
        yield Progress("Counting", 0, 0)
        made.append("made")
        time.sleep(0.5)
        return (yield from count())

    monkeypatch.setattr(collection.session, "counting", slow)
    with qtbot.waitSignal(collection.counted):
        collection.recount_soon()
    collection.recount_soon()
    qtbot.wait(100)
    assert made == ["made"]


def test_of_very_many_it_is_told_what_lies_ahead_once_they_are_open(qtbot, trained):
    counts = Counts(trained.session, Rhythm(counted_at_once=0, count_ms=0))
    assert counts.status.effort is None
    qtbot.waitUntil(lambda: counts.status.effort is not None)
    counts.stop()
