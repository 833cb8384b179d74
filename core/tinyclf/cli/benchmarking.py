"""Commands that measure how fast this machine is."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
from pydantic import ValidationError

from tinyclf.benchmark.allowed import default_of, range_of, words_of
from tinyclf.benchmark.compare import Comparison, Row, compare_reports
from tinyclf.benchmark.figures import figures
from tinyclf.benchmark.file import read_plan
from tinyclf.benchmark.history import Kept, history, keep, report_file
from tinyclf.benchmark.kinds import Case, Inference, Training
from tinyclf.benchmark.kinds.inference import ONE_BIT, SIGN, Math, Shape
from tinyclf.benchmark.labels import label
from tinyclf.benchmark.peers import available, refusal
from tinyclf.benchmark.plan import MOST_ROUNDS, ROUNDS, Plan
from tinyclf.benchmark.report import Measurement, Report, read_report
from tinyclf.benchmark.runner import run
from tinyclf.benchmark.settings import Performance, Settings
from tinyclf.cli.measurements import (
    comparison_in_words,
    history_in_words,
    plan_in_words,
    quick_in_words,
    report_in_words,
)
from tinyclf.cli.options import PATH, WholeNumber, json_option
from tinyclf.cli.speech import follow, note, problems_json, say, say_json
from tinyclf.domain import Job, Problem, Progress
from tinyclf.errors import ConfigError, FailureError, InputError, StorageError
from tinyclf.whole_file import require_file_place, whole_file

F = TypeVar("F", bound=Callable[..., Any])

STANDARD_OUTPUT = Path("-")


def _setting(
    group: type[Settings], setting: str, *short: str, words: str | None = None, usual: str = ""
) -> Callable[[F], F]:
    """Return the option for a setting of a case, which allows what that allows.

    Args:
        group: Where the engine keeps it.
        setting: What the engine calls it, and the option.
        short: Its name in a letter.
        words: What it is for.
        usual: Its default in words, where it depends on something else.
    """
    choices = words_of(group, setting)
    return click.option(
        *short,
        f"--{setting}",
        type=click.Choice(choices) if choices else WholeNumber(*range_of(group, setting)),
        default=None if usual else default_of(group, setting),
        show_default=True,
        help=f"{words}  [default: {usual}]" if usual else words,
    )


@click.command("quick-benchmark")
@_setting(Inference, "nepochs", "-n", words="Inferences that are timed together.")
@_setting(
    Math,
    "precision",
    "-p",
    words="Of the weights; with f2 and int8 the arithmetic is that of f4.",
)
@_setting(Shape, "layers", "-l", words="Hidden layers.")
@_setting(Shape, "dimension", "-d", words="Perceptrons in each.")
@_setting(
    Math,
    "activation",
    "-a",
    words="What follows each layer.",
    usual=f"{default_of(Math, 'activation')}; with {ONE_BIT} {SIGN}",
)
@_setting(
    Performance, "threads", "-t", words="At most so many.", usual="as many as there are cores"
)
@_setting(Inference, "batch", words="Inputs in each inference.")
@_setting(Performance, "device")
@click.option(
    "--repeat",
    type=WholeNumber(1, MOST_ROUNDS),
    default=ROUNDS,
    show_default=True,
    help="Turns, each in a process of its own.",
)
@json_option
def quick_benchmark(
    nepochs: int,
    precision: Any,
    layers: int,
    dimension: int,
    activation: Any,
    threads: int | None,
    batch: int,
    device: Any,
    repeat: int,
    as_json: bool,
) -> None:
    """Measure how fast a deep network runs on this machine.

    It has square layers, and an epoch is one inference. Tells how long that takes, how far it is
    from what the machine can do, and what would help.
    """
    activation = activation or (SIGN if precision == ONE_BIT else default_of(Math, "activation"))
    try:
        case = Inference(
            nepochs=nepochs,
            batch=batch,
            shape=Shape(layers=layers, dimension=dimension),
            math=Math(precision=precision, activation=activation),
            performance=Performance(threads=threads, device=device),
        )
    except ValidationError as error:
        raise ConfigError(_sentence(error)) from error
    report = _measured(Plan((case,), rounds=repeat))
    [one] = report.measurements
    if one.failed:
        raise FailureError(one.failed)
    _keep(report)
    if as_json:
        say_json(_quick_json(one, report))
        return
    _say_all(quick_in_words(report))


@click.command()
@click.option(
    "-c", "--config", "config_path", type=PATH, help="A YAML file that says what to measure."
)
@click.option("--dry-run", is_flag=True, help="Tell what would be measured, and measure nothing.")
@click.option(
    "--peers",
    is_flag=True,
    help="Measure PyTorch, onnxruntime and scikit-learn beside it, those that are installed.",
)
@click.option(
    "--compare",
    nargs=2,
    metavar="A B",
    help="Compare two reports: files that --json wrote, or names that --history lists.",
)
@click.option("--history", "as_history", is_flag=True, help="List the reports that are kept.")
@click.option(
    "--json",
    "out",
    type=PATH,
    metavar="FILE",
    help="Write the result to a file, too; or, to -, as one JSON object and nothing else.",
)
def benchmark(
    config_path: Path | None,
    dry_run: bool,
    peers: bool,
    compare: tuple[str, str] | None,
    as_history: bool,
    out: Path | None,
) -> None:
    """Measure what a YAML file describes, or compare reports.

    Every report is kept, those of tinyclf quick-benchmark, too.
    """
    if sum((config_path is not None, compare is not None, as_history)) != 1:
        raise click.UsageError("Say one of these: -c FILE, --compare A B or --history")
    if config_path is None and (dry_run or peers):
        raise click.UsageError("--dry-run and --peers go with -c FILE")
    if out is not None and out != STANDARD_OUTPUT:
        needed = [config_path] if config_path else list(map(report_file, compare or ()))
        _require_place(out, needed, for_a_report=config_path is not None and not dry_run)
    if compare is not None:
        found = compare_reports(*(read_report(report_file(name)) for name in compare))
        _tell(_comparison_json(found), comparison_in_words(found), out)
    elif config_path is None:
        _history(out)
    else:
        plan = read_plan(config_path)
        plan = _with_peers(plan) if peers else plan
        if dry_run:
            _tell(_plan_json(plan), plan_in_words(plan), out)
        else:
            _run(plan, out)


def _run(plan: Plan, out: Path | None) -> None:
    report = _measured(plan)
    anything = any(one.turns for one in report.measurements)
    if anything:
        _keep(report)
    _tell(report.model_dump(mode="json"), report_in_words(report), out)
    if not anything:
        raise FailureError("Nothing could be measured.")


def _history(out: Path | None) -> None:
    kept = history()
    for problem in kept.problems:
        note(f"left out: {problem.reason}")
    if not kept.reports:
        note("There is no report yet: tinyclf quick-benchmark makes one.")
    _tell(_history_json(kept.reports, kept.problems), history_in_words(kept.reports), out)


def _measured(plan: Plan) -> Report:
    return follow(_as_one_step(run(plan)))


def _as_one_step(job: Job[Report]) -> Generator[Progress, None, Report]:
    """Walk a run of cases, telling it as one: what is measured changes too often to be read."""
    try:
        while True:
            now = next(job)
            yield Progress("Measuring", now.done, now.total)
    except StopIteration as end:
        report: Report = end.value
        return report
    finally:
        job.close()


def _keep(report: Report) -> None:
    try:
        note(f"Kept as {keep(report).stem}; see tinyclf benchmark --history")
    except StorageError as error:
        note(f"warning: not kept: {error}")


def _with_peers(plan: Plan) -> Plan:
    """Return the plan with the same cases by other libraries, behind each that they can do."""
    libraries = available()
    if not libraries:
        note("warning: none of PyTorch, onnxruntime and scikit-learn is installed.")
    cases = (each for case in plan.cases for each in (case, *_peers_of(case, libraries)))
    return Plan(tuple(dict.fromkeys(cases)), plan.rounds, plan.budget)


def _peers_of(case: Case, libraries: Iterable[str]) -> list[Case]:
    if not isinstance(case, Inference | Training):
        return []
    peers: list[Case] = []
    for library in libraries:
        if library not in get_args(type(case).model_fields["library"].annotation):
            continue
        peer = case.model_copy(update={"library": library})
        reason = refusal(peer)
        if reason:
            note(f"left out: {label(peer)}: {reason}")
        else:
            peers.append(peer)
    return peers


def _require_place(out: Path, needed: Iterable[Path], *, for_a_report: bool) -> None:
    """Make sure that a file for a result may be written: only a report replaces a report.

    Args:
        out: The file.
        needed: Files that the result is made of.
        for_a_report: Whether it is a report that is to be written.

    Raises:
        InputError: it may not.
    """
    require_file_place(out)
    if not out.exists() or (out.is_file() and out.stat().st_size == 0):
        return
    if for_a_report and not any(path.exists() and out.samefile(path) for path in needed):
        with suppress(ConfigError):
            read_report(out)
            return
    raise InputError(f"{out} is there already, and no earlier result. Name another file.")


def _tell(result: Mapping[str, Any], words: Iterable[str], out: Path | None) -> None:
    """Print the words, and write the result to a file; or print the result and nothing else."""
    if out == STANDARD_OUTPUT:
        say_json(result)
        return
    if out is not None:
        with whole_file(out) as part:
            part.write_text(json.dumps(result, allow_nan=False, indent=1) + "\n", encoding="utf-8")
    _say_all(words)


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _sentence(error: ValidationError) -> str:
    return str(error.errors()[0]["msg"]).removeprefix("Value error, ") + "."


def _quick_json(one: Measurement, report: Report) -> dict[str, object]:
    return asdict(figures(one, report)) | {
        "warm_up_ms": one.warm_up * 1e3,
        "checksum": one.checksum,
        "turns": len(one.turns),
        "confidence": one.seconds.confidence,
        "case": one.case.model_dump(mode="json"),
        "machine": report.machine.model_dump(mode="json"),
    }


def _plan_json(plan: Plan) -> dict[str, object]:
    def with_memory(case: Any) -> dict[str, object]:
        return {"case": case.model_dump(mode="json"), "needed_bytes": case.work().needed_bytes}

    return {
        "rounds": plan.rounds,
        "budget": plan.budget,
        "cases": [with_memory(case) for case in plan.cases],
        "limits": [with_memory(case) for case in plan.limits],
    }


def _comparison_json(found: Comparison) -> dict[str, object]:
    def cases(measurements: Iterable[Measurement]) -> list[object]:
        return [one.case.model_dump(mode="json") | {"failed": one.failed} for one in measurements]

    return {
        "machine": [{"fact": fact, "before": a, "after": b} for fact, a, b in found.machine],
        "rows": [_row_json(row) for row in found.rows],
        "limits": [_row_json(row) for row in found.limits],
        "only_before": cases(found.only_before),
        "only_after": cases(found.only_after),
        "failed_before": cases(found.failed_before),
        "failed_after": cases(found.failed_after),
    }


def _row_json(row: Row) -> dict[str, object]:
    return {
        "case": row.case.model_dump(mode="json"),
        "ratio": row.ratio.median,
        "ratio_low": row.ratio.low,
        "ratio_high": row.ratio.high,
        "change": row.change,
        "same_result": row.same_result,
        "words": row.words(),
    }


def _history_json(reports: Iterable[Kept], problems: tuple[Problem, ...]) -> dict[str, object]:
    return {
        "reports": [
            {
                "name": kept.name,
                "path": str(kept.path),
                "started": kept.report.started.isoformat(),
                "seconds": kept.report.seconds,
                "cases": [one.case.model_dump(mode="json") for one in kept.report.measurements],
            }
            for kept in reports
        ],
        "problems": problems_json(problems),
    }


COMMANDS = (quick_benchmark, benchmark)
