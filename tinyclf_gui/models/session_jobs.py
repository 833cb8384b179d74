"""Jobs made of several of a session's: what idle time, a training and an import bring in one go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tinyclf.domain import Grade, ImportReport, Job, Mark, PhotoId, Progress
from tinyclf.errors import ModelError
from tinyclf.nn.backend import Backend
from tinyclf.project.grades_csv import read_grades
from tinyclf.samples import draw_samples
from tinyclf.session import ProposalResult, Session, TrainingResult
from tinyclf.training.config import TrainingConfig

DRAWN_BETWEEN_IMPORTS = 24


@dataclass(frozen=True)
class Prepared:
    """What idle time brought.

    Attributes:
        wear: How worn photos look, greater for worse.
        suggested: Photos most worth grading next, best first.
    """

    wear: Mapping[PhotoId, float]
    suggested: list[PhotoId]


def prepare(
    session: Session, count: int, in_sight: Callable[[], Collection[PhotoId]] = frozenset
) -> Job[Prepared]:
    """Make missing thumbnails, find near-duplicates, compute vectors, propose, choose some.

    All of it sees the collection as it is at the call. It proposes anew where an earlier model's
    proposals were left, as by a training that was broken off, but for photos in sight.
    """
    keep, score, suggest = session.keep_thumbnails(), session.wear(), session.suggest(count)
    waiting = session.has_newcomers
    propose = session.propose(only_new=True, in_sight=in_sight) if waiting else None

    def all_of_it() -> Job[Prepared]:
        yield from keep
        yield from session.compare_photos()
        wear = yield from score
        if propose is not None:
            with suppress(ModelError):  # its encoder is gone: the next training tells
                yield from propose
        return Prepared(wear, (yield from suggest))

    return all_of_it()


def train_and_propose(
    session: Session,
    config: TrainingConfig,
    name: str,
    backend: Backend | None = None,
    in_sight: Callable[[], Collection[PhotoId]] = frozenset,
) -> Job[tuple[TrainingResult, ProposalResult]]:
    """Train, then propose; both see the collection as it is at the call.

    Args:
        session: The collection.
        config: How.
        name: What that is called.
        backend: Where the arithmetic happens.
        in_sight: Photos whose proposals stay as they are.
    """
    train = session.train(config, name, backend=backend)
    propose = session.propose(backend=backend, in_sight=in_sight)

    def both() -> Job[tuple[TrainingResult, ProposalResult]]:
        trained = yield from train
        return trained, (yield from propose)

    return both()


def draw_and_import(session: Session, folder: Path, count: int) -> Job[ImportReport]:
    """Draw sample stamps, and import them meanwhile, so that there is something to see."""
    for drawn in draw_samples(folder, count):
        yield drawn
        if drawn.done and drawn.done % DRAWN_BETWEEN_IMPORTS == 0:
            yield from (drawn for _ in session.import_photos(folder))
    return (yield from session.import_photos(folder))


def grades_of(session: Session, path: Path) -> Job[list[tuple[PhotoId, Grade | Mark]]]:
    """Return what a table of grades says of the photos that are there at the call.

    Raises:
        GradesError: the file, or a row of it, cannot be used; by the job.
    """
    table = session.table.as_it_is()

    def read() -> Job[list[tuple[PhotoId, Grade | Mark]]]:
        yield Progress("Reading grades", 0, 0)
        return read_grades(path, table, session.folders, session.copies).require_all()

    return read()
