"""A file of benchmarks → the plan it describes, or all its mistakes at once."""

from __future__ import annotations

from pathlib import Path

from tinyclf.benchmark.file.benchmarks import case_of_version_1, grid_of
from tinyclf.benchmark.file.checking import check
from tinyclf.benchmark.file.known import paths_in
from tinyclf.benchmark.file.mistakes import Mistake, PlanFileError
from tinyclf.benchmark.file.nodes import Entry, Group, Listing, plain
from tinyclf.benchmark.file.syntax import parse, shown
from tinyclf.benchmark.file.version_1 import Benchmark1, File1
from tinyclf.benchmark.file.version_2 import KINDS, MOST_CASES, File2
from tinyclf.benchmark.kinds import Case
from tinyclf.benchmark.plan import Plan
from tinyclf.settings_file import settings_text


def read_plan(path: Path) -> Plan:
    """Return the plan that a YAML file describes.

    Raises:
        PlanFileError: the file has mistakes: all of them, with their lines. A case that needs more
            memory than there is now is one; nothing is allocated.
        ConfigError: the file cannot be read, or is no file of settings.
    """
    return plan_of_text(settings_text(path), path.parent, str(path))


def plan_of_text(text: str, folder: Path, file: str = "The file") -> Plan:
    """Return the plan that the text of a YAML file describes; equal cases are measured once.

    Args:
        text: Of the file.
        folder: From where the paths in it are meant; they come back absolute.
        file: What messages call it.

    Raises:
        PlanFileError: the text has mistakes: all of them, with their lines.
    """
    plan, mistakes = _read(text, folder)
    if plan is None or mistakes:
        raise PlanFileError(file, mistakes)
    return plan


def _read(text: str, folder: Path) -> tuple[Plan | None, list[Mistake]]:
    root, mistakes = parse(text)
    if root is None:
        return None, mistakes
    if not isinstance(root, Group):
        words = f"a file holds settings such as 'version: 2', not {shown(plain(root))}."
        return None, [*mistakes, Mistake(root.place, words)]
    version = root.entries.get("version")
    one = version is not None and plain(version.node) == 1  # so does 1.0, which is an error there
    plan, more = _version_1(root) if one else _version_2(root, folder)
    found = sorted({*mistakes, *more})
    return (None if found else plan), found


def _version_1(root: Group) -> tuple[Plan | None, list[Mistake]]:
    inside = {name: f"benchmark.{path}" for name, path in paths_in(Benchmark1).items()}
    file, found = check(Entry(root.place, root), File1, inside)
    mistakes = [each.mistake for each in found]
    cases: list[Case] = []
    if "benchmark" in root.entries:
        cases, more = case_of_version_1(root.entries["benchmark"])
        mistakes += more
    return (Plan(tuple(cases)) if file and cases else None), mistakes


def _version_2(root: Group, folder: Path) -> tuple[Plan | None, list[Mistake]]:
    inside = {
        name: f"benchmark.{path}"
        for model in KINDS.values()
        for name, path in paths_in(model).items()
    }
    file, found = check(Entry(root.place, root), File2, inside)
    mistakes = [each.mistake for each in found]
    benchmarks, wrong = _benchmarks(root)
    cases, more = _cases(benchmarks, folder)
    mistakes += [*wrong, *more]
    if mistakes or file is None:
        return None, mistakes
    return Plan(tuple(dict.fromkeys(cases)), file.rounds, file.budget), []


def _benchmarks(root: Group) -> tuple[list[Entry], list[Mistake]]:
    """Return the benchmarks of a file of version 2, which may be one or a list."""
    given = [root.entries[name] for name in ("benchmark", "benchmarks") if name in root.entries]
    if not given:
        words = "benchmarks is missing; it must be a list of them, or one."
        return [], [Mistake(root.place, words)]
    wrong = []
    if len(given) == 2:
        later = max(entry.place for entry in given)
        wrong = [Mistake(later, "benchmark and benchmarks are the same; keep one of them.")]
    entries = [each for entry in given for each in _each(entry)]
    if not entries:
        wrong.append(Mistake(given[0].place, "the list is empty; name at least one benchmark."))
    return entries, wrong


def _each(entry: Entry) -> list[Entry]:
    if isinstance(entry.node, Listing):
        return [Entry(item.place, item) for item in entry.node.items]
    return [entry]


def _cases(benchmarks: list[Entry], folder: Path) -> tuple[list[Case], list[Mistake]]:
    """Return the cases of all benchmarks, and the mistakes in them."""
    grids, mistakes = [], []
    for entry in benchmarks:
        grid, wrong = grid_of(entry, folder)
        grids += [grid] if grid else []
        mistakes += wrong
    total = sum(grid.size for grid in grids)
    if total > MOST_CASES:
        largest = max(grids, key=lambda grid: grid.size)
        words = f"the lists make {total:,} cases of this file; {MOST_CASES:,} are allowed."
        mistakes.append(Mistake(largest.entry.place, words))
        return [], mistakes + [wrong for grid in grids for wrong in grid.glance()]
    cases: list[Case] = []
    for grid in grids:
        some, wrong = grid.cases()
        cases += some
        mistakes += wrong
    return cases, mistakes
