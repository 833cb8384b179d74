"""What was written to a collection since an act, in bulk: what a `PhotoTable` lives on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from tinyclf.project.acts import APART, EXAM, GROUP, PROPOSE
from tinyclf.project.database import rows
from tinyclf.project.fine_rows import FINE_PHOTOS
from tinyclf.project.group_rows import GroupRows
from tinyclf.project.proposal_rows import ProposalRows

_ACTS = "SELECT number, kind, actor FROM acts WHERE number > ? ORDER BY number"

_PHOTOS = """
SELECT p.row, p.act, p.photo_id, f.path, p.path,
    p.width, p.height, p.file_size, p.modified_ns, coalesce(p.taken, p.modified_ns / 1000000000)
FROM photos p JOIN folders f USING (folder) WHERE p.act > ? ORDER BY p.row
"""

_ALL_VERDICTS = "SELECT photo, new, verified, max(act) FROM journal WHERE act > ? GROUP BY photo"
_LATE_VERDICTS = "SELECT photo, new, verified, act FROM journal WHERE act > ? ORDER BY act, place"


@dataclass(frozen=True)
class News:
    """What is new; photos are named by their row number in the file.

    Attributes:
        act: The newest act there is.
        photos: New photos and those whose place changed, as rows of `_PHOTOS`.
        verdicts: int64 ``(m, 3)``: photo, code, verified; of several of one photo the last holds.
        proposals: All of them, float64 ``(m, 7)``: photo, model, five probabilities; ``None``
            where none was written since.
        exam: All photos set aside, int64 ``(m,)``; ``None`` where none came since.
        groups: All grouped photos, int64 ``(m, 2)``: photo, the first photo of its group; ``None``
            where no group was written since.
        fine: All photos a person said are fine, int64 ``(m,)``; ``None`` where none was since.
    """

    act: int
    photos: list[tuple[Any, ...]]
    verdicts: NDArray[np.int64]
    proposals: NDArray[np.float64] | None
    exam: NDArray[np.int64] | None
    groups: NDArray[np.int64] | None
    fine: NDArray[np.int64] | None = None


class NewsRows(GroupRows, ProposalRows):
    """Reads in bulk."""

    def news(self, since: int) -> News:
        """Return what was written after an act; 0 is before the first."""
        with self._reading() as connection:
            acts = rows(connection, _ACTS, (since,))
            come = {kind for _, kind, actor in acts if actor == "machine" or kind in APART}
            until = acts[-1][0] if acts else since
            kinds = self._kinds_to_tell(since, until, come)
            return News(
                act=until,
                photos=rows(connection, _PHOTOS, (since,)) if "import" in kinds else [],
                verdicts=_verdicts(connection, since),
                proposals=self.all_proposals() if PROPOSE in kinds else None,
                exam=_exam(connection) if EXAM in kinds else None,
                groups=self.all_groups() if GROUP in kinds else None,
                fine=_fine(connection, since),
            )


def _verdicts(connection: apsw.Connection, since: int) -> NDArray[np.int64]:
    found = rows(connection, _LATE_VERDICTS if since else _ALL_VERDICTS, (since,))
    return np.array(found, np.int64).reshape(-1, 4)[:, :3]


def _exam(connection: apsw.Connection) -> NDArray[np.int64]:
    return np.array(rows(connection, "SELECT photo FROM exam"), np.int64).reshape(-1)


def _fine(connection: apsw.Connection, since: int) -> NDArray[np.int64] | None:
    if not rows(connection, "SELECT 1 FROM fine_photos WHERE act > ? LIMIT 1", (since,)):
        return None
    return np.array(rows(connection, FINE_PHOTOS), np.int64).reshape(-1)
