"""Benchmarks from the command line; most turns are made up, for real ones take seconds."""

from __future__ import annotations

import json
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tinyclf.benchmark import plan, runner
from tinyclf.benchmark.machine import this_machine
from tinyclf.benchmark.report import Turn, read_report
from tinyclf.cli import benchmarking

PATIENCE_S = 30

GUIDE = Path(__file__).parents[2] / "resources" / "docs" / "BENCHMARKING.md"

VERSION_1 = """
version : 1
benchmark :
    name : "Hello World!"
    nepochs : 100
    shape :
        layers : 100
        dimension : 128
    math :
        precision : "f4"
        epsilons :
            epsilon_exp : "4e-6"
            epsilon_square : "1e-7"
        activation : "sigmoid"
    performance :
        threads : 5
"""

GRID = """
version: 2
rounds: 4
benchmarks:
  - name: narrow
    shape: {layers: 10, dimension: [8, 16]}
  - math: {epsilons: {exp: [0, 0.001]}}
"""

BROKEN = """
version: 2
benchmarks:
  - nepoch: 5
    shape: {dimension: 1000000}
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Where reports of this test are kept."""
    monkeypatch.setenv("TINYCLF_DATA", str(tmp_path / "home"))
    return tmp_path / "home" / "benchmarks"


class Turns:
    """Turns that take no time.

    Attributes:
        seconds: How long a pass of a case takes, but for a noise of one percent.
        failing: Names of cases that cannot be measured.
        checksums: Those of the next turns, if they shall differ.
        taken: The cases in the order of their turns.
    """

    def __init__(self) -> None:
        self.seconds: Callable[[Any], float] = lambda _: 0.1
        self.failing: set[str] = set()
        self.checksums: Iterator[str] = iter(())
        self.taken: list[Any] = []

    def __call__(self, case: Any) -> Any:
        yield
        self.taken.append(case)
        if case.name in self.failing:
            return "It is broken."
        seconds = self.seconds(case) * (1 + 0.01 * (self.taken.count(case) % 3 - 1))
        checksum = next(self.checksums, "0123abcd")
        return Turn(warm_up=2 * seconds, passes=(seconds,), checksum=checksum)


@pytest.fixture
def turns(home, monkeypatch) -> Turns:
    made_up = Turns()
    monkeypatch.setattr(runner, "take_turn", made_up)
    return made_up


