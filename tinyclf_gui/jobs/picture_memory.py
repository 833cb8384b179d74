"""Decoded pictures up to so many bytes; what is in sight is kept whatever it takes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Hashable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
P = TypeVar("P")


class PictureMemory(Generic[K, P]):
    """Pictures by key; beyond the budget those go first that were used or wanted least lately.

    Args:
        budget: In bytes.
    """

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self._kept: OrderedDict[K, tuple[P, int]] = OrderedDict()
        self._used = 0

    @property
    def used(self) -> int:
        """Bytes of the pictures kept."""
        return self._used

    def __contains__(self, key: K) -> bool:
        """Tell whether there is a picture."""
        return key in self._kept

    def get(self, key: K) -> P | None:
        """Return a picture, which is used thereby, or ``None`` where there is none."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def peek(self, key: K) -> P | None:
        """Return a picture without counting that as use."""
        return self._kept[key][0] if key in self._kept else None

    def keep(self, key: K, picture: P, size: int) -> None:
        """Keep a picture of so many bytes in place of the one before."""
        self._drop(key)
        self._kept[key] = picture, size
        self._used += size

    @property
    def is_full(self) -> bool:
        """Whether more is kept than there is room for."""
        return self._used > self.budget

    def make_room(
        self, in_sight: Collection[K], wanted: Sequence[K], budget: int | None = None
    ) -> None:
        """Give up what there is no room for.

        Args:
            in_sight: What is not given up: viewers hold it anyway.
            wanted: What goes last of all else, most wanted first.
            budget: In bytes, if it is not the usual one.
        """
        for one in reversed(wanted):
            if one in self._kept:
                self._kept.move_to_end(one)
        budget = self.budget if budget is None else budget
        held, gone, over = frozenset(in_sight), [], self._used - budget
        for one, (_, size) in self._kept.items():
            if over <= 0:
                break
            if one not in held:
                gone.append(one)
                over -= size
        for one in gone:
            self._drop(one)

    def _drop(self, key: K) -> None:
        if key in self._kept:
            self._used -= self._kept.pop(key)[1]
