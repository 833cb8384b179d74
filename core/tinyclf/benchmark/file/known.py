"""Which settings a model has, and what each may be, in words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from tinyclf.benchmark.settings import WORDS, Settings

ALIKE = 0.7
"""So alike a word must be to one that is meant, from 0 to 1: "batch" is not to mean "math"."""

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """A setting that a model has.

    Attributes:
        allowed: What it may be, in words; empty for anything.
        choices: The words it may be, if it is a word.
        ends: The least and the most it may be, if it is a number of a range.
        types: Of its value, as JSON schemas call them.
        group: Its own settings, if it is a group.
    """

    allowed: str = ""
    choices: tuple[str, ...] = ()
    ends: tuple[float, ...] = ()
    types: frozenset[str] = frozenset()
    group: type[Settings] | None = None


@cache
def known_in(model: type[Settings]) -> Mapping[str, Known]:
    """Return the settings of a model, under every name that a file may give them."""
    whole = model.model_json_schema(by_alias=False)
    words = _Words(whole.get("$defs", {}))
    known: dict[str, Known] = {}
    for name, field in model.model_fields.items():
        schema = whole["properties"][name]
        one = Known(
            allowed=words.allowed(schema),
            choices=words.choices(schema),
            ends=words.ends(schema),
            types=words.types(schema),
            group=_group(field),
        )
        known |= dict.fromkeys(_names(name, field), one)
    return known


@cache
def paths_in(model: type[Settings]) -> Mapping[str, str]:
    """Return where each setting of a model and of its groups stands: name → path with dots."""
    paths: dict[str, str] = {}
    for name, one in known_in(model).items():
        paths.setdefault(name, name)
        if one.group:
            for inner, path in paths_in(one.group).items():
                paths.setdefault(inner, f"{name}.{path}")
    return paths


def nearest(word: str, words: Iterable[str]) -> str:
    """Return the most similar of some words; empty if none is."""
    return next(iter(difflib.get_close_matches(word, list(words), n=1, cutoff=ALIKE)), "")


def listed(words: Iterable[str], last: str) -> str:
    """Return words as a sentence lists them: "a, b and c", for last="and"."""
    *first, final = words
    return f"{', '.join(first)} {last} {final}" if first else final


def _names(name: str, field: FieldInfo) -> tuple[str, ...]:
    if isinstance(field.validation_alias, AliasChoices):
        return tuple(str(choice) for choice in field.validation_alias.choices)
    return (str(field.validation_alias or name),)


def _group(field: FieldInfo) -> type[Settings] | None:
    annotations = (field.annotation, *get_args(field.annotation))
    groups = [each for each in annotations if isinstance(each, type) and issubclass(each, Settings)]
    return groups[0] if len(groups) == 1 else None


class _Words:
    """Puts JSON schemas into words.

    Args:
        definitions: What their references mean.
    """

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        self._definitions = definitions

    def allowed(self, schema: Schema) -> str:
        if WORDS in schema:
            return str(schema[WORDS])
        alternatives = self._alternatives(schema)
        words = [self._one(each) for each in alternatives if each.get("type") != "null"]
        left_out = ", or left out" if len(words) < len(alternatives) else ""
        return listed(words, "or") + left_out if words else ""

    def choices(self, schema: Schema) -> tuple[str, ...]:
        found = (each.get("enum", [each.get("const")]) for each in self._alternatives(schema))
        return tuple(word for words in found for word in words if isinstance(word, str))

    def ends(self, schema: Schema) -> tuple[float, ...]:
        found = self._alternatives(schema)
        return tuple(each[end] for each in found for end in ("minimum", "maximum") if end in each)

    def types(self, schema: Schema) -> frozenset[str]:
        return frozenset(each.get("type", "") for each in self._alternatives(schema))

    def _alternatives(self, schema: Schema) -> list[Schema]:
        if "$ref" in schema:
            return self._alternatives(self._definitions[schema["$ref"].rpartition("/")[2]])
        several = schema.get("anyOf") or schema.get("oneOf")
        if several is None:
            return [schema]
        return [one for each in several for one in self._alternatives(each)]

    def _one(self, schema: Schema) -> str:
        if "const" in schema:
            return str(schema["const"])
        if "enum" in schema:
            return listed(map(str, schema["enum"]), "or")
        match schema.get("type"):
            case "integer":
                return "a whole number" + _range(schema)
            case "number":
                return "a number" + _range(schema)
            case "string":
                return "text" + _size(schema, "Length", "letter")
            case "boolean":
                return "true or false"
            case "array":
                each = self.allowed(schema.get("items", {}))
                return "a list" + _size(schema, "Items", "entry") + (each and f", each {each}")
            case "object" if "properties" in schema:
                return f"a group of {listed(schema['properties'], 'and')}"
        return ""


def _range(schema: Schema) -> str:
    low, above = schema.get("minimum"), schema.get("exclusiveMinimum")
    high, below = schema.get("maximum"), schema.get("exclusiveMaximum")
    if low is not None and high is not None:
        return f" from {_number(low)} to {_number(high)}"
    bounds = {"above": above, "at least": low, "below": below, "at most": high}
    words = [f"{word} {_number(bound)}" for word, bound in bounds.items() if bound is not None]
    return f", {' and '.join(words)}" if words else ""


def _size(schema: Schema, what: str, unit: str) -> str:
    low, high = schema.get(f"min{what}", 0), schema.get(f"max{what}")
    parts = []
    if low:
        parts.append(f"at least {_number(low)}")
    if high is not None:
        parts.append(f"at most {_number(high)}")
    last = high if high is not None else low
    plural = f"{unit.removesuffix('y')}ies" if unit.endswith("y") else f"{unit}s"
    return f" of {' and '.join(parts)} {unit if last == 1 else plural}" if parts else ""


def _number(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:g}"
