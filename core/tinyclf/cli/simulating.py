"""The command that counts what this program spares a person, by simulated ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from tinyclf.cli.opening import opened
from tinyclf.cli.options import PATH, WholeNumber, collection_argument, json_option
from tinyclf.cli.speech import follow, note, note_left_out, problems_json, say, say_json
from tinyclf.cli.words import clock_in_words, count_of, share_in_words
from tinyclf.project.grades_csv import GradesTable, read_grades
from tinyclf.simulation.dense_head import DENSE
from tinyclf.simulation.effort import BAR, LEVELS, Effort, Simulation, simulate
from tinyclf.simulation.graded_collection import ReadCollection, read_collection
from tinyclf.simulation.policies import POLICIES, SLOW, USUAL, policy
from tinyclf.training.presets import BALANCED

_SLOW = ", ".join(sorted(SLOW))


@click.command()
@collection_argument
@click.option(
    "--truth",
    type=PATH,
    required=True,
    metavar="CSV",
    help="The true grades: a table with the columns photo and grade.",
)
@click.option(
    "--policy",
    "names",
    multiple=True,
    metavar="NAME",
    help=f"A way to work: {', '.join(POLICIES)}; may be repeated. All but {_SLOW} (which takes "
    "minutes) if not given.",
)
@click.option("--peers", is_flag=True, help="Also the same person with a browser's classifier.")
@click.option(
    "--seeds",
    default=5,
    show_default=True,
    type=WholeNumber(1, 1000),
    help="Simulated collectors, of which the median is told.",
)
@click.option(
    "--overlook",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 1, max_open=True),
    help="Share of the mistakes glanced at that are not seen.",
)
@json_option
def simulate_command(
    file: Path,
    truth: Path,
    names: tuple[str, ...],
    peers: bool,
    seeds: int,
    overlook: float,
    as_json: bool,
) -> None:
    """Let simulated collectors grade a collection.

    They know the true grades and go through the whole loop as the window advises: first the
    photos suggested, then the wall of which the largest share seems wrong (nearly done ones
    aside), most doubtful first; 1.5 s for a grade by hand or a correction, 0.25 s for a glance at
    a tile of a wall. Who has graded what in FILE plays no part, and no grade is written into it.
    """
    policies = [policy(name) for name in dict.fromkeys(names or USUAL)]
    features = (BALANCED.features, DENSE.features) if peers else (BALANCED.features,)
    with opened(file) as session:
        follow(session.compare_photos())
        session.refresh()
        table = read_grades(truth, session.table, session.folders, session.copies)
        _note_bad_rows(table)  # first: it says why where too few photos are left
        read = follow(read_collection(session, dict(table.said), features))
        _note_left_out(read)
        result = follow(
            simulate(read.collection, policies, peers=peers, seeds=seeds, overlook=overlook)
        )
    if as_json:
        say_json(_simulation_json(result) | {"left_out": problems_json(read.left_out)})
        return
    _say_simulation(result)


def _note_bad_rows(table: GradesTable) -> None:
    if table.bad:
        first = table.bad[0]
        rows = count_of(len(table.bad), "row")
        note(f"left out: {rows} of {table.path}, the first: line {first.line}: {first.reason}")


def _note_left_out(read: ReadCollection) -> None:
    if read.untold:
        note(f"left out: {count_of(read.untold, 'photo')} without a true grade")
    note_left_out(read.left_out)


def _say_simulation(result: Simulation) -> None:
    overlooked = share_in_words(result.overlook)
    who = f" who overlook {overlooked} of the mistakes" if result.overlook else ""
    by_hand = clock_in_words(result.by_hand)
    say(f"{count_of(result.photos, 'photo')}; grading all by hand takes {by_hand}.")
    say(
        f"Until so many are right, as a share of that; medians of {result.seeds:,} collectors{who}:"
    )
    for heading, within in (("exactly right", 0), ("within one", 1)):
        say()
        say(f"{heading:16}" + "".join(f"{share_in_words(level):>13}" for level in LEVELS))
        for one in result.efforts:
            reached = one.within_one if within else one.exact
            cells = "".join(f"{_cell(seconds, result.by_hand):>13}" for seconds in reached)
            say(f"{one.policy.name:16}{cells}")
    say()
    for one in result.efforts:
        say(f"{one.policy.name:16}{_words(one)}")
    if best := result.best_peer:
        say()
        say(f"To {share_in_words(BAR)} exactly right, of what {best.policy.name} takes:")
        say(", ".join(_against(one, result) for one in result.efforts if not one.peer))


def _words(effort: Effort) -> str:
    words = effort.policy.words
    return f"{effort.starters} by hand, {words}" if effort.peer else words


def _against(effort: Effort, result: Simulation) -> str:
    share = result.against_peer(effort)
    return f"{effort.policy.name} {'more' if share is None else share_in_words(share)}"


def _cell(seconds: float | None, by_hand: float) -> str:
    if seconds is None:
        return "never"
    return f"{share_in_words(seconds / by_hand)} {clock_in_words(seconds)}"


def _simulation_json(result: Simulation) -> dict[str, Any]:
    return {
        "photos": result.photos,
        "seeds": result.seeds,
        "overlook": result.overlook,
        "by_hand_seconds": result.by_hand,
        "policies": {
            one.policy.name: {
                "words": one.policy.words,
                "peer": one.peer,
                "starters": one.starters,
                "exact": _levels_json(one.exact, result.by_hand),
                "within_one": _levels_json(one.within_one, result.by_hand),
                "against_best_peer": result.against_peer(one),
            }
            for one in result.efforts
        },
    }


def _levels_json(reached: Sequence[float | None], by_hand: float) -> dict[str, Any]:
    return {
        f"{level:g}": {"seconds": seconds, "share": None if seconds is None else seconds / by_hand}
        for level, seconds in zip(LEVELS, reached, strict=True)
    }


simulate_command.name = "simulate"

COMMANDS = (simulate_command,)
