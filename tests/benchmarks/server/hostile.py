"""Bodies that no honest client sends: made by hand, and valid ones spoilt, each by its number."""

from __future__ import annotations

import io
import json
import random
import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

JSON = "application/json"
FORM = "multipart/form-data; boundary=edge"
GRID = json.dumps({"grid": [[0] * 28] * 28}).encode()

Hostile = tuple[str, str, bytes]


def hostile(number: int) -> Hostile:
    """Return path, content type and body; the same number gives the same."""
    rng = random.Random(number)
    if rng.random() < 0.1:
        return rng.choice(_by_hand())
    valid: Hostile = rng.choice(_valid())
    path, kind, body = valid
    spoil = rng.choice((_flipped, _cut, _doubled, _replaced))
    return path, kind, spoil(rng, body)


def _flipped(rng: random.Random, body: bytes) -> bytes:
    changed = bytearray(body)
    for _ in range(rng.choice((1, 3, 30))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut(rng: random.Random, body: bytes) -> bytes:
    return body[: rng.randrange(len(body))]


def _doubled(rng: random.Random, body: bytes) -> bytes:
    start = rng.randrange(len(body))
    end = rng.randrange(start, len(body))
    return body[:end] + body[start:end] * rng.choice((1, 2, 9)) + body[end:]


def _replaced(rng: random.Random, body: bytes) -> bytes:
    words = (
        b"NaN",
        b"1e999",
        b"-1",
        b"null",
        b"{}",
        b"[]",
        b'"\\ud800"',
        b"9" * 5_000,
        b"\xff",
        b"",
    )
    start = rng.randrange(len(body))
    return body[:start] + rng.choice(words) + body[start + rng.randrange(4) :]


@cache
def _valid() -> list[Hostile]:
    grey = np.random.default_rng(0).integers(0, 256, (40, 40), np.uint8)
    pictures = [_picture(grey, kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")]
    many = json.dumps({"inputs": [[[0.5] * 28] * 28] * 3, "white": 1, "invert": True}).encode()
    forms: list[Hostile] = [("/predict/image", FORM, _form(each)) for each in pictures]
    return [("/predict", JSON, GRID), ("/predict", JSON, many), *forms]


@cache
def _by_hand() -> list[Hostile]:
    huge, large = (_picture(np.zeros((side, side), bool), "PNG") for side in (9_000, 7_000))
    texts = (
        b"", b"{", b"[" * 100_000, b'{"a":' * 50_000, b"null", b"\x00" * 1_000, b"\xff\xfe" * 500,
        b'{"grid":NaN}', b'{"grid":[[' + b"1," * 400_000 + b"1]]}", b'{"grid":' + b"9" * 100_000,
        b'{"inputs":[' + b"[]," * 100_000 + b"[]]}", b'"' + b"\\u0000" * 100_000 + b'"',
        GRID[:-2] + b"]" * 10, b" " * 9_000_000, b'{"grid":[[1e400]]}', zlib.compress(bytes(10**7)),
    )  # fmt: skip
    forms = (
        b"", b"--edge", b"--edge--", b"--edge\r\n\r\n--edge--", b"--edge\r\n" * 100_000,
        _form(b""), _form(b"PK\x03\x04" + bytes(99)), _form(huge), _form(*[large] * 150),
        _form(b"x") * 300, _form(b"x").replace(b"file", b"\xff"), b"--edge\r\nA: " + b"b" * 10**6,
    )  # fmt: skip
    return [
        *(("/predict", JSON, text) for text in texts),
        *(("/predict/image", FORM, form) for form in forms),
        ("/predict", "text/plain", GRID),
        ("/predict", "", GRID),
        ("/predict/image", "multipart/form-data", _form(b"x")),
        ("/predict/image", FORM + "; charset=none", _form(b"x")),
        ("/none", JSON, GRID),
        ("/model", JSON, GRID),
    ]


def _picture(pixels: NDArray[np.uint8] | NDArray[np.bool_], kind: str) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind)
    return file.getvalue()


def _form(*contents: bytes) -> bytes:
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    return b"".join(head + content + b"\r\n" for content in contents) + b"--edge--\r\n"
