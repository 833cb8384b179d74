"""Opinions: what the newest training thought, out of fold, of the photos it learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import PhotoId
from tinyclf.project.database import Database, rows


@dataclass(frozen=True, eq=False)
class OutOfFold:
    """What a training thought of the photos it learnt from, by networks that never saw them.

    Attributes:
        model: The number of the model.
        photo_ids: The n photos.
        grades: What it was trained with, int (n,).
        probabilities: (n, 5), calibrated, worst grade first.
    """

    model: int
    photo_ids: tuple[PhotoId, ...]
    grades: NDArray[np.intp]
    probabilities: NDArray[np.float64]


_OUT_OF_FOLD = """
SELECT p.photo_id, o.model, o.grade, o.p1, o.p2, o.p3, o.p4, o.p5
FROM out_of_fold o JOIN photos p ON p.row = o.photo ORDER BY o.photo
"""

_PUT_OPINION = """
INSERT INTO out_of_fold (photo, model, grade, p1, p2, p3, p4, p5)
VALUES ((SELECT row FROM photos WHERE photo_id = ?), ?, ?, ?, ?, ?, ?, ?)
"""


class OpinionRows(Database):
    """Of the newest model alone; `save_model` writes them with it."""

    def out_of_fold(self) -> OutOfFold | None:
        """Return what the newest training thought of the photos it learnt from, if it was kept."""
        with self._reading() as connection:
            found = rows(connection, _OUT_OF_FOLD)
        if not found:
            return None
        numbers = np.array([one[1:] for one in found], np.float64)
        return OutOfFold(
            model=int(numbers[0, 0]),
            photo_ids=tuple(photo_id for photo_id, *_ in found),
            grades=numbers[:, 1].astype(np.intp),
            probabilities=numbers[:, 2:],
        )


def put_opinions(
    connection: apsw.Connection,
    model: int,
    opinions: tuple[Sequence[PhotoId], NDArray[Any], NDArray[Any]] | None,
) -> None:
    """Write what a new model thought, in place of what the one before did; or nothing of it.

    Args:
        connection: In a transaction.
        model: The model's number.
        opinions: As in `OutOfFold`: n photos, their grades (n,), and probabilities (n, 5).
    """
    connection.execute("DELETE FROM out_of_fold")
    if opinions is None:
        return
    photo_ids, grades, probabilities = opinions
    connection.executemany(
        _PUT_OPINION,
        (
            (photo_id, model, grade, *opinion)
            for photo_id, grade, opinion in zip(
                photo_ids, grades.tolist(), probabilities.tolist(), strict=True
            )
        ),
    )
