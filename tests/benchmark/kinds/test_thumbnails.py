from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tinyclf.benchmark.kinds import CASES, Thumbnails
from tinyclf.benchmark.kinds.photos import photos_of
from tinyclf.benchmark.settings import WithoutCard
from tinyclf.data.thumbnails import THUMBNAIL_SIDE, ThumbnailCache, thumbnail


@pytest.mark.parametrize(
    "settings",
    [
        {"photos": 0},
        {"photos": 100_001},
        {"size": 15},
        {"size": 4097},
        {"size": "320"},
        {"folder": ""},
        {"performance": {"device": "cuda"}},
        {"performance": {"threads": 257}},
        {"extractor": "pixels"},
    ],
)
def test_what_is_out_of_range_or_unknown_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CASES.validate_python({"kind": "thumbnails"} | settings)


def test_the_work_is_photos_and_the_memory_that_of_those_under_way() -> None:
    case = Thumbnails(photos=7, size=100, performance=WithoutCard(threads=3))

    work = case.work()

    assert (work.units, work.unit, work.read_bytes, work.operations) == (7, "photo", 0, 0)
    assert work.needed_bytes == 50_000_000 + 3 * 800 * 600 * 8 + 4 * 3 * 100**2 * 4
    assert case.words() == "thumbnails of 7 photos, 100 pixels"
    assert case.limits() == ()


def test_the_app_makes_the_same_thumbnails(stamps: str, tmp_path: Path) -> None:
    workload = Thumbnails(photos=2, folder=stamps).prepare()

    with ThumbnailCache(tmp_path) as cache:
        jpegs = b"".join(thumbnail(photo, cache) for photo in photos_of(stamps, 2))

    assert Thumbnails().size == THUMBNAIL_SIDE
    assert workload.checksum(workload.run()) == f"{zlib.crc32(jpegs):08x}"


def test_passes_are_equal_whatever_the_threads(stamps: str) -> None:
    sums = {
        workload.checksum(workload.run())
        for threads in (1, 4)
        for workload in [
            Thumbnails(
                photos=3, size=64, folder=stamps, performance=WithoutCard(threads=threads)
            ).prepare()
        ]
        for _ in range(2)
    }

    assert len(sums) == 1


def test_another_size_makes_other_thumbnails(stamps: str) -> None:
    small, large = (Thumbnails(photos=1, size=size, folder=stamps).prepare() for size in (64, 65))

    assert small.run() != large.run()
