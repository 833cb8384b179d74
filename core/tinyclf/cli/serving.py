"""The command that answers over HTTP what a model tells."""

from __future__ import annotations

import re
from pathlib import Path

import click
import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from tinyclf.cli.options import PATH, WholeNumber
from tinyclf.cli.speech import note, say_json
from tinyclf.errors import InputError
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.model_file import load_model
from tinyclf.server.limits import MEGABYTE, Limits
from tinyclf.spare_memory import share_arenas

MILLION = 1_000_000
USUAL = Limits()

_ORIGIN = re.compile(r"https?://[^/\s@?#]+", re.ASCII)


def _origins(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    for origin in given:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise click.BadParameter(f"{origin!r} is no origin as https://example.org, nor '*'")
    return given


@click.command("serve")
@click.argument("model", type=PATH)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=5000, show_default=True, type=WholeNumber(0, 65_535))
@click.option(
    "--cors",
    multiple=True,
    metavar="ORIGIN",
    callback=_origins,
    help="A site whose pages may ask, as https://example.org; may be said again.",
)
@click.option(
    "--max-body",
    default=USUAL.body_bytes // MEGABYTE,
    show_default=True,
    type=WholeNumber(1, 1_000),
    help="Megabytes that one request may have.",
)
@click.option(
    "--max-pixels",
    default=USUAL.pixels // MILLION,
    show_default=True,
    type=WholeNumber(1, 200),
    help="Million pixels that the pictures of a request may have.",
)
@click.option(
    "--max-batch",
    default=USUAL.inputs,
    show_default=True,
    type=WholeNumber(1, 1_000_000),
    help="Examples that one request may ask about.",
)
@click.option(
    "--max-requests",
    default=USUAL.requests,
    show_default=True,
    type=WholeNumber(1, 100_000),
    help="Requests answered at once; others are told to come again.",
)
@click.option(
    "--timeout",
    default=USUAL.seconds,
    show_default=True,
    type=click.FloatRange(0.1, 3_600),
    help="Seconds that a request may take to arrive, and again to be answered.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print where it listens as one JSON object instead."
)
def serve_command(
    model: Path,
    host: str,
    port: int,
    cors: tuple[str, ...],
    max_body: int,
    max_pixels: int,
    max_batch: int,
    max_requests: int,
    timeout: float,
    as_json: bool,
) -> None:
    """Answer over HTTP what MODEL tells, until Ctrl+C.

    At / is a page to draw or to drop a picture, at /docs what programs can ask: POST /predict takes
    numbers as JSON, POST /predict/image picture files. Only this machine can ask, unless --host
    says otherwise.
    """
    limits = Limits(
        body_bytes=max_body * MEGABYTE,
        held_bytes=max(USUAL.held_bytes, 2 * max_body * MEGABYTE),
        pixels=max_pixels * MILLION,
        inputs=max_batch,
        requests=max_requests,
        body_seconds=timeout,
        seconds=timeout,
    )
    share_arenas()
    loaded = load_model(model)
    _serve(loaded, limits, host, port, cors, as_json)


def _serve(
    model: FittedModel,
    limits: Limits,
    host: str,
    port: int,
    origins: tuple[str, ...],
    as_json: bool,
) -> None:
    try:
        from tinyclf.server.app import make_app
        from tinyclf.server.running import host_names, is_loopback, listen, server_of, url_of
    except ImportError as error:
        raise InputError(
            f"The package {error.name} is not installed: pip install 'tiny-classifier[server]'."
        ) from error
    with listen(host, port) as listening, threadpool_limits(limits=1, user_api="blas"):
        app = make_app(model, limits, origins=origins, hosts=host_names(host, listening))
        model.predict(np.zeros((1, *model.shape), np.uint8 if model.takes_bytes else np.float64))
        if not is_loopback(listening):
            note("Everyone who reaches this machine can ask, without a password.")
        if as_json:
            say_json({"url": url_of(listening), "port": listening.getsockname()[1]})
        else:
            note(f"Listening on {url_of(listening)}; Ctrl+C ends it.")
        try:
            server_of(app, limits).run(sockets=[listening])
        except KeyboardInterrupt:  # as was said that it ends
            note("Ended.")


COMMANDS = (serve_command,)