@pytest.fixture
def yaml(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "benchmark.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def kept(home) -> list[Path]:
    return sorted(home.glob("*")) if home.exists() else []


# quick-benchmark


def test_a_quick_benchmark_gives_the_figures_that_others_rely_on(tinyclf, home):
    command = *("quick-benchmark", "-n", 2, "-p", "f4", "-l", 2, "-d", 8, "-a", "tanh"), "-t", 1
    told = tinyclf(*command, "--repeat", 2, "--json")

    assert told.code == 0
    found = told.json
    [path] = kept(home)
    [one] = read_report(path).measurements
    medians = [statistics.median(turn.passes) for turn in one.turns]
    assert found["total_ms"] == pytest.approx(1e3 * statistics.median(medians))
    assert found["epoch_ms"] == pytest.approx(found["total_ms"] / 2)
    assert 0 < found["read_share_low"] <= found["read_share"] <= found["read_share_high"]
    assert 0 < found["total_ms_low"] <= found["total_ms"] <= found["total_ms_high"]
    assert found["gb_per_s"] > 0
    assert found["limit_gb_per_s"] > 0
    assert 0 < found["gflop_per_s"] < found["limit_gflop_per_s"]
    assert found["warm_up_ms"] > 0
    assert len(found["checksum"]) == 8  # both turns had the same
    assert found["case"]["performance"] == {"threads": 1, "device": "cpu"}
    assert found["machine"]["cores"] >= 1


def test_it_speaks_in_words(tinyclf, turns, monkeypatch):
    two = this_machine().model_copy(update={"cores": 2})
    monkeypatch.setattr(runner, "this_machine", lambda: two)

    told = tinyclf("quick-benchmark", "--threads", 1)

    assert told.code == 0
    first, *facts = told.out.splitlines()
    assert first == "100 × 128², f4, sigmoid, batch 1, 1 thread"
    assert facts[0] == "  100 inferences  100 (99.0 to 101) ms"
    assert facts[1].split() == ["each", "1.00", "(0.990", "to", "1.01)", "ms"]
    assert facts[2].endswith("200 ms, not counted")
    assert "weights read    6.60 GB/s, 31 % of the 21.5 GB/s that" in facts[3]
    assert "GFLOP/s that one core of this machine reaches" in facts[4]
    assert facts[5].split() == ["checksum", "0123abcd"]
    assert " % of " in facts[6]  # the advice
    assert "97 % sure, by 6 turns" in facts[7]
    assert "numpy" in facts[-1] or "numpy" in facts[-2]


def test_cases_and_limits_take_turns(tinyclf, turns):
    told = tinyclf("quick-benchmark", "--repeat", 3)

    assert [case.kind for case in turns.taken] == ["reading", "product", "inference"] * 3
    assert told.err.startswith("Measuring 0/9\n")


def test_one_turn_tells_that_it_is_one(tinyclf, turns):
    told = tinyclf("quick-benchmark", "--repeat", 1)

    assert "By 1 turn: how far that can be trusted is not known." in told.out


def test_results_that_differ_are_told(tinyclf, turns):
    turns.checksums = iter("abcdefghi")

    assert "the results are not the same" in tinyclf("quick-benchmark", "--repeat", 3).out


def test_one_bit_goes_with_the_sign_by_itself(tinyclf, turns):
    found = tinyclf("quick-benchmark", "-p", "1bit", "--json").json

    assert found["case"]["math"]["activation"] == "sign"
    assert found["product_share"] is None


@pytest.mark.parametrize("both", [["-a", "sign"], ["-p", "1bit", "-a", "relu"]])
def test_what_does_not_go_together_is_said(tinyclf, turns, both):
    told = tinyclf("quick-benchmark", *both)

    assert (told.code, told.out, turns.taken) == (2, "", [])
    assert "1-bit layers have the activation sign, and no others have it." in told.complaint


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        ("--nepochs", 0, "a whole number from 1 to 1,000,000"),
        ("--layers", "many", "a whole number from 1 to 10,000"),
        ("--dimension", 65_537, "a whole number from 1 to 65,536"),
        ("--batch", 1.5, "a whole number from 1 to 65,536"),
        ("--threads", 257, "a whole number from 1 to 256"),
        ("--repeat", 0, "a whole number from 1 to 1,000"),
        ("--precision", "f16", "'f4', 'f8', 'f2', 'int8', '1bit'"),
        ("--activation", "step", "'sigmoid', 'tanh'"),
        ("--device", "tpu", "'cpu', 'cuda'"),
    ],
)
def test_an_option_out_of_range_names_the_range(tinyclf, turns, option, value, allowed):
    told = tinyclf("quick-benchmark", option, value)

    assert (told.code, told.out, turns.taken) == (2, "", [])
    assert allowed in told.complaint


@pytest.mark.parametrize("name", ["nepochs", "precision", "layers", "dimension", "activation"])
def test_help_names_each_option_and_its_default(tinyclf, name):
    told = " ".join(tinyclf("quick-benchmark", "--help").out.split())

    assert f"-{name[0]}, --{name} " in told
    assert "[default: f4]" in told
    assert "1<=x<=65536" in told


def test_weights_larger_than_memory_are_refused_before_they_are_made(tinyclf, turns, monkeypatch):
    monkeypatch.setattr(plan, "available_bytes", lambda: 3_000_000_000)

    told = tinyclf("quick-benchmark", "-l", 10_000, "-d", 65_536)

    assert (told.code, told.out, turns.taken) == (2, "", [])
    assert "GB of memory, but 3.0 GB are available" in told.complaint


