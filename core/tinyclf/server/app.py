"""The web application of one model: its paths put together, behind the gate."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from fastapi import FastAPI, Request, Response
from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from tinyclf import __version__
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.server import schema
from tinyclf.server.answers import as_json, predictions, refused
from tinyclf.server.batching import Batcher
from tinyclf.server.described import describe
from tinyclf.server.gate import Gate
from tinyclf.server.inputs import read_asked, read_json, reader_of
from tinyclf.server.limits import Limits
from tinyclf.server.page import add_pages
from tinyclf.server.pictures import Upload, count_pixels, read_uploads, takes_files
from tinyclf.server.refusal import RefusedError
from tinyclf.spare_memory import give_back

R = TypeVar("R")

SMALL = 64_000
"""Bytes of a body that is read on the event loop: handing it over would take longer.

What reading more bytes or pixels took is given back at once.
"""

READERS = 2
"""Threads that decode pictures and read large bodies."""

_BODY_REFUSALS = (400, 408, 413, 415, 422, 503)
_FORM = "multipart/form-data"


class Desk:
    """What the paths share: the model, its batcher, and threads that read.

    Args:
        model: What predicts.
        limits: How much one request may ask for.
    """

    def __init__(self, model: FittedModel, limits: Limits) -> None:
        self.model = model
        self.limits = limits
        self.reader = reader_of(model)
        self.batcher = Batcher(model.predict)
        self._readers = ThreadPoolExecutor(READERS, "reading")

    async def told(self, x: Any) -> list[dict[str, Any]]:
        """Return the predictions for examples (n, *shape)."""
        return list(predictions(self.model.classes, await self.batcher.predict(x)))

    async def aside(self, read: Callable[[], R], size: int) -> R:
        """Read a body of so many bytes, or pictures of so many pixels, on a thread of its own."""

        def read_and_free() -> R:
            try:
                return read()
            finally:
                if size > SMALL:
                    give_back()

        return await asyncio.get_running_loop().run_in_executor(self._readers, read_and_free)

    def close(self) -> None:
        """Take no more work."""
        self.batcher.close()
        self._readers.shutdown(wait=False, cancel_futures=True)


def make_app(
    model: FittedModel,
    limits: Limits | None = None,
    *,
    origins: Sequence[str] = (),
    hosts: Collection[str] | None = None,
) -> FastAPI:
    """Return the application that answers what a model tells.

    Args:
        model: What predicts.
        limits: How much may be asked; else the usual.
        origins: Other sites whose pages may ask, as ``https://example.org``, or ``*``.
        hosts: Names by which it may be called; ``None`` for any.
    """
    desk = Desk(model, limits or Limits())

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = FastAPI(
        title="Tiny Classifier",
        version=__version__,
        description="What one fitted model tells of pictures or rows of numbers.",
        docs_url=None,
        redoc_url=None,
        lifespan=living,
    )
    _add_predict(app, desk)
    if takes_files(model):
        _add_files(app, desk)
    _add_standing(app, desk)
    add_pages(app)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_middleware(Gate, limits=desk.limits, hosts=hosts)
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
        )
    return app


def _add_predict(app: FastAPI, desk: Desk) -> None:
    one = schema.prediction_schema(desk.model.classes)
    answer = {"oneOf": [one, schema.predictions_schema(one)]}

    @app.post(
        "/predict",
        summary="Tell one example or a list of them, given as numbers",
        response_class=Response,
        responses=schema.responses(answer, "What the model tells", *_BODY_REFUSALS),
        openapi_extra=schema.body(
            "application/json",
            schema.asked_schema(desk.reader, desk.limits),
            {desk.reader.key: desk.reader.example()},
        ),
    )
    async def predict(request: Request) -> Response:
        _require_type(request, "application/json")
        body = await request.body()

        def read() -> Any:
            return read_asked(desk.reader, read_json(body), desk.limits.inputs)

        asked = read() if len(body) <= SMALL else await desk.aside(read, len(body))
        told = await desk.told(asked.x)
        return as_json({"predictions": told} if asked.is_batch else told[0])


def _add_files(app: FastAPI, desk: Desk) -> None:
    named = {"name": {"type": "string", "description": "What the file is called."}}
    one = schema.prediction_schema(desk.model.classes, named)
    answer = schema.predictions_schema(one)

    @app.post(
        "/predict/image",
        summary="Tell one picture file or several",
        response_class=Response,
        responses=schema.responses(answer, "What the model tells", *_BODY_REFUSALS),
        openapi_extra=schema.body(_FORM, schema.files_schema(desk.limits)),
    )
    async def predict_image(request: Request) -> Response:
        _require_type(request, _FORM)
        uploads, invert = await _uploads(request, desk.limits)
        size = sum(len(upload.content) for upload in uploads)
        pixels = await desk.aside(lambda: count_pixels(uploads, desk.limits.pixels), size)
        x = await desk.aside(lambda: read_uploads(desk.model, uploads, invert=invert), pixels)
        told = await desk.told(x)
        names = [{"name": upload.name} for upload in uploads]
        return as_json({"predictions": [a | b for a, b in zip(names, told, strict=True)]})


def _add_standing(app: FastAPI, desk: Desk) -> None:
    health = {
        "type": "object",
        "properties": {"status": {"const": "ok"}, "waiting": {"type": "integer"}},
        "required": ["status", "waiting"],
    }

    @app.get(
        "/healthz",
        summary="Tell that it runs, and how many requests wait",
        response_class=Response,
        responses=schema.responses(health, "It runs", 503),
    )
    async def healthz() -> Response:
        return as_json({"status": "ok", "waiting": desk.batcher.waiting})

    @app.get(
        "/model",
        summary="Tell what the model takes, what it tells, and how good it was",
        response_class=Response,
        responses=schema.responses({"type": "object"}, "The model", 503),
    )
    async def model() -> Response:
        return as_json(describe(desk.model, desk.reader))


async def _uploads(request: Request, limits: Limits) -> tuple[list[Upload], bool]:
    """Return the files of a form, and whether they are dark on light."""
    _, options = parse_options_header(request.headers["content-type"])
    if not (boundary := options.get(b"boundary")):
        words = "Content-Type names no boundary: send the form as a client of HTTP writes it"
        raise RefusedError(400, f"The form cannot be read: {words}.")
    if b"--%b--" % boundary not in await request.body():
        words = "it is cut off before its last boundary: send it whole"
        raise RefusedError(400, f"The form cannot be read: {words}.")
    try:
        form = await request.form(max_files=limits.inputs, max_fields=10, max_part_size=1_000)
    except HTTPException as error:
        words = error.detail.rstrip(".")
        raise RefusedError(400, f"The form cannot be read: {words}.") from error
    except Exception as error:  # on damaged bodies the parser raises several kinds
        words = "it is damaged or cut off: send it whole"
        raise RefusedError(400, f"The form cannot be read: {words}.") from error
    try:
        uploads: list[Upload] = []
        inverts: list[str] = []
        for key, value in form.multi_items():
            if key == "file" and isinstance(value, UploadFile):
                uploads.append(Upload(value.filename or "", await value.read()))
            elif key == "invert" and isinstance(value, str):
                inverts.append(value)
            else:
                raise RefusedError(422, "A form has files called 'file', and 'invert', no others.")
        if not uploads:
            raise RefusedError(422, "The form has no file: send pictures as 'file'.", "file")
        if not (len(inverts) <= 1 and all(each in ("true", "false") for each in inverts)):
            raise RefusedError(422, "invert: one of 'true' and 'false' is needed.", "invert")
        return uploads, inverts == ["true"]
    finally:
        await form.close()


def _require_type(request: Request, wanted: str) -> None:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != wanted:
        raise RefusedError(415, f"The header Content-Type must be {wanted}.")


async def _unknown(request: Request, error: Exception) -> Response:
    """Answer a path or a method that is not there as every refusal is answered."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    path = repr(request.url.path[:100])
    words = {
        404: f"There is nothing at {path}: see /docs.",
        405: f"{path} cannot be asked by {request.method!r}: see /docs.",
    }
    response = refused(RefusedError(error.status_code, words.get(error.status_code, error.detail)))
    response.headers.update(error.headers or {})
    return response
