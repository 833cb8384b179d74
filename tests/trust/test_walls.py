"""What hangs on the walls is counted, and what was only proposed may be wrong."""

import numpy as np
import pytest

from tinyclf.trust.walls import walls_of

P = np.array(
    [
        [0.9, 0.1, 0.0, 0.0, 0.0],
        [0.0, 0.4, 0.6, 0.0, 0.0],
        [0.5, 0.5, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.3, 0.7],
        [0.0, 0.0, 0.0, 0.0, 0.0],
    ],
    np.float32,
)


def test_walls_count_who_said_it_and_what_may_be_wrong() -> None:
    current = np.array([1, 4, 1, 5, 0], np.int8)
    human = np.array([True, True, False, False, False])
    verified = np.array([True, False, False, False, False])
    worst, *_, good, flawless = walls_of(current, human, verified, P)
    assert (worst.photos, worst.human, worst.verified) == (2, 1, 1)
    assert worst.expected_wrong == pytest.approx(0.5)
    assert (good.photos, good.human, good.expected_wrong) == (1, 1, 0)
    assert flawless.expected_wrong == pytest.approx(0.3)


def test_without_photos_the_walls_are_bare() -> None:
    nothing = np.zeros(0, np.bool_)
    walls = walls_of(np.zeros(0, np.int8), nothing, nothing, P[:0])
    assert [(wall.photos, wall.expected_wrong) for wall in walls] == [(0, 0)] * 5