def test_a_case_that_fails_is_a_failure(tinyclf, turns, home):
    turns.failing.add("")

    told = tinyclf("quick-benchmark")

    assert (told.code, told.out) == (1, "")
    assert told.complaint == "tinyclf: It is broken."
    assert kept(home) == []


# benchmark -c


def test_a_file_of_version_1_runs_as_it_is(tinyclf, turns, yaml, monkeypatch):
    monkeypatch.setattr(plan, "cores", lambda: 2)

    told = tinyclf("benchmark", "-c", yaml(VERSION_1))

    assert told.code == 0
    headings, row, *_ = told.out.splitlines()
    assert headings.split("  ")[-1] == "of the limit"
    assert row.startswith(
        "Hello World!: 100 × 128², f4, sigmoid, batch 1, 5 threads  1.00 (0.990 to 1.01)"
    )
    assert " inferences " in row
    assert "reading 6.6 MB, 1 thread: " in told.out  # a single input is computed by one core
    assert "What that means:" in told.out


def test_rows_of_a_grid_can_be_told_apart(tinyclf, turns, yaml):
    rows = tinyclf("benchmark", "-c", yaml(GRID)).out.splitlines()

    assert rows[1].startswith("narrow: 10 × 8², f4, sigmoid, batch 1 ")
    assert rows[2].startswith("narrow: 10 × 16², f4, sigmoid, batch 1 ")
    assert rows[3].startswith("100 × 128², f4, sigmoid, batch 1, epsilon_exp 0.0 ")
    assert rows[4].startswith("100 × 128², f4, sigmoid, batch 1, epsilon_exp 0.001 ")


def test_a_dry_run_tells_what_it_takes_and_measures_nothing(tinyclf, turns, yaml, home):
    told = tinyclf("benchmark", "-c", yaml(VERSION_1), "--dry-run")

    assert (told.code, turns.taken, kept(home)) == (0, [], [])
    lines = told.out.splitlines()
    assert lines[1].split("  ") == [
        "Hello World!: 100 × 128², f4, sigmoid, batch 1, 5 threads",
        "45.6 MB",
    ]
    assert lines[-1].startswith("1 case and 2 limits of this machine, 6 rounds: 18 turns")


def test_every_mistake_of_a_file_has_its_line(tinyclf, turns, yaml):
    told = tinyclf("benchmark", "-c", yaml(BROKEN))

    assert (told.code, told.out, turns.taken) == (2, "", [])
    first, *mistakes = told.err.splitlines()
    assert first.endswith("benchmark.yaml has 2 mistakes:")
    assert mistakes[0].startswith("line 4: there is no nepoch; did you mean nepochs?")
    assert mistakes[1].startswith("line 5: shape.dimension must be a whole number from 1 to 65,536")


def test_results_that_differ_from_turn_to_turn_are_named(tinyclf, turns, yaml):
    turns.checksums = map(str, range(1000))

    lines = tinyclf("benchmark", "-c", yaml(VERSION_1)).out.splitlines()

    start = lines.index("Not the same came out of all turns, as it should:")
    assert lines[start + 1].startswith("  Hello World!: 100 × 128², f4")


def test_a_case_that_fails_is_named_beside_the_others(tinyclf, turns, yaml):
    turns.failing.add("narrow")

    told = tinyclf("benchmark", "-c", yaml(GRID))

    assert told.code == 0
    assert "Not measured, or not to the end:" in told.out
    assert "  narrow: 10 × 8², f4, sigmoid, batch 1: It is broken." in told.out
    assert len(turns.taken) == 2 + 4 * (len(set(turns.taken)) - 2)


