from __future__ import annotations

import os
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tinyclf.benchmark.kinds.named_data import Sizes, arrays_of, sizes_of
from tinyclf.errors import ConfigError

X = np.arange(24, dtype=np.float32).reshape(4, 2, 3)
Y = np.array([0, 2, 1, 0])


def written(path: Path, **arrays: Any) -> Path:
    np.savez(path, **arrays)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.npz"


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_sizes_are_those_of_the_arrays(path: Path, save: Any) -> None:
    save(path, x=X, y=Y)

    assert sizes_of(path) == Sizes(examples=4, inputs=6, classes=3)
    assert str(sizes_of(path)) == "4 examples of 6 numbers in 3 classes"


@pytest.mark.parametrize("x", [X, np.asfortranarray(X), X.astype(">f8"), X.astype("i2")])
def test_arrays_come_in_rows_and_in_the_precision(path: Path, x: Any) -> None:
    written(path, x=x, y=Y.astype("u1"))

    found, classes = arrays_of(path, sizes_of(path), "f4")

    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, X.reshape(4, 6))
    assert classes.dtype == np.int64
    np.testing.assert_array_equal(classes, Y)


def test_bytes_become_numbers_from_0_to_1(path: Path) -> None:
    written(path, x=np.array([[0], [51], [255]], np.uint8), y=[0, 1, 1])

    found, _ = arrays_of(path, sizes_of(path), "f8")

    np.testing.assert_allclose(found, [[0.0], [0.2], [1.0]])


def test_an_example_may_be_one_number(path: Path) -> None:
    assert sizes_of(written(path, x=[1.0, 2.0], y=[0, 1])) == Sizes(2, 1, 2)


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"x": X}, "has no array y. It must have x, a row for each example, and y"),
        ({"y": Y}, "has no array x"),
        ({"x": X, "y": Y[:3]}, "has 4 examples in x, but 3 classes in y: give one for each"),
        ({"x": X[:0], "y": Y[:0]}, "has 0 examples; from 1 to 10,000,000 are allowed"),
        ({"x": X[:, :0], "y": Y}, "has 0 numbers; from 1 to 65,536 are allowed"),
        ({"x": np.zeros((2, 65_537), "?"), "y": [0, 1]}, "has 65,537 numbers"),
        ({"x": X * 1j, "y": Y}, "must be real numbers of at most 64 bits, of shape (n, …)"),
        ({"x": X.astype("U"), "y": Y}, "must be real numbers"),
        ({"x": X.astype(object), "y": Y}, "not object of shape (4, 2, 3)"),
        ({"x": np.float32(1), "y": Y}, "of shape (n, …), not float32 of shape ()"),
        ({"x": X, "y": Y.astype("f4")}, "whole numbers of shape (n,), not float32 of shape (4,)"),
        ({"x": X, "y": Y[:, None]}, "whole numbers of shape (n,), not int64 of shape (4, 1)"),
        ({"x": X, "y": Y - 1}, "go from -1 to 1. Number them from 0 to 999 at most"),
        ({"x": X, "y": Y * 500}, "go from 0 to 1000"),
        ({"x": X, "y": Y * 0}, "have the class 0. Give at least two classes"),
    ],
)
def test_what_cannot_be_learned_is_told(path: Path, arrays: dict[str, Any], words: str) -> None:
    written(path, **arrays)

    with pytest.raises(ConfigError) as caught:
        sizes_of(path)

    assert words in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_is_told(path: Path) -> None:
    with pytest.raises(ConfigError, match=r"mine\.npz cannot be read: No such file"):
        sizes_of(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes on this system")
def test_a_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)

    with pytest.raises(ConfigError, match="is no ordinary file"):
        sizes_of(path)


def test_a_file_that_is_none_of_arrays_is_told(path: Path) -> None:
    path.write_bytes(b"no arrays")

    with pytest.raises(ConfigError, match=r"is damaged, or no file of arrays at all\. Write one"):
        sizes_of(path)


def test_nothing_is_allocated_for_what_only_the_header_promises(path: Path) -> None:
    """Headers that tell of a terabyte, in a file of a few bytes."""
    with zipfile.ZipFile(path, "w") as file:
        for name, shape in {"x": (10_000_000, 25_000), "y": (10_000_000,)}.items():
            header = BytesIO()
            described = {"descr": "|u1", "fortran_order": False, "shape": shape}
            np.lib.format.write_array_header_1_0(header, described)
            file.writestr(f"{name}.npy", header.getvalue())

    with pytest.raises(ConfigError, match="is damaged"):
        sizes_of(path)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_read_or_told_but_never_breaks_anything(path: Path, seed: int) -> None:
    content = bytearray(written(path, x=X, y=Y).read_bytes())
    rng = np.random.default_rng(seed)
    for where in rng.integers(0, len(content), 8):
        content[where] = rng.integers(0, 256)
    path.write_bytes(content)

    with suppress(ConfigError):
        arrays_of(path, sizes_of(path), "f4")


def test_a_file_that_has_changed_is_looked_at_again(path: Path) -> None:
    before = sizes_of(written(path, x=X, y=Y))
    written(path, x=X[:2], y=Y[:2])

    assert sizes_of(path) == Sizes(2, 6, 3)
    with pytest.raises(ConfigError, match=r"has 2 examples of 6 .* but 4 examples of 6 .* asked"):
        arrays_of(path, before, "f4")
