"""Stopping early goes back to the best."""

import numpy as np

from tinyclf.training.stopping import EarlyStopping


def test_it_stops_after_patience_and_restores_the_best() -> None:
    stopping = EarlyStopping(patience=2)
    theta = np.zeros(1)
    stops = []
    for loss in (3.0, 1.0, 2.0, 1.5):
        theta[:] = loss
        stops.append(stopping.enough(loss, theta))
    assert stops == [False, False, False, True]
    assert stopping.restore(theta) == 1.0


def test_without_patience_it_never_stops_nor_restores() -> None:
    stopping = EarlyStopping(patience=None)
    assert not any(stopping.enough(loss, np.zeros(1)) for loss in (1.0, 2.0, 3.0))
    assert stopping.restore(np.ones(1)) == 1.0
