"""Examples and look-alikes, found in the background."""

import threading

import pytest

from tinyclf.domain import Grade, PhotoId, Progress
from tinyclf.errors import ModelError
from tinyclf.session import Likeness, LookAlike, Rung
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
