"""How much one request may ask for, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass

from tinyclf.nn.ranges import require, require_whole

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What is refused beyond; see ``tinyclf serve --help``.

    Attributes:
        body_bytes: Of the body of one request.
        held_bytes: Of the bodies of all requests that are being answered.
        pixels: Of all pictures of a request, told from their heads before any is decoded.
        inputs: Examples in one request.
        requests: Being answered at once; more are told to come again.
        body_seconds: In which a head or a body must have arrived.
        seconds: In which a request that has arrived must be answered.

    Raises:
        ConfigError: one is out of its range.
    """

    body_bytes: int = 8 * MEGABYTE
    held_bytes: int = 256 * MEGABYTE
    pixels: int = 50_000_000
    inputs: int = 1_000
    requests: int = 512
    body_seconds: float = 10.0
    seconds: float = 10.0

    def __post_init__(self) -> None:
        require_whole("The bytes of a body", self.body_bytes, 1_000, 1_000 * MEGABYTE)
        require_whole("The bytes of all bodies", self.held_bytes, 1_000, 100_000 * MEGABYTE)
        require_whole("The pixels of a request", self.pixels, 1, 200_000_000)
        require_whole("The inputs of a request", self.inputs, 1, 1_000_000)
        require_whole("The requests at once", self.requests, 1, 100_000)
        require("The seconds of a body", self.body_seconds, 0.01, 3_600)
        require("The seconds of an answer", self.seconds, 0.01, 3_600)
