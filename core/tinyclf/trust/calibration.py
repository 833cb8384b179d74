"""Probabilities that mean what they say: where it says 70 %, seven of ten are right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.training.classifier import Classifier
from tinyclf.training.metrics import log_loss
from tinyclf.training.second_opinion import SecondOpinion, mixed, share_of_second
from tinyclf.training.temperature import tempered
from tinyclf.training.trained_bag import TrainedBag

COLDEST, HOTTEST = 0.25, 8.0
"""Bounds of the temperature: a handful of lucky grades must not make a classifier certain."""

GOLDEN = (np.sqrt(5) - 1) / 2


def fit_temperature(probabilities: NDArray[Any], y: NDArray[np.integer[Any]]) -> float:
    """Return the temperature under which `tempered` probabilities fit the classes best.

    It minimises the log-loss by golden-section search over its logarithm; the loss has one minimum
    there (Guo et al. 2017).

    Args:
        probabilities: (n, classes) of photos the classifier was not trained on.
        y: Their true classes (n,). Without any it is 1: nothing speaks against the classifier.
    """
    if not len(y):
        return 1.0
    low, high = np.log(COLDEST), np.log(HOTTEST)
    while high - low > 1e-3:
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if _loss(probabilities, y, left) <= _loss(probabilities, y, right):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def honest_probabilities(bag: TrainedBag, y: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    """Return a bag's calibrated opinions of the photos it was trained on, fit to be judged by.

    Each photo's opinion is by the member that never saw it, tempered by what fits the photos of the
    *other* folds, and so is the share of a second opinion: no photo has a say in what is said of
    it.

    Args:
        bag: Of `train_classifier`.
        y: The classes (n,) it was trained on.
    """
    honest = np.empty_like(bag.out_of_fold)
    for fold in np.unique(bag.fold_of):
        held_out = bag.fold_of == fold
        voices = _Voices.fit(bag, y, ~held_out)
        honest[held_out] = voices.of(bag, held_out)
    return honest


def calibrated(bag: TrainedBag, y: NDArray[np.integer[Any]], extractor_key: str) -> Classifier:
    """Return the classifier of a bag, as sure of itself as its held-out opinions may be.

    A second bag is heard as far as these speak for it.

    Args:
        bag: Of `train_classifier`.
        y: The classes (n,) it was trained on.
        extractor_key: Of the features it was trained on.
    """
    voices = _Voices.fit(bag, y, np.ones(len(y), bool))
    first = bag.classifier(extractor_key, voices.temperature)
    if bag.second is None or not voices.share:
        return first
    second = bag.second.classifier(extractor_key, voices.second_temperature)
    return replace(first, second=SecondOpinion(second, voices.share))


@dataclass(frozen=True, slots=True)
class _Voices:
    """How the opinions of a bag, and of the second beside it, are made one."""

    temperature: float
    second_temperature: float = 1.0
    share: float = 0.0

    @classmethod
    def fit(cls, bag: TrainedBag, y: NDArray[np.integer[Any]], rows: NDArray[np.bool_]) -> _Voices:
        """Return what fits the held-out opinions of some photos best."""
        p, known = bag.out_of_fold[rows], y[rows]
        temperature = fit_temperature(p, known)
        if bag.second is None:
            return cls(temperature)
        q = bag.second.out_of_fold[rows]
        other = fit_temperature(q, known)
        share = share_of_second(tempered(p, temperature), tempered(q, other), known)
        return cls(temperature, other, share)

    def of(self, bag: TrainedBag, rows: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the held-out opinion of some photos, (rows, classes)."""
        told = tempered(bag.out_of_fold[rows], self.temperature)
        if bag.second is None or not self.share:
            return told
        other = tempered(bag.second.out_of_fold[rows], self.second_temperature)
        return mixed(told, other, self.share)


def _loss(probabilities: NDArray[Any], y: NDArray[np.integer[Any]], logarithm: float) -> float:
    return log_loss(y, tempered(probabilities, float(np.exp(logarithm))))
