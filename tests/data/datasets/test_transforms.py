import numpy as np
import pytest

from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.data.datasets.transforms import (
    Binarise,
    NoiseClass,
    Noisy,
    Only,
    SampleByFraction,
    transformed,
)
from tinyclf.errors import ConfigError, InputError

DIGITS = ("0", "1", "2")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def grey(n=300, classes=DIGITS):
    x = np.random.default_rng(1).integers(0, 256, (n, 1, 10, 10), np.uint8)
    names = tuple(map(str, range(n)))
    return Dataset(x, np.arange(n) % len(classes), classes, "digits", names)


def test_a_pixel_is_set_if_it_is_more_than_the_mean_of_those_that_are_not_zero():
    x = np.array([[0, 0, 10, 20, 30], [0, 0, 0, 0, 7], [0, 0, 0, 0, 0]], np.uint8)
    binary = Binarise()(Dataset(x, np.zeros(3, np.int64), ("a",)))
    assert binary.x.dtype == np.uint8
    assert binary.x.tolist() == [[0, 0, 0, 0, 255], [0, 0, 0, 0, 255], [0] * 5]


def test_a_binary_picture_stays_as_it_is():
    once = Binarise()(grey())
    np.testing.assert_array_equal(Binarise()(once).x, once.x)
    shares = Dataset(once.x / np.float32(2550), once.y, DIGITS)  # of any two values
    np.testing.assert_array_equal(Binarise()(shares).x, once.x)


def test_bytes_and_floats_are_binarised_alike():
    pictures = grey()
    floats = Dataset(pictures.x / np.float32(255), pictures.y, DIGITS)
    np.testing.assert_array_equal(Binarise()(pictures).x, Binarise()(floats).x)


def test_the_dataset_itself_stays(rng):
    pictures = grey()
    before = pictures.x.copy()
    for transform in (Binarise(), Noisy(0.5), NoiseClass(0.5)):
        transform(pictures, rng)
    np.testing.assert_array_equal(pictures.x, before)


def test_negative_numbers_have_no_pixels():
    with pytest.raises(InputError, match="negative"):
        Binarise()(Dataset(np.full((1, 2), -1.0), np.zeros(1, np.int64), ("a",)))


@pytest.mark.parametrize("probability", [0, 0.3, 1])
def test_noise_flips_so_many_pixels(rng, probability):
    clean = Binarise()(grey())
    noisy = Noisy(probability)(clean, rng)
    assert set(np.unique(noisy.x)) <= {0, 255}
    assert abs((noisy.x != clean.x).mean() - probability) < 0.01
    np.testing.assert_array_equal(noisy.y, clean.y)


def test_noise_binarises_first():
    noisy = Noisy(0)(grey(), np.random.default_rng(0))
    np.testing.assert_array_equal(noisy.x, Binarise()(grey()).x)


def test_noise_is_that_of_its_seed():
    first, again, other = (Noisy(0.3)(grey(), np.random.default_rng(k)).x for k in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_the_class_of_noise_is_as_large_as_the_others(rng):
    noisy = NoiseClass(0.3)(grey(), rng)
    assert noisy.classes == ("0", "1", "2", "noise")
    assert noisy.counts.tolist() == [100, 100, 100, 100]
    clean = Binarise()(grey())
    np.testing.assert_array_equal(noisy.x[:300], clean.x)
    originals = clean.x[[int(name) for name in noisy.names[300:]]]
    assert abs((noisy.x[300:] != originals).mean() - 0.3) < 0.02


def test_the_class_of_noise_comes_once(rng):
    with pytest.raises(InputError, match="already"):
        NoiseClass(0.3)(NoiseClass(0.3)(grey(), rng), rng)


def test_only_some_classes_are_kept_in_the_order_named():
    kept = Only(("2", "0"))(grey(6))
    assert kept.classes == ("2", "0")
    assert kept.y.tolist() == [1, 0, 1, 0]
    assert kept.names == ("0", "2", "3", "5")


def test_a_class_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(InputError, match=r"no class '7'\. It has 0, 1, 2"):
        Only(("0", "7"))(grey())


@pytest.mark.parametrize(("fraction", "ones"), [(0.5, 30), (0.2, 12), (0, 0), (1, 60)])
def test_a_sample_has_its_share_of_the_second_class(rng, fraction, ones):
    sample = SampleByFraction(("0", "1"), fraction, 60)(grey(), rng)
    assert sample.counts.tolist() == [60 - ones, ones]
    assert len(set(sample.names)) == 60
    assert all(int(name) % 3 == y for name, y in zip(sample.names, sample.y, strict=True))


def test_a_sample_is_shuffled(rng):
    y = SampleByFraction(("0", "1"), 0.5, 100)(grey(), rng).y
    assert 10 < y[:50].sum() < 40


def test_too_large_a_sample_is_refused_with_what_there_is(rng):
    with pytest.raises(InputError, match="100 examples of '0', but 150 are wanted"):
        SampleByFraction(("0", "1"), 0.5, 300)(grey(), rng)


def test_of_a_sample_the_test_part_keeps_both_classes_whole(rng):
    parts = transformed(
        Parts(grey(), grey(90)), [Binarise(), SampleByFraction(("0", "1"), 0.5, 40)], rng
    )
    assert len(parts.train) == 40
    assert len(parts.test) == 60
    assert parts.train.classes == parts.test.classes == ("0", "1")
    assert set(np.unique(parts.test.x)) == {0, 255}


def test_groups_stay_with_their_pictures(rng):
    groups = np.arange(300) // 3
    pictures = grey()
    grouped = Dataset(pictures.x, pictures.y, DIGITS, "digits", pictures.names, None, groups)
    noisy = NoiseClass(0.3)(grouped, rng)
    assert noisy.groups[300:].tolist() == [int(name) // 3 for name in noisy.names[300:]]


def test_a_sample_is_asked_for_in_one_word():
    assert SampleByFraction.parse("0, 1:0.5:600") == SampleByFraction(("0", "1"), 0.5, 600)


@pytest.mark.parametrize(
    "text", ["", "0,1", "0:0.5:6", "0,1:2:6", "0,1:0.5:0", "0,0:0.5:6", "0,1:x:6", "0,1,2:0.5:6"]
)
def test_what_asks_for_no_sample_is_refused(text):
    with pytest.raises(ConfigError):
        SampleByFraction.parse(text)


def test_no_noise_is_more_than_all():
    for wrong in (float("nan"), 2, -0.1):
        with pytest.raises(ConfigError):
            Noisy(wrong)
        with pytest.raises(ConfigError):
            NoiseClass(wrong)
    with pytest.raises(ConfigError):
        Only(("0", "0"))
