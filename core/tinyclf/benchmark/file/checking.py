"""Nodes → settings, or the mistakes that are in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from tinyclf.benchmark.file.known import Known, known_in, paths_in
from tinyclf.benchmark.file.nodes import Entry, Group, Listing, Node, Plain, Scalar, plain
from tinyclf.benchmark.file.telling import Found, told
from tinyclf.benchmark.settings import SEEN_FROM, Settings

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
        errors = error.errors(include_url=False, include_input=False)
        return None, [told(each, entry, model, paths) for each in errors]


def without_mistakes(node: Node, model: type[Model]) -> Model | None:
    """Return the settings that a node holds, but for those that are wrong: they are default.

    None if that does not do.
    """
    data = plain(node)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            _remove(data, each["loc"])
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _remove(data: Plain, location: tuple[int | str, ...]) -> None:
    """Remove a value from groups of settings; of a list, all of it."""
    for part in location:
        if not isinstance(data, dict) or part not in data:
            return
        inside = data[str(part)]
        if part == location[-1] or not isinstance(inside, dict):
            del data[str(part)]
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
