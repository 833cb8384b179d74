from dataclasses import replace

import numpy as np
import pytest

from tinyclf.domain import Progress
from tinyclf.simulation.graded_collection import GradedCollection
from tinyclf.simulation.person import Person
from tinyclf.simulation.policies import PEERS, WALLS


@pytest.fixture
def worked(collection, finish):
    def work(policy, seed=0, overlook=0.0):
        person = Person(collection.truth, np.random.default_rng(seed), overlook=overlook)
        return finish(policy.work(collection, policy.head(collection), person, seed))

    return work


@pytest.mark.parametrize("policy", [WALLS, *PEERS], ids=lambda one: one.name)
def test_the_person_works_until_nearly_all_is_right(worked, policy):
    person = worked(policy)

    assert person.diary.exact >= 0.99


def test_equal_seeds_cost_the_same(worked):
    assert worked(WALLS, 3).diary.seconds == worked(WALLS, 3).diary.seconds


def test_walls_cost_less_than_grading_by_hand(worked, collection):
    assert worked(WALLS).diary.seconds_to(0.95) < 0.8 * 1.5 * len(collection)


def test_learning_anew_costs_less_than_learning_once(worked):
    once = np.mean([worked(replace(WALLS, refit_after=None), s).diary.seconds for s in range(3)])

    assert np.mean([worked(WALLS, seed).diary.seconds for seed in range(3)]) < once


def test_who_overlooks_mistakes_finds_them_on_a_later_round(worked):
    person, careful = worked(WALLS, overlook=0.3), worked(WALLS)

    assert person.diary.exact > 0.9
    assert person.diary.seconds > careful.diary.seconds


def test_the_first_grades_are_of_two_kinds_at_least():
    truth = np.zeros(40, np.intp)
    truth[-1] = 4
    x = np.random.default_rng(0).normal(size=(40, 3)).astype(np.float32)
    collection = GradedCollection(truth, {"embedding": x}, np.arange(40))

    rows, _ = WALLS.first(collection, seed=1)
    assert {int(truth[row]) for row in rows} == {0, 4}


def test_starters_are_different_photos_and_never_more_than_half(collection):
    rows, exam = replace(WALLS, starters=500).first(collection, seed=0)

    assert len(rows) == len(set(rows)) == len(collection) // 2
    assert not exam


def test_of_a_large_collection_the_suggestions_hold_an_exam_that_is_never_learnt_from(finish):
    class Listener:
        def __init__(self, _collection):
            self.told = set()

        def begin(self, _seed):
            return self

        def learn(self, rows, _classes):
            yield Progress("Learning", 0, 0)
            self.told.update(rows.tolist())
            return np.eye(5)[truth]

    rng = np.random.default_rng(0)
    truth = rng.integers(0, 5, 300)
    x = rng.normal(size=(300, 3)).astype(np.float32)
    collection = GradedCollection(truth, {"embedding": x}, np.arange(300) // 2)
    listener, policy = Listener(collection), replace(WALLS, starters=20)
    rows, exam = policy.first(collection, 0)
    person = Person(truth, rng)
    finish(policy.work(collection, listener, person, 0))

    assert len(rows) == len(set(rows)) == 20
    assert len(exam) == 8
    assert listener.told
    assert not {row // 2 for row in listener.told} & {row // 2 for row in exam}


def test_the_person_asks_again_where_to_look_after_what_was_shown(finish):
    shown = []

    def two_at_a_time(probabilities):
        shown.append(len(probabilities))
        return np.arange(min(2, len(probabilities)))

    class Wrong:
        def learn(self, _rows, _classes):
            yield Progress("Learning", 0, 0)
            return np.eye(5)[(truth + 1) % 5]

        def begin(self, _seed):
            return self

    truth = np.arange(24) % 5
    collection = GradedCollection(truth, {"embedding": np.eye(24, dtype="f4")}, np.arange(24))
    policy = replace(WALLS, starters=10, suggested=False, order=two_at_a_time, refit_after=3)
    person = Person(truth, np.random.default_rng(0))
    finish(policy.work(collection, Wrong(), person, 0))

    assert shown[:4] == [14, 12, 11, 9]  # the third correction calls for a better opinion
