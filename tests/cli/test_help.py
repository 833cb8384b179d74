import subprocess
import sys
from importlib import import_module

import click
import pytest

from tinyclf.cli.commands import ROOMS
from tinyclf.cli.commands import tinyclf as group

COMMANDS = [
    *("demo", "sample", "caches", "doctor"),
    *("new", "import", "relink", "grade", "group", "suggest", "status"),
    *("exam", "audit", "doubts"),
    *("presets", "compare", "train", "propose", "export"),
    *("simulate", "quick-benchmark", "benchmark"),
    *("fit", "evaluate", "predict", "serve", "plot", "show"),
]


def test_the_list_of_commands_is_whole(tinyclf):
    told = tinyclf("--help")
    assert told.code == 0
    listed = group.list_commands(click.Context(group))
    assert sorted(COMMANDS) == sorted(listed)
    assert all(f"\n  {name} " in told.out for name in listed)


@pytest.mark.parametrize("room", ROOMS)
def test_the_commands_of_a_room_are_those_it_has(room):
    commands = import_module(f"tinyclf.cli.{room}").COMMANDS

    assert tuple(each.name for each in commands) == ROOMS[room]


def test_a_command_does_not_load_the_library_of_another():
    words = (
        "import sys; from tinyclf.cli.main import run; run(['presets']); "
        "sys.exit('pydantic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", words], capture_output=True).returncode == 0


def test_the_list_of_commands_says_whole_sentences(tinyclf):
    commands = tinyclf("--help").out.split("Commands:")[1]
    assert "..." not in commands


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tinyclf, command):
    for flag in ("--help", "-h"):
        told = tinyclf(command, flag)
        assert (told.code, told.err) == (0, "")
        assert told.out.startswith(f"Usage: tinyclf {command} ")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_offers_json(tinyclf, command):
    assert "--json" in tinyclf(command, "--help").out


def test_the_version_is_told(tinyclf):
    told = tinyclf("--version")
    assert (told.code, told.out.split()[0]) == (0, "tinyclf,")


def test_without_a_command_the_help_comes_on_standard_error(tinyclf):
    told = tinyclf()
    assert (told.code, told.out) == (2, "")
    assert "demo" in told.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["frobnicate"], "No such command 'frobnicate'. See: tinyclf --help"),
        (["new"], "Missing argument 'FILE'. See: tinyclf new --help"),
        (["new", "x.tinyclf"], "Missing option '--photos'. See: tinyclf new --help"),
        (["new", "x", "folder"], "Put --photos before the folder: tinyclf new x --photos folder."),
        (["trian"], "Did you mean 'train'? See: tinyclf --help"),
        (["train", "x", "--seed", "-1"], "'-1' is not a whole number from 0 to 4,294,967,295."),
        (["suggest", "x", "-n", "abc"], "'abc' is not a whole number from 1 to 100,000. See: "),
        (["train", "x", "--device", "tpu"], "'tpu' is not one of 'cpu', 'cuda'"),
        (["demo", "x", "--count", "3"], "'3' is not a whole number from 20 to 100,000."),
        (
            ["export", "x.tinyclf"],
            "Say what to export: --csv, --folders, --walls, --model or --onnx",
        ),
    ],
)
def test_wrong_usage_is_one_line_that_names_the_help(tinyclf, arguments, complaint):
    told = tinyclf(*arguments)
    assert (told.code, told.out) == (2, "")
    assert complaint in told.complaint
    assert told.err == told.complaint + "\n"
