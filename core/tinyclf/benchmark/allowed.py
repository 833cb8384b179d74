"""What a setting may be, as its group says: for options of a command, and fields of a form."""

from __future__ import annotations

from typing import Any, get_args

from annotated_types import Ge, Le
from pydantic import BaseModel


def range_of(group: type[BaseModel], setting: str) -> tuple[int, int]:
    """Return the least and the most of a whole number."""
    metadata = group.model_fields[setting].metadata
    [least] = [each.ge for each in metadata if isinstance(each, Ge)]
    [most] = [each.le for each in metadata if isinstance(each, Le)]
    return int(least), int(most)  # type: ignore[call-overload]


def words_of(group: type[BaseModel], setting: str) -> tuple[str, ...]:
    """Return the words of a choice; of a number there are none."""
    allowed = get_args(group.model_fields[setting].annotation)
    return allowed if all(isinstance(word, str) for word in allowed) else ()


def default_of(group: type[BaseModel], setting: str) -> Any:
    """Return what it is unless it is said."""
    return group.model_fields[setting].default
