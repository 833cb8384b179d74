"""A case that does not fit is a mistake of the file."""

from pathlib import Path

import pytest

from tests.benchmark.file.mistaken import mistakes_in
from tinyclf.benchmark import plan
from tinyclf.benchmark.file import Mistake, plan_of_text


@pytest.fixture(autouse=True)
def three_gigabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "available_bytes", lambda: 3_000_000_000)


def told(text: str) -> list[str]:
    return list(map(str, mistakes_in(text)))


TERABYTES = (
    "line 4: 10000 × 65536², f8, tanh, batch 1 needs 687,308.4 GB of memory, "
    "but 3.0 GB are available. Make it smaller, or close other programs."
)


@pytest.mark.parametrize("version", [1, 2])
def test_terabytes_of_weights_are_refused_where_their_shape_stands(version: int) -> None:
    text = f"""\
version: {version}
benchmark:
  nepochs: 1
  shape: {{layers: 10000, dimension: 65536}}
  math: {{precision: f8, activation: tanh}}
"""
    assert told(text) == [TERABYTES]


@pytest.mark.parametrize("version", [1, 2])
def test_they_are_refused_beside_other_mistakes(version: int) -> None:
    text = f"""\
version: {version}
benchmark:
  nepochs: 0
  shape: {{layers: 10000, dimension: 65536}}
  math: {{precision: f8, activation: tanh}}
  nam: mine
"""
    mistakes = told(text)
    assert TERABYTES in mistakes
    assert len(mistakes) == 3


def test_of_a_grid_the_largest_case_is_told() -> None:
    text = "version: 2\nbenchmark:\n\n  shape: {layers: 10000, dimension: [16, 65536, 32]}\n"
    (mistake,) = told(text)
    assert mistake.startswith("line 4: 10000 × 65536², f4, sigmoid, batch 1 needs ")


def test_each_benchmark_that_does_not_fit_is_told() -> None:
    large = "  shape: {layers: 10000, dimension: 65536}\n"
    text = f"version: 2\nbenchmarks:\n- batch: 1\n{large}- batch: 1\n- batch: 2\n{large}"
    assert [mistake.line for mistake in mistakes_in(text)] == [4, 7]


def test_a_kind_without_a_shape_is_told_where_it_begins() -> None:
    text = "version: 2\nbenchmarks:\n- kind: training\n  examples: 10_000_000\n  inputs: 10_000\n"
    (mistake,) = mistakes_in(text)
    assert isinstance(mistake, Mistake)
    assert (mistake.line, mistake.column) == (3, 3)
    assert "GB of memory, but 3.0 GB are available" in mistake.message


def test_what_fits_is_no_mistake() -> None:
    plan_of_text("version: 2\nbenchmark: {shape: {dimension: 1024}}\n", Path())
