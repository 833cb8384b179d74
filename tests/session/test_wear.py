"""A first guess of the condition, before anyone has graded a photo."""

import numpy as np

from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, WEAR
from tinyclf.data.features import Features
from tinyclf.domain import PhotoId
from tinyclf.session.wear import wear_of

IDS = (PhotoId("a"), PhotoId("b"), PhotoId("c"))


def features(dimension):
    matrix = np.zeros((3, dimension), np.float32)
    matrix[:, WEAR] = (0.5, -2, 9)
    return Features(IDS, matrix, np.array([True, True, False]), ())


def test_the_score_is_the_encoders_last_number():
    assert wear_of(features(BUILTIN_DIMENSION)) == {IDS[0]: 0.5, IDS[1]: -2}


def test_of_another_encoder_there_is_no_score():
    assert wear_of(features(12)) == {}
    assert wear_of(Features((), np.empty((0, 0), np.float32), np.empty(0, bool), ())) == {}
