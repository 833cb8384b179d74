"""Expected mistakes are what is left to certainty."""

import numpy as np
import pytest

from tinyclf.trust.expectations import doubt, expected_wrong

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
