"""Nodes → settings, or the mistakes that are in the way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from pydantic import ValidationError

from tinyclf.benchmark.file.known import Known, known_in, paths_in
from tinyclf.benchmark.file.nodes import Entry, Group, Listing, Node, Plain, Scalar, plain
from tinyclf.benchmark.file.telling import RULES, Found, told
from tinyclf.benchmark.settings import SEEN_FROM, Settings

PydanticError: TypeAlias = dict[str, Any]
Location: TypeAlias = tuple[int | str, ...]

MOST_TRIED = 64
"""Ways in which wrong settings could be right that are looked at."""

Model = TypeVar("Model", bound=Settings)


def check(
    entry: Entry,
    model: type[Model],
    elsewhere: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> tuple[Model | None, list[Found]]:
    """Return the settings that a node holds; or None, and the mistakes in it.

    Args:
        entry: The node, and where mistakes of the whole are told.
        model: What the settings are.
        elsewhere: Where settings stand that this model does not have: name → path; else those of
            its groups.
        folder: From where the paths in it are meant; None if no file is to be looked for.
    """
    try:
        return model.model_validate(plain(entry.node), context={SEEN_FROM: folder}), []
    except ValidationError as error:
        paths = paths_in(model) if elsewhere is None else elsewhere
        errors = _errors(error)
        rules = _rules_broken_anyway(entry.node, errors, model)
        return None, [told(each, entry, model, paths) for each in (*errors, *rules)]


def without_mistakes(node: Node, model: type[Model]) -> Model | None:
    """Return the settings that a node holds, but for those that are wrong: they are default.

    None if that does not do.
    """
    data = plain(node)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for each in _errors(error):
            _replace(data, each["loc"])
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _rules_broken_anyway(
    node: Node, errors: Sequence[PydanticError], model: type[Settings]
) -> list[PydanticError]:
    """Return the broken rules on several settings, whatever those would be that are wrong.

    pydantic looks at rules only where all single settings are right. So here the wrong ones are
    left out, or are each word or either end of what they may be: what is broken every time is a
    mistake of its own.
    """
    wrong = [each["loc"] for each in errors if each["type"] not in RULES]
    if not wrong:
        return []
    instead = [(None, *_may_be(location, model)) for location in wrong]
    if math.prod(map(len, instead)) > MOST_TRIED:
        return []
    broken: list[dict[str, PydanticError]] = []
    for values in product(*instead):
        data = plain(node)
        for location, value in zip(wrong, values, strict=True):
            _replace(data, location, value)
        broken.append({f"{each['loc']} {each['msg']}": each for each in _rules(data, model)})
        if not broken[-1]:
            return []
    always = set.intersection(*map(set, broken))
    known = {each["loc"] for each in errors}
    return [each for key, each in broken[0].items() if key in always and each["loc"] not in known]


def _may_be(location: Location, model: type[Settings]) -> tuple[str | float, ...]:
    """Return the words that a setting may be; of a number the least and the most."""
    known = Known(group=model)
    for part in location:
        known = known_in(known.group).get(str(part), Known()) if known.group else Known()
    return known.choices or known.ends


def _rules(data: Plain, model: type[Settings]) -> list[PydanticError]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        return [each for each in _errors(error) if each["type"] in RULES]
    return []


def _errors(error: ValidationError) -> list[PydanticError]:
    return [dict(each) for each in error.errors(include_url=False, include_input=False)]


def _replace(data: Plain, location: Location, instead: str | float | None = None) -> None:
    """Put another value into groups of settings, or none; in the place of a list, of all of it."""
    for part in location:
        if not isinstance(data, dict) or part not in data:
            return
        inside = data[str(part)]
        if part == location[-1] or not isinstance(inside, dict):
            del data[str(part)]
            if instead is not None:
                data[str(part)] = instead
        data = inside


def without_empty_groups(node: Node, known: Known) -> Node:
    """Return a node in which a group that has nothing in it is one, and not null."""
    if isinstance(node, Listing):
        return replace(node, items=tuple(without_empty_groups(each, known) for each in node.items))
    if known.group is None:
        return node
    if isinstance(node, Scalar):
        empty = node.value is None and "null" not in known.types
        return Group(node.place, {}) if empty else node
    inside = known_in(known.group)
    entries = {
        name: replace(entry, node=without_empty_groups(entry.node, inside.get(name, Known())))
        for name, entry in node.entries.items()
    }
    return replace(node, entries=entries)
