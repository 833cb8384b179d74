"""Do certificates hold, and is the expected number wrong near the truth?

Walls hang as the program hangs them: 100 random photos of a collection are graded, it is trained
by the command line, and proposes for the others. Each wall is then reviewed in two states: as it
was proposed; and after a glance that corrects all mistakes but one in ten, and accepts the rest.
An audit stops at the first look that satisfies the person (at most 20, 10, 5 or 2 % wrong), else
after the last one. The worst person of all stops at whichever look flatters most: for them the
bounds of all looks must hold. The answers given are right; nobody errs in an audit here.

Asked for: in at least 95 % of 500 reviews of a collection the true number wrong is within the
bound, and on the median wall the expected number is within 5 points of the truth. Beside that is
told how far perfect probabilities would be off by chance alone.
"""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.real_loop import TRUTH, tinyclf
from tests.benchmarks.shared import shared, where_to_put
from tinyclf.trust.audit import drawn
from tinyclf.trust.certificate import certify, preset_looks
from tinyclf.trust.expectations import doubt
from tinyclf.trust.misses import OVERLOOKED, still_wrong

COLLECTIONS = {"stamps_graded": "stamp", "cards_graded": "group"}
"""Folders of photos, and the column that tells which belong together."""

GRADED = 100
TRAININGS = 20
REVIEWS = 500
SATISFYING = (0.20, 0.10, 0.05, 0.02)
CHANCE = 0.6745
"""In standard deviations, how far off half of all draws are at most."""

LARGE = 50
"""Photos from which on a wall's own gap is told, too: below, chance alone moves it by points."""


@dataclass(frozen=True, eq=False)
class HungWall:
    """One wall with its truth.

    Attributes:
        expected: (n,) the chance that each photo is wrong, as the program sees it.
        wrong: (n,) whether it is.
    """

    expected: NDArray[np.float64]
    wrong: NDArray[np.bool_]

    @property
    def gap(self) -> float:
        """How far the expected number wrong is off, as a share of the wall, signed."""
        return float(self.expected.mean() - self.wrong.mean())

    @property
    def gap_by_chance(self) -> float:
        """How far off it would be half of the time, were each expectation true."""
        variance = (self.expected * (1 - self.expected)).sum()
        return float(CHANCE * np.sqrt(variance) / len(self.wrong))

    def glanced_over(self, rng: np.random.Generator) -> HungWall:
        """Return what is left when a person has corrected what they saw, and accepted the rest."""
        passed = ~self.wrong | (rng.random(len(self.wrong)) < OVERLOOKED)
        return HungWall(still_wrong(self.expected[passed]), self.wrong[passed])


@dataclass(frozen=True)
class Review:
    """How one audit went.

    Attributes:
        holds: The truth was within the bound at the look where the person stopped.
        all_hold: It was at every look.
        looked_at: Photos until they stopped, as a share of the wall.
    """

    holds: bool
    all_hold: bool
    looked_at: float


def run() -> None:
    """Review the walls of each collection, and print two lines for each."""
    report("drawn", drawn_walls())
    for name, together in COLLECTIONS.items():
        if (shared(name) / TRUTH).exists():
            report(name, proposed_walls(name, together))
        else:
            print(f"{name} not measured: it takes photos with known grades; {where_to_put(name)}.")


def report(name: str, walls: Sequence[HungWall]) -> None:
    """Print what the reviews of some walls show, in both states."""
    rng = np.random.default_rng(0)
    tell(f"{name}, as proposed", walls)
    glanced = [wall.glanced_over(rng) for wall in walls]
    tell(f"{name}, after a glance", [wall for wall in glanced if len(wall.wrong)])


