"""How large model files are: a bit for a weight of a 1-bit network, and little beside."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.history import Point
from tinyclf.fitting.model_file import model_bytes
from tinyclf.fitting.preprocessing import Binary
from tinyclf.fitting.recipes import BITS
from tinyclf.fitting.record import FitRecord
from tinyclf.fitting.scorers import PackedScorer
from tinyclf.fitting.settings import Evolution, FitSettings
from tinyclf.training.genome import Genome


def record(widths):
    training = replace(BITS, hidden=widths[1:-1])
    points = tuple(Point(k, 0.123456, 0.987654, 0.234567, 0.976543) for k in range(500))
    return FitRecord(
        settings=FitSettings("bits", training, evolution=Evolution()).to_mapping(),
        source="a folder of IDX files with a name of usual length",
        data_key="0" * 32,
        examples=57_000,
        epochs=500,
        best_epoch=499,
        train_seconds=123.456789,
        test_accuracy=0.98123,
        tested_on="test part",
        tested=10_000,
        validation_accuracy=0.98,
        fold_accuracies=(0.98,) * 10,
        history=points,
        when="2026-01-01T00:00:00+00:00",
    )


@pytest.mark.parametrize("widths", [(784, 800, 800, 10), (784, 800, 2)])
def test_a_packed_model_is_a_28th_of_its_floats(widths):
    genome = Genome(widths)
    network = genome.network(genome.random(np.random.default_rng(0)), 0.0)
    names = tuple(map(str, range(widths[-1])))
    model = FittedModel(
        PackedScorer(network),
        Binary(),
        names,
        (1, 28, 28),
        takes_bytes=True,
        record=record(widths).to_mapping(),
    )
    floats = 4 * sum((inputs + 1) * outputs for inputs, outputs in pairwise(widths))
    assert len(model_bytes(model)) <= floats / 28
