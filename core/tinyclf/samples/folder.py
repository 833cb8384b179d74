"""A folder of sample stamps with the truth about them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from PIL import Image

from tinyclf.domain import Grade, Job, Progress
from tinyclf.errors import ConfigError, InputError, StorageError
from tinyclf.samples.second_shots import first_shot_of, shot_again
from tinyclf.samples.stamp import Stream, draw_stamp, stream
from tinyclf.whole_file import make_folder, whole_file

MOST = 100_000
"""The most stamps one folder may get."""

TRUTH = "truth.csv"

SIGNATURE = b"Sample stamp drawn by Tiny Classifier"
"""The comment in every photo drawn here: what carries it may be drawn over."""

OUR_PHOTO = re.compile(r"stamp_\d{4,6}\.jpg")
OUR_TRUTH = re.compile(rb"photo,grade\n(stamp_\d{4,6}\.jpg,[1-5]\n)*")


def draw_samples(folder: Path, count: int = 400, seed: int = 0) -> Job[int]:
    """Draw sample stamps into a folder: ``stamp_0001.jpg`` … and ``truth.csv`` (photo,grade).

    Stamp number i is the same whatever the count; two in a hundred show an earlier one again, as
    people photograph a thing twice. Samples drawn here before are replaced; other files in the
    folder stay as they are. Each file appears whole; ``truth.csv`` comes last.

    Args:
        folder: Where to; made if missing.
        count: How many stamps, 1 to 100,000.
        seed: Another seed draws other stamps, 0 or more.

    Returns:
        How many stamps were drawn.

    Raises:
        ConfigError: the count or the seed is out of range.
        InputError: the folder is a file, or a file in it that is not a sample is in the way.
        StorageError: the folder cannot be written to.
    """
    _check(count, seed)
    old = _cleared(folder)
    return _drawn(folder, count, seed, old)


def _drawn(folder: Path, count: int, seed: int, old: set[str]) -> Job[int]:
    """Draw one stamp after another; samples left from an earlier, larger set go."""
    yield Progress("Drawing stamps", 0, count)
    _remove(folder / TRUTH)
    rows: list[tuple[str, Grade]] = []
    for index in range(count):
        photo, grade = _photo(seed, index)
        name = f"stamp_{index + 1:04d}.jpg"
        _write(folder / name, _jpeg(photo, int(stream(seed, index, Stream.FILE).integers(68, 94))))
        rows.append((name, grade))
        yield Progress("Drawing stamps", index + 1, count)
    for name in old - {name for name, _ in rows}:
        _remove(folder / name)
    _write(folder / TRUTH, _table(rows))
    return count


def _photo(seed: int, index: int) -> tuple[Image.Image, Grade]:
    first = first_shot_of(seed, index)
    if first is None:
        return draw_stamp(seed, index)
    photo, grade = draw_stamp(seed, first)
    return shot_again(photo, stream(seed, index, Stream.SCENE)), grade


def _check(count: int, seed: int) -> None:
    if not 1 <= count <= MOST:
        raise ConfigError(f"The count of sample stamps must be 1 to {MOST:,}, not {count:,}.")
    if seed < 0:
        raise ConfigError(f"The seed must be 0 or more, not {seed}.")


def _cleared(folder: Path) -> set[str]:
    """Make the folder and return the samples it holds; refuse a foreign file in the way."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; name a folder for the sample stamps.")
    make_folder(folder)
    try:
        photos = [path for path in folder.iterdir() if OUR_PHOTO.fullmatch(path.name)]
        truth = [folder / TRUTH] if (folder / TRUTH).exists() else []
        foreign = [path for path in (*photos, *truth) if not _ours(path)]
    except OSError as error:
        raise StorageError(
            f"The folder {folder} cannot be read: {error.strerror or error}. Choose another folder."
        ) from error
    if foreign:
        raise InputError(
            f"{foreign[0]} is in the way and is no sample of ours; choose another folder."
        )
    return {path.name for path in photos}


def _ours(path: Path) -> bool:
    """Return whether a file was written by an earlier drawing."""
    if not path.is_file():
        return False
    if path.name == TRUTH:
        return OUR_TRUTH.fullmatch(path.read_bytes()) is not None
    with path.open("rb") as file:
        return SIGNATURE in file.read(1024)


def _jpeg(photo: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    photo.save(buffer, "JPEG", quality=quality, comment=SIGNATURE)
    return buffer.getvalue()


def _table(rows: list[tuple[str, Grade]]) -> bytes:
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(("photo", "grade"))
    table.writerows((name, int(grade)) for name, grade in rows)
    return buffer.getvalue().encode()


def _write(path: Path, content: bytes) -> None:
    with whole_file(path) as part:
        part.write_bytes(content)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"The old sample {path} cannot be removed: {error.strerror or error}. "
            "Choose another folder."
        ) from error
