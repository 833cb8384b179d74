"""Where ``tinyclf`` starts: runs one command, and turns every outcome into an exit code.

0 done, 1 failed, 2 the user's input is wrong, 130 stopped. Whatever goes wrong is said in one line
on standard error (a file with many mistakes has one for each), never as a traceback.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from tinyclf.cli import stopping
from tinyclf.errors import InputError, TinyClfError

DONE, FAILED, WRONG_INPUT, STOPPED = 0, 1, 2, 130
SHOW_FAULTS = "TINYCLF_TRACEBACK"
"""With this variable set, a fault of the program shows its whole traceback."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit code."""
    stopping.listen()
    code = run(arguments)
    stopping.ignore()
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code.

    Args:
        arguments: What stands behind ``tinyclf``; else the program's own arguments.
    """
    try:
        return _command(list(sys.argv[1:] if arguments is None else arguments))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return WRONG_INPUT
    except click.UsageError as error:
        return _complain(_usage_sentence(error), WRONG_INPUT)
    except InputError as error:
        sentence, *more = error.lines
        return _complain(sentence, WRONG_INPUT, *more)
    except (TinyClfError, click.ClickException) as error:
        return _complain(str(error), FAILED)
    except (KeyboardInterrupt, click.Abort):
        return _stopped()
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        _drop_output()
        return DONE
    except MemoryError:
        return _complain("The memory is full. Close other programs and try again.", FAILED)
    except OSError as error:
        _drop_output()
        return _complain(_os_sentence(error), FAILED)
    except Exception as error:
        if stopping.wished():  # the second Ctrl+C struck inside a lock, say
            return _stopped()
        if os.environ.get(SHOW_FAULTS):
            raise
        return _complain(_fault_sentence(error), FAILED)


def _command(arguments: list[str]) -> int:
    from tinyclf.cli.commands import tinyclf  # takes a while, and Ctrl+C is heard meanwhile

    try:
        with tinyclf.make_context("tinyclf", arguments) as context:
            tinyclf.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    return DONE


def _stopped() -> int:
    return _complain("stopped; nothing is half-written. Run the command again to finish.", STOPPED)


def _complain(sentence: str, code: int, *more_lines: str) -> int:
    lines = (line.replace("\n", "\\n") for line in (sentence, *more_lines))
    with suppress(OSError):
        click.echo("tinyclf: " + "\n".join(lines), err=True)
    return code


def _drop_output() -> None:
    """Send what is still to be written nowhere, where standard output does not take it."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage_sentence(error: click.UsageError) -> str:
    where = error.ctx.command_path if error.ctx else "tinyclf"
    words = error.format_message().rstrip(".")
    return f"{words}{'' if words.endswith('?') else '.'} See: {where} --help"


def _os_sentence(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}." if error.filename else f"{reason}."


def _fault_sentence(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"a fault of the program: {type(error).__name__}: {error} "
        f"({Path(place.filename).name}, line {place.lineno}). "
        f"Please report it with what tinyclf doctor prints; {SHOW_FAULTS}=1 shows more."
    )