def tell(title: str, walls: Sequence[HungWall]) -> None:
    reviews = [
        review(walls[k % len(walls)], SATISFYING[k // len(walls) % len(SATISFYING)], seed=k)
        for k in range(REVIEWS)
    ]
    sizes = [len(wall.wrong) for wall in walls]
    wrong = np.concatenate([wall.wrong for wall in walls]).mean()
    held = sum(one.holds for one in reviews) / REVIEWS
    all_held = sum(one.all_hold for one in reviews) / REVIEWS
    print(
        f"{title}: {len(walls)} walls of {min(sizes)} to {max(sizes)} photos, {wrong:.1%} wrong\n"
        f"  proof holds in {held:.1%} of {REVIEWS} reviews, at every look in {all_held:.1%} "
        f"(asked: 95 %); looked at {np.median([one.looked_at for one in reviews]):.0%}"
    )
    tell_gap("the median wall (asked: 5.0)", walls)
    tell_gap(f"that of {LARGE} or more", [one for one in walls if len(one.wrong) >= LARGE])


def tell_gap(which: str, walls: Sequence[HungWall]) -> None:
    if not walls:
        print(f"  expectation on {which}: there is none")
        return
    gaps = 100 * np.array([wall.gap for wall in walls])
    by_chance = 100 * np.median([wall.gap_by_chance for wall in walls])
    print(
        f"  expectation on {which}: off by {np.median(np.abs(gaps)):.1f} points, by chance alone "
        f"{by_chance:.1f}; signed {np.median(gaps):+.1f}; {len(walls)} walls",
        flush=True,
    )


def review(wall: HungWall, satisfying: float, seed: int) -> Review:
    """Audit a wall, look by look."""
    population, truth = len(wall.wrong), int(wall.wrong.sum())
    sizes = [look.size for look in preset_looks(population)]
    answers = wall.wrong[drawn(population, sizes[-1], seed)]
    proofs = [certify(population, answers[:size]) for size in sizes]
    enough = satisfying * population
    stopped = next((proof for proof in proofs if proof.at_most_wrong <= enough), proofs[-1])
    return Review(
        truth <= stopped.at_most_wrong,
        all(truth <= proof.at_most_wrong for proof in proofs),
        stopped.looked_at / population,
    )


def drawn_walls() -> list[HungWall]:
    """Return walls of photos whose probabilities are drawn, and their grades by them."""
    walls = []
    for seed in range(TRAININGS):
        rng = np.random.default_rng(seed)
        p = rng.dirichlet(np.full(5, 0.2), int(rng.integers(200, 5000)))
        truth = (rng.random((len(p), 1)) > p.cumsum(axis=1)).sum(axis=1)
        walls += hung(p, truth)
    return walls


def proposed_walls(name: str, together: str) -> list[HungWall]:
    """Return the walls of some trainings on a collection, of photos unlike those graded."""
    with (shared(name) / TRUTH).open(newline="") as file:
        truth = {row["photo"]: (int(row["grade"]), row[together]) for row in csv.DictReader(file)}
    walls = []
    for seed in range(TRAININGS):
        graded = sorted(random.Random(seed).sample(sorted(truth), GRADED))
        with tempfile.TemporaryDirectory() as folder:
            table = propose(Path(folder), shared(name) / "photos", graded, truth, seed)
        seen = {truth[photo][1] for photo in graded}
        others = [row for row in table if truth[Path(row["path"]).name][1] not in seen]
        p = np.array([[float(row[f"p{k}"]) for k in range(1, 6)] for row in others])
        y = np.array([truth[Path(row["path"]).name][0] - 1 for row in others])
        walls += hung(p, y)
    return walls


def propose(
    folder: Path, photos: Path, graded: Sequence[str], truth: dict[str, Any], seed: int
) -> list[dict[str, str]]:
    """Grade, train and propose by the command line; return the exported rows of the others."""
    with (folder / "grades.csv").open("w", newline="") as file:
        rows = [(name, truth[name][0]) for name in graded]
        csv.writer(file).writerows([("photo", "grade"), *rows])
    collection = str(folder / "walls.tinyclf")
    tinyclf("new", collection, "--photos", str(photos))
    # Of photos that are equal byte for byte, a collection knows one name.
    tinyclf("grade", collection, "--csv", str(folder / "grades.csv"), "--skip-bad")
    tinyclf("train", collection, "--seed", str(seed))
    tinyclf("propose", collection)
    tinyclf("export", collection, "--csv", str(folder / "out.csv"))
    with (folder / "out.csv").open(newline="", encoding="utf-8-sig") as file:
        return [row for row in csv.DictReader(file) if row["human_grade"] == ""]


def hung(p: NDArray[np.float64], truth: NDArray[np.integer[Any]]) -> list[HungWall]:
    """Return the walls of some proposals (n, 5), those that are not empty."""
    proposed = p.argmax(axis=1)
    return [
        HungWall(doubt(p[proposed == k]), truth[proposed == k] != k)
        for k in range(p.shape[1])
        if (proposed == k).any()
    ]
