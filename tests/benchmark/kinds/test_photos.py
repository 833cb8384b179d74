from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from tinyclf.benchmark.kinds import photos
from tinyclf.benchmark.kinds.photos import APP_THREADS, decoding_bytes, photos_of
from tinyclf.data.features import read_features
from tinyclf.data.scan import read_photos
from tinyclf.errors import InputError


def test_photos_come_in_order_and_again_where_there_are_too_few(stamps: str) -> None:
    found = photos_of(stamps, 5)

    assert [photo.path.name for photo in found] == ["0.jpg", "1.jpg", "0.jpg", "1.jpg", "0.jpg"]
    assert [photo.path.name for photo in photos_of(stamps, 1)] == ["0.jpg"]


def test_drawn_photos_are_drawn_once_and_kept_beside_the_caches(
    caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "DRAWN", 2)
    first = photos_of(None, 3)

    monkeypatch.setattr("tinyclf.samples.draw_samples", lambda *_: pytest.fail("drawn again"))

    assert photos_of(None, 3) == first
    assert first[0] == first[2] != first[1]
    assert first[0].path.parent == caches / "benchmark-photos"


def test_a_drawing_that_was_broken_off_is_begun_anew(
    caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "DRAWN", 1)
    photos_of(None, 1)
    (caches / "benchmark-photos" / "truth.csv").unlink()
    monkeypatch.setattr(photos, "DRAWN", 2)

    assert len(set(photos_of(None, 2))) == 2


def test_a_folder_without_photos_is_named(tmp_path: Path) -> None:
    (tmp_path / "none.jpg").write_text("no photo")

    with pytest.raises(InputError, match=f"{tmp_path} holds no photo that can be read"):
        photos_of(str(tmp_path), 1)
    with pytest.raises(InputError, match="There is no folder"):
        photos_of(str(tmp_path / "missing"), 1)


def test_as_many_threads_decode_as_in_the_app() -> None:
    for job in (read_features, read_photos):
        assert inspect.signature(job).parameters["workers"].default == APP_THREADS


def test_memory_is_for_the_photos_that_are_decoded_at_a_time() -> None:
    assert decoding_bytes(None, 1) == 800 * 600 * 8
    assert decoding_bytes("photos", 3) == 3 * 50_000_000 * 8
