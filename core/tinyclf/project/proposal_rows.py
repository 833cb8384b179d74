"""Proposals: what the machine thinks of each photo, by the newest model that was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project.acts import append_act
from tinyclf.project.database import Database, row, rows

_LAST_PROPOSING = "SELECT number FROM acts WHERE kind = 'propose' ORDER BY number DESC LIMIT 1"

_PROPOSALS_OF = """
SELECT p.photo_id, o.p1, o.p2, o.p3, o.p4, o.p5
FROM proposals o JOIN photos p ON p.row = o.photo WHERE o.model = ?
"""

_PUT_PROPOSAL = """
INSERT OR REPLACE INTO proposals (photo, model, p1, p2, p3, p4, p5)
VALUES ((SELECT row FROM photos WHERE photo_id = ?), ?, ?, ?, ?, ?, ?)
"""


class ProposalRows(Database):
    """One a photo; `NewsRows` reads them in bulk."""

    @property
    def last_proposing(self) -> int:
        """The act by which proposals were last written; 0 where none were."""
        with self._reading() as connection:
            found = row(connection, _LAST_PROPOSING)
        return int(found[0]) if found else 0

    def proposals_of(self, model: int) -> dict[PhotoId, tuple[float, ...]]:
        """Return what a model thinks of photos, as far as no later one was asked of them."""
        with self._reading() as connection:
            found = rows(connection, _PROPOSALS_OF, (model,))
        return {photo_id: tuple(opinion) for photo_id, *opinion in found}

    def save_proposals(
        self, model: int, photo_ids: Sequence[PhotoId], probabilities: NDArray[Any]
    ) -> None:
        """Store what a model thinks of photos, in place of what an earlier one thought of them.

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
        with self._writing() as connection:
            known = {photo_id for (photo_id,) in rows(connection, "SELECT photo_id FROM photos")}
            if unknown := set(photo_ids) - known:
                raise CollectionError(
                    f"The photo {min(unknown)} is not in this collection. Import it first."
                )
            append_act(connection, "machine", "propose")
            connection.executemany(
                _PUT_PROPOSAL,
                (
                    (photo_id, model, *opinion)
                    for photo_id, opinion in zip(photo_ids, probabilities.tolist(), strict=True)
                ),
            )
