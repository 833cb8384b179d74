"""When a photo was taken is told by the camera, if at all."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import ExifTags, Image

from tinyclf.data.decode import decode_file, read_taken

WHEN = datetime(2024, 5, 31, 23, 59, 58, tzinfo=UTC).timestamp()


def dated(tag=ExifTags.Base.DateTimeOriginal, text="2024:05:31 23:59:58", kind="JPEG"):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "a camera"
    exif.get_ifd(ExifTags.IFD.Exif)[tag] = text
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, kind, exif=exif)
    file.seek(0)
    return file


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_camera_says_when(kind):
    assert decode_file(dated(kind=kind)).taken == WHEN


def test_the_head_alone_says_it_too():
    assert read_taken(dated()) == WHEN


def test_a_scan_is_taken_when_it_was_digitized():
    assert decode_file(dated(ExifTags.Base.DateTimeDigitized)).taken == WHEN


@pytest.mark.parametrize("text", ["", "0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday"])
def test_a_clock_that_was_never_set_says_nothing(text):
    assert decode_file(dated(text=text)).taken is None


def test_without_tags_nothing_is_said():
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    file.seek(0)
    assert decode_file(file).taken is None
