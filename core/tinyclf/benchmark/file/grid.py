"""A list in the place of a value: each of its values is measured, with each of all other lists."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from tinyclf.benchmark.file.known import Known, known_in
from tinyclf.benchmark.file.nodes import Entry, Group, Listing, Node, Scalar


def combinations(node: Node, known: Known) -> int:
    """Return for how many cases a node stands."""
    if items := _choices(node, known):
        return sum(combinations(item, known) for item in items)
    return math.prod(combinations(*member) for member in _members(node, known).values())


def spread(node: Node, known: Known) -> Iterator[Node]:
    """Yield all cases for which a node stands; the last list of the file changes fastest."""
    if items := _choices(node, known):
        for item in items:
            yield from map(_chosen, spread(item, known))
        return
    members = _members(node, known)
    for values in product(*(list(spread(*member)) for member in members.values())):
        yield _with(node, dict(zip(members, values, strict=True)))


def glance(node: Node, known: Known, most: int) -> Iterator[Node]:
    """Yield cases in which each value of each list occurs at least once, and so many at most.

    There are no more than the longest list has values; the shorter ones begin anew meanwhile.
    """
    if items := _choices(node, known):
        each = (_chosen(one) for item in items for one in glance(item, known, most))
        yield from islice(each, most)
        return
    columns = {name: list(glance(*member, most)) for name, member in _members(node, known).items()}
    for row in range(max(map(len, columns.values()), default=1)):
        yield _with(node, {name: column[row % len(column)] for name, column in columns.items()})


def _choices(node: Node, known: Known) -> tuple[Node, ...]:
    """Return the values among which a node is a choice; none if it is one value.

    Where a list is a value by itself, a list with lists in it is a choice.
    """
    if not isinstance(node, Listing):
        return ()
    if "array" in known.types and not any(isinstance(item, Listing) for item in node.items):
        return ()
    return node.items


def _chosen(node: Node) -> Node:
    return replace(node, chosen=True) if isinstance(node, Scalar) else node


def _members(node: Node, known: Known) -> dict[str, tuple[Node, Known]]:
    """Return the settings in a node that the model has; any of them may be a list."""
    if not isinstance(node, Group) or known.group is None:
        return {}
    inside = known_in(known.group)
    return {
        name: (entry.node, inside[name]) for name, entry in node.entries.items() if name in inside
    }


def _with(node: Node, values: dict[str, Node]) -> Node:
    """Return a node with new values for some of its settings."""
    if not isinstance(node, Group):
        return node
    entries = {
        name: Entry(entry.place, values.get(name, entry.node))
        for name, entry in node.entries.items()
    }
    return replace(node, entries=entries)
