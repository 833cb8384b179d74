"""A file → an upright RGB picture, or the reason why not.

All pictures of this program come through here, so a thumbnail, the loupe and the network see the
same orientation and colours.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from tinyclf.data.colour import eight_bit, to_rgb
from tinyclf.data.files import open_regular, reason_of
from tinyclf.data.jpeg_end import is_cut_jpeg
from tinyclf.data.orientation import orientation_of, upright, upright_size
from tinyclf.data.taken import taken_of
from tinyclf.errors import PhotoError

_READ = "jpg jpeg jpe jfif mpo png apng gif webp tif tiff bmp dib avif jp2 j2k ppm pgm pbm pnm"
SUFFIXES = frozenset(f".{ending}" for ending in f"{_READ} heic heif".split())
"""The file names a folder is searched for, lower case. The bytes decide what a file really is;
HEIC cannot be read, but a collector who has such photos must be told."""

LARGEST_PIXELS = 200_000_000
"""Larger pictures are refused from the header alone: decoded, this is 800 MB."""

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "DIB", "AVIF", "JPEG2000", "PPM")
_JPEG = ("JPEG", "MPO")
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"BM", b"\0\0\0")
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

_CUT = "the picture breaks off: the file is damaged or was not copied whole"
_DAMAGED = "the picture is damaged and cannot be decoded"
_TOO_MUCH = "the picture needs more memory than there is"
_SIGNS_OF_A_CUT = re.compile(r"truncat|unexpected end|end of file|not enough|incomplete", re.I)

_PILLOW = r"PIL\."
_SILENCE = ("ignore", None, Warning, re.compile(_PILLOW), 0)

# The limit here replaces Pillow's own, which warns at one size and refuses at another.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded photo.

    Attributes:
        image: RGB, upright.
        width: Pixels across of the whole photo, upright; ``image`` may be smaller.
        height: Pixels down, likewise.
        taken: When it was taken; see ``taken.taken_of``.
    """

    image: Image.Image
    width: int
    height: int
    taken: int | None = None


def decode(path: Path, *, long_side: int | None = None) -> Image.Image:
    """Return the photo at ``path``: RGB, upright, sRGB, the first frame, on neutral grey.

    Args:
        path: The file.
        long_side: Scale down, never up, until the longer side is at most so many pixels.

    Raises:
        PhotoError: it is no picture, or not a whole one; the message is the reason.
    """
    with open_regular(path) as file:
        return decode_file(file, long_side=long_side).image


def decode_file(file: BinaryIO, *, long_side: int | None = None) -> Picture:
    """Return the photo in an open file; see ``decode``.

    Raises:
        PhotoError: it is no picture, or not a whole one; the message is the reason.
    """
    image = _open(file)
    whole = image.size
    target = _fit(whole, long_side)
    with _in_words(file):
        _load(image, file, target)
        orientation, taken = orientation_of(image), taken_of(image)
        profile = image.info.get("icc_profile")
        image = eight_bit(image)
        if image.size != target:
            image = image.resize(target, Image.Resampling.BICUBIC, reducing_gap=2.0)
        image = upright(to_rgb(image, profile), orientation)
    return Picture(image, *upright_size(whole, orientation), taken)


def read_size(file: BinaryIO) -> tuple[int, int]:
    """Return how wide and high the photo in an open file is, upright, from its head alone.

    Raises:
        PhotoError: it is no picture; the message is the reason.
    """
    image = _open(file)
    with _in_words(file):
        return upright_size(image.size, orientation_of(image))


def read_taken(file: BinaryIO) -> int | None:
    """Return when the photo in an open file was taken, from its head alone; see ``taken_of``.

    Raises:
        PhotoError: it is no picture; the message is the reason.
    """
    return taken_of(_open(file))


def _open(file: BinaryIO) -> Image.Image:
    _hush_pillow()
    with _in_words(file):
        image = Image.open(file, formats=_FORMATS)
    width, height = image.size
    if width * height > LARGEST_PIXELS:
        raise PhotoError(
            f"the picture has {width:,} × {height:,} pixels, more than the "
            f"{LARGEST_PIXELS // 1_000_000} million that are opened: save it smaller"
        )
    if width * height == 0:
        raise PhotoError("the picture has no pixels")
    return image


def _load(image: Image.Image, file: BinaryIO, target: tuple[int, int]) -> None:
    if image.format not in _JPEG:
        image.load()
        return
    if target != image.size:
        image.draft(None, target)
    image.load()
    if is_cut_jpeg(file):
        raise PhotoError(_CUT)


def _fit(size: tuple[int, int], long_side: int | None) -> tuple[int, int]:
    longest = max(size)
    if long_side is None or longest <= long_side:
        return size
    scale = long_side / longest
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


@contextmanager
def _in_words(file: BinaryIO) -> Iterator[None]:
    try:
        yield
    except PhotoError:
        raise
    except UnidentifiedImageError as error:
        raise PhotoError(_why_unknown(file)) from error
    except MemoryError as error:
        raise PhotoError(_TOO_MUCH) from error
    except OSError as error:
        raise PhotoError(reason_of(error) if error.errno else _why_broken(error)) from error
    except Exception as error:  # on damaged bytes Pillow's readers raise nearly anything
        raise PhotoError(_why_broken(error)) from error


def _why_unknown(file: BinaryIO) -> str:
    file.seek(0)
    head = file.read(12)
    if not head:
        return "the file is empty"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "it is a HEIC picture, which cannot be read: save it as JPEG"
    return _DAMAGED if head.startswith(_SIGNATURES) else "it is no picture"


def _why_broken(error: Exception) -> str:
    cut = isinstance(error, EOFError) or _SIGNS_OF_A_CUT.search(str(error))
    return _CUT if cut else _DAMAGED


def _hush_pillow() -> None:
    # Said at each picture, not once: a test or an embedding program may have reset the filters.
    # catch_warnings is no way out, as it is not safe with several threads.
    if _SILENCE not in warnings.filters:
        warnings.filterwarnings("ignore", module=_PILLOW)
