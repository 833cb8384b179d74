"""The flowers of Fisher (1936), where they lie beside the repository."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.walking import finished
from tinyclf.data.datasets.reading import read_dataset
from tinyclf.fitting.cross_validation import cross_validate
from tinyclf.fitting.recipes import recipe

SHARED = Path(os.environ.get("TINYCLF_SHARED", Path(__file__).parents[3] / "shared" / "data"))


@pytest.mark.skipif(not (SHARED / "iris.csv").exists(), reason="shared/data/iris.csv is not there")
def test_flowers_are_told_in_nineteen_of_twenty_cases(backend):
    dataset = finished(read_dataset(SHARED / "iris.csv")).train
    settings = replace(recipe(dataset, "mlp"), folds=5)
    means = [
        finished(cross_validate(dataset, replace(settings, seed=seed), backend)).mean
        for seed in range(3)
    ]
    assert np.mean(means) >= 0.95
