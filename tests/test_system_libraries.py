"""Which packages ``packaging/system-libraries`` asks for, on a Debian that has none of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tinyclf_gui.__main__ import LIBRARIES

SCRIPT = Path(__file__).parents[1] / "packaging" / "system-libraries"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The folder of all its commands."""
    (tmp_path / "grep").symlink_to(str(shutil.which("grep")))
    add_command(tmp_path, "dpkg-query", "exit 1")
    add_command(tmp_path, "id", "echo 1000")
    return tmp_path


@pytest.fixture
def missing(machine: Path) -> Callable[..., list[str]]:
    """Return what a user is told to install."""

    def ask(*groups: str) -> list[str]:
        told = subprocess.run(
            ["/bin/sh", str(SCRIPT), *groups],
            env={"PATH": str(machine)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 1
        [packages] = re.findall("--no-install-recommends (.*)'", told.stderr)
        return str(packages).split()

    return ask


def add_command(machine: Path, name: str, body: str) -> None:
    (machine / name).write_text(f"#!/bin/sh\n{body}\n")
    (machine / name).chmod(0o755)


def test_the_window_misses_what_make_installs(missing: Callable[..., list[str]]) -> None:
    assert LIBRARIES.split() == missing("offscreen", "window")


def test_the_tests_need_a_compiler_whichever_package_it_comes_from(
    machine: Path, missing: Callable[..., list[str]]
) -> None:
    assert "g++" in missing("tests")
    add_command(machine, "g++", "exit 0")
    assert "g++" not in missing("tests")
