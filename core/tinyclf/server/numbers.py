"""Numbers in arrays in arrays of JSON, checked one by one: a mistake is told with its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tinyclf.server.refusal import wrong

_KINDS = {
    bool: "true or false",
    str: "a text",
    list: "an array",
    dict: "an object",
    type(None): "null",
}
_NUMBERS = {int, float}


def numbers_of(
    told: object, lengths: Sequence[int], where: str, low: float, high: float
) -> list[float]:
    """Return the numbers of arrays in arrays, in one row.

    Args:
        told: What a body has there.
        lengths: How long the outer arrays are, and those in them.
        where: Its place in the body, for a complaint.
        low: The least number allowed.
        high: The greatest.

    Raises:
        RefusedError: it is no array of such arrays, or something in it is no number in the range.
    """
    if not isinstance(told, list):
        raise wrong(where, f"an array of length {lengths[0]} is needed, not {kind_of(told)}.")
    if len(told) != lengths[0]:
        raise wrong(where, f"an array of length {lengths[0]} is needed, not of {len(told):,}.")
    if len(lengths) > 1:
        return [
            number
            for k, part in enumerate(told)
            for number in numbers_of(part, lengths[1:], f"{where}[{k}]", low, high)
        ]
    if not (set(map(type, told)) <= _NUMBERS and low <= min(told) and max(told) <= high):
        for k, number in enumerate(told):
            number_of(number, f"{where}[{k}]", low, high)
    return told


def number_of(told: object, where: str, low: float, high: float) -> float:
    """Return a number in its range.

    Raises:
        RefusedError: it is none.
    """
    if isinstance(told, bool) or not isinstance(told, (int, float)):
        raise wrong(where, f"a number is needed, not {kind_of(told)}.")
    if not low <= told <= high:
        raise wrong(where, f"a number from {low:,} to {high:,} is needed.")
    return float(told)


def array_schema(lengths: Sequence[int], low: float, high: float) -> dict[str, Any]:
    """Return the JSON schema of what :func:`numbers_of` takes."""
    if not lengths:
        return {"type": "number", "minimum": low, "maximum": high}
    return {
        "type": "array",
        "minItems": lengths[0],
        "maxItems": lengths[0],
        "items": array_schema(lengths[1:], low, high),
    }


def kind_of(told: object) -> str:
    """Return in words what kind of JSON something is."""
    return _KINDS.get(type(told), "a number")
