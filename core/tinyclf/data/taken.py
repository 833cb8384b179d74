"""When a photo was taken: the one place that knows the camera's date tags."""

from __future__ import annotations

from calendar import timegm
from datetime import datetime

from PIL import ExifTags, Image

_TAGS = (ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized)
_FORMAT = "%Y:%m:%d %H:%M:%S"  # Exif 2.32, 4.6.6 D
_LENGTH = len("2024:05:31 23:59:59")


def taken_of(image: Image.Image) -> int | None:
    """Return when a picture was taken, in seconds since 1970 by the camera's clock.

    No time zone is told by most cameras, so the clock is read as if it showed UTC: two photos of
    one camera are as far apart as they were. ``None`` where it is missing or unreadable.
    """
    try:
        tags = image.getexif().get_ifd(ExifTags.IFD.Exif)
        return next((when for tag in _TAGS if (when := _seconds(tags.get(tag))) is not None), None)
    except Exception:  # a corrupt tag block raises nearly anything, and is no reason to refuse
        return None


def _seconds(text: object) -> int | None:
    try:
        return timegm(datetime.strptime(str(text)[:_LENGTH], _FORMAT).timetuple())
    except ValueError:
        return None
