"""What of a wall the Review page can show, in which order, and what is told of it."""

from __future__ import annotations

import numpy as np

from tinyclf.domain import Grade, PhotoId
from tinyclf_gui.models import filters, orders
from tinyclf_gui.models.audit_round import AuditRound
from tinyclf_gui.models.filters import ChipKeys, Filter
from tinyclf_gui.models.list_keys import DISAGREE, UNSEEN
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.orders import Order
from tinyclf_gui.models.tile import ALL_TOLD, Telling

WHOLE_WALL = "all"
"""A list by the key of its chip; the others are those of `list_keys`."""


class WallLists:
    """Lists of any wall by the keys of their chips; while one is checked at random, that round."""

    def __init__(self, collection: OpenCollection, audit_round: AuditRound) -> None:
        self._collection = collection
        self._audit_round = audit_round

    def matches(self, wall: Grade, checked: ChipKeys) -> Filter:
        """Return what is let through by the chip that is down."""
        on_wall = filters.on_wall(wall)
        if self._audit_round.is_on:
            return self._audit_round.matches
        if UNSEEN in checked:
            return filters.all_of((on_wall, filters.in_bulk))
        if WHOLE_WALL in checked:
            return on_wall
        if DISAGREE in checked:
            return filters.all_of((on_wall, self._collection.disagreements))
        return filters.all_of((on_wall, filters.to_check))

    def order(self, checked: ChipKeys) -> Order | None:
        """Return the order of the draw, or of what comes back first; ``None`` for all others."""
        if self._audit_round.is_on:
            return self._audit_round.order
        if UNSEEN in checked:
            return orders.of_rows(self._collection.session.back_first())
        return None

    def has_order(self, checked: ChipKeys) -> bool:
        """Tell whether the list has an order of its own."""
        return self._audit_round.is_on or UNSEEN in checked

    def telling(self, checked: ChipKeys) -> Telling:
        """Return what is told of the photos: also the other opinion, where that is asked for."""
        opposed = not self._audit_round.is_on and DISAGREE in checked
        return Telling(believed=self._collection.contradictions()) if opposed else ALL_TOLD

    def holds_grades(self, checked: ChipKeys) -> bool:
        """Tell whether the photos have a grade already, by which a person may stand."""
        return not self._audit_round.is_on and bool(checked & {UNSEEN, DISAGREE})

    def rest(self, wall: Grade) -> list[PhotoId]:
        """Return the photos of a wall that nobody has checked."""
        table = self._collection.table
        rest = filters.all_of((filters.on_wall(wall), filters.to_check))(table)
        return [table.ids[row] for row in np.flatnonzero(rest).tolist()]
