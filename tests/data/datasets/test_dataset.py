import numpy as np
import pytest

from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.errors import InputError

X = np.arange(12, dtype=np.float32).reshape(4, 3)
Y = np.array([0, 2, 1, 0])
CLASSES = ("red", "green", "blue")


def dataset(**changes):
    given = {"x": X, "y": Y, "classes": CLASSES, "source": "the table t.csv"}
    return Dataset(**{**given, **changes})


def test_some_examples_keep_what_belongs_to_them():
    whole = dataset(names=("a", "b", "c", "d"), groups=np.array([5, 5, 6, 7]))
    some = whole.take([3, 1])
    np.testing.assert_array_equal(some.x, X[[3, 1]])
    assert some.y.tolist() == [0, 2]
    assert some.names == ("d", "b")
    assert some.groups.tolist() == [7, 5]
    assert some.classes == CLASSES


def test_examples_are_taken_by_mask_and_slice():
    assert dataset().take(np.array([True, False, False, True])).y.tolist() == [0, 0]
    assert dataset().take(slice(1, 3)).y.tolist() == [2, 1]


def test_counts_know_classes_without_examples():
    assert dataset().take([0, 3]).counts.tolist() == [2, 0, 0]


def test_pictures_have_channels_rows_and_columns():
    assert dataset(x=np.zeros((4, 1, 2, 2), np.uint8)).is_pictures
    assert not dataset().is_pictures


def test_classes_are_numbered_as_a_model_does():
    recoded = dataset().as_classes(("blue", "white", "green", "red"))
    assert recoded.y.tolist() == [3, 0, 2, 3]


def test_a_class_that_a_model_does_not_know_is_named():
    with pytest.raises(InputError, match=r"'blue'.*only 'red', 'green' are known"):
        dataset().as_classes(("red", "green"))
    assert len(dataset().take([0, 2]).as_classes(("red", "green"))) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"x": X[:0], "y": Y[:0]}, "no examples in the table t.csv"),
        ({"x": X[:, :0]}, "nothing in them"),
        ({"x": X.astype(int)}, "bytes or floats"),
        ({"x": X[:, 0]}, "bytes or floats of shape"),
        ({"x": np.where(X == 7, np.nan, X)}, "Example 3 of the table t.csv holds NaN"),
        ({"y": Y[:3]}, "4 examples, but 3 classes"),
        ({"y": Y + 1}, "go from 1 to 3, but 3 are named"),
        ({"y": Y - 1}, "go from -1 to 1"),
        ({"y": Y.astype(float)}, "must be int64"),
        ({"classes": ("red", "red", "blue")}, "all different"),
        ({"classes": ("red", "", "blue")}, "must have names"),
        ({"names": ("a",)}, "4 examples, but 1 names"),
        ({"groups": np.zeros(3, int)}, "4 examples, but 3 groups"),
        ({"groups": np.zeros(4)}, "must be whole numbers"),
        ({"features": ("a", "b")}, "2 columns .* are named"),
    ],
)
def test_what_does_not_fit_together_is_refused(changes, words):
    with pytest.raises(InputError, match=words):
        dataset(**changes)


def test_parts_are_alike():
    with pytest.raises(InputError, match=r"shape \(3,\) to learn from, but \(2,\) to test"):
        Parts(dataset(), dataset(x=X[:, :2]))
    with pytest.raises(InputError, match="the classes"):
        Parts(dataset(), dataset(classes=("red", "blue", "green")))
    pictures = np.zeros((4, 1, 2, 2))
    with pytest.raises(InputError, match="of uint8 to learn from, but of float64 to test"):
        Parts(dataset(x=pictures.astype(np.uint8)), dataset(x=pictures))
