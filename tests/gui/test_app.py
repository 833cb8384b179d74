import subprocess
import sys
from pathlib import Path

import pytest

from tinyclf import __version__
from tinyclf_gui.__main__ import has_display, parse


def test_a_collection_or_a_folder_may_be_named():
    assert parse(["stamps.tinyclf"]).file == Path("stamps.tinyclf")
    assert parse([]).file is None


def test_the_sample_may_be_asked_for():
    assert parse(["--sample"]).sample


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit):
        parse(["--version"])
    assert __version__ in capsys.readouterr().out


def test_an_unknown_theme_is_refused(capsys):
    with pytest.raises(SystemExit) as left:
        parse(["--theme", "pink"])
    assert left.value.code == 2
    assert "pink" in capsys.readouterr().err


def test_help_needs_no_screen():
    asked = [sys.executable, "-m", "tinyclf_gui", "--help"]
    told = subprocess.run(asked, capture_output=True, text=True, env={}, check=True)
    assert "--sample" in told.stdout


def test_without_a_display_one_sentence_says_so():
    asked = [sys.executable, "-m", "tinyclf_gui"]
    told = subprocess.run(asked, capture_output=True, text=True, env={}, check=False)
    assert told.returncode == 1
    assert told.stderr == (
        "tinyclf-gui: There is no display here. Without one, use the command tinyclf.\n"
    )


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_display_is_known_by_its_variable(name):
    assert has_display("linux", {name: "x"})
    assert not has_display("linux", {name: ""})
    assert has_display("darwin", {})
