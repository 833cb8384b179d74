"""What takes long to work out, kept until what it rests on has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tinyclf.domain import PhotoId
from tinyclf.project import PhotoTable

T = TypeVar("T")
S = TypeVar("S", bound=np.generic)


class Remembered:
    """One answer to each question, the newest.

    From any thread: who asks what another is working out waits for that alone. To work out an
    answer other questions may be asked, but in no circle.
    """

    def __init__(self) -> None:
        self._answers: dict[str, _Answer] = {}

    def get(self, question: str, basis: Hashable, work_out: Callable[[], T]) -> T:
        """Return the answer; it is worked out anew only if the basis is not what it was."""
        return self.get_on(question, basis, lambda _: work_out())

    def get_on(
        self, question: str, basis: Hashable, work_out: Callable[[tuple[Any, T] | None], T]
    ) -> T:
        """Return the answer, worked out from the former one where that is quicker.

        Args:
            question: Which.
            basis: What it rests on.
            work_out: (former basis, former answer), if there was any → the answer; it leaves the
                former as it is.
        """
        kept = self._answers.setdefault(question, _Answer())
        with kept.lock:
            if kept.told is None or kept.told[0] != basis:
                kept.told = (basis, work_out(kept.told))
            answer: T = kept.told[1]
            return answer


class _Answer:
    """What is remembered of a question: on what it rests, and the answer."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.told: tuple[Any, Any] | None = None


def by_row(
    table: PhotoTable, photo_ids: Iterable[PhotoId], values: object, dtype: DTypeLike
) -> NDArray[Any]:
    """Return a value for each photo, 0 for all but these.

    It has a row for each photo that came in by now, also of a table that stays as it is: what is
    remembered holds for the table of then and of now. `fitted` makes it as long as either.
    """
    rows = table.rows(photo_ids)
    known = np.zeros(len(table.row_of), dtype)  # now: it has grown, but no row is past its end
    known[rows] = values
    return known


def fitted(known: NDArray[S], table: PhotoTable) -> NDArray[S]:
    """Return what is known of a table's n photos, (n,); 0 of those that came in since."""
    answer = np.zeros(len(table), known.dtype)
    both = min(len(table), len(known))
    answer[:both] = known[:both]
    return answer
