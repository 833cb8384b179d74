from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from tests.walking import finished
from tinyclf.benchmark.kinds import (
    CASES,
    Case,
    Features,
    Inference,
    Store,
    Thumbnails,
    Training,
)
from tinyclf.benchmark.kinds.inference import Shape
from tinyclf.benchmark.plan import Plan
from tinyclf.benchmark.report import Report, read_report, write_report
from tinyclf.benchmark.runner import run


@pytest.fixture
def small(stamps: str) -> tuple[Case, ...]:
    return (
        Inference(nepochs=2, shape=Shape(layers=2, dimension=8)),
        Training(examples=60, inputs=8, classes=3, hidden=(5,), batch=20),
        Features(photos=2, extractor="pixels", folder=stamps),
        Thumbnails(photos=2, size=32, folder=stamps),
        Store(photos=5, grades=3),
        Store(photos=5, deed="read"),
    )


def test_there_is_a_small_case_of_every_kind(small: tuple[Case, ...]) -> None:
    assert {type(case) for case in small} == set(get_args(Case))


@pytest.mark.parametrize("kind", get_args(Case))
def test_a_kind_has_sound_defaults(kind: Any) -> None:
    case = kind()

    assert CASES.validate_json(case.model_dump_json()) == case
    assert "\n" not in case.words()
    assert 0 < case.work().needed_bytes < 2e9
    assert case.work().units > 0
    assert hash(case) == hash(kind())


def test_the_engine_measures_every_kind(
    small: tuple[Case, ...], tmp_path: Path, caches: Path
) -> None:
    report: Report = finished(run(Plan(small, rounds=1)))

    assert [each.failed for each in (*report.measurements, *report.limits)] == [""] * (
        len(small) + len(report.limits)
    )
    assert all(each.checksum for each in report.measurements)
    assert not list(caches.glob("tinyclf-benchmark-*"))
    write_report(report, tmp_path / "report.json")
    assert read_report(tmp_path / "report.json") == report
