"""Ctrl+C: the command stops with 130, and what it was writing is whole or not there."""

import signal
import subprocess
import sys

import pytest

from tinyclf.cli import stopping
from tinyclf.cli.speech import follow
from tinyclf.domain import Progress

PATIENCE_S = 30


@pytest.fixture
def ctrl_c(monkeypatch):
    """Press Ctrl+C in this process, which listens as ``tinyclf`` does."""
    monkeypatch.setattr(stopping, "_wished", stopping.threading.Event())
    before = signal.getsignal(signal.SIGINT)
    stopping.listen()
    yield lambda: signal.raise_signal(signal.SIGINT)
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def stop(environment):
    """Start a command, send it Ctrl+C as soon as it has said something, and wait for its end."""

    def stop_at(words, *arguments):
        command = [sys.executable, "-m", "tinyclf", *map(str, arguments)]
        with subprocess.Popen(
            command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            said = []
            for line in process.stderr:
                said.append(line)
                if words in line:
                    break
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE_S)
        err = "".join(said) + err
        assert "Traceback" not in err
        assert err.splitlines()[-1].startswith("tinyclf: stopped; nothing is half-written.")
        assert out == ""
        return process.returncode

    return stop_at


def test_a_stopped_new_leaves_no_collection_behind(stop, many, file):
    assert stop("Reading photos", "new", file, "--photos", many) == 130
    assert [path.name for path in file.parent.iterdir()] == ["many"]


def test_a_stopped_import_goes_on_later(stop, tinyclf, imported, many):
    assert stop("Reading photos", "import", imported, many) == 130
    before = tinyclf("status", imported, "--json").json
    assert 30 <= before["photos"] < 430
    assert tinyclf("import", imported, many, "--json").json["imported"] == 400


def test_reading_features_goes_on_later(stop, tinyclf, many, file, monkeypatch):
    tinyclf("new", file, "--photos", many)
    assert stop("Looking at photos", "suggest", file) == 130
    assert tinyclf("status", file, "--json").json["photos"] == 400


def test_a_stopped_training_keeps_the_last_classifier(stop, tinyclf, trained, tmp_path):
    before = tinyclf("status", trained, "--json").out
    (tmp_path / "long.yaml").write_text("epochs: 10000\nbatch_size: 1\nfolds: 20\n")
    assert stop("Training", "train", trained, "--config", tmp_path / "long.yaml") == 130
    assert tinyclf("status", trained, "--json").out == before
    assert tinyclf("propose", trained).code == 0


def test_a_stopped_fit_leaves_no_model(stop, tmp_path):
    rows = "\n".join(f"{k % 7},{k % 5},{'ab'[k % 2]}" for k in range(200))
    (tmp_path / "rows.csv").write_text(f"x,y,label\n{rows}\n")
    fit = ("fit", tmp_path / "rows.csv", "--epochs", 10_000, "--out", tmp_path / "m.safetensors")
    assert stop("Training", *fit) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_a_stopped_demo_can_be_begun_again(stop, tinyclf, tmp_path):
    assert stop("Drawing stamps", "demo", tmp_path / "demo", "--count", 2000) == 130
    assert not (tmp_path / "demo" / "photos" / "truth.csv").exists()
    assert not list((tmp_path / "demo" / "photos").glob(".*"))
    assert not (tmp_path / "demo" / "demo.tinyclf").exists()


def test_a_stopped_sample_leaves_whole_stamps_only(stop, tmp_path):
    assert stop("Drawing stamps", "sample", tmp_path / "few", "--count", 2000) == 130
    assert all(path.suffix == ".jpg" for path in (tmp_path / "few").iterdir())


def test_stopping_in_process_leaves_no_collection_either(tinyclf, stamps, file, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("tinyclf.project.importing._Intake.take_read", interrupt)
    told = tinyclf("new", file, "--photos", stamps)
    assert told.code == 130
    assert not file.exists()


def test_a_job_is_stopped_between_its_reports_and_never_within_a_step(ctrl_c):
    whole = []

    def job():
        yield Progress("Looking", 0, 2)
        ctrl_c()
        whole.append("first step")
        yield Progress("Looking", 1, 2)
        whole.append("second step")

    with pytest.raises(KeyboardInterrupt):
        follow(job())
    assert whole == ["first step"]


def test_a_wish_in_the_last_step_is_heeded_too(ctrl_c):
    def job():
        yield Progress("Looking", 1, 1)
        ctrl_c()
        return "an answer"

    with pytest.raises(KeyboardInterrupt):
        follow(job())


def test_who_presses_twice_does_not_wait(ctrl_c):
    whole = []

    def job():
        yield Progress("Looking", 0, 2)
        ctrl_c()
        ctrl_c()
        whole.append("a step that goes on and on")

    with pytest.raises(KeyboardInterrupt):
        follow(job())
    assert whole == []


def test_outside_a_job_it_stops_at_once(ctrl_c):
    with pytest.raises(KeyboardInterrupt):
        ctrl_c()


def test_what_the_second_press_tears_is_told_as_stopped(ctrl_c, tinyclf, imported, monkeypatch):
    def torn(*_):
        with pytest.raises(KeyboardInterrupt):
            ctrl_c()
        raise RuntimeError("release unlocked lock")

    monkeypatch.setattr("tinyclf.session.Session.status", torn, raising=False)
    told = tinyclf("status", imported)
    assert told.code == 130
    assert "nothing is half-written" in told.err
