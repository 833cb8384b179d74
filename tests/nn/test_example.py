"""The example of the core's first page runs as it stands, there and in the README."""

import re
import textwrap
from pathlib import Path

import pytest

import tinyclf.nn

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def example():
    _, _, block = (tinyclf.nn.__doc__ or "").partition("::\n\n")
    return textwrap.dedent(block)


def test_it_prints_what_it_says(example, capsys):
    [told] = re.findall(r"print\(.*\)  # (.*)", example)

    exec(example, {})  # noqa: S102

    assert capsys.readouterr().out == f"{told}\n"


def test_the_readme_shows_the_same(example):
    assert f"```python\n{example}```" in README.read_text(encoding="utf-8")
