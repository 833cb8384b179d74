from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from tinyclf.benchmark.kinds import CASES, Features
from tinyclf.benchmark.kinds.photos import photos_of
from tinyclf.benchmark.settings import WithoutCard
from tinyclf.data.decode import decode
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION
from tinyclf.data.pixels import PixelExtractor
from tinyclf.errors import FailureError, ModelError


@pytest.mark.parametrize(
    "settings",
    [
        {"photos": 0},
        {"photos": 100_001},
        {"photos": 2.0},
        {"photos": True},
        {"extractor": "resnet"},
        {"extractor": ""},
        {"folder": ""},
        {"folder": "a\0b"},
        {"performance": {"threads": 0}},
        {"performance": {"device": "cuda"}},
        {"size": 320},
    ],
)
def test_what_is_out_of_range_or_unknown_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CASES.validate_python({"kind": "features"} | settings)


def test_an_unknown_extractor_is_answered_with_those_there_are() -> None:
    with pytest.raises(ValidationError, match=r"must be embedding, .*, or the path .* \.onnx"):
        Features(extractor="resnet")
    assert Features(extractor="mine.onnx").extractor == "mine.onnx"


def test_the_work_is_photos_and_the_memory_that_of_encoder_vectors_and_threads() -> None:
    case = Features(photos=50, performance=WithoutCard(threads=3))

    work = case.work()

    assert (work.units, work.unit, work.read_bytes, work.operations) == (50, "photo", 0, 0)
    threads = 3 * (128_000_000 + 800 * 600 * 8)
    assert work.needed_bytes == 300_000_000 + 50 * 8192 * 4 + threads
    assert case.words() == "features of 50 photos, embedding"
    assert case.limits() == ()


def test_vectors_are_those_of_the_app(stamps: str) -> None:
    workload = Features(photos=3, extractor="pixels", folder=stamps).prepare()

    found = workload.run()

    extractor = PixelExtractor()
    images = [decode(each.path, long_side=extractor.long_side) for each in photos_of(stamps, 3)]
    expected = np.stack([extractor.extract(image) for image in images]).astype(np.float16)
    np.testing.assert_array_equal(found, expected)


def test_each_pass_computes_them_anew_and_equal_whatever_the_threads(stamps: str) -> None:
    one, four = (
        Features(
            photos=2, extractor="pixels", folder=stamps, performance=WithoutCard(threads=threads)
        ).prepare()
        for threads in (1, 4)
    )
    first, again, fourfold = one.run(), one.run(), four.run()

    assert first is not again
    assert len({one.checksum(each) for each in (first, again, fourfold)}) == 1


def test_the_embedding_is_that_of_the_builtin_encoder(
    stamps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Builtin(PixelExtractor):
        """Stands for the encoder, which takes a while to make."""

    asked: list[Path] = []
    monkeypatch.setattr(
        "tinyclf.data.encoder.builtin.builtin_encoder",
        lambda folder: asked.append(folder) or Builtin(),
    )

    vectors = Features(photos=1, folder=stamps).prepare().run()

    assert vectors.shape == (1, Builtin().dimension)
    assert [folder.name for folder in asked] == ["caches"]


def test_the_longest_vector_is_allowed_for() -> None:
    from tinyclf.benchmark.kinds.features import LONGEST_VECTOR

    assert max(BUILTIN_DIMENSION, PixelExtractor().dimension) <= LONGEST_VECTOR


def test_an_encoder_that_is_not_there_is_named(stamps: str, tmp_path: Path) -> None:
    case = Features(folder=stamps, extractor=str(tmp_path / "missing.onnx"))

    with pytest.raises(ModelError, match=r"missing\.onnx cannot be read"):
        case.prepare()


def test_a_photo_that_goes_away_meanwhile_ends_it(stamps: str, tmp_path: Path) -> None:
    photo = tmp_path / "0.jpg"
    photo.write_bytes((Path(stamps) / "0.jpg").read_bytes())
    workload = Features(photos=1, extractor="pixels", folder=str(tmp_path)).prepare()
    photo.unlink()

    with pytest.raises(FailureError, match=r"0\.jpg cannot be read any more"):
        workload.run()
