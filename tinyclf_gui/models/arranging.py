"""The orders a page offers; what takes long to work out is worked out in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from tinyclf.data.natural_order import natural_ranks
from tinyclf.domain import PhotoId
from tinyclf.session import Session
from tinyclf_gui.jobs.courtesy import reading_quietly
from tinyclf_gui.jobs.newest import NewestJob
from tinyclf_gui.models import orders
from tinyclf_gui.models.orders import Measure, Order

DOUBT, EXPECTED, ALIKE, TAKEN = "doubt", "expected", "alike", "taken"
NAME, IMPORTED, WORN = "name", "imported", "worn"
OF_THE_MOMENT = frozenset({ALIKE, WORN})
"""Orders that mean nothing at the next start."""


@dataclass(frozen=True)
class Wish:
    """Which order a person wants, and whether it is turned round."""

    key: str
    backwards: bool = False


class Arranging(QObject):
    """Orders of one page over one collection.

    Attributes:
        wear: How worn photos look, greater for worse; empty while that is not known.

    Signals:
        ready(str): The order with this key, which was asked for and was not known, is known now.
        failed(str): It could not be worked out, and why; it may be asked for again.
    """

    ready = Signal(str)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.wear: Mapping[PhotoId, float] = {}
        self._worn: tuple[Mapping[PhotoId, float], int] = ({}, 0)
        self._wear = np.empty(0)
        self._like: PhotoId | None = None
        self._alike: NDArray[np.float32] | None = None
        self._ranked: Sequence[str] = ()
        self._ranks: NDArray[np.intp] | None = None
        self._measures: dict[str, Callable[[], Measure | None]] = {
            EXPECTED: lambda: orders.grade,
            TAKEN: lambda: orders.taken,
            IMPORTED: lambda: orders.arrival,
            NAME: self._by_name,
            ALIKE: self._by_likeness,
            WORN: self._by_wear,
        }
        self._names, self._looks = NewestJob(self, reading_quietly), NewestJob(self)
        self._names.done.connect(self._take_ranks)
        self._looks.done.connect(self._take_looks)
        self._names.failed.connect(self._give_up_ranks)
        self._looks.failed.connect(self._give_up_looks)

    def order(self, wish: Wish) -> Order | None:
        """Return an order; ``None`` while it is being worked out: ``ready`` follows."""
        if wish.key == DOUBT:
            return orders.by_doubt(backwards=wish.backwards)
        measure = self._measures[wish.key]()
        return None if measure is None else orders.by(measure, backwards=wish.backwards)

    def look_like(self, photo_id: PhotoId) -> bool:
        """Compare all photos with this one from now on.

        Returns:
            False of a photo that is to be graded blind: the grades of its like would give a hint.
        """
        if self._session.is_blind(photo_id):
            return False
        if photo_id != self._like:
            self._like, self._alike = photo_id, None
            self._looks.want(lambda: self._session.alike(photo_id))
        return True

    def stop(self) -> None:
        """End what runs; may be called twice."""
        self._names.stop()
        self._looks.stop()

    def _by_likeness(self) -> Measure | None:
        return None if self._alike is None else orders.of_each(-self._alike)

    def _by_name(self) -> Measure | None:
        """Return the ranks that are known, be it of some photos; others are on the way."""
        names = self._session.table.names
        if names is not self._ranked:
            self._ranked = names
            self._names.want(lambda: natural_ranks(names))
        return None if self._ranks is None else orders.of_each(self._ranks)

    def _by_wear(self) -> Measure:
        table = self._session.table
        if self._worn[0] is not self.wear or self._worn[1] != len(table):
            self._worn = (self.wear, len(table))
            self._wear = -orders.wear_of_rows(self.wear, table)
        return orders.of_each(self._wear)

    @Slot(object)
    def _take_ranks(self, ranks: NDArray[np.intp]) -> None:
        awaited, self._ranks = self._ranks is None, ranks
        if awaited:
            self.ready.emit(NAME)

    @Slot(object)
    def _take_looks(self, alike: NDArray[np.float32]) -> None:
        self._alike = alike
        self.ready.emit(ALIKE)

    @Slot(str)
    def _give_up_ranks(self, message: str) -> None:
        self._ranked = ()
        self.failed.emit(message)

    @Slot(str)
    def _give_up_looks(self, message: str) -> None:
        self._like = None
        self.failed.emit(message)
