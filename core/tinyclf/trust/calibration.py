"""Probabilities that mean what they say: where it says 70 %, seven of ten are right."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.training.bag import TrainedBag
from tinyclf.training.classifier import Classifier
from tinyclf.training.metrics import log_loss
from tinyclf.training.temperature import tempered

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

    Each photo's opinion is by the member that never saw it, and tempered by what fits the photos
    of the *other* folds: no photo has a say in what is said of it.

    Args:
        bag: Of `train_classifier`.
        y: The classes (n,) it was trained on.
    """
    honest = np.empty_like(bag.out_of_fold)
    for fold in np.unique(bag.fold_of):
        held_out = bag.fold_of == fold
        temperature = fit_temperature(bag.out_of_fold[~held_out], y[~held_out])
        honest[held_out] = tempered(bag.out_of_fold[held_out], temperature)
    return honest


def calibrated(bag: TrainedBag, y: NDArray[np.integer[Any]], extractor_key: str) -> Classifier:
    """Return the classifier of a bag, with the temperature that fits its held-out opinions.

    Args:
        bag: Of `train_classifier`.
        y: The classes (n,) it was trained on.
        extractor_key: Of the features it was trained on.
    """
    return bag.classifier(extractor_key, fit_temperature(bag.out_of_fold, y))


def _loss(probabilities: NDArray[Any], y: NDArray[np.integer[Any]], logarithm: float) -> float:
    return log_loss(y, tempered(probabilities, float(np.exp(logarithm))))
