"""Which photos a person looks at: what is learnt unasked leaves their proposals alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tinyclf.domain import PhotoId


class InSight:
    """The photos in sight as last noticed, and those that were left behind there.

    Args:
        looks: Tells which photos are in sight now; asked only where it is noticed.
    """

    def __init__(self, looks: Callable[[], Iterable[PhotoId]]) -> None:
        self._looks = looks
        self._noticed: frozenset[PhotoId] = frozenset()
        self._behind: frozenset[PhotoId] = frozenset()

    def notice(self) -> None:
        """Look anew at what is in sight; on the thread of the window."""
        self._noticed = self._now()

    def noticed(self) -> frozenset[PhotoId]:
        """Return the photos in sight as last noticed; for any thread, as it asks no widget."""
        return self._noticed

    def leave_behind(self) -> frozenset[PhotoId]:
        """Return the same, and remember that they keep an older proposal than all others."""
        self._behind = self._noticed
        return self._behind

    def forget_behind(self) -> None:
        """No photo has an older proposal than the others any more."""
        self._behind = frozenset()

    @property
    def behind(self) -> frozenset[PhotoId]:
        """Photos that kept an older proposal when all others were proposed anew unasked."""
        return self._behind

    def gone(self) -> frozenset[PhotoId]:
        """Return those of them that are out of sight now; on the thread of the window."""
        return self._behind.difference(self._now())

    def _now(self) -> frozenset[PhotoId]:
        return frozenset(self._looks())
