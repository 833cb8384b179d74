"""What is answered, as JSON: probabilities in words, refusals, whatever else is plain."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from starlette.responses import Response

from tinyclf.server.refusal import RefusedError

Answer = dict[str, Any]


def as_json(told: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return a response of JSON in ASCII: class names may be any text, even no Unicode."""
    text = json.dumps(told, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return Response(text.encode(), status, headers, "application/json")


def refused(refusal: RefusedError) -> Response:
    """Return the response of a refusal."""
    return as_json(refusal.to_mapping(), refusal.status, refusal.headers)


def predictions(classes: Sequence[str], probabilities: NDArray[np.float64]) -> Iterator[Answer]:
    """Yield for each row (n, classes) the class told, how sure it is, and all scores."""
    for row in probabilities:
        best = int(row.argmax())
        yield {
            "prediction": classes[best],
            "confidence": float(row[best]),
            "scores": dict(zip(classes, row.tolist(), strict=True)),
        }
