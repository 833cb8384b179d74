"""The façade: deeds of a person, and jobs of the machine.

Deeds (grading, accepting, undo) happen at once and are on disk when they return. Long work is a
job: a generator that the caller walks, on whatever thread. A job writes to the collection's file
but never to ``table``; the owner calls :meth:`Session.refresh` on its own thread to see what the
job has written so far.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.caches import cache_folder
from tinyclf.data.features import Features
from tinyclf.data.pose_cache import PoseCache
from tinyclf.data.scan import find_photos
from tinyclf.data.thumbnails import ThumbnailCache, keep_thumbnails
from tinyclf.domain import (
    GRADES,
    Act,
    ActKind,
    Grade,
    ImportReport,
    Job,
    PhotoId,
    Problem,
    Progress,
    Quality,
    Verdict,
)
from tinyclf.errors import InputError
from tinyclf.nn.backend import Backend
from tinyclf.project import CollectionStore, StoredModel
from tinyclf.project.dating import date_photos
from tinyclf.project.importing import import_photos
from tinyclf.project.relinking import (
    Missing,
    RelinkReport,
    find_missing,
    relink_photos,
)
from tinyclf.session import learning, suggesting
from tinyclf.session.attention import Attention, Looker
from tinyclf.session.exams import learnable
from tinyclf.session.exemplars import Exemplars
from tinyclf.session.features import FeatureReader
from tinyclf.session.graded_photos import GradedPhotos
from tinyclf.session.grouping import group_duplicates
from tinyclf.session.learning import ProposalResult, TrainingResult
from tinyclf.session.opinions import judged
from tinyclf.session.photo_gate import PhotoGate
from tinyclf.session.projected_photos import ProjectionCache
from tinyclf.session.refit import RefitOrder, RefitResult, Ungraded, refit
from tinyclf.session.remembered import Remembered
from tinyclf.session.resemblance import Resemblance
from tinyclf.session.status import Status, status_of
from tinyclf.session.steps import Steps
from tinyclf.training.classifier import Classifier
from tinyclf.training.comparison import ComparisonRow
from tinyclf.training.config import TrainingConfig


class Session(Exemplars, Steps):
    """One open collection; close it, or use it as a context manager.

    Attributes:
        thumbnails: The cache of small pictures.
    """

    def __init__(
        self,
        store: CollectionStore,
        reader: FeatureReader,
        thumbnails: ThumbnailCache,
        poses: PoseCache,
        gate: PhotoGate,
    ) -> None:
        super().__init__(store, reader)
        self._gate = gate
        gate.tell(self.table)
        self.thumbnails, self._poses = thumbnails, poses
        self._looker = Looker(store, reader)
        self._projections = ProjectionCache()
        self._resemblance = Resemblance(reader)
        self._counted = Remembered()
        self._counting = Lock()

    @classmethod
    def create(cls, path: Path, caches: Path | None = None) -> Self:
        """Make a new, empty collection file and open it.

        Args:
            path: The file, NAME.tinyclf.
            caches: Where features and thumbnails are kept; else the platform's cache folder.

        Raises:
            CollectionError: the file exists, or its folder is missing or cannot be written.
            StorageError: the caches cannot be used; then no file was made.
        """
        return cls._over(CollectionStore.create, path, caches)

    @classmethod
    def open(cls, path: Path, caches: Path | None = None) -> Self:
        """Open a collection file.

        Raises:
            CollectionError: missing, no collection, damaged, too new, or open elsewhere.
            StorageError: the caches cannot be used.
        """
        return cls._over(CollectionStore.open, path, caches)

    @classmethod
    def _over(
        cls, store: Callable[[Path], CollectionStore], path: Path, caches: Path | None
    ) -> Self:
        folder = cache_folder(caches)
        with ExitStack() as opened:
            reader = opened.enter_context(closing(FeatureReader(folder)))
            thumbnails = opened.enter_context(ThumbnailCache(folder))
            poses = opened.enter_context(PoseCache(folder))
            gate = opened.enter_context(closing(PhotoGate(folder, thumbnails)))
            session = cls(opened.enter_context(store(path)), reader, thumbnails, poses, gate)
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
    def folders(self) -> list[Path]:
        """The photo folders that were imported."""
        return self._store.folders()

    @property
    def problems(self) -> list[Problem]:
        """Files that were found in those folders but could not be imported."""
        return self._store.problems()

    @property
    def backup_problem(self) -> str | None:
        """Why today's backup could not be made; ``None`` where all is well."""
        return self._store.backup_problem

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

    def refresh(self) -> NDArray[np.intp]:
        """Take what jobs have written or seen into ``table``; return the rows that changed."""
        return np.union1d(super().refresh(), self._gate.tell(self.table))

    def set_fine(self, photo_ids: Iterable[PhotoId], is_fine: bool = True) -> list[PhotoId]:
        """Say that photos are fine though they look bad, or no longer; return those changed.

        What is fine is learnt from. It is no step of the undo history: say the contrary.
        """
        changed = self._store.set_fine(photo_ids, is_fine)
        self.refresh()
        return changed

    # What stands.

    def bad_photos(self) -> list[PhotoId]:
        """Return the photos that are too bad to learn from, as far as they were looked at."""
        return [self.table.ids[row] for row in np.flatnonzero(self.table.bad).tolist()]

    def recall_bad_photos(self) -> None:
        """Take what was seen of the photos in earlier sessions, which `look_for_bad_photos` does.

        It takes a second at 100,000 photos.
        """
        self._gate.recall(self.table.ids)
        self.refresh()

    @property
    def has_seen_more(self) -> bool:
        """Whether a job has looked at photos of which `refresh` has not told."""
        return self._gate.has_news

    @property
    def model(self) -> StoredModel | None:
        """The latest training, if any."""
        return self._store.latest_model()

    def classifier(self) -> Classifier | None:
        """Load the latest classifier, if any."""
        blob = self.model_blob()
        return Classifier.from_bytes(blob) if blob else None

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

    def status(self) -> Status:
        """Count everything once."""
        with self._counting:
            return status_of(self._store, self.table, self._counted)

    def counting(self) -> Job[Status]:
        """Return a job that counts everything as it is at the call: of many photos it takes long.

        Raises:
            CollectionError: the collection was closed meanwhile.
        """
        table = self.table.as_it_is()

        def counted() -> Job[Status]:
            yield Progress("Counting", 0, 0)
            with self._counting:
                return status_of(self._store, table, self._counted)

        return counted()

    # Jobs: walk them on any thread, refresh() on your own.

    def import_photos(self, folder: Path) -> Job[ImportReport]:
        """Add a folder's photos, and find near-duplicates; what cannot be read is a problem.

        Raises:
            InputError: there is no such folder, or no photo in it.
        """
        yield Progress("Looking for photos", 0, 0)
        require_photos(folder)
        yield from date_photos(self._store)
        report = yield from import_photos(self._store, folder, self.thumbnails)
        yield from group_duplicates(self._store, self.thumbnails, self._poses)
        return report

    def find_missing(self) -> Job[Missing]:
        """Return the photos that are not where they were; nothing is changed."""
        return find_missing(self.table.all_photos())

    def relink(self, folder: Path) -> Job[RelinkReport]:
        """Look in a folder for photos that are not where they were, and link those found there.

        Raises:
            InputError: there is no such folder.
        """
        return relink_photos(self._store, self.table.all_photos(), folder)

    def read_features(self, config: TrainingConfig) -> Job[Features]:
        """Compute the vectors of all photos that have none yet, so that later jobs find them."""
        return self._reader.read(self.table.photos(np.arange(len(self.table))), config.features)

    def look_for_bad_photos(self) -> Job[None]:
        """Look for what is wrong with the photos: blurred, too dark, …; `refresh` then tells."""
        photos = self.table.photos(np.arange(len(self.table)))
        return self._gate.look(photos, photos.ids)

    def keep_thumbnails(self) -> Job[None]:
        """Make the thumbnails that are missing, as long as the cache has room for them."""
        photos = self.table.photos(np.arange(len(self.table)))
        return keep_thumbnails(photos, photos.ids, self.thumbnails)

    def wear(self) -> Job[Mapping[PhotoId, float]]:
        """Return how worn each photo looks, greater for worse: a guess that needs no grade.

        It is the condition encoder's own, which learnt on drawings what damage is: right for things
        photographed like stamps, and maybe no use, or the wrong way round, for others. So it is an
        order to begin looking in, never a grade. The built-in encoder's vectors that are missing
        are computed.
        """
        photos = self.table.photos(np.arange(len(self.table)))

        def scored() -> Job[Mapping[PhotoId, float]]:
            yield from self._reader.keep_embeddings(photos)
            return (yield from self._reader.wear(photos))

        return scored()

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
        graded, examined = self._graded(learnable(self.table, bad_too=True)), self._examined()
        sieve = None if use_bad else self._gate.sound(graded, self.table)

        def job() -> Job[TrainingResult]:
            sound = graded if sieve is None else (yield from sieve)
            result = yield from learning.train(
                self._store, self._reader, sound, examined, config, preset, seed, backend
            )
            return replace(result, bad=len(graded) - len(sound))

        return job()

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

    def mistakes(self, truth: Grade, proposed: Grade) -> list[PhotoId]:
        """Return the photos counted in a cell of the latest quality's table of confusion."""
        found = judged(self._store, self._reader, self._examined())
        return [] if found is None else found.cell(truth, proposed)

    def alike(self, photo_id: PhotoId) -> Job[NDArray[np.float32]]:
        """Return how alike each photo of the table looks to one of them; see `Resemblance.to`."""
        return self._resemblance.to(photo_id, tuple(self.table.ids))

    def judge(self) -> Job[Quality | None]:
        """Judge the latest model on what of the exam was graded since; nothing if that is little.

        Raises:
            TrainingError: there is no classifier yet.
        """
        return learning.judge_again(self._store, self._reader, self._examined())

    def propose(
        self,
        *,
        only_new: bool = False,
        backend: Backend | None = None,
        in_sight: Callable[[], Collection[PhotoId]] = frozenset,
    ) -> Job[ProposalResult]:
        """Propose a grade for every photo without a verdict; those of the exam stay blind.

        Args:
            only_new: Leave the photos alone that have a proposal; nobody asked for it, so it waits
                while an audit stands.
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
        graded = self._graded(learnable(self.table, bad_too=True))
        sieve = self._gate.sound(graded, self.table)

        def job() -> Job[tuple[ComparisonRow, ...]]:
            sound = yield from sieve
            return (
                yield from learning.compare_configs(self._reader, sound, configs, seed, backend)
            )

        return job()

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

        The proposals for photos in sight stay, so that nothing changes under a person's hand.

        Args:
            seed: Of the folds it is judged on.
            in_sight: Asked right before proposals are written, on the job's thread.

        Raises:
            InputError: at once: an audit stands.
            TrainingError: nothing was trained yet, or fewer than two different grades are given.
        """
        self.require_no_audit()
        table = self.table
        rows = np.flatnonzero(self._unspoken)
        ungraded = Ungraded([table.ids[row] for row in rows.tolist()], table.proposed[rows])
        order = RefitOrder(
            photo_ids=tuple(table.ids),
            graded=self._graded(learnable(table)),
            exam=self._examined(),
            ungraded=ungraded,
            in_sight=in_sight,
            seed=seed,
        )
        return refit(self._store, self._reader, self._projections, order)

    def suggest(self, count: int, seed: int = 0) -> Job[list[PhotoId]]:
        """Return the photos most worth grading next: the doubtful ones.

        Before any training, they are varied ones, and of a large collection some at random among
        them: these are set aside for the exam now, before anyone has graded them.
        """
        return suggesting.suggest(self._store, self._reader, self.table, count, seed)

    @property
    def has_newcomers(self) -> bool:
        """Whether photos wait for a first proposal that can be made now."""
        return self.model is not None and bool(self._newcomers.any()) and not self.is_auditing

    @property
    def _unspoken(self) -> NDArray[np.bool_]:
        return self.table.ungraded & ~self.table.exam

    @property
    def _newcomers(self) -> NDArray[np.bool_]:
        return self._unspoken & ~self.table.has_proposal

    def _examined(self) -> GradedPhotos:
        return self._graded(self.table.exam & self.table.human)

    def _graded(self, wanted: NDArray[np.bool_]) -> GradedPhotos:
        rows = np.flatnonzero(wanted)
        classes = self.table.codes[rows].astype(np.intp) - 1
        return GradedPhotos(self.table.photos(rows), classes, self.table.units[rows])


def require_photos(folder: Path) -> None:
    """Make sure that there is something to import; whether it can be read is not asked.

    Raises:
        InputError: there is no such folder, or no photo in it.
    """
    if next(find_photos(folder), None) is None:
        raise InputError(
            f"There is no photo in {folder}. Name the folder that the photos are in, "
            "or one above it."
        )
