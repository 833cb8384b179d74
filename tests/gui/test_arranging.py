"""Orders that take long are worked out in the background; what fails is told, not swallowed."""

import numpy as np
import pytest

from tinyclf.domain import PhotoId, Progress
from tinyclf.errors import StorageError
from tinyclf.project import PhotoTable
from tinyclf_gui.models.arranging import (
    ALIKE,
    DOUBT,
    EXPECTED,
    IMPORTED,
    TAKEN,
    WORN,
    Arranging,
    Wish,
)

ONE, OTHER = PhotoId("1" * 32), PhotoId("2" * 32)


class Looked:
    """Stands in for a session."""

    def __init__(self):
        self.problem = None

    def is_blind(self, photo_id):
        return photo_id == OTHER

    def alike(self, _photo_id):
        yield Progress("Comparing", 0, 0)
        if self.problem is not None:
            raise self.problem
        return np.array([0.2, 0.9], np.float32)


@pytest.fixture
def session():
    return Looked()


@pytest.fixture
def arranging(qtbot, session):
    made = Arranging(session)
    yield made
    made.stop()


def test_why_photos_could_not_be_compared_is_told(qtbot, arranging, session):
    session.problem = StorageError("The vectors are gone.")
    with qtbot.waitSignal(arranging.failed) as told:
        arranging.look_like(ONE)
    assert told.args == ["The vectors are gone."]
    assert arranging.order(Wish(ALIKE)) is None


def test_asking_again_after_that_compares_again(qtbot, arranging, session):
    session.problem = StorageError("The vectors are gone.")
    with qtbot.waitSignal(arranging.failed):
        arranging.look_like(ONE)
    session.problem = None
    with qtbot.waitSignal(arranging.ready):
        arranging.look_like(ONE)
    assert arranging.order(Wish(ALIKE)) is not None


def test_it_is_told_which_order_is_ready(qtbot, arranging):
    with qtbot.waitSignal(arranging.ready) as told:
        arranging.look_like(ONE)
    assert told.args == [ALIKE]


def test_nothing_is_compared_with_a_photo_to_be_graded_blind(arranging):
    assert not arranging.look_like(OTHER)
    assert arranging.order(Wish(ALIKE)) is None


@pytest.mark.parametrize("key", [DOUBT, EXPECTED, TAKEN, IMPORTED, WORN])
def test_what_needs_no_photo_looked_at_is_known_at_once(arranging, session, key):
    session.table = PhotoTable()
    assert arranging.order(Wish(key)) is not None


def test_there_is_no_order_by_another_name(arranging):
    with pytest.raises(KeyError):
        arranging.order(Wish("colour"))


def test_an_order_that_comes_late_moves_nothing_under_the_hands(collector):
    page = collector.workspace.pages.label
    page.shown.order.set(Wish(EXPECTED))
    collector.focus("a3")
    page.shown.order.arranging.ready.emit(ALIKE)
    assert collector.focused() == "a3"
