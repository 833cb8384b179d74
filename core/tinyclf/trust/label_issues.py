"""Which human grades look like slips: those that a classifier which never saw them finds odd.

Confident learning (Northcutt et al. 2021) asks whether another class is likelier than usual for
photos of that class. Grades are ordered and never sharp, so here a neighbouring grade is forgiven
in part; and what is usual for a grade is taken off only as far as its photos are many enough to
tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FAR = 2
"""Grades so far from the given one are not mere differences of opinion."""

USUAL = 50
"""With so many photos of a grade, half of what is usual for them is taken off."""

LEAST = 1e-9
"""Probabilities below say no more."""


@dataclass(frozen=True, eq=False)
class LabelIssues:
    """Graded photos, the likeliest to be two or more grades off first.

    All arrays (n,) are in this order; of equals, the less plausible grade comes first.

    Attributes:
        rows: Which photos.
        implausibility: How odd each grade is, in natural logarithms; comparable among these alone.
        believed: The class the classifier holds likeliest.
        far: The probability that the grade is two or more off, by the classifier's opinion.
    """

    rows: NDArray[np.intp]
    implausibility: NDArray[np.float64]
    believed: NDArray[np.intp]
    far: NDArray[np.float64]


def label_issues(probabilities: NDArray[Any], y: NDArray[np.integer[Any]]) -> LabelIssues:
    """Return all graded photos, those whose grade is most probably two or more off first.

    Args:
        probabilities: (n, classes), calibrated, by members that never saw the photo; the mean of
            several trainings' opinions finds a little more.
        y: The classes (n,) given by a person.
    """
    p = probabilities.astype(np.float64)
    odd = implausibility(p, y)
    far = (p * (_apart(p.shape[1])[y] >= FAR)).sum(axis=1)
    order = np.lexsort((-odd, -far))
    return LabelIssues(order, odd[order], p.argmax(axis=1)[order], far[order])


def implausibility(probabilities: NDArray[Any], y: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    """Return how odd each given class is (n,): −log Σ p_k exp(−(k − y)²), less what is usual.

    Usual is the mean over the photos given the same class, drawn to the mean of all where they are
    few: else every photo of a rare grade would look odd.
    """
    forgiven = np.exp(-(_apart(probabilities.shape[1])[y] ** 2.0))
    odd = -np.log(np.maximum((probabilities * forgiven).sum(axis=1), LEAST))
    less: NDArray[np.float64] = odd - _usual(odd, y)
    return less


def _usual(odd: NDArray[np.float64], y: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    photos = np.bincount(y)
    excess = np.bincount(y, odd - odd.mean()) if len(y) else np.zeros(0)
    usual: NDArray[np.float64] = (excess / (photos + USUAL))[y]
    return usual


def _apart(classes: int) -> NDArray[np.intp]:
    grades = np.arange(classes)
    return np.abs(np.subtract.outer(grades, grades))
