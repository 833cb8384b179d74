"""The whole loop on sample stamps, with a simulated person who knows the true grades."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from tinyclf.cli.earlier_demo import DemoFiles
from tinyclf.domain import ActKind, Grade, Job, Mark, PhotoId, Quality
from tinyclf.samples import draw_samples
from tinyclf.samples.folder import TRUTH
from tinyclf.session import Session
from tinyclf.session.exporting import export_csv, export_walls
from tinyclf.training.metrics import exact, quadratic_kappa, within_one
from tinyclf.training.presets import DEFAULT_PRESET, preset

R = TypeVar("R")

STARTERS = 60
"""Graded at first; of a small collection a quarter."""
LOOKED_AT = 40
"""Looked at in a round; of a small collection an eighth."""
ROUNDS = 3


class Follow(Protocol):
    """Walks jobs."""

    def __call__(self, job: Job[R], /) -> R:
        """Walk a job to its end; return its result."""
        ...


@dataclass(frozen=True)
class Round:
    """One training, and what the person then did with its proposals.

    Attributes:
        number: 1, 2, …
        by_hand: Photos graded by hand when it trained.
        exact: Share of right proposals on the photos not graded by hand, 0 to 1.
        within_one: Share at most one grade off.
        kappa: Quadratically weighted kappa there.
        judged_on: How many photos those are.
        corrected: Proposals the person then corrected.
        accepted: Proposals the person then accepted.
    """

    number: int
    by_hand: int
    exact: float
    within_one: float
    kappa: float
    judged_on: int
    corrected: int
    accepted: int


@dataclass(frozen=True)
class DemoOutcome:
    """What the demo showed.

    Attributes:
        rounds: Each training in turn.
        photos: How many sample stamps there are.
        quality: What the last training says of itself.
        decisions: How often the person looked at a photo and decided.
        right_in_the_end: Photos whose current grade is the true one.
        seconds: The machine's time, drawing the stamps aside.
        walls: The pictures of the walls.
    """

    rounds: tuple[Round, ...]
    photos: int
    quality: Quality
    decisions: int
    right_in_the_end: int
    seconds: float
    walls: tuple[Path, ...]


def run_demo(
    folder: Path, count: int, seed: int, follow: Follow, tell: Callable[[Round], None]
) -> DemoOutcome:
    """Run the loop in a folder; tell each round as it ends.

    Raises:
        InputError: the folder holds things under the demo's names that are not an earlier demo's,
            somebody has graded in its collection, or that is open elsewhere.
        StorageError: the disk is full, read-only or gone.
    """
    files = DemoFiles(folder)
    files.require_replaceable()
    drawing = draw_samples(files.photos, count, seed)  # refuses photos that are not its own
    files.forget()
    follow(drawing)
    start = time.perf_counter()
    with Session.create(files.collection) as session:
        follow(session.import_photos(files.photos))
        session.refresh()
        person = SimulatedPerson(session, true_grades(files.photos / TRUTH), files.sign)
        rounds = tuple(_rounds(session, person, seed, follow, tell))
        walls = follow(export_walls(session, files.walls))
        follow(export_csv(session, files.table))
        model = session.model
        if model is None or model.quality is None:
            raise RuntimeError("the demo trained without a judgement")
        return DemoOutcome(
            rounds=rounds,
            photos=len(person.known),
            quality=model.quality,
            decisions=person.decisions,
            right_in_the_end=person.right(),
            seconds=time.perf_counter() - start,
            walls=tuple(walls),
        )


def true_grades(path: Path) -> dict[str, Grade]:
    """Read ``truth.csv``: the true grade by file name."""
    with path.open(newline="", encoding="utf-8") as file:
        return {row["photo"]: Grade(int(row["grade"])) for row in csv.DictReader(file)}


class SimulatedPerson:
    """Grades, corrects and accepts as someone would who always sees the true grade.

    Attributes:
        known: The photos that are sample stamps; what else lies in the folder is left aside.
        decisions: How often it looked at a photo and decided.

    Every act is signed at once, so that it can be told from a real person's.
    """

    def __init__(
        self, session: Session, truth: dict[str, Grade], sign: Callable[[Session], None]
    ) -> None:
        table = session.table
        names = [table.path(row).name for row in range(len(table))]
        self._session = session
        self._sign = sign
        self._true = {
            one: truth[name] for one, name in zip(table.ids, names, strict=True) if name in truth
        }
        self.known = list(self._true)
        self.decisions = 0
        strangers = [one for one in table.ids if one not in self._true]
        with self._signed():
            session.grade(strangers, Mark.NOT_GRADABLE)

    def grade(self, photo_ids: list[PhotoId]) -> None:
        """Give each photo its true grade."""
        self.decisions += len(photo_ids)
        with self._signed():
            self._session.record(ActKind.GRADE, [(one, self._true[one]) for one in photo_ids])

    def review(self, photo_ids: list[PhotoId]) -> tuple[int, int]:
        """Correct what is wrong and accept the rest; return how many of each."""
        self.decisions += len(photo_ids)
        table = self._session.table
        wrong = [
            (one, self._true[one])
            for one in photo_ids
            if table.proposed[table.row_of[one]] != self._true[one]
        ]
        with self._signed():
            self._session.record(ActKind.CORRECT, wrong)
        with self._signed():
            self._session.accept(photo_ids)
        return len(wrong), len(photo_ids) - len(wrong)

    def right(self) -> int:
        """Count the photos whose current grade is the true one."""
        current = self._session.table.current[self._session.table.rows(self.known)]
        return int(np.count_nonzero(current == list(self._true.values())))

    def judge(self) -> tuple[float, float, float, int]:
        """Return exact, within one, kappa and count on the photos not graded by hand."""
        table = self._session.table
        rows = np.flatnonzero(table.ungraded & table.has_proposal)
        truth = np.array([self._true[table.ids[row]] for row in rows.tolist()]) - 1
        proposed = table.probabilities[rows]
        return (
            exact(truth, proposed),
            within_one(truth, proposed),
            quadratic_kappa(truth, proposed),
            len(rows),
        )

    @contextmanager
    def _signed(self) -> Iterator[None]:
        """Sign what the body records, also when it is stopped meanwhile."""
        try:
            yield
        finally:
            self._sign(self._session)


def _rounds(
    session: Session,
    person: SimulatedPerson,
    seed: int,
    follow: Follow,
    tell: Callable[[Round], None],
) -> list[Round]:
    config = preset(DEFAULT_PRESET).config
    follow(session.read_features(config))
    person.grade(follow(session.suggest(min(STARTERS, max(8, len(person.known) // 4)), seed)))
    rounds = []
    for number in range(1, ROUNDS + 1):
        by_hand = int(np.count_nonzero(session.table.human))
        follow(session.train(config, DEFAULT_PRESET, seed))
        follow(session.propose())
        session.refresh()
        figures = person.judge()
        last = number == ROUNDS
        doubtful = [] if last else follow(session.suggest(min(LOOKED_AT, len(person.known) // 8)))
        corrected, accepted = person.review(doubtful)
        rounds.append(Round(number, by_hand, *figures, corrected, accepted))
        tell(rounds[-1])
    return rounds
