"""The benchmarks of a file → cases, each list spread out into a grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from tinyclf.benchmark.file.checking import check, without_empty_groups, without_mistakes
from tinyclf.benchmark.file.grid import combinations, glance, spread
from tinyclf.benchmark.file.known import Known, listed, nearest
from tinyclf.benchmark.file.mistakes import Mistake, Place
from tinyclf.benchmark.file.nodes import Entry, Group, Node, Scalar, plain
from tinyclf.benchmark.file.syntax import shown
from tinyclf.benchmark.file.telling import Found
from tinyclf.benchmark.file.version_1 import Benchmark1
from tinyclf.benchmark.file.version_2 import DEFAULT_KIND, KINDS, MOST_CASES
from tinyclf.benchmark.kinds import Case, Inference
from tinyclf.benchmark.plan import require_memory
from tinyclf.errors import ConfigError

MOST_COMBINATIONS_TOLD = 3
"""Of those that a rule refuses together."""


@dataclass(frozen=True)
class Grid:
    """A benchmark whose values may be lists.

    Attributes:
        entry: Its settings, and where mistakes of the whole are told.
        model: Its kind.
        folder: From where the paths in it are meant; None if no file is to be looked for.
    """

    entry: Entry
    model: type[Case]
    folder: Path | None = None

    @property
    def known(self) -> Known:
        """What the settings may be."""
        return Known(group=self.model)

    @property
    def size(self) -> int:
        """How many cases it stands for."""
        return combinations(self.entry.node, self.known)

    def cases(self) -> tuple[list[Case], list[Mistake]]:
        """Return all cases that are right, and the mistakes in the others."""
        return self._checked(spread(self.entry.node, self.known))

    def glance(self) -> list[Mistake]:
        """Return the mistakes in its values, where the cases are too many to look at each."""
        return self._checked(glance(self.entry.node, self.known, MOST_CASES))[1]

    def _checked(self, nodes: Iterable[Node]) -> tuple[list[Case], list[Mistake]]:
        cases: list[Case] = []
        mended: list[Case | None] = []
        found: list[Found] = []
        for node in nodes:
            case, wrong = check(replace(self.entry, node=node), self.model, folder=self.folder)
            cases += [case] if case else []
            mended += [case or without_mistakes(node, self.model)]
            found += wrong
        return cases, [*_told_once(found), *_too_large(mended, self.entry)]


def grid_of(entry: Entry, folder: Path) -> tuple[Grid | None, list[Mistake]]:
    """Return the grid that a benchmark of version 2 is; or None, and why it is none.

    Args:
        entry: The benchmark.
        folder: From where the paths in it are meant.
    """
    node = entry.node
    if not isinstance(node, Group):
        words = f"a benchmark must be settings such as 'kind: inference', not {shown(plain(node))}."
        return None, [Mistake(node.place, words)]
    kind = node.entries.get("kind", Entry(node.place, Scalar(node.place, DEFAULT_KIND))).node
    word = plain(kind)
    if not (isinstance(word, str) and word in KINDS):
        near = nearest(word, KINDS) if isinstance(word, str) else ""
        question = f" Did you mean {near}?" if near else ""
        words = f"kind must be {listed(KINDS, 'or')}, not {shown(word)}.{question}"
        mistakes = [Mistake(kind.place, words)]
        if not near:
            return None, mistakes
        meant = Entry(node.entries["kind"].place, Scalar(kind.place, near))
        grid, more = grid_of(
            replace(entry, node=replace(node, entries=node.entries | {"kind": meant})), folder
        )
        return grid, mistakes + more
    model = KINDS[word]
    whole = replace(entry, node=without_empty_groups(node, Known(group=model)))
    return Grid(whole, model, folder), []


def case_of_version_1(entry: Entry) -> tuple[list[Case], list[Mistake]]:
    """Return the only case of a file of version 1, and the mistakes in it."""
    entry = replace(entry, node=without_empty_groups(entry.node, Known(group=Benchmark1)))
    case = without_mistakes(entry.node, Inference)
    _, found = check(entry, Benchmark1)
    found = found or check(entry, Inference)[1]
    too_large = _too_large([case], entry)
    if case and not found:
        return [case], too_large
    still_wrong = {mistake.place for mistake in Grid(entry, Inference).glance()}
    mistakes = [
        mistake
        if mistake.place in still_wrong
        else replace(mistake, message=f"{mistake.message} (Version 2 would allow it.)")
        for mistake in _told_once(found)
    ]
    return [], mistakes + too_large


def _told_once(found: Iterable[Found]) -> list[Mistake]:
    """Return each mistake once, with the combinations that make it."""
    combinations_of: dict[Mistake, dict[str, None]] = {}
    for each in found:
        combinations_of.setdefault(each.mistake, {})[each.combination] = None
    return [_with_combinations(*each) for each in combinations_of.items()]


def _with_combinations(mistake: Mistake, several: Iterable[str]) -> Mistake:
    words = [each for each in several if each]
    if not words:
        return mistake
    more = len(words) - MOST_COMBINATIONS_TOLD
    told = [*words[:MOST_COMBINATIONS_TOLD], *([f"{more} more"] if more > 0 else [])]
    return replace(mistake, message=f"{mistake.message.rstrip('.')} (here: {'; '.join(told)}).")


def _too_large(cases: Iterable[Case | None], entry: Entry) -> list[Mistake]:
    """Return the mistake that the largest case does not fit into memory, where its shape stands."""
    known = [case for case in cases if case is not None]
    if not known:
        return []
    try:
        require_memory(max(known, key=lambda case: case.work().needed_bytes))
    except ConfigError as error:
        return [Mistake(_place_of_shape(entry), str(error))]
    return []


def _place_of_shape(entry: Entry) -> Place:
    shape = entry.node.entries.get("shape") if isinstance(entry.node, Group) else None
    return shape.place if shape else entry.place
