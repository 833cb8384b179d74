import io
import json

import pytest

from tinyclf.cli import speech
from tinyclf.domain import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def job(*reports, result=None, closed=None):
    try:
        yield from reports
    finally:
        if closed is not None:
            closed.append(True)
    return result


def test_following_a_job_returns_its_result(capsys):
    assert speech.follow(job(Progress("Counting", 0, 2), result=7)) == 7


def test_in_a_log_each_step_is_told_as_it_begins(capsys):
    steps = [Progress("Reading", done, 1000) for done in range(1000)] + [Progress("Waking", 0, 0)]
    speech.follow(job(*steps))
    assert capsys.readouterr() == ("", "Reading 0/1,000\nWaking\n")


def test_in_a_log_a_long_step_is_told_again(capsys, monkeypatch):
    monkeypatch.setattr(speech, "SECONDS_A_LINE", 0)
    speech.follow(job(Progress("Reading", 0, 3), Progress("Reading", 1, 3)))
    assert capsys.readouterr().err == "Reading 0/3\nReading 1/3\n"


def test_what_is_done_before_it_begins_is_not_told(capsys):
    speech.follow(job(Progress("Reading", 3, 3)))
    assert capsys.readouterr().err == ""


def test_a_person_at_a_terminal_sees_one_line_that_changes(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("COLUMNS", "80")
    speech.follow(
        job(Progress("Reading", 0, 3), Progress("Reading", 2, 3), Progress("Waking", 0, 0))
    )
    assert "Reading: 0/3" in terminal.getvalue()
    assert "Waking [" in terminal.getvalue()
    assert "\n" not in terminal.getvalue()


def test_a_job_that_is_stopped_is_closed(monkeypatch):
    closed = []
    reports = job(Progress("Reading", 0, 3), Progress("Reading", 1, 3), closed=closed)

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(speech, "note", interrupt)
    with pytest.raises(KeyboardInterrupt):
        speech.follow(reports)
    assert closed == [True]


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("plain", "ascii", "plain"),
        ("schön", "utf-8", "schön"),
        ("schön", "ascii", "sch\\xf6n"),
        ("\udcff.jpg", "utf-8", "\\udcff.jpg"),
        ("two\nlines\x1b[31m", "utf-8", "two\\nlines\\x1b[31m"),
    ],
)
def test_a_line_is_shown_as_the_stream_can(text, encoding, shown):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert speech.shown(text, stream) == shown


def test_a_closed_stream_is_no_trouble():
    assert speech.shown("schön", None) == "schön"


def test_json_brings_file_names_back_unharmed(capsys):
    speech.say_json({"path": "Ω \udcff\n"})
    assert json.loads(capsys.readouterr().out) == {"path": "Ω \udcff\n"}
