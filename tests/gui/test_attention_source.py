"""Where the latest training looks, worked out in the background."""

import threading

import numpy as np
import pytest

from tinyclf.domain import PhotoId, Progress
from tinyclf.errors import PhotoError
from tinyclf.session.attention import Attention
from tinyclf_gui.models.attention_source import AttentionSource

ONE, OTHER = PhotoId("1" * 32), PhotoId("2" * 32)


class Looking:
    """Stands in for a session."""

    can_show_attention = True

    def __init__(self):
        self.asked = []
        self.threads = []
        self.problem = ""
        self.blind = False

    def is_blind(self, photo_id):
        return self.blind

    def attention(self, photo_id):
        self.asked.append(photo_id)
        self.threads.append(threading.current_thread())
        return self.look(photo_id)

    def look(self, photo_id):
        yield Progress("Looking", 0, 0)
        if self.problem:
            raise PhotoError(self.problem)
        return Attention(photo_id, np.full((4, 6), 1 / 24, np.float32))


@pytest.fixture
def session():
    return Looking()


@pytest.fixture
def source(qtbot, session):
    source = AttentionSource(session)
    yield source
    source.stop()


def test_it_is_told_when_it_is_there(qtbot, source):
    with qtbot.waitSignal(source.ready) as told:
        source.want(ONE)
    assert told.args[0] == ONE
    assert not told.args[1].isNull()


def test_the_session_is_asked_on_the_thread_of_the_window(qtbot, source, session):
    with qtbot.waitSignal(source.ready):
        source.want(ONE)
        source.want(OTHER)  # waits for the one before
    assert set(session.threads) == {threading.main_thread()}


def test_what_was_seen_is_kept(qtbot, source, session):
    for _ in range(2):
        with qtbot.waitSignal(source.ready):
            source.want(ONE)
    assert session.asked == [ONE]


def test_after_another_training_it_looks_again(qtbot, source, session):
    with qtbot.waitSignal(source.ready):
        source.want(ONE)
    with qtbot.waitSignal(source.ready):
        source.forget()
    assert session.asked == [ONE, ONE]


def test_without_such_a_training_it_says_what_to_do(qtbot, source, session):
    session.can_show_attention = False
    with qtbot.waitSignal(source.missing) as told:
        source.want(OTHER)
    assert told.args == [OTHER, "Train with Thorough to see where it looks"]
    assert session.asked == []


def test_before_a_photo_of_the_exam_is_graded_it_gives_no_hint(qtbot, source, session):
    session.blind = True
    with qtbot.waitSignal(source.missing) as told:
        source.want(ONE)
    assert "once you have graded" in told.args[1]
    assert session.asked == []


def test_a_photo_that_cannot_be_read_says_why(qtbot, source, session):
    session.problem = "the file is gone"
    with qtbot.waitSignal(source.missing) as told:
        source.want(ONE)
    assert told.args == [ONE, "the file is gone"]


def test_nothing_is_looked_at_unasked(qtbot, source, session):
    source.want(None)
    source.forget()
    assert session.asked == []