def test_if_all_fail_that_is_a_failure(tinyclf, turns, yaml, home):
    turns.failing.add("Hello World!")

    told = tinyclf("benchmark", "-c", yaml(VERSION_1))

    assert told.code == 1
    assert "5 threads: It is broken." in told.out
    assert told.complaint == "tinyclf: Nothing could be measured."
    assert kept(home) == []


def test_the_report_goes_to_a_file_and_into_the_history(tinyclf, turns, yaml, home, tmp_path):
    told = tinyclf("benchmark", "-c", yaml(GRID), "--json", tmp_path / "out.json")

    [path] = kept(home)
    report = read_report(tmp_path / "out.json")
    assert read_report(path) == report
    assert len(report.measurements) == 4
    assert all(len(each.turns) == 4 for each in report.measurements)
    assert "ms each" in told.out
    assert f"Kept as {path.stem}" in told.err


def test_json_to_standard_output_stands_alone_there(tinyclf, turns, yaml):
    told = tinyclf("benchmark", "-c", yaml(GRID), "--json", "-")

    assert told.json["format"] == "tinyclf-benchmark"
    assert len(told.json["measurements"]) == 4


def test_a_report_that_cannot_be_kept_is_told_all_the_same(tinyclf, turns, yaml, tmp_path):
    (tmp_path / "home").write_text("in the way")

    told = tinyclf("benchmark", "-c", yaml(VERSION_1))

    assert told.code == 0
    assert "warning: not kept: The folder " in told.err


def test_what_is_no_result_is_not_overwritten(tinyclf, turns, yaml, tmp_path):
    config = yaml(GRID)
    (tmp_path / "stamps.tinyclf").write_bytes(b"SQLite format 3\0")
    (tmp_path / "package.json").write_text('{"name": "mine"}')
    refusals = {
        config: "no earlier result",
        tmp_path / "package.json": "no earlier result",
        tmp_path / "stamps.tinyclf": "no earlier result",
        tmp_path: "is a folder",
        tmp_path / "nowhere" / "out.json": "does not exist. Make it first.",
    }
    for place, words in refusals.items():
        told = tinyclf("benchmark", "-c", config, "--json", place)
        assert (told.code, turns.taken) == (2, [])
        assert words in told.complaint
    assert config.read_text() == GRID


def test_a_file_that_is_json_itself_is_not_overwritten_by_its_result(tinyclf, turns, tmp_path):
    config = tmp_path / "config.json"
    config.write_text(json.dumps({"version": 2, "benchmarks": {"nepochs": 5}}))

    assert tinyclf("benchmark", "-c", config, "--json", config).code == 2
    assert tinyclf("benchmark", "-c", config, "--json", tmp_path / "out.json").code == 0
    assert tinyclf("benchmark", "-c", config, "--json", tmp_path / "out.json").code == 0


def test_only_a_report_replaces_a_report(tinyclf, turns, yaml, tmp_path):
    config, out = yaml(VERSION_1), tmp_path / "out.json"
    assert tinyclf("benchmark", "-c", config, "--json", out).code == 0
    report = out.read_bytes()

    for arguments in (["-c", config, "--dry-run"], ["--compare", out, out], ["--history"]):
        assert tinyclf("benchmark", *arguments, "--json", out).code == 2

    assert out.read_bytes() == report


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "Say one of these: -c FILE, --compare A B or --history"),
        (["-c", "x.yaml", "--history"], "Say one of these"),
        (["--history", "--dry-run"], "--dry-run and --peers go with -c FILE"),
        (["--compare", "a", "b", "--peers"], "--dry-run and --peers go with -c FILE"),
        (["-c", "missing.yaml"], "missing.yaml cannot be read"),
        (["--compare", "a.json", "b.json"], "a.json is neither a file nor a report"),
    ],
)
def test_wrong_usage_is_one_line(tinyclf, turns, arguments, complaint):
    told = tinyclf("benchmark", *arguments)

    assert (told.code, told.out) == (2, "")
    assert complaint in told.complaint


