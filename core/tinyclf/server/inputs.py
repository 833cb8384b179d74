"""The body of a request as JSON → the examples it asks about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.server.grids import WHITES, Grids, Look
from tinyclf.server.numbers import kind_of
from tinyclf.server.refusal import RefusedError, wrong
from tinyclf.server.rows import Rows, columns_of

MANY = "inputs"

Reader = Grids | Rows


@dataclass(frozen=True, eq=False)
class Asked:
    """What a request asks about.

    Attributes:
        x: (n, *shape).
        is_batch: Whether it asked with a list, however short.
    """

    x: NDArray[Any]
    is_batch: bool


def reader_of(model: FittedModel) -> Reader:
    """Return what reads one example of a model."""
    if len(model.shape) == 3:
        return Grids(model.shape, model.takes_bytes)
    columns = () if model.features is None else columns_of(model.features)
    return Rows(model.shape[0], columns)


def read_json(body: bytes) -> Any:
    """Return what a body of JSON says.

    Raises:
        RefusedError: it is no JSON, or says what JSON cannot: NaN, numbers of thousands of digits.
    """
    try:
        return json.loads(body.decode(), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise RefusedError(
            400, f"The body is no UTF-8: byte {error.start:,} does not fit."
        ) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno:,}, column {error.colno:,}"
        raise RefusedError(400, f"The body is no JSON: {error.msg}, {place}.", place) from error
    except RecursionError as error:
        raise RefusedError(400, "The body has arrays in arrays without end: flatten it.") from error
    except ValueError as error:
        raise RefusedError(400, "The body has a number of too many digits: round it.") from error


def read_asked(reader: Reader, told: object, most: int) -> Asked:
    """Return the examples that a request asks about.

    Args:
        reader: Of the model's examples.
        told: What the body says.
        most: Examples allowed.

    Raises:
        RefusedError: it is not built as the schema says.
    """
    if not isinstance(told, dict):
        raise RefusedError(
            422, f"The body must be an object with {_keys(reader)}, not {kind_of(told)}."
        )
    options = ("white", "invert") if has_look(reader) else ()
    if unknown := [key for key in told if key not in (reader.key, MANY, *options)]:
        name = unknown[0][:100]
        raise RefusedError(
            422, f"There is no {name!r} here, but {_keys(reader)}.", repr(name)[1:-1]
        )
    given = [key for key in (reader.key, MANY) if key in told]
    if len(given) != 1:
        raise RefusedError(422, f"The body must have exactly one of {_keys(reader)}.")
    look = _look(told)
    if MANY not in told:
        return Asked(reader.read(told[reader.key], reader.key, look)[None], False)
    return Asked(_many(reader, told[MANY], most, look), True)


def has_look(reader: Reader) -> bool:
    """Return whether pictures may be said to be meant otherwise: those of bytes."""
    return isinstance(reader, Grids) and reader.takes_bytes


def _many(reader: Reader, told: object, most: int, look: Look) -> NDArray[Any]:
    if not isinstance(told, list) or not told:
        given = "an empty one" if isinstance(told, list) else kind_of(told)
        raise wrong(MANY, f"an array is needed, not {given}.")
    if len(told) > most:
        raise wrong(MANY, f"at most {most:,} are told at once, not {len(told):,}: ask in parts.")
    return np.stack([reader.read(each, f"{MANY}[{k}]", look) for k, each in enumerate(told)])


def _look(told: dict[str, object]) -> Look:
    white, invert = told.get("white"), told.get("invert", False)
    if "white" in told and (not isinstance(white, (int, float)) or white not in WHITES):
        raise wrong("white", "1 or 255 is needed.")
    if isinstance(white, bool):
        raise wrong("white", "1 or 255 is needed, not true or false.")
    if not isinstance(invert, bool):
        raise wrong("invert", f"true or false is needed, not {kind_of(invert)}.")
    return Look(int(white) if isinstance(white, (int, float)) else None, invert)


def _keys(reader: Reader) -> str:
    return f"'{reader.key}' or '{MANY}'"


def _no_number(word: str) -> NoReturn:
    raise RefusedError(400, f"The body has {word}, which is no JSON: leave such examples out.")
