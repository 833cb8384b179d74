"""Expected mistakes are what is left to certainty."""

import numpy as np
import pytest

from tinyclf.trust.certificate import Certificate, certify
from tinyclf.trust.expectations import doubt, doubts_after, expected_wrong

P = np.array([[0.9, 0.1, 0.0], [0.6, 0.4, 0.0], [0.1, 0.2, 0.7]], np.float32)


def test_what_is_left_to_certainty_is_the_doubt_and_its_sum() -> None:
    assert expected_wrong(P) == pytest.approx(0.8)
    assert doubt(P) == pytest.approx([0.1, 0.4, 0.3])


def test_no_photos_hide_no_mistakes() -> None:
    assert expected_wrong(P[:0]) == 0


def test_it_is_right_on_average_where_probabilities_are() -> None:
    rng = np.random.default_rng(0)
    p = rng.dirichlet(np.ones(5), 3000)
    y = np.array([rng.choice(5, p=row) for row in p])
    assert expected_wrong(p) == pytest.approx((p.argmax(axis=1) != y).sum(), rel=0.05)


DOUBTS = np.array([0.0, 0.1, 0.2, 0.3, 0.9] * 20)
"""Of 100 proposals; their mean is .3."""


def audited(population: int, looked_at: int, wrong: int) -> Certificate:
    return certify(population, np.arange(looked_at) < wrong)


def test_an_audit_outweighs_the_doubts_with_every_look() -> None:
    assert (doubts_after(DOUBTS, None) == DOUBTS).all()
    after = doubts_after(DOUBTS, audited(136, 36, 1))
    assert after.mean() == pytest.approx((10 * 0.3 + 1) / (10 + 36))
    assert (np.argsort(after, kind="stable") == np.argsort(DOUBTS, kind="stable")).all()


def test_an_audit_that_finds_more_raises_the_doubts_and_none_beyond_certainty() -> None:
    after = doubts_after(DOUBTS, audited(136, 30, 28))
    assert after.mean() == pytest.approx((10 * 0.3 + 28) / (10 + 30))
    assert after.max() <= 1
    assert doubts_after(np.zeros(5), audited(15, 10, 5)).mean() == pytest.approx(0.25)


def test_what_is_expected_is_never_above_what_is_proved() -> None:
    proof = audited(400, 300, 0)
    assert doubts_after(np.full(100, 0.9), proof).sum() <= proof.at_most_still_wrong
    assert not doubts_after(np.full(2, 0.9), audited(12, 12, 0)).any()


def test_an_audit_of_a_wall_that_is_done_expects_nothing() -> None:
    assert not len(doubts_after(DOUBTS[:0], audited(10, 10, 3)))
