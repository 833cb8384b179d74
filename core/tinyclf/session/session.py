"""The façade: deeds of a person, and jobs of the machine.

Deeds (grading, accepting, undo) happen at once and are on disk when they return. Long work is a
job: a generator that the caller walks, on whatever thread. A job writes to the collection's file
but never to ``table``; the owner calls :meth:`Session.refresh` on its own thread to see what the
job has written so far.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.caches import cache_folder
from tinyclf.data.datasets.dataset import Parts
from tinyclf.data.pose_cache import PoseCache
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.domain import (
    GRADES,
    Act,
    ActKind,
    Grade,
    Job,
    PhotoId,
    Progress,
    Quality,
    Verdict,
)
from tinyclf.nn.backend import Backend
from tinyclf.project import CollectionStore, PhotoTable, StoredModel
from tinyclf.session import learning, suggesting
from tinyclf.session.attention import Attention, Looker
from tinyclf.session.caches import open_caches
from tinyclf.session.collected_photos import CollectedPhotos
from tinyclf.session.examples import read_examples
from tinyclf.session.exams import learnable
from tinyclf.session.features import FeatureReader
from tinyclf.session.graded_photos import examined_of, graded_among
from tinyclf.session.learning import ProposalResult, TrainingResult
from tinyclf.session.opinions import judged
from tinyclf.session.photo_gate import PhotoGate
from tinyclf.session.refit import RefitRequest, RefitResult, refit
from tinyclf.session.refit_views import RefitViewCache
from tinyclf.session.status import Status, at_a_glance, counting, status_of
from tinyclf.session.steps import Steps
from tinyclf.training.comparison import ComparisonRow
from tinyclf.training.config import TrainingConfig


class Session(CollectedPhotos, Steps):
    """One open collection; close it, or use it as a context manager.

    Attributes:
        cache_problem: Why the caches are in memory; ``None`` where all is well.
    """

    cache_problem: str | None = None

    def __init__(
        self,
        store: CollectionStore,
        reader: FeatureReader,
        thumbnails: ThumbnailCache,
        poses: PoseCache,
        gate: PhotoGate,
    ) -> None:
        super().__init__(store, reader, thumbnails, poses, gate)
        self._looker = Looker(store, reader)
        self._projections = RefitViewCache()

    @classmethod
    def create(cls, path: Path, caches: Path | None = None) -> Self:
        """Make a new, empty collection file and open it.

        Args:
            path: The file, NAME.tinyclf.
            caches: Where features and thumbnails are kept; else the platform's cache folder.

        Raises:
            CollectionError: the file exists, or its folder is missing or cannot be written.
            StorageError: the folder of the caches cannot be made; then no file was made.
        """
        cache_folder(caches)
        return cls._over(CollectionStore.create, path, caches)

    @classmethod
    def open(cls, path: Path, caches: Path | None = None) -> Self:
        """Open a collection file; `cache_problem` tells if the caches cannot be used.

        Raises:
            CollectionError: missing, no collection, damaged, too new, or open elsewhere.
        """
        return cls._over(CollectionStore.open, path, caches)

    @classmethod
    def _over(
        cls, store: Callable[[Path], CollectionStore], path: Path, caches: Path | None
    ) -> Self:
        with ExitStack() as opened:
            kept = open_caches(caches, opened)
            parts = (kept.reader, kept.thumbnails, kept.poses, kept.gate)
            session = cls(opened.enter_context(store(path)), *parts)
            session.cache_problem = kept.problem
            opened.pop_all()
            return session

    def close(self) -> None:
        """Let go of the files; safe to call twice."""
        self._store.close()
        self._reader.close()
        self.thumbnails.close()
        self._poses.close()
        self._gate.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The collection's file."""
        return self._store.path

    @property
    def name(self) -> str:
        """The collection's name: its file's, without the suffix."""
        return self._store.path.stem

    @property
    def backup_problem(self) -> str | None:
        """Why today's backup could not be made; ``None`` where all is well."""
        return self._store.backup_problem

    @property
    def stray_log(self) -> str | None:
        """That another collection's log lay beside the file, in words; ``None`` where none did."""
        return self._store.stray_log

    # Deeds: on disk when they return.

    def grade(
        self,
        photo_ids: Iterable[PhotoId],
        verdict: Verdict,
        kind: ActKind = ActKind.GRADE,
    ) -> Act | None:
        """Give photos a person's verdict, as one act; ``None`` if that changes nothing."""
        return self.record(kind, ((photo_id, verdict) for photo_id in photo_ids))

    def accept(self, photo_ids: Iterable[PhotoId], kind: ActKind = ActKind.ACCEPT) -> Act | None:
        """Sign the proposals of those of the photos that have one and no verdict yet."""
        table = self.table
        rows = table.rows(list(photo_ids))
        rows = rows[table.has_proposal[rows] & table.ungraded[rows]]
        grades = [(table.ids[row], GRADES[table.proposed[row] - 1]) for row in rows.tolist()]
        return self.record(kind, grades)

    def record(self, kind: ActKind, verdicts: Iterable[tuple[PhotoId, Verdict]]) -> Act | None:
        """Give each photo its own verdict, as one act; ``None`` if that changes nothing."""
        act = self._store.record(kind, verdicts)
        self.refresh()
        return act

    # What stands.

    @property
    def model(self) -> StoredModel | None:
        """The latest training, if any."""
        return self._store.latest_model()

    def model_blob(self) -> bytes | None:
        """Return the latest classifier's checkpoint, if any."""
        model = self.model
        return self._store.model_blob(model.number) if model else None

    def model_onnx(self) -> bytes:
        """Return the latest classifier as an ONNX file that takes pixels.

        Raises:
            TrainingError: there is no classifier yet.
            ModelError: its encoder is missing, another one by now, or cannot be exported.
        """
        return learning.onnx_of(self._store, self._reader)

    def status(self, *, ahead: bool = True) -> Status:
        """Count everything once.

        Args:
            ahead: Whether to work out, too, what it still takes: of 100,000 photos that is more
                than half of the time.
        """
        return status_of(self._store, self.table, self._remembered, ahead=ahead)

    def at_a_glance(self, status: Status) -> Status:
        """Return a status with all counted anew that the table alone tells, in a few ms.

        That is what is learnt from, and how far the exam is; the rest is as it was.
        """
        return at_a_glance(status, self.table)

    def counting(self) -> Job[Status]:
        """Return a job that counts everything as it is at the call: of many photos it takes long.

        Raises:
            CollectionError: the collection was closed meanwhile.
        """
        return counting(self._store, self.table.as_it_is(), self._remembered)

    # Jobs: walk them on any thread, refresh() on your own.

    def train(
        self,
        config: TrainingConfig,
        preset: str,
        seed: int = 0,
        *,
        backend: Backend | None = None,
        use_bad: bool = False,
    ) -> Job[TrainingResult]:
        """Train a classifier on the human grades of now and save it as the latest model.

        The exam's photos, and what belongs together with one, are never learnt from. As soon as
        enough of it is graded, the quality is judged on the exam. From bad photos nothing is
        learnt, unless a person said that they are fine, or `use_bad` is given.

        Raises:
            TrainingError: fewer than two different grades are given.
        """

        def job(table: PhotoTable) -> Job[TrainingResult]:
            graded = graded_among(table, learnable(table, bad_too=True))
            sound = graded if use_bad else (yield from self._gate.sound(graded, table))
            result = yield from learning.train(
                self._store, self._reader, sound, examined_of(table), config, preset, seed, backend
            )
            return replace(result, bad=len(graded) - len(sound))

        return self._once_compared(job)

    def examples(self, side: int | None = None) -> Job[Parts]:
        """Return the graded photos as a dataset, the exam as its test part; see `read_examples`."""
        return self._once_compared(
            lambda table: read_examples(table, self._gate.sound, self.path.name, side)
        )

    @property
    def can_show_attention(self) -> bool:
        """Whether the latest training can tell where it looks on a photo."""
        return self._looker.can_tell

    def attention(self, photo_id: PhotoId) -> Job[Attention | None]:
        """Return where the latest training looks on a photo; ``None`` where it cannot tell.

        Of a photo that is to be graded blind it would give a hint: ask `is_blind` first.

        Raises:
            PhotoError: the photo cannot be read.
        """
        return self._looker.look(self.table.photo(self.table.row_of[photo_id]))

    def mistakes(self, truth: Grade, proposed: Grade) -> Job[list[PhotoId]]:
        """Return the photos counted in a cell of the latest quality's table of confusion."""
        exam = examined_of(self.table)

        def counted() -> Job[list[PhotoId]]:
            yield Progress("Comparing", 0, 0)
            found = judged(self._store, self._reader, exam)
            return [] if found is None else found.cell(truth, proposed)

        return counted()

    def judge(self) -> Job[Quality | None]:
        """Judge the latest model on what of the exam was graded since; nothing if that is little.

        Raises:
            TrainingError: there is no classifier yet.
        """
        return self._once_compared(
            lambda table: learning.judge_again(self._store, self._reader, examined_of(table))
        )

    def propose(
        self,
        *,
        only_new: bool = False,
        backend: Backend | None = None,
        in_sight: Callable[[], Collection[PhotoId]] = frozenset,
    ) -> Job[ProposalResult]:
        """Propose a grade for every photo without a verdict; those of the exam stay blind.

        Args:
            only_new: Leave the photos alone that have the latest model's proposal; nobody asked
                for it, so it waits while an audit stands.
            backend: Where the arithmetic happens; NumPy if not given.
            in_sight: As for `refit`.

        Raises:
            InputError: at once, if only new photos are meant: an audit stands.
            TrainingError: there is no classifier yet.
        """
        if only_new:
            self.require_no_audit()
        rows = np.flatnonzero(self._newcomers if only_new else self._unspoken)
        unseen = ~self.table.has_proposal[rows]
        return learning.propose(
            self._store, self._reader, self.table.photos(rows), unseen, backend, in_sight
        )

    def compare(
        self,
        configs: dict[str, TrainingConfig],
        seed: int = 0,
        *,
        backend: Backend | None = None,
    ) -> Job[tuple[ComparisonRow, ...]]:
        """Judge configurations on the same folds of the human grades."""

        def job(table: PhotoTable) -> Job[tuple[ComparisonRow, ...]]:
            graded = graded_among(table, learnable(table, bad_too=True))
            sound = yield from self._gate.sound(graded, table)
            return (
                yield from learning.compare_configs(self._reader, sound, configs, seed, backend)
            )

        return self._once_compared(job)

    def unreadable(self, configs: Mapping[str, TrainingConfig]) -> dict[str, str]:
        """Return the configurations whose encoder is missing or damaged, and what it says."""
        return learning.unreadable(self._reader, configs)

    def refit(
        self,
        seed: int = 0,
        *,
        in_sight: Callable[[], Collection[PhotoId]] = frozenset,
    ) -> Job[RefitResult]:
        """Learn from the grades of now in a moment, and propose anew, until the next training.

        From bad photos nothing is learnt; those not looked at yet are looked at first, as `train`
        does. The proposals for photos in sight stay, so that nothing changes under a person's hand.

        Args:
            seed: Of the folds it is judged on.
            in_sight: Asked right before proposals are written, on the job's thread.

        Raises:
            InputError: at once: an audit stands.
            TrainingError: nothing was trained yet, or fewer than two different grades are given.
        """
        self.require_no_audit()

        def job(table: PhotoTable) -> Job[RefitResult]:
            request = RefitRequest(table, self._gate.sound, in_sight, seed)
            return refit(self._store, self._reader, self._projections, request)

        return self._once_compared(job)

    def suggest(self, count: int, seed: int = 0) -> Job[list[PhotoId]]:
        """Return the photos most worth grading next: the doubtful ones.

        Before any training, they are varied ones, and of a large collection some at random among
        them: these are set aside for the exam now, before anyone has graded them.
        """
        return self._once_compared(
            lambda table: suggesting.suggest(self._store, self._reader, table, count, seed)
        )

    @property
    def has_newcomers(self) -> bool:
        """Whether photos wait for the latest model's proposal, and it can be made now."""
        return bool(self._newcomers.any()) and not self.is_auditing

    @property
    def _unspoken(self) -> NDArray[np.bool_]:
        return self.table.ungraded & ~self.table.exam

    @property
    def _newcomers(self) -> NDArray[np.bool_]:
        """Photos of which the latest model was not asked: new ones, and those left half-way."""
        model = self.model
        latest = model.number if model else 0
        return self._unspoken & np.not_equal(self.table.proposed_by, latest)
