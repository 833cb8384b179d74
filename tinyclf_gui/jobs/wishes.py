"""What several viewers wait for, in one order: what is in sight, then what may be seen next."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Wishes(Generic[K]):
    """The wishes of viewers; the last to ask comes first, but the foremost one before all.

    Args:
        foremost: Which viewer that is, if any.
    """

    def __init__(self, foremost: Hashable = None) -> None:
        self._foremost = foremost
        self._of: dict[Hashable, tuple[Sequence[K], Sequence[K]]] = {}

    def want(self, viewer: Hashable, in_sight: Sequence[K], ahead: Sequence[K] = ()) -> None:
        """Replace what a viewer waits for, most wanted first; of nothing, it waits no more."""
        self._of.pop(viewer, None)
        if in_sight or ahead:
            self._of[viewer] = in_sight, ahead

    def in_sight(self) -> list[K]:
        """Return what viewers show, each once."""
        return _each_once(one for seen, _ in self._viewers() for one in seen)

    def in_order(self) -> list[K]:
        """Return all that is wanted, each once, most wanted first."""
        ahead = (one for _, following in self._viewers() for one in following)
        return _each_once([*self.in_sight(), *ahead])

    def _viewers(self) -> list[tuple[Sequence[K], Sequence[K]]]:
        first = [self._of[self._foremost]] if self._foremost in self._of else []
        others = (wish for viewer, wish in self._of.items() if viewer != self._foremost)
        return [*first, *reversed([*others])]


def _each_once(several: Iterable[K]) -> list[K]:
    return list(dict.fromkeys(several))
