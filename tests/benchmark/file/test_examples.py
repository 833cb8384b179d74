"""The files that come along can be run."""

from pathlib import Path

import pytest

from tests.benchmark.file.test_version_1 import AS_PRINTED
from tinyclf.benchmark.file import read_plan
from tinyclf.benchmark.file.version_2 import KINDS

FOLDER = Path(__file__).parents[3] / "resources" / "benchmarks"
FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_it_can_be_run(path: Path) -> None:
    assert read_plan(path).cases


def test_together_they_show_every_kind() -> None:
    assert {case.kind for path in FILES for case in read_plan(path).cases} == set(KINDS)


def test_hello_world_is_the_first_file_as_printed() -> None:
    assert (FOLDER / "hello-world.yaml").read_text() == AS_PRINTED


def test_a_list_is_a_grid() -> None:
    cases = read_plan(FOLDER / "precisions.yaml").cases
    assert len(cases) == 4 * 2 + 1
