"""What is known of a wall: what is expected, what is proved, what was overlooked."""

import numpy as np
import pytest

from tinyclf.domain import GRADES, Grade
from tinyclf.trust.certificate import certify
from tinyclf.trust.wall_certificates import looks_of, signing, wall_certificates
from tinyclf.trust.wall_doubts import wall_doubts


def known(proposals: int, in_bulk: int = 0, audit=None):
    """The wall of grade 4, whose photos are all 80 % sure."""
    photos = proposals + in_bulk
    probabilities = np.tile([0.0, 0.0, 0.2, 0.8, 0.0], (photos, 1))
    proposed = np.arange(photos) < proposals
    audits = {} if audit is None else {Grade.GOOD: audit}
    current = np.full(photos, 4)
    doubts = wall_doubts(current, proposed, ~proposed, probabilities, audits)
    walls = wall_certificates(current, proposed, ~proposed, doubts, audits)
    assert [wall.grade for wall in walls] == list(GRADES)
    return walls[3]


def test_without_an_audit_all_may_be_wrong():
    wall = known(100)
    assert wall.expected_wrong == pytest.approx(20)
    assert (wall.at_most_wrong, wall.is_audited) == (100, False)
    assert wall.to_look_at == looks_of(100)[0].size


@pytest.mark.parametrize("looked_at", [0, 40])
def test_accepting_the_rest_makes_it_no_better(looked_at):
    audit = certify(140, np.arange(looked_at) < 3) if looked_at else None
    before = known(100, audit=audit)
    after = known(0, in_bulk=100, audit=audit)
    assert after.expected_wrong_in_bulk == pytest.approx(before.expected_wrong)
    assert after.expected_wrong == 0


def test_an_audit_says_nothing_of_what_was_accepted_before_it():
    probabilities = np.tile([0.0, 0.0, 0.2, 0.8, 0.0], (100, 1))
    audits = {Grade.GOOD: certify(100, np.zeros(60, bool))}
    every, none = np.ones(100, bool), np.zeros(100, bool)
    first_half = np.arange(100) < 50
    doubts = wall_doubts(np.full(100, 4), none, every, probabilities, audits, first_half)
    assert doubts[:50] == pytest.approx(0.2)
    assert 10 < doubts.sum() < 15


def test_what_was_accepted_in_bulk_may_have_been_overlooked():
    wall = known(0, in_bulk=100)
    assert (wall.in_bulk, wall.to_look_at) == (100, 0)
    assert wall.expected_overlooked == pytest.approx(100 * 0.02 / 0.82)


def test_an_audit_proves_something_from_its_first_look_on():
    first = looks_of(400)[0].size
    begun = known(390, audit=certify(400, np.zeros(10, bool)))
    assert (begun.is_audited, begun.to_look_at) == (False, first - 10)
    proved = known(400 - first, audit=certify(400, np.zeros(first, bool)))
    assert (proved.is_audited, proved.at_most_wrong) == (True, 40)


def test_nothing_more_is_wrong_than_hangs_there():
    assert known(5, audit=certify(400, np.zeros(50, bool))).at_most_wrong == 5


def test_a_small_wall_is_looked_through_as_quickly():
    assert known(400).is_worth_an_audit
    assert not known(20).is_worth_an_audit
    assert not known(0).is_worth_an_audit


def test_signing_tells_what_is_expected_and_what_is_proved():
    probabilities = np.tile([0.0, 0.0, 0.2, 0.8, 0.0], (50, 1))
    signed = signing(Grade.GOOD, probabilities)
    assert (signed.photos, signed.at_most_wrong, signed.confidence) == (50, None, None)
    assert signed.expected_wrong == pytest.approx(10)
    assert signed.expected_overlooked == pytest.approx(50 * 0.02 / 0.82)
    proof = certify(400, np.zeros(200, bool))
    assert signing(Grade.GOOD, probabilities, proof).at_most_wrong == proof.at_most_still_wrong


def test_what_is_expected_agrees_with_what_the_audit_saw():
    first = looks_of(400)[0].size
    proof = certify(400, np.zeros(first, bool))
    wall = known(400 - first, audit=proof)
    assert wall.expected_wrong == pytest.approx((400 - first) * 10 * 0.2 / (10 + first))
    assert wall.expected_wrong < wall.at_most_wrong
    probabilities = np.tile([0.0, 0.0, 0.2, 0.8, 0.0], (400 - first, 1))
    signed = signing(Grade.GOOD, probabilities, proof)
    assert signed.expected_wrong == pytest.approx(wall.expected_wrong)
    assert signed.expected_overlooked < signed.expected_wrong


def test_of_looks_that_promise_the_same_share_the_smallest_is_named():
    wall = known(146)
    assert [look.size for look in wall.looks] == [36, 61, 112, 130]
    assert [look.size for look in wall.promising] == [36, 61, 112]


def test_while_grades_are_missing_only_an_audit_can_tell_what_is_wrong():
    missing = (Grade.FAIR,)
    p = np.tile([0.0, 0.0, 0.2, 0.8, 0.0], (100, 1))
    few, enough = (certify(120, np.zeros(looks, bool)) for looks in (5, 20))
    assert signing(Grade.GOOD, p, None, missing).grades_missing == missing
    assert signing(Grade.GOOD, p, few, missing).grades_missing == missing
    assert signing(Grade.GOOD, p, enough, missing).grades_missing == ()
