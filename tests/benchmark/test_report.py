from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tinyclf.benchmark.kinds import Inference, Product
from tinyclf.benchmark.machine import this_machine
from tinyclf.benchmark.report import Measurement, Report, Turn, read_report, write_report
from tinyclf.errors import ConfigError


@pytest.fixture
def report() -> Report:
    turns = tuple(
        Turn(warm_up=9.0, passes=(seconds, 100.0, 0.0), checksum="0123abcd")
        for seconds in (1.0, 3.0, 2.0)
    )
    return Report(
        started=datetime(2026, 11, 22, tzinfo=UTC),
        seconds=12.5,
        machine=this_machine(),
        rounds=3,
        done=3,
        measurements=(Measurement(case=Inference(name="deep"), turns=turns),),
        limits=(Measurement(case=Product(), failed="It is not there."),),
    )


def test_a_measurement_is_the_median_of_its_turns_medians(report: Report) -> None:
    measured = report.measurements[0]

    assert measured.seconds.median == 2.0
    assert (measured.seconds.low, measured.seconds.high) == (1.0, 3.0)
    assert measured.warm_up == 9.0
    assert measured.checksum == "0123abcd"


def test_turns_that_disagree_have_no_checksum() -> None:
    turns = tuple(Turn(warm_up=1.0, passes=(1.0,), checksum=each) for each in "ab")

    assert Measurement(case=Inference(), turns=turns).checksum == ""


def test_a_limit_that_failed_is_not_known(report: Report) -> None:
    assert report.limit(Product()) is None


def test_a_report_comes_back_from_its_file_as_it_was(report: Report, tmp_path: Path) -> None:
    write_report(report, tmp_path / "report.json")

    assert read_report(tmp_path / "report.json") == report


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[1]",
        '{"format": "other"}',
        "\x00\xff",
        '{"format": "tinyclf-benchmark", "version": 2}',
    ],
)
def test_a_file_that_is_no_report_is_refused_by_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="latin-1")

    with pytest.raises(ConfigError, match=r"other\.json is no report of tinyclf benchmark"):
        read_report(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"missing\.json cannot be read"):
        read_report(tmp_path / "missing.json")
