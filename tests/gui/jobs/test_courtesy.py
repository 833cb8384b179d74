"""How jobs that work at once share what belongs to the whole process."""

from concurrent.futures import ThreadPoolExecutor

import numpy  # noqa: F401  (its BLAS is what is limited)
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from tinyclf_gui.jobs.courtesy import working_quietly


@pytest.fixture(autouse=True)
def two_threads():
    """As on a machine of two cores, whatever this one has."""
    with threadpool_limits(limits=2, user_api="blas"):
        yield


def blas():
    return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}


class Lane:
    """Works in a thread of its own, for as long as one likes."""

    def __init__(self, threads=1):
        self._thread = ThreadPoolExecutor(1)
        self._courtesy = working_quietly(threads)
        self._thread.submit(self._courtesy.__enter__).result()

    def end(self):
        self._thread.submit(self._courtesy.__exit__, None, None, None).result()
        self._thread.shutdown()


def test_who_leaves_first_leaves_the_limit_to_who_still_works():
    first, second = Lane(), Lane()
    first.end()
    assert blas() == {1}
    second.end()
    assert blas() == {2}


def test_who_leaves_last_need_not_have_come_first():
    first, second = Lane(), Lane()
    second.end()
    assert blas() == {1}
    first.end()
    assert blas() == {2}


@pytest.mark.parametrize("allowed", [2, None])
def test_a_small_job_does_not_slow_a_training_that_may_use_more(allowed):
    training, small = Lane(allowed), Lane()
    assert blas() == {2}
    small.end()
    assert blas() == {2}
    training.end()
    assert blas() == {2}


def test_once_the_training_has_ended_the_small_job_makes_way():
    training, small = Lane(None), Lane()
    training.end()
    assert blas() == {1}
    small.end()
    assert blas() == {2}
