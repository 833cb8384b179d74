import numpy as np
import pytest

from tinyclf.errors import InputError, ModelError
from tinyclf.fitting.preprocessing import (
    Binary,
    Bytes,
    Standardised,
    fit_preprocessing,
    preprocessing_from,
)


def test_columns_get_mean_nought_and_deviation_one(rows):
    x = rows().x
    prepared = Standardised.fit(x).prepare(x)
    assert prepared.dtype == np.float32
    assert prepared.mean(axis=0) == pytest.approx(np.zeros(4), abs=1e-5)
    assert prepared.std(axis=0) == pytest.approx(np.ones(4), abs=1e-4)


def test_a_column_that_never_varies_says_nothing():
    x = np.column_stack([np.full(50, 0.1), np.arange(50.0)])
    prepared = Standardised.fit(x).prepare(x + np.array([1e6, 0]))
    assert (prepared[:, 0] == 0).all()


def test_numbers_far_from_nought_keep_their_differences():
    x = 1.6e9 + np.arange(100.0)[:, None] % 7
    assert len(np.unique(Standardised.fit(x).prepare(x))) == 7


def test_channels_of_pictures_are_standardised_each_for_itself(pictures):
    x = pictures(channels=3).x.copy()
    x[:, 2] //= 4
    prepared = Standardised.fit(x).prepare(x)
    assert prepared.mean(axis=(0, 2, 3)) == pytest.approx(np.zeros(3), abs=1e-4)
    assert prepared.std(axis=(0, 2, 3)) == pytest.approx(np.ones(3), abs=1e-4)


def test_bytes_are_scaled_as_floats_are(pictures):
    x = pictures(channels=3).x
    of_bytes, of_floats = Standardised.fit(x), Standardised.fit(x.astype(float))
    assert of_bytes.mean == pytest.approx(of_floats.mean)
    assert of_bytes.factor == pytest.approx(of_floats.factor)
    assert (of_bytes.prepare(x) == of_bytes.prepare(x.astype(float))).all()


def test_a_lost_number_is_named():
    standardised = Standardised.fit(np.arange(8.0).reshape(4, 2))
    with pytest.raises(InputError, match="Input 2 holds NaN"):
        standardised.prepare(np.array([[0, 1], [np.nan, 1]]))


def test_an_outlandish_number_is_clipped():
    standardised = Standardised.fit(np.arange(8.0).reshape(4, 2))
    assert np.abs(standardised.prepare(np.array([[1e300, -1e300]]))).tolist() == [[20, 20]]


def test_numbers_that_overflow_are_refused():
    with pytest.raises(InputError, match="Column 2 holds numbers too large"):
        Standardised.fit(np.array([[1, 1e308], [2, -1e308]]))
    with pytest.raises(InputError, match="Column 'width' holds"):
        Standardised.fit(np.array([[1, 1e308], [2, -1e308]]), ("length", "width"))


def test_what_a_model_needs_is_chosen_by_kind(rows, pictures):
    assert isinstance(fit_preprocessing(pictures(), "mlp"), Bytes)
    assert isinstance(fit_preprocessing(pictures(), "bits"), Binary)
    assert isinstance(fit_preprocessing(pictures(channels=3), "cnn"), Standardised)
    assert isinstance(fit_preprocessing(rows(), "bits"), Standardised)


def test_pixels_below_nought_have_no_two_values():
    with pytest.raises(InputError, match="negative numbers"):
        Binary().prepare(np.full((2, 1, 2, 2), -1.0))


def test_a_pixel_is_set_above_the_mean_of_those_that_are_not_nought():
    x = np.array([0, 0, 100, 101, 103], np.uint8).reshape(1, 1, 1, 5)
    assert Binary().prepare(x).ravel().tolist() == [0, 0, 0, 0, 255]


@pytest.mark.parametrize("kind", [Bytes(), Binary(), Standardised(np.ones(2), np.ones(2))])
def test_what_a_file_tells_of_is_what_was_written(kind):
    read = preprocessing_from(kind.kind, kind.arrays())
    x = np.arange(8, dtype=np.uint8).reshape(4, 2)
    assert (read.prepare(x) == kind.prepare(x)).all()
    assert read.scale == kind.scale


@pytest.mark.parametrize("kind", ["standardised", "whitened", None])
def test_what_is_not_known_is_refused(kind):
    with pytest.raises(ModelError, match="does not know"):
        preprocessing_from(kind, {})
