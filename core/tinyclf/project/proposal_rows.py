"""Proposals: what the machine thinks of each photo, by the newest model that was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import PhotoId
from tinyclf.project.acts import PROPOSE
from tinyclf.project.database import Database, parts_of, row
from tinyclf.project.present import present

_LAST_PROPOSING = "SELECT number FROM acts WHERE kind = 'propose' ORDER BY number DESC LIMIT 1"

_PROPOSALS_OF = """
SELECT o.photo, p.photo_id, o.p1, o.p2, o.p3, o.p4, o.p5
FROM proposals o JOIN photos p ON p.row = o.photo
WHERE o.photo > ?1 AND o.model = ?3 ORDER BY o.photo LIMIT ?2
"""

_ALL_PROPOSALS = """
SELECT photo, model, p1, p2, p3, p4, p5 FROM proposals WHERE photo > ?1 ORDER BY photo LIMIT ?2
"""

_PUT_PROPOSAL = """
INSERT OR REPLACE INTO proposals (photo, model, p1, p2, p3, p4, p5) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


class ProposalRows(Database):
    """One a photo."""

    _proposals: tuple[int, NDArray[np.float64]] | None = None

    @property
    def last_proposing(self) -> int:
        """The act by which proposals were last written; 0 where none were."""
        with self._reading() as connection:
            found = row(connection, _LAST_PROPOSING)
        return int(found[0]) if found else 0

    def proposals_of(self, model: int) -> Iterator[tuple[PhotoId, tuple[float, ...]]]:
        """Yield what a model thinks of photos, as far as no later one was asked of them."""
        for _, photo_id, *opinion in self._paged(_PROPOSALS_OF, model):
            yield photo_id, tuple(opinion)

    def save_proposals(
        self, model: int, photo_ids: Sequence[PhotoId], probabilities: NDArray[Any]
    ) -> None:
        """Store what a model thinks of photos, in place of what an earlier one thought of them.

        A program that is killed meanwhile leaves some photos with what the earlier one thought.

        Args:
            model: The model's number.
            photo_ids: ``n`` photos.
            probabilities: ``(n, 5)``, worst grade first, finite.

        Raises:
            ValueError: the shapes do not fit, or a probability is not finite.
            CollectionError: a photo is not in this collection; nothing was written.
        """
        if probabilities.shape != (len(photo_ids), 5):
            raise ValueError(f"{len(photo_ids)} photos but probabilities {probabilities.shape}")
        if not np.isfinite(probabilities).all():
            raise ValueError("a probability is not finite")
        count = len(photo_ids)
        numbers = [n for part in parts_of(count) for n in self._numbers_of(photo_ids[part])]

        def write(connection: apsw.Connection, part: slice) -> None:
            opinions = zip(numbers[part], probabilities[part].tolist(), strict=True)
            connection.executemany(
                _PUT_PROPOSAL, ((photo, model, *opinion) for photo, opinion in opinions)
            )

        self._write_in_parts(PROPOSE, count, write, self.all_proposals)

    def all_proposals(self) -> NDArray[np.float64]:
        """Return all proposals, float64 ``(m, 7)``: photo, model, five probabilities.

        They are read once after they were written; photos are named by their row in the file.
        """
        act = self.last_proposing
        if self._proposals is None or self._proposals[0] != act:
            parts = [np.array(page, np.float64) for page in self._pages(_ALL_PROPOSALS)]
            self._proposals = act, np.concatenate([np.empty((0, 7)), *parts])
        return self._proposals[1]

    def _numbers_of(self, photo_ids: Sequence[PhotoId]) -> list[int]:
        with self._reading() as connection:
            return [number for number, _ in present(connection, photo_ids)]
