"""Examples and look-alikes, found in the background."""

import threading

import numpy as np
import pytest

from tinyclf.domain import Grade, PhotoId, Progress
from tinyclf.errors import ModelError
from tinyclf.project.news_rows import News
from tinyclf.session import Likeness, LookAlike, Rung, exemplars, second_looks
from tinyclf_gui.models.reference_source import ReferenceSource

ONE, OTHER = PhotoId("1" * 32), PhotoId("2" * 32)
RUNGS = tuple(Rung(grade) for grade in reversed(Grade))
ALIKE = (LookAlike(OTHER, Grade.GOOD, Likeness.CLOSE, 0.9),)


class Compared:
    """Stands in for a session."""

    def __init__(self):
        self.asked = []
        self.threads = set()
        self.blind = set()
        self.found = ALIKE
        self.problem = None

    def is_blind(self, photo_id):
        return photo_id in self.blind

    def ladder(self):
        self.threads.add(threading.current_thread())
        return self._made(RUNGS)

    def look_alikes(self, photo_id):
        self.asked.append(photo_id)
        return self._made(self.found, self.problem)

    def _made(self, what, problem=None):
        yield Progress("Comparing", 0, 0)
        if problem is not None:
            raise problem
        return what


@pytest.fixture
def session():
    return Compared()


@pytest.fixture
def source(qtbot, session):
    source = ReferenceSource(session)
    yield source
    source.stop()


def test_look_alikes_are_told_with_their_photo(qtbot, source):
    with qtbot.waitSignal(source.laddered) as ladder, qtbot.waitSignal(source.found) as found:
        source.want("loupe", ONE)
    assert ladder.args == [RUNGS]
    assert found.args == [ONE, ALIKE]


def test_without_a_photo_there_is_the_ladder_alone(qtbot, source, session):
    with qtbot.waitSignal(source.laddered):
        source.want("walls", None)
    assert session.asked == []


def test_the_session_is_asked_on_the_thread_of_the_window(qtbot, source, session):
    with qtbot.waitSignal(source.found):
        source.want("loupe", ONE)
    assert session.threads == {threading.main_thread()}


def test_who_goes_on_at_once_has_not_looked(qtbot, source, session):
    with qtbot.waitSignal(source.found) as told:
        source.want("loupe", ONE)
        source.want("loupe", OTHER)
    assert told.args[0] == OTHER
    assert session.asked == [OTHER]


def test_beside_a_photo_to_be_graded_blind_nothing_is_even_looked_for(qtbot, source, session):
    session.blind = {ONE}
    with qtbot.waitSignal(source.veiled) as told, qtbot.assertNotEmitted(source.laddered, wait=150):
        source.want("loupe", ONE)
        source.refresh()
    assert told.args == [ONE]
    assert session.asked == []


def test_what_was_wanted_before_it_is_not_looked_for_either(qtbot, source, session):
    session.blind = {OTHER}
    with qtbot.assertNotEmitted(source.found, wait=150):
        source.want("loupe", ONE)
        source.want("loupe", OTHER)
    assert session.asked == []


def test_other_grades_are_looked_at_anew(qtbot, source, session):
    with qtbot.waitSignal(source.found):
        source.want("loupe", ONE)
    with qtbot.waitSignal(source.found):
        source.refresh()
    assert session.asked == [ONE, ONE]


def test_once_nobody_looks_nothing_is_looked_for(qtbot, source, session):
    source.want("loupe", ONE)
    source.leave("loupe")
    source.refresh()
    qtbot.wait(100)
    assert session.asked == []


@pytest.mark.parametrize(
    ("problem", "words"), [(None, "not looked at yet"), (ModelError("its encoder is gone"), "gone")]
)
def test_why_there_are_none_is_told_and_the_ladder_nevertheless(
    qtbot, source, session, problem, words
):
    session.found, session.problem = None, problem
    with qtbot.waitSignal(source.laddered), qtbot.waitSignal(source.missing) as told:
        source.want("loupe", ONE)
    assert told.args[0] == ONE
    assert words in told.args[1]


@pytest.mark.parametrize("photo_id", [ONE, None])
def test_where_not_even_the_ladder_can_be_made_it_is_told(qtbot, source, session, photo_id):
    session.ladder = lambda: session._made((), ModelError("its encoder is gone"))
    told = source.failed if photo_id is None else source.missing
    with qtbot.waitSignal(told) as words:
        source.want("loupe", photo_id)
    assert words.args[-1] == "its encoder is gone"


class Crowd:
    """Stands in for the file of a collection of 100,000 photos, all graded."""

    last_write = 1
    last_stroke = 1
    last_acceptance = 0

    def news(self, since):
        numbers = range(1, 100_001)
        return News(
            act=1,
            photos=[(n, 1, PhotoId(f"{n:032}"), "/", f"{n}.jpg", 9, 9, 9, 0, 0) for n in numbers],
            verdicts=np.array([(n, 1 + n % 5, 0) for n in numbers], np.int64),
            proposals=None,
            exam=None,
            groups=None,
        )

    def exemplars(self):
        return []

    def accepted_in_bulk(self):
        return []

    def latest_training(self):
        return None


@pytest.fixture
def at_work(monkeypatch):
    """Names of what takes long with many photos, each with the threads that did it."""
    threads = {}

    def watch(module, name):
        whole = getattr(module, name)

        def watched(*given):
            threads.setdefault(name, []).append(threading.current_thread())
            return whole(*given)

        monkeypatch.setattr(module, name, watched)

    watch(exemplars, "standard_of")
    watch(exemplars, "ladder_of")
    watch(second_looks, "in_bulk")
    return threads


def no_vectors(_vectors, _standard):
    yield Progress("Comparing", 0, 0)


def test_of_very_many_photos_the_window_works_out_nothing_itself(qtbot, at_work, monkeypatch):
    monkeypatch.setattr(exemplars.StandardVectors, "of", no_vectors)
    monkeypatch.setattr(exemplars.StandardVectors, "vector", lambda *_: None)
    crowd = exemplars.Exemplars(Crowd(), None)
    source = ReferenceSource(crowd)
    with qtbot.waitSignal(source.laddered) as ladder:
        source.want("loupe", crowd.table.ids[7])
    source.stop()
    assert all(rung.photo_ids for rung in ladder.args[0])
    assert {name: len(threads) for name, threads in at_work.items()} == {
        "standard_of": 1,  # the ladder and the look-alikes share it
        "in_bulk": 1,
        "ladder_of": 1,
    }
    assert all(threading.main_thread() not in threads for threads in at_work.values())
