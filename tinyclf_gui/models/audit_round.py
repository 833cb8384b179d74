"""One round of an audit: the photos to look at, one after another, until the next proof."""

from __future__ import annotations

from tinyclf.domain import Grade, PhotoId
from tinyclf.session import Session
from tinyclf_gui.models import filters, orders
from tinyclf_gui.models.filters import Filter
from tinyclf_gui.models.orders import Order


class AuditRound:
    """The round that a person is in, if any: it is over with the proof, or when that is void."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._grade: Grade | None = None
        self._photos: tuple[PhotoId, ...] = ()
        self._matches = filters.suggested(())

    @property
    def is_on(self) -> bool:
        """Whether a person is in it."""
        return self._grade is not None

    def enter(self, grade: Grade) -> bool:
        """Go into the round that the audit of a wall asks for; return whether it asks for any."""
        standing = self._session.audit(grade)
        if standing is None or not standing.stands or not standing.photos:
            return False
        self._grade, self._photos = grade, standing.photos
        self._matches = filters.suggested(standing.photos)
        return True

    def leave(self) -> None:
        """Be in none any more; what was looked at is kept."""
        self._grade, self._photos = None, ()

    def ends(self) -> bool:
        """Leave the round if it is over; return whether that was so."""
        if self._grade is None:
            return False
        standing = self._session.audit(self._grade)
        if standing is not None and standing.stands and self.matches(self._session.table).any():
            return False
        self.leave()
        return True

    @property
    def matches(self) -> Filter:
        """Its photos that wait for an answer."""
        return self._matches

    @property
    def order(self) -> Order:
        """That of the draw."""
        return orders.as_listed(self._photos)
