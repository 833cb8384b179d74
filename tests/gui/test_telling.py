"""What a job brought to very many photos is told once they are counted: till then it is at work."""

import threading

import numpy as np
import pytest

from tinyclf.domain import Grade, Progress
from tinyclf_gui.commands import GradePhotos
from tinyclf_gui.models.device import FoundBackend
from tinyclf_gui.models.rhythm import Rhythm


@pytest.fixture
def rhythm():
    return Rhythm(counted_at_once=0)


@pytest.fixture
def counted(collector, monkeypatch):
    """An event that lets the photos, which are very many, be counted."""
    collector.grade_truly("ab")
    collector.wait_until_idle()
    session = collector.session
    count, free = session.counting, threading.Event()

    def held():
        yield Progress("Counting", 0, 0)
        free.wait(10)
        return (yield from count())

    monkeypatch.setattr(session, "counting", held)
    yield free
    free.set()


@pytest.fixture
def begun(collector):
    """The titles of what begins to be computed."""
    titles, lane = [], collector.workspace.workbench._computing
    lane.begins.connect(lambda: titles.append(lane.current.title))
    return titles


@pytest.fixture
def told(collector):
    """The names of what is told."""
    names, workbench = [], collector.workspace.workbench
    for name in ("imported", "trained", "exported"):
        getattr(workbench, name).connect(lambda *_, name=name: names.append(name))
    return names


def import_again(collector, qtbot):
    """Import the folder once more; return when that is done and not told yet."""
    workbench = collector.workspace.workbench
    workbench.import_folder(collector.session.table.path(0).parent)
    qtbot.waitUntil(lambda: bool(workbench._reading.telling))
    return workbench


def train(collector, qtbot):
    """Train; return when that is done and not told yet."""
    workbench = collector.workspace.workbench
    collector.choose("train-now")
    qtbot.waitUntil(lambda: bool(workbench._computing.telling), timeout=30_000)
    return workbench


def test_what_is_to_be_told_is_at_work(collector, qtbot, counted, told):
    workbench = import_again(collector, qtbot)
    assert (told, workbench.idle, workbench.reading) == ([], False, True)
    assert workbench.title == "Reading photos"
    counted.set()
    qtbot.waitUntil(lambda: workbench.idle)
    assert (told, workbench.reading, workbench.title) == (["imported"], False, "")


def test_a_training_is_not_begun_twice(collector, qtbot, counted, told):
    workbench = train(collector, qtbot)
    menu = collector.window.menu
    assert workbench.busy
    assert not menu.action("train-now").isEnabled()
    assert menu.action("cancel").isEnabled()
    counted.set()
    collector.wait_until_idle()
    assert told == ["trained"]
    assert menu.action("train-now").isEnabled()
    assert not menu.action("cancel").isEnabled()


def test_photos_are_prepared_once_it_is_told(collector, qtbot, counted, told, begun):
    import_again(collector, qtbot)
    counted.set()
    collector.wait_until_idle()
    assert told == ["imported"]
    assert set(begun) == {"Preparing photos"}


@pytest.mark.parametrize("stop", ["cancel", "make_way"])
@pytest.mark.parametrize("do", [import_again, train])
def test_nothing_follows_what_is_told_after_all_was_to_stop(
    collector, qtbot, counted, told, begun, do, stop
):
    workbench = do(collector, qtbot)
    getattr(workbench, stop)()
    begun.clear()
    counted.set()
    qtbot.waitUntil(lambda: workbench.idle)
    assert told
    assert begun == []


def test_what_follows_is_done_again_when_more_is_asked_for(collector, qtbot, counted, told, begun):
    collector.workspace.workbench.cancel()
    import_again(collector, qtbot)
    counted.set()
    collector.wait_until_idle()
    assert "Preparing photos" in begun


def test_what_counts_nothing_is_told_at_once(collector, qtbot, counted, told, monkeypatch):
    monkeypatch.setattr("tinyclf_gui.models.workbench.export_all", lambda *_: nothing([]))
    collector.workspace.workbench.export(None, None, None, None, None)
    qtbot.waitUntil(lambda: told == ["exported"])
    assert not counted.is_set()


def test_a_training_need_not_wait_for_counts_once_the_device_is_found(
    collector, qtbot, counted, begun, monkeypatch
):
    found = FoundBackend(None, "")
    monkeypatch.setattr("tinyclf_gui.models.device.find_backend", lambda _: nothing(found))
    collector.workspace.workbench.device.name = "cuda"
    collector.choose("train-now")
    qtbot.waitUntil(lambda: "Training" in begun)
    assert not counted.is_set()


def test_nothing_is_told_any_more_once_the_window_is_closed(collector, qtbot, counted, told):
    import_again(collector, qtbot)
    counted.set()
    collector.window.close()
    qtbot.wait(50)
    assert told == []


def nothing(result):
    yield Progress("Nothing", 1, 1)
    return result


def test_a_deed_tells_also_what_a_job_has_written_meanwhile(trained):
    collection, told = trained.workspace.collection, []
    unseen = [one for one in trained.session.table.ids if one != trained.photo("a1")][10:15]
    thought = np.tile([0.1, 0.1, 0.1, 0.1, 0.6], (5, 1))
    trained.session._store.save_proposals(trained.session.model.number, unseen, thought)
    collection.changed.connect(lambda rows: told.extend(rows.tolist()))
    collection.do(GradePhotos([trained.photo("a1")], Grade(3)))
    assert {*trained.session.table.rows(unseen).tolist()} < {*told}
