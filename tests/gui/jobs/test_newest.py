"""Small jobs of which only the newest matters."""

import pytest

from tinyclf.domain import Progress
from tinyclf.errors import StorageError
from tinyclf_gui.jobs.newest import NewestJob


@pytest.fixture
def jobs(qapp):
    made = NewestJob()
    yield made
    made.stop()


def giving(result):
    yield Progress("Working", 0, 0)
    return result


def failing():
    yield Progress("Working", 0, 0)
    raise StorageError("The disk is gone: plug it in.")


def not_begun():
    raise StorageError("The disk is gone: plug it in.")


def test_what_a_job_brings_is_told(qtbot, jobs):
    with qtbot.waitSignal(jobs.done) as told:
        jobs.want(lambda: giving(3))
    assert told.args == [3]


@pytest.mark.parametrize("begin", [failing, not_begun])
def test_why_a_job_failed_is_told_and_the_next_one_runs(qtbot, jobs, begin):
    with qtbot.waitSignal(jobs.failed) as told:
        jobs.want(begin)
    assert told.args == ["The disk is gone: plug it in."]
    with qtbot.waitSignal(jobs.done):
        jobs.want(lambda: giving(3))
