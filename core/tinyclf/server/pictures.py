"""Uploaded picture files → the examples they are, whatever their size and format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.datasets.sized_pictures import picture_in
from tinyclf.data.decode import read_size
from tinyclf.errors import PhotoError
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.predicting import LIGHT, to_channels
from tinyclf.server.refusal import RefusedError

_NAME_SHOWN = 100


class Upload(NamedTuple):
    """A file as it came.

    Attributes:
        name: What the sender calls it.
        content: Its bytes.
    """

    name: str
    content: bytes


def takes_files(model: FittedModel) -> bool:
    """Return whether picture files can be told: the model learnt from bytes, grey or colours."""
    return model.takes_pictures and model.takes_bytes and model.shape[0] in (1, 3)


def count_pixels(uploads: Sequence[Upload], most: int) -> int:
    """Return how many pixels pictures have together, told from their heads: none is decoded.

    Raises:
        RefusedError: one is no picture, or they have more than there may be.
    """
    left = most
    for number, upload in enumerate(uploads):
        with _named(upload, number):
            width, height = read_size(BytesIO(upload.content))
            left -= width * height
            if left < 0:
                together, cure = (
                    (" with those before it", "fewer") if number else ("", "it smaller")
                )
                raise PhotoError(
                    f"the picture of {width:,} × {height:,} pixels has{together} more than the "
                    f"{most:,} that are told at once: send {cure}"
                )
    return most - left


def read_uploads(
    model: FittedModel, uploads: Sequence[Upload], *, invert: bool
) -> NDArray[np.uint8]:
    """Return pictures (n, channels, h, w) as the model takes them.

    Args:
        model: It takes files, see :func:`takes_files`.
        uploads: One at least, counted by :func:`count_pixels`.
        invert: Whether they are dark on light, where those learnt from are not.

    Raises:
        RefusedError: one is no picture, or not a whole one.
    """
    x = np.stack([_read(model, upload, k) for k, upload in enumerate(uploads)])
    return LIGHT - x if invert else x


def _read(model: FittedModel, upload: Upload, number: int) -> NDArray[np.uint8]:
    channels, h, w = model.shape
    with _named(upload, number):
        return to_channels(picture_in(BytesIO(upload.content), (w, h)), channels)


@contextmanager
def _named(upload: Upload, number: int) -> Iterator[None]:
    """Refuse what is wrong with a picture, and say which it is."""
    try:
        yield
    except PhotoError as error:
        name = f" ({upload.name[:_NAME_SHOWN]!r})" if upload.name else ""
        raise RefusedError(422, f"file[{number}]{name}: {error}.", f"file[{number}]") from error
