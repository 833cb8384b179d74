from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

import pytest

from tinyclf.benchmark.intervals import Interval
from tinyclf.benchmark.kinds import Inference, Product
from tinyclf.benchmark.kinds.inference import Math, Shape
from tinyclf.benchmark.machine import Machine, this_machine
from tinyclf.benchmark.report import (
    Measurement,
    Report,
    Turn,
    paired_ratio,
    read_report,
    write_report,
)
from tinyclf.benchmark.settings import Performance
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

    assert Measurement(case=Inference(), turns=turns).disagrees
    assert not Measurement(case=Inference(), turns=turns[:1]).disagrees
    assert not Measurement(case=Inference()).disagrees


def test_a_limit_is_found_by_the_threads_it_has_on_the_machine(report: Report) -> None:
    two = report.model_copy(update={"machine": Machine(cores=2)})
    (failed,) = report.limits

    assert two.limit(Product(performance=Performance(threads=2))) == failed
    assert two.limit(Product(performance=Performance(threads=200))) == failed
    assert two.limit(Product(performance=Performance(threads=1))) is None
    assert two.limit(Product(precision="f8")) is None


def test_ratios_are_taken_round_by_round() -> None:
    def measurement(*seconds: float) -> Measurement:
        turns = (Turn(warm_up=1.0, passes=(each,), checksum="0") for each in seconds)
        return Measurement(case=Inference(), turns=tuple(turns))

    drifting, as_well = measurement(1.0, 2.0, 9.0), measurement(2.0, 4.0, 18.0)

    assert paired_ratio(as_well, drifting) == Interval(2.0, 2.0, 2.0, 0.75)
    assert paired_ratio(drifting, measurement(4.0)) == Interval(0.25, 0.25, 0.25, 0.0)


def test_a_report_from_before_there_were_budgets_is_read(report: Report, tmp_path: Path) -> None:
    older = report.model_dump(mode="json")
    del older["budget"]
    (tmp_path / "older.json").write_text(json.dumps(older))

    assert read_report(tmp_path / "older.json") == report


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


@pytest.mark.parametrize(
    ("place", "absurd"),
    [
        (("seconds",), 1e308),
        (("rounds",), 10**30),
        (("machine", "memory"), 10**400),
        (("machine", "cores"), -5),
        (("measurements", 0, "turns", 0, "passes"), [1e308, 1e308]),
        (("measurements", 0, "turns", 0, "passes"), [5e-324]),
        (("measurements", 0, "turns", 0, "passes"), [-1.0, 5.0, 5.0]),
        (("measurements", 0, "turns", 0, "warm_up"), -1.0),
    ],
)
def test_figures_that_no_machine_has_are_refused(
    report: Report, place: tuple[str | int, ...], absurd: object, tmp_path: Path
) -> None:
    content = report.model_dump(mode="json")
    *inside, last = place
    reduce(lambda group, part: group[part], inside, content)[last] = absurd
    (tmp_path / "absurd.json").write_text(json.dumps(content))

    wrong = place[0] if len(place) == 1 else place[-1]
    with pytest.raises(ConfigError, match=rf"absurd\.json is no report.*({wrong}|a pass takes)"):
        read_report(tmp_path / "absurd.json")


@pytest.mark.parametrize(("name", "value"), [("done", 4), ("rounds", 2)])
def test_no_case_has_more_turns_than_there_are_rounds(
    report: Report, name: str, value: int, tmp_path: Path
) -> None:
    content = report.model_dump(mode="json") | {name: value}
    (tmp_path / "absurd.json").write_text(json.dumps(content))

    with pytest.raises(ConfigError, match="rounds"):
        read_report(tmp_path / "absurd.json")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"missing\.json cannot be read"):
        read_report(tmp_path / "missing.json")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")

    with pytest.raises(ConfigError, match=r"pipe\.json is no ordinary file"):
        read_report(tmp_path / "pipe.json")


def test_even_the_smallest_network_has_something_to_read() -> None:
    smallest = Inference(
        nepochs=1,
        shape=Shape(layers=1, dimension=1),
        math=Math(precision="1bit", activation="sign"),
    )

    assert smallest.work().read_bytes == 1
    assert [limit.kind for limit in smallest.limits()] == ["reading", "product"]
