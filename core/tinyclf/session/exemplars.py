"""What a person grades by: the examples they pinned, and the graded photos that look alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import GRADES, Grade, Job, PhotoId
from tinyclf.errors import ModelError
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.project.exemplar_rows import MOST_EXEMPLARS
from tinyclf.session import second_looks
from tinyclf.session.checks import Checks
from tinyclf.session.features import FeatureReader
from tinyclf.session.look_alikes import LOOK_ALIKES, LookAlike, nearest
from tinyclf.session.reference_ladder import Rung, ladder_of
from tinyclf.session.standard import Standard, StandardVectors, standard_of
from tinyclf.training.feature_names import EMBEDDING


class Exemplars(Checks):
    """The photos of an open collection, and what others are held against."""

    def __init__(self, store: CollectionStore, reader: FeatureReader) -> None:
        super().__init__(store)
        self._reader = reader
        self._vectors = StandardVectors(reader)

    def exemplars(self) -> dict[Grade, tuple[PhotoId, ...]]:
        """Return the examples of each grade that were pinned and still have that grade."""
        pinned = self._store.exemplars()
        return {grade: tuple(one for one, of in pinned if of is grade) for grade in GRADES}

    def pin(self, photo_ids: Iterable[PhotoId]) -> list[PhotoId]:
        """Hold photos up as examples of the grade that the person gave each.

        Returns:
            Those pinned: photos without a grade are left out, and of very many of one grade all
            but the first few. The examples of the grade that were pinned first give way to them.
        """
        chosen = self.pinnable(photo_ids)
        if chosen:
            self._store.pin(chosen)
        return chosen

    def pinnable(self, photo_ids: Iterable[PhotoId]) -> list[PhotoId]:
        """Return those of photos that `pin` would pin: of each grade the first few."""
        chosen, of_grade = [], Counter[int]()
        for photo_id in dict.fromkeys(photo_ids):
            code = int(self.table.codes[self.table.row_of[photo_id]])
            if code > 0 and of_grade[code] < MOST_EXEMPLARS:
                of_grade[code] += 1
                chosen.append(photo_id)
        return chosen

    def unpin(self, photo_ids: Iterable[PhotoId]) -> list[PhotoId]:
        """Hold photos up no longer; return those that were examples."""
        pinned = {one for one, _ in self._store.exemplars()}
        taken = [one for one in photo_ids if one in pinned]
        if taken:
            self._store.unpin(taken)
        return taken

    def is_blind(self, photo_id: PhotoId) -> bool:
        """Tell whether a photo is of the exam, and still to be graded."""
        row = self.table.row_of[photo_id]
        return bool(self.table.exam[row] and self.table.ungraded[row])

    def ladder(self) -> Job[tuple[Rung, ...]]:
        """Return the examples of each grade, the flawless first, the pinned ones and typical ones.

        It computes no vectors: without any, the photos graded first stand for what is typical.
        """
        pinned, standard_of_now = self._store.exemplars(), self._standard()

        def made() -> Job[tuple[Rung, ...]]:
            standard, graded = standard_of_now(), None
            with suppress(ModelError):  # its encoder is gone: what is pinned stands nevertheless
                graded = yield from self._vectors.of(standard)
            return ladder_of(pinned, standard, graded)

        return made()

    def look_alikes(
        self, photo_id: PhotoId, count: int = LOOK_ALIKES
    ) -> Job[tuple[LookAlike, ...] | None]:
        """Return the graded photos that look most like one, the most alike first.

        It computes no vectors: ``None`` while that of the photo is not known. Of a photo that is
        to be graded blind their grades would give away the proposal: nothing is told.

        Raises:
            ModelError: the encoder of the latest training is missing or damaged.
        """
        blind, row = self.is_blind(photo_id), self.table.row_of[photo_id]
        table, standard_of_now = self.table.as_it_is(), self._standard()

        def found() -> Job[tuple[LookAlike, ...] | None]:
            if blind:
                return None
            standard, unit = standard_of_now(), int(table.units[row])
            graded = yield from self._vectors.of(standard)
            vector = self._vectors.vector(photo_id, standard.features)
            if graded is None or vector is None:
                return None
            return nearest(graded, photo_id, vector, unit, count)

        return found()

    def _standard(self) -> Callable[[], Standard]:
        """Return what tells what the person has graded as of now, on whatever thread asks it.

        Of many photos that takes a while; it is remembered until the person's next act.
        """
        table, stroke = self.table.as_it_is(), self._store.last_stroke

        def of_now() -> Standard:
            model = self._store.latest_training()
            features = EMBEDDING if model is None else str(model.config["features"])
            return self._remembered.get(
                "standard",
                (stroke, len(table), features),
                lambda: standard_of(table, self._in_bulk_of(table), features),
            )

        return of_now

    def _in_bulk_of(self, table: PhotoTable) -> NDArray[np.bool_]:
        return second_looks.in_bulk(self._store, table, self._remembered)
