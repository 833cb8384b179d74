from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tinyclf.benchmark import history as room
from tinyclf.benchmark.history import history, history_folder, keep, report_file
from tinyclf.benchmark.kinds import Inference
from tinyclf.benchmark.machine import Machine
from tinyclf.benchmark.report import Measurement, Report, Turn
from tinyclf.errors import ConfigError, StorageError

BEGAN = datetime(2026, 11, 22, 5, 55, 1, 123_456, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TINYCLF_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def report(started: datetime = BEGAN) -> Report:
    turn = Turn(warm_up=2.0, passes=(1.0,), checksum="0")
    return Report(
        started=started,
        seconds=1.0,
        machine=Machine(),
        rounds=1,
        done=1,
        measurements=(Measurement(case=Inference(), turns=(turn,)),),
    )


def test_at_first_there_is_no_history_and_no_folder(data: Path) -> None:
    assert history() == room.History((), ())
    assert not data.exists()


def test_a_report_is_kept_by_when_it_began(data: Path) -> None:
    path = keep(report())

    assert path == data / "benchmarks" / "2026-11-22-055501-123.json"
    (only,) = history().reports
    assert (only.name, only.report) == ("2026-11-22-055501-123", report())


def test_names_are_in_utc_wherever_it_ran() -> None:
    east = BEGAN.astimezone(timezone(timedelta(hours=9)))

    assert keep(report(east)).stem == "2026-11-22-055501-123"


def test_the_newest_comes_first() -> None:
    days = [BEGAN + timedelta(days=day) for day in (2, 0, 1)]
    for day in days:
        keep(report(day))

    assert [each.report.started for each in history().reports] == sorted(days, reverse=True)


def test_the_oldest_of_too_many_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_KEPT", 3)
    for second in range(5):
        keep(report(BEGAN + timedelta(seconds=second)))

    assert [each.report.started.second for each in history().reports] == [5, 4, 3]


def test_what_is_damaged_is_named_and_passed_over() -> None:
    whole = keep(report())
    damaged = keep(report(BEGAN + timedelta(days=1)))
    damaged.write_bytes(damaged.read_bytes()[:100])

    found = history()

    assert [each.path for each in found.reports] == [whole]
    (problem,) = found.problems
    assert problem.path == damaged
    assert damaged.name in problem.reason


def test_what_others_put_there_stays_and_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_KEPT", 1)
    keep(report())
    others = [history_folder() / name for name in ("notes.txt", "mine.json", "2026-11-22.json")]
    for other in others:
        other.write_text("mine")
    keep(report(BEGAN + timedelta(days=1)))

    assert len(history().reports) == 1
    assert all(other.exists() for other in others)


def test_a_folder_that_cannot_be_made_is_named(data: Path) -> None:
    data.write_text("in the way")

    with pytest.raises(StorageError, match="benchmarks cannot be made"):
        keep(report())


def test_a_report_is_found_by_its_path_or_by_the_beginning_of_its_name(tmp_path: Path) -> None:
    kept = keep(report())
    keep(report(BEGAN + timedelta(days=1)))
    beside = tmp_path / "mine.json"
    beside.touch()

    assert report_file(str(beside)) == beside
    assert report_file("2026-11-22-055501-123") == kept
    assert report_file("2026-11-22") == kept


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("2026-11", "2 reports of the history begin with 2026-11: write more of it"),
        ("missing.json", "missing.json is neither a file nor a report of the history"),
        ("", "is neither a file nor"),
    ],
)
def test_a_name_that_means_no_one_report_is_refused(name: str, complaint: str) -> None:
    keep(report())
    keep(report(BEGAN + timedelta(days=1)))

    with pytest.raises(ConfigError, match=complaint):
        report_file(name)
