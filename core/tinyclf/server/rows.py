"""Rows of a table in JSON: values in the order of the columns, or by their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.columns import parts_of_feature
from tinyclf.server.grids import LARGEST, Look
from tinyclf.server.numbers import array_schema, kind_of, number_of, numbers_of
from tinyclf.server.refusal import wrong

_SHOWN = 10


@dataclass(frozen=True)
class Column:
    """A column that a model learnt from.

    Attributes:
        name: What it is called.
        words: The texts it may have; none where it holds numbers.
    """

    name: str
    words: tuple[str, ...] = ()

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of a value."""
        return {"enum": list(self.words)} if self.words else array_schema((), -LARGEST, LARGEST)

    def read(self, told: object, where: str) -> list[float]:
        """Return a value as the model takes it: a number, or 1 at the place of its text.

        Raises:
            RefusedError: it is no number, or a text that the model does not know.
        """
        if not self.words:
            return [number_of(told, where, -LARGEST, LARGEST)]
        if not isinstance(told, str) or told not in self.words:
            more = ", …" if len(self.words) > _SHOWN else ""
            known = ", ".join(map(ascii, self.words[:_SHOWN])) + more
            given = "another text" if isinstance(told, str) else kind_of(told)
            raise wrong(where, f"one of {known} is needed, not {given}.")
        return [float(told == word) for word in self.words]


def columns_of(features: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns behind features: ``name``, or ``name=text`` for each text of one."""
    words: dict[str, list[str]] = {}
    for feature in features:
        name, word = parts_of_feature(feature)
        words.setdefault(name, [])
        if word is not None:
            words[name].append(word)
    return tuple(Column(name, tuple(some)) for name, some in words.items())


@dataclass(frozen=True)
class Rows:
    """Rows of a table, or vectors of so many numbers where no columns are known.

    Attributes:
        width: Numbers that the model takes.
        columns: In the order learnt from; empty where they have no names.
    """

    width: int
    columns: tuple[Column, ...] = ()
    key = "row"

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of one row."""
        if not self.columns:
            return array_schema((self.width,), -LARGEST, LARGEST)
        schemas = [column.schema() for column in self.columns]
        count = len(self.columns)
        by_name = {
            "type": "object",
            "properties": dict(zip(self._names, schemas, strict=True)),
            "required": list(self._names),
            "additionalProperties": False,
        }
        in_order: dict[str, Any] = {"type": "array", "minItems": count, "maxItems": count}
        alike = all(each == schemas[0] for each in schemas)
        in_order |= {"items": schemas[0]} if alike else {"prefixItems": schemas}
        return {"anyOf": [by_name, in_order], "description": "By names, or in the order learnt."}

    def example(self) -> Any:
        """Return a row that is told."""
        if not self.columns:
            return [0.0] * self.width
        return {each.name: each.words[0] if each.words else 0.0 for each in self.columns}

    def read(self, told: object, where: str, look: Look) -> NDArray[Any]:
        """Return a row (d,).

        Raises:
            RefusedError: a value is missing, too much, or not what its column holds.
        """
        if not self.columns:
            numbers = numbers_of(told, (self.width,), where, -LARGEST, LARGEST)
            return np.array(numbers, np.float64)
        values = self._by_name(told, where) if isinstance(told, dict) else self._order(told, where)
        read = [
            column.read(value, place)
            for column, (value, place) in zip(self.columns, values, strict=True)
        ]
        return np.array([number for some in read for number in some], np.float64)

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def _by_name(self, told: dict[str, object], where: str) -> list[tuple[object, str]]:
        for name in self._names:
            if name not in told:
                raise wrong(where, f"the column {name!r} is missing.")
        if unknown := [name for name in told if name not in self._names]:
            raise wrong(where, f"there is no column {unknown[0][:100]!r}: leave it out.")
        return [(told[name], f"{where}.{name}") for name in self._names]

    def _order(self, told: object, where: str) -> list[tuple[object, str]]:
        count = len(self.columns)
        if not isinstance(told, list):
            raise wrong(where, f"an object or an array is needed, not {kind_of(told)}.")
        if len(told) != count:
            raise wrong(where, f"an array of length {count} is needed, not of {len(told):,}.")
        return [(value, f"{where}[{k}]") for k, value in enumerate(told)]
