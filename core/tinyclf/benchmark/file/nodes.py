"""What a YAML file holds, and where each of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from tinyclf.benchmark.file.mistakes import Place


@dataclass(frozen=True)
class Scalar:
    """A number, a text, true, false or nothing.

    Attributes:
        place: Where it begins.
        value: Itself.
        chosen: Whether it was one of several in a list.
    """

    place: Place
    value: str | int | float | bool | None
    chosen: bool = False


@dataclass(frozen=True)
class Listing:
    """Values in a row."""

    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Entry:
    """A value with its name.

    Attributes:
        place: Where the name stands.
        node: The value.
    """

    place: Place
    node: Node


@dataclass(frozen=True)
class Group:
    """Values by name, in the order of the file."""

    place: Place
    entries: dict[str, Entry]


Node: TypeAlias = Scalar | Listing | Group
Plain: TypeAlias = "str | int | float | list[Plain] | dict[str, Plain] | None"


def plain(node: Node) -> Plain:
    """Return a node without its places: dictionaries, lists and scalars.

    True and false come as words: pydantic would take them for numbers.
    """
    if isinstance(node, Group):
        return {name: plain(entry.node) for name, entry in node.entries.items()}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return node.value