def test_the_examples_of_the_guide_can_be_run(tinyclf, turns, yaml, monkeypatch):
    monkeypatch.setattr(plan, "available_bytes", lambda: 64_000_000_000)
    examples = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)

    asked = [
        tinyclf("benchmark", "-c", yaml(text), "--dry-run", "--json", "-").json for text in examples
    ]

    assert [len(each["cases"]) for each in asked] == [1, 18]


# benchmark --peers


def test_peers_are_measured_behind_our_own_cases(tinyclf, turns, yaml, monkeypatch):
    monkeypatch.setattr(benchmarking, "available", lambda: ("pytorch", "onnxruntime"))
    text = "version: 2\nbenchmarks:\n  - {}\n  - {kind: training}\n  - {kind: store}\n"

    turns.seconds = lambda case: 0.3 if getattr(case, "library", "") == "pytorch" else 0.1

    told = tinyclf("benchmark", "-c", yaml(text), "--peers")

    asked = [(case.kind, getattr(case, "library", "")) for case in turns.taken]
    assert [each for each in dict.fromkeys(asked) if each[0] not in ("reading", "product")] == [
        ("inference", "tinyclf"),
        ("inference", "pytorch"),
        ("inference", "onnxruntime"),
        ("training", "tinyclf"),
        ("training", "pytorch"),
        ("store", ""),
    ]
    lines = told.out.splitlines()
    start = lines.index("Beside other libraries, tinyclf is:")
    assert lines[start + 1].startswith("  100 × 128², f4, sigmoid, batch 1, pytorch: 3.00 times as")
    assert lines[start + 2].endswith("onnxruntime: within noise (1.00 to 1.00)")


def test_what_a_peer_cannot_do_is_left_out_and_told(tinyclf, turns, yaml, monkeypatch):
    monkeypatch.setattr(benchmarking, "available", lambda: ("onnxruntime",))
    text = "version: 2\nbenchmarks:\n  - math: {precision: 1bit, activation: sign}\n"

    told = tinyclf("benchmark", "-c", yaml(text), "--peers")

    assert told.code == 0
    assert "left out: 100 × 128², 1bit, sign, batch 1, onnxruntime: " in told.err
    assert "onnxruntime" not in {getattr(case, "library", "") for case in turns.taken}


def test_without_any_peer_that_is_told(tinyclf, turns, yaml, monkeypatch):
    monkeypatch.setattr(benchmarking, "available", lambda: ())

    told = tinyclf("benchmark", "-c", yaml(VERSION_1), "--peers")

    assert told.code == 0
    assert "warning: none of PyTorch, onnxruntime and scikit-learn is installed." in told.err


# benchmark --compare, --history


@pytest.fixture
def two(tinyclf, turns, yaml, tmp_path) -> tuple[Path, Path]:
    """Reports of the same case, the second a fifth slower, its machine not."""
    files = tmp_path / "A.json", tmp_path / "B.json"
    tinyclf("benchmark", "-c", yaml(VERSION_1), "--json", files[0])
    turns.seconds = lambda case: 0.12 if case.kind == "inference" else 0.1
    tinyclf("benchmark", "-c", yaml(VERSION_1), "--json", files[1])
    return files


def test_a_slowdown_is_told_with_its_interval(tinyclf, two):
    told = tinyclf("benchmark", "--compare", *two)

    assert told.code == 0
    _, row, heading, *machine = told.out.splitlines()
    assert row.startswith("Hello World!: 100 × 128², f4, sigmoid, batch 1, 5 threads ")
    assert row.endswith("1.20 times as slow (1.19 to 1.21)")
    assert heading == "The machine itself:"
    assert all(": within noise (" in line for line in machine)


def test_reports_of_the_history_are_compared_by_name(tinyclf, two, home):
    first, second = (path.stem for path in kept(home))

    assert "as slow" in tinyclf("benchmark", "--compare", first, second).out
    assert "as fast" in tinyclf("benchmark", "--compare", second, first).out


