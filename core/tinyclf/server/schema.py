"""The parts of the OpenAPI schema that depend on the model: what may be asked, what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tinyclf.server.grids import WHITES
from tinyclf.server.inputs import MANY, Reader, has_look
from tinyclf.server.limits import Limits

Schema = dict[str, Any]

ERROR: Schema = {
    "type": "object",
    "properties": {
        "error": {"type": "string", "description": "What is wrong, and the cure."},
        "where": {"type": ["string", "null"], "description": "The place in the request."},
    },
    "required": ["error", "where"],
}

REASONS = {
    400: "It cannot be read",
    404: "There is nothing of this name",
    405: "It cannot be asked in this way",
    408: "The body came too slowly",
    413: "It is too large",
    415: "It is of another kind than is taken here",
    422: "It can be read, but not be met",
    503: "Too much at once: come again",
}
"""Every refusal there is."""

_LOOK: Schema = {
    "white": {
        "enum": list(WHITES),
        "description": "What stands for white. Left out: 1 where no pixel is more, else 255.",
    },
    "invert": {"type": "boolean", "description": "Whether pictures are dark on light."},
}


def asked_schema(reader: Reader, limits: Limits) -> Schema:
    """Return the schema of the body of ``POST /predict``: one example, or a list of them."""
    options = _LOOK if has_look(reader) else {}
    many = {
        "type": "array",
        "minItems": 1,
        "maxItems": limits.inputs,
        "items": reader.schema(),
    }
    return {
        "oneOf": [
            _object({reader.key: reader.schema()}, options),
            _object({MANY: many}, options),
        ]
    }


def files_schema(limits: Limits) -> Schema:
    """Return the schema of the body of ``POST /predict/image``."""
    files = {
        "type": "array",
        "minItems": 1,
        "maxItems": limits.inputs,
        "items": {"type": "string", "format": "binary"},
        "description": "Pictures: JPEG, PNG, GIF, WebP, TIFF, BMP, AVIF, JPEG 2000.",
    }
    invert = {"type": "string", "enum": ["true", "false"], "default": "false"}
    return _object({"file": files}, {"invert": invert})


def prediction_schema(classes: Sequence[str], further: Schema | None = None) -> Schema:
    """Return the schema of one prediction."""
    probability = {"type": "number", "minimum": 0, "maximum": 1}
    scores = _object(dict.fromkeys(classes, probability), {})
    prediction = {"type": "string", "enum": list(classes)}
    told = {"prediction": prediction, "confidence": probability, "scores": scores}
    return _object((further or {}) | told, {})


def predictions_schema(one: Schema) -> Schema:
    """Return the schema of a list of predictions."""
    return _object({"predictions": {"type": "array", "minItems": 1, "items": one}}, {})


def body(content_type: str, schema: Schema, example: object = None) -> Schema:
    """Return what an operation says of the body it takes."""
    content: Schema = {"schema": schema}
    if example is not None:
        content["example"] = example
    return {"requestBody": {"required": True, "content": {content_type: content}}}


def responses(answer: Schema, words: str, *refusals: int) -> dict[int | str, Schema]:
    """Return what an operation may answer."""
    told: dict[int | str, Schema] = {200: _response(words, answer)}
    return told | {status: _response(REASONS[status], ERROR) for status in sorted(refusals)}


def _response(words: str, schema: Schema) -> Schema:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _object(required: Schema, others: Schema) -> Schema:
    return {
        "type": "object",
        "properties": required | others,
        "required": list(required),
        "additionalProperties": False,
    }
