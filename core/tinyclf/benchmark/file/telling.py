"""What pydantic finds wrong → sentences with a place: what is allowed, and what may be meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tinyclf.benchmark.file.known import Known, known_in, listed, nearest
from tinyclf.benchmark.file.mistakes import Mistake
from tinyclf.benchmark.file.nodes import Entry, Group, Listing, Node, Scalar, plain
from tinyclf.benchmark.file.syntax import name_shown, shown
from tinyclf.benchmark.settings import Settings

RULES = ("value_error", "assertion_error")
"""What pydantic calls a mistake that a model's own code has found."""


@dataclass(frozen=True)
class Found:
    """A mistake of one case of a grid.

    Attributes:
        mistake: The same for all cases that make it.
        combination: What this case chose from lists, where that together is the mistake.
    """

    mistake: Mistake
    combination: str = ""


def told(
    error: Mapping[str, Any], entry: Entry, model: type[Settings], paths: Mapping[str, str]
) -> Found:
    """Return what an error of pydantic's is to a person.

    Args:
        error: One of those that a validation of the node raised.
        entry: The node, and where mistakes of the whole are told.
        model: What it was validated as.
        paths: Where settings stand that somebody may have put elsewhere: name → path.
    """
    location = error["loc"]
    spot = _spot(location, entry, model)
    node, at = spot.entry.node, spot.entry.place
    if error["type"] == "extra_forbidden":
        return Found(Mistake(at, _unknown(spot, str(location[-1]), paths)))
    if error["type"] == "missing":
        return Found(Mistake(at, _missing(spot, str(location[-1]))))
    if error["type"] in RULES:
        words = str(error["ctx"]["error"]).rstrip(".")
        message = f"{spot.path}: {words}" if spot.path else words
        if isinstance(node, Group):
            return Found(Mistake(at, f"{message}."), _combination(node))
        return Found(Mistake(node.place, f"{spot.path} is {shown(_value(node))}: {words}."))
    return Found(Mistake(at if isinstance(node, Group) else node.place, _wrong(spot)))


@dataclass(frozen=True)
class _Spot:
    """Where in a file an error of pydantic's is.

    Attributes:
        path: Its name, with dots.
        entry: Its value, and where its name stands.
        model: Of the group it belongs to, or which it is.
        known: What it may be.
        number: Which value of a list it is, from 1; 0 if of none.
    """

    path: str
    entry: Entry
    model: type[Settings]
    known: Known
    number: int = 0


def _spot(location: tuple[int | str, ...], entry: Entry, model: type[Settings]) -> _Spot:
    """Follow a location as far as the file goes."""
    spot = _Spot("", entry, model, Known(group=model))
    for part in location:
        node, group = spot.entry.node, spot.known.group
        if isinstance(node, Group) and part in node.entries and group:
            name = name_shown(str(part))
            spot = _Spot(
                f"{spot.path}.{name}" if spot.path else name,
                node.entries[str(part)],
                group,
                known_in(group).get(str(part), Known()),
            )
        elif isinstance(node, Listing) and isinstance(part, int) and part < len(node.items):
            item = node.items[part]
            spot = replace(spot, number=part + 1, entry=Entry(item.place, item))
        else:
            break
    return spot


def _unknown(spot: _Spot, name: str, paths: Mapping[str, str]) -> str:
    here = known_in(spot.model)
    if name in here:
        return f"{spot.path} is given already, by another name; remove one of them."
    near = _suggestion(name, list(here), paths)
    question = f"; did you mean {near}?" if near else "."
    return f"there is no {spot.path}{question} Known here: {', '.join(here)}."


def _suggestion(name: str, here: list[str], paths: Mapping[str, str]) -> str:
    if name in paths:
        return paths[name]
    deeper = nearest(name, paths)
    return nearest(name, here) or (paths[deeper] if deeper else "")


def _missing(spot: _Spot, name: str) -> str:
    known = known_in(spot.known.group or spot.model)[name]
    path = f"{spot.path}.{name}" if spot.path else name
    return f"{path} is missing" + (f"; it must be {known.allowed}." if known.allowed else ".")


def _wrong(spot: _Spot) -> str:
    value = _value(spot.entry.node)
    near = nearest(value, spot.known.choices) if isinstance(value, str) else ""
    cure = f" Did you mean {near}?" if near else ""
    if type(value) in (int, float) and spot.known.types == {"string"} and not spot.known.choices:
        cure = " Put it in quotes."
    allowed = spot.known.allowed
    if spot.known.group and not allowed:
        allowed = f"a group of {listed(known_in(spot.known.group), 'and')}"
    wrong = f"; value {spot.number} of it is" if spot.number else ", not"
    return f"{spot.path or 'a benchmark'} must be {allowed}{wrong} {shown(value)}.{cure}"


def _value(node: Node) -> object:
    return node.value if isinstance(node, Scalar) else plain(node)


def _combination(node: Group) -> str:
    """Return what was chosen from lists, in words; empty if nothing was."""
    words = [
        f"{name} {plain(entry.node)}"
        for name, entry in node.entries.items()
        if isinstance(entry.node, Scalar) and entry.node.chosen
    ]
    return listed(words, "with") if words else ""
