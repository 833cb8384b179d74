"""Commands that need no photos of your own: sample stamps, and the whole loop on them."""

from __future__ import annotations

import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import click

from tinyclf.cli.demo import DemoOutcome, Round, run_demo
from tinyclf.cli.earlier_demo import DemoFiles
from tinyclf.cli.options import PATH, WholeNumber, json_option, seed_option
from tinyclf.cli.speech import follow, note, say, say_json
from tinyclf.cli.words import count_of, quality_in_words
from tinyclf.samples import draw_samples
from tinyclf.samples.folder import TRUTH

HEADINGS = "round   by hand   right   within one   kappa   judged on   corrected   accepted"


@click.command()
@click.argument("folder", type=PATH)
@click.option("--count", default=400, show_default=True, type=WholeNumber(1, 100_000))
@seed_option
@json_option
def sample(folder: Path, count: int, seed: int, as_json: bool) -> None:
    """Draw sample stamps with known damage into FOLDER.

    Beside them stands truth.csv (photo,grade), which tinyclf grade reads. Two in a hundred show an
    earlier stamp again, photographed a second time.
    """
    drawn = follow(draw_samples(folder, count, seed))
    if as_json:
        say_json({"drawn": drawn, "folder": folder, "truth": folder / TRUTH})
        return
    say(f"{folder}: {count_of(drawn, 'stamp')} and {TRUTH}")


@click.command()
@click.argument("folder", type=PATH, default=Path("tinyclf-demo"))
@click.option("--count", default=400, show_default=True, type=WholeNumber(20, 100_000))
@seed_option
@json_option
def demo(folder: Path, count: int, seed: int, as_json: bool) -> None:
    """Run the whole loop on sample stamps, without a screen.

    Draws stamps into FOLDER, grades a starter set as a person would, trains, proposes, corrects the
    most doubtful proposals, retrains; leaves the walls as pictures and all grades as a CSV file.
    What an earlier demo left there is made anew, unless you have graded in its collection since.
    """
    note(f"Sample stamps, collection and results go to {folder}")
    outcome = run_demo(folder, count, seed, follow, lambda one: None if as_json else _tell(one))
    if as_json:
        say_json(asdict(outcome))
        return
    _sum_up(outcome, folder)


def _tell(one: Round) -> None:
    if one.number == 1:
        say("The figures are those of the proposals, on the photos not graded by hand.")
        say(HEADINGS)
    right, near = round(100 * one.exact), round(100 * one.within_one)
    say(
        f"{one.number:5}{one.by_hand:10}{right:6} %{near:11} %"
        f"{one.kappa:8.2f}{one.judged_on:12}{one.corrected:12}{one.accepted:11}"
    )


def _sum_up(outcome: DemoOutcome, folder: Path) -> None:
    say()
    say(f"The last training says of itself: {quality_in_words(outcome.quality)}.")
    say(
        f"A person has looked at {outcome.decisions} of {count_of(outcome.photos, 'photo')}; "
        f"{outcome.right_in_the_end} have the right grade now. "
        f"All but drawing the stamps took {outcome.seconds:.0f} s."
    )
    files = DemoFiles(folder)
    say()
    say(f"Walls as pictures:    {files.walls}")
    say(f"All grades:           {files.table}")
    say(f"Open it in a window:  {window_command()} {files.collection}")


def window_command() -> str:
    """Return how to start the window from here: by name, or from beside this Python."""
    name = "tinyclf-gui"
    beside = Path(sys.executable).with_name(name)
    if shutil.which(name) or not beside.exists():
        return name
    here = Path.cwd()
    return str(beside.relative_to(here) if beside.is_relative_to(here) else beside)


COMMANDS = (demo, sample)
