"""What standard output and standard error may be."""

import json
import subprocess
import sys

import pytest


@pytest.fixture
def process(environment):
    """Run a command as a process of its own."""

    def tinyclf(*arguments, python=(), **options):
        command = [sys.executable, *python, "-m", "tinyclf", *map(str, arguments)]
        options = {"env": environment, "capture_output": True, "timeout": 60} | options
        return subprocess.run(command, check=False, **options)

    return tinyclf


def test_a_reader_that_has_seen_enough_is_no_error(proposed, environment):
    command = [sys.executable, "-m", "tinyclf", "suggest", str(proposed), "-n", "20"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.close()  # before anything is written
        errors = running.stderr.read()
        assert running.wait(60) == 0
    assert b"Traceback" not in errors
    assert b"Broken" not in errors


def test_an_ascii_terminal_shows_every_name(process, imported, environment, tmp_path, stamps):
    folder = tmp_path / "schön 郵票"
    folder.mkdir()
    (folder / "Ω.jpg").write_bytes((stamps / "stamp_0001.jpg").read_bytes() + b"!")
    ascii_only = {**environment, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "1"}
    for arguments in (
        ["new", tmp_path / "Ω.tinyclf", "--photos", folder],
        ["suggest", tmp_path / "Ω.tinyclf"],
        ["status", tmp_path / "Ω.tinyclf"],
    ):
        told = process(*arguments, env=ascii_only)
        assert (told.returncode, b"\\u03a9" in told.stdout) == (0, True)
        told.stdout.decode("ascii")
    complaint = process("status", tmp_path / "ΩΩ", env=ascii_only)
    assert complaint.returncode == 2
    assert b"Traceback" not in complaint.stderr


def test_json_is_the_only_thing_on_standard_output(process, trained):
    told = process("propose", trained, "--json")
    assert json.loads(told.stdout)["proposed"] == 10
    assert b"Proposing grades" in told.stderr


def test_a_full_disk_behind_standard_output_fails_in_one_line(process, imported):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        told = process(
            "status", imported, capture_output=False, stdout=full, stderr=subprocess.PIPE
        )
    assert (told.returncode, told.stderr) == (1, b"tinyclf: No space left on device.\n")


def test_it_runs_optimized(process, imported, stamps):
    assert process("grade", imported, "--csv", stamps / "truth.csv", python=["-O"]).returncode == 0
    assert process("train", imported, "--preset", "fast", python=["-O"]).returncode == 0
    assert process("status", imported, "--json", python=["-OO"]).returncode == 0


def test_a_fault_of_the_program_is_one_line_too(tinyclf, imported, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("tinyclf.session.Session.status", broken)
    monkeypatch.delenv("TINYCLF_TRACEBACK")
    told = tinyclf("status", imported)
    assert told.code == 1
    assert told.err.startswith("tinyclf: a fault of the program: ZeroDivisionError: by zero (")
    assert told.err.count("\n") == 1


def test_whoever_wants_it_sees_the_traceback_of_a_fault(tinyclf, imported, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("tinyclf.session.Session.status", broken)
    with pytest.raises(ZeroDivisionError):
        tinyclf("status", imported)


def test_full_memory_is_said_plainly(tinyclf, imported, monkeypatch):
    def hungry(*_):
        raise MemoryError

    monkeypatch.setattr("tinyclf.session.Session.status", hungry)
    told = tinyclf("status", imported)
    assert (told.code, told.complaint) == (
        1,
        "tinyclf: The memory is full. Close other programs and try again.",
    )