def test_another_machine_is_told_first(tinyclf, two):
    other = json.loads(two[1].read_text())
    other["machine"]["processor"] = "Another"
    two[1].write_text(json.dumps(other))

    lines = tinyclf("benchmark", "--compare", *two).out.splitlines()

    assert lines[0] == "Not in the same circumstances:"
    assert lines[1].startswith("  processor: ")
    assert lines[1].endswith(", then Another")


def test_cases_of_one_report_only_are_listed(tinyclf, turns, two, yaml, tmp_path):
    tinyclf("benchmark", "-c", yaml(GRID), "--json", tmp_path / "C.json")

    told = tinyclf("benchmark", "--compare", two[0], tmp_path / "C.json").out

    assert "There is no case that both have measured." in told
    assert "Only in the first:\n  Hello World!: 100" in told
    assert "Only in the second:\n  narrow: 10 × 8²" in told


def test_a_comparison_is_json_too(tinyclf, two):
    found = tinyclf("benchmark", "--compare", *two, "--json", "-").json

    [row] = found["rows"]
    assert row["change"] == "slower"
    assert row["ratio"] == pytest.approx(1.2)
    assert row["ratio_low"] < 1.2 < row["ratio_high"]
    assert found["machine"] == found["only_before"] == found["failed_after"] == []


def test_a_file_that_is_no_report_is_named(tinyclf, two, yaml):
    told = tinyclf("benchmark", "--compare", two[0], yaml(GRID))

    assert (told.code, told.out) == (2, "")
    assert "benchmark.yaml is no report of tinyclf benchmark" in told.complaint


def test_the_history_lists_the_newest_first(tinyclf, turns, yaml, home):
    tinyclf("quick-benchmark", "--repeat", 1)
    tinyclf("benchmark", "-c", yaml(GRID))

    told = tinyclf("benchmark", "--history")

    newest, oldest = told.out.splitlines()
    assert newest.startswith(kept(home)[1].stem)
    assert newest.endswith("narrow: 10 × 8², f4, sigmoid, batch 1, and 3 more")
    assert oldest.startswith(kept(home)[0].stem)
    found = tinyclf("benchmark", "--history", "--json", "-").json
    assert [len(each["cases"]) for each in found["reports"]] == [4, 1]


def test_a_damaged_report_is_left_out_of_the_history(tinyclf, turns, home):
    tinyclf("quick-benchmark", "--repeat", 1)
    [path] = kept(home)
    path.write_text("{")

    told = tinyclf("benchmark", "--history")

    assert (told.code, told.out) == (0, "")
    assert told.err.startswith(f"left out: {path} is no report of tinyclf benchmark")


def test_without_a_history_that_is_told(tinyclf, home):
    told = tinyclf("benchmark", "--history")

    assert (told.code, told.out) == (0, "")
    assert told.err == "There is no report yet: tinyclf quick-benchmark makes one.\n"


# Ctrl+C


@pytest.mark.parametrize("long", [["-n", 1_000_000, "-l", 100, "-d", 64, "-t", 1]])
def test_a_stopped_benchmark_leaves_no_process_and_no_report(environment, home, long):
    command = [sys.executable, "-m", "tinyclf", "quick-benchmark", *map(str, long)]
    with subprocess.Popen(
        command, env={**environment, "TINYCLF_DATA": str(home.parent)}, stderr=subprocess.PIPE
    ) as process:
        children = _first_children(process.pid)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 130
    assert b"tinyclf: stopped; nothing is half-written." in said
    assert b"Traceback" not in said
    assert children
    assert psutil.wait_procs(children, timeout=PATIENCE_S)[1] == []
    assert kept(home) == []


def _first_children(process: int) -> list[psutil.Process]:
    """Return the processes that measure, as soon as there are any."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        children = psutil.Process(process).children()
        if any("tinyclf.benchmark.child" in child.cmdline() for child in children):
            return children
        time.sleep(0.02)
    return []
