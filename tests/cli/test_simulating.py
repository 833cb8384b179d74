"""What this program spares a person, by simulated ones."""

import hashlib
import signal
import subprocess
import sys

import pytest


@pytest.fixture
def truth_table(stamps):
    return stamps / "truth.csv"


def test_a_simulation_tells_what_each_level_costs(tinyclf, imported, truth_table):
    told = tinyclf(
        "simulate", imported, "--truth", truth_table, "--policy", "walls", "--seeds", 2, "--json"
    ).json

    assert (told["photos"], told["seeds"], told["by_hand_seconds"]) == (30, 2, 45)
    walls = told["policies"]["walls"]
    assert list(walls["exact"]) == ["0.9", "0.95", "0.98", "0.99"]
    assert 0 < walls["exact"]["0.95"]["share"] == walls["exact"]["0.95"]["seconds"] / 45
    assert walls["against_best_peer"] is None


def test_it_tells_a_table_with_peers(tinyclf, imported, truth_table):
    told = tinyclf(
        "simulate", imported, "--truth", truth_table, "--policy", "walls", "--seeds", 1, "--peers"
    )

    assert told.code == 0
    assert "30 photos; grading all by hand takes 0:45." in told.out
    assert "To 95 % exactly right, of what one-shot" in told.out
    assert all(len(line) <= 110 for line in told.out.splitlines())


def test_nothing_is_written_into_the_collection(tinyclf, imported, truth_table):
    before = hashlib.sha256(imported.read_bytes()).digest()
    tinyclf("simulate", imported, "--truth", truth_table, "--policy", "walls", "--seeds", 1)

    assert hashlib.sha256(imported.read_bytes()).digest() == before


def test_photos_without_a_true_grade_are_left_out(tinyclf, imported, truth, table):
    some = dict(list(truth.items())[:25]) | {"elsewhere.jpg": 3}
    told = tinyclf(
        "simulate", imported, "--truth", table(some), "--policy", "walls", "--seeds", 1, "--json"
    )

    assert told.json["photos"] == 25
    assert "left out: 5 photos without a true grade" in told.err
    assert "left out: 1 row of" in told.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--policy", "wals"], "walls"),
        (["--overlook", "1"], "overlook"),
        (["--seeds", "0"], "a whole number from 1"),
    ],
)
def test_what_makes_no_sense_is_refused(tinyclf, imported, truth_table, arguments, words):
    told = tinyclf("simulate", imported, "--truth", truth_table, *arguments)

    assert told.code == 2
    assert words in told.complaint


def test_too_few_true_grades_are_refused(tinyclf, imported, truth, table):
    few = dict(list(truth.items())[:5])
    told = tinyclf("simulate", imported, "--truth", table(few))

    assert told.code == 2
    assert "of 5 photos" in told.complaint


def test_it_stops_when_asked(imported, truth_table, environment):
    command = [sys.executable, "-m", "tinyclf", "simulate", imported, "--truth", truth_table]
    with subprocess.Popen(
        [*map(str, command), "--seeds", "1000"],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        next(line for line in process.stderr if "Simulating" in line)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err


def test_a_table_of_bad_rows_says_why_they_are_bad(tinyclf, imported, truth, table):
    told = tinyclf("simulate", imported, "--truth", table(dict.fromkeys(truth, "good")))

    assert told.code == 2
    assert "left out: 30 rows of" in told.err
    assert "line 2" in told.err
    assert "of 0 photos" in told.complaint
