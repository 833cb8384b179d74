"""How long learning takes when all photos were looked at before: the features are in the cache.

A collection of drawn vectors stands in for photos: 500 of them are graded, 10,000 are not. Told are
medians, of a whole training by the default preset, of the quick refit that stands in for it between
corrections, and of the proposals for all others; each as a job of the session, from the call to the
file. One thread computes, as in the window.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from tinyclf.data.encoder.builtin import BUILTIN_KEY
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, PLAIN_DIMENSION
from tinyclf.data.features import FeatureCache
from tinyclf.domain import ActKind, Grade, Photo, PhotoId
from tinyclf.project import CollectionStore
from tinyclf.session import Session
from tinyclf.training.presets import DEFAULT_PRESET, preset
from tinyclf.training.relay import drained

GRADED, UNGRADED = 500, 10_000
REPEATS = 5
KINDS = 40
"""Directions in which drawn vectors differ most, as those of photos do."""

AT_ONCE = 500


@dataclass(frozen=True)
class Time:
    """What something took.

    Attributes:
        what: In words.
        seconds: The median over `REPEATS`.
        asked: What was asked for, in seconds.
    """

    what: str
    seconds: float
    asked: float | None = None


def run() -> None:
    """Measure, and print a line for each."""
    for one in measure(GRADED, UNGRADED, REPEATS):
        asked = "" if one.asked is None else f"   asked for: {one.asked:g} s"
        print(f"{one.what:58}{one.seconds:8.3f} s{asked}")


def measure(graded: int, ungraded: int, repeats: int) -> list[Time]:
    """Return what learning and proposing take.

    Args:
        graded: Photos with a grade.
        ungraded: Photos without one.
        repeats: Of each, the median of so many.
    """
    config = preset(DEFAULT_PRESET).config
    with tempfile.TemporaryDirectory() as folder, threadpool_limits(1, user_api="blas"):
        draw(Path(folder), graded, ungraded)
        with Session.open(Path(folder, "drawn.tinyclf"), Path(folder, "caches")) as session:
            trainings = [drained(session.train(config, DEFAULT_PRESET)) for _ in range(repeats)]
            whole = median(lambda: drained(session.train(config, DEFAULT_PRESET)), repeats)
            proposing = median(lambda: drained(session.propose()), repeats)
            session.refresh()
            first = median(lambda: drained(session.refit()), 1)
            refits = [drained(session.refit()) for _ in range(repeats)]
            between = median(lambda: drained(session.refit()), repeats)
    bag = statistics.median(result.seconds for result in trainings)
    quick = statistics.median(result.seconds for result in refits)
    return [
        Time(f"{DEFAULT_PRESET} on {graded:,} grades", bag, 3.0),
        Time("the same with reading, the gate, judging, and the file", whole),
        Time(f"proposals for {ungraded:,} photos", proposing, 1.0),
        Time(f"quick refit on {graded:,} grades", quick, 0.2),
        Time(f"the same with proposals for {ungraded:,}, and the file", between, 1.0),
        Time("the first, which looks at all photos", first),
    ]


def median(work: Callable[[], Any], repeats: int) -> float:
    """Return the median of the seconds something takes."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def draw(folder: Path, graded: int, ungraded: int) -> None:
    """Make a collection of photos that are not there, with vectors in the cache and grades."""
    rng = np.random.default_rng(0)
    count = graded + ungraded
    ids = [PhotoId(f"{number:032x}") for number in range(count)]
    paths = [folder / f"{number:05}.jpg" for number in range(count)]
    truth = rng.integers(0, 5, count)
    basis = rng.normal(size=(KINDS, BUILTIN_DIMENSION)).astype(np.float32)
    basis[0, :PLAIN_DIMENSION] = 0  # grades show to the condition encoder alone: it is let in
    caches = folder / "caches"
    caches.mkdir()
    cache = FeatureCache(caches)
    try:
        for start in range(0, count, AT_ONCE):
            some = slice(start, min(start + AT_ONCE, count))
            kinds = rng.normal(size=(some.stop - start, KINDS)).astype(np.float32)
            kinds[:, 0] += truth[some]
            x = kinds @ basis + rng.normal(size=(len(kinds), BUILTIN_DIMENSION))
            cache.put_many(BUILTIN_KEY, dict(zip(ids[some], x.astype(np.float32), strict=True)))
    finally:
        cache.close()
    photos = [Photo(one, path, 800, 600, 1, 1) for one, path in zip(ids, paths, strict=True)]
    with CollectionStore.create(folder / "drawn.tinyclf") as store:
        store.add_photos(folder, photos)
        verdicts = zip(ids[:graded], map(Grade, (truth[:graded] + 1).tolist()), strict=True)
        store.record(ActKind.GRADE, list(verdicts))
