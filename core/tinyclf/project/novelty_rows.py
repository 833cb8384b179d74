"""Novelty: whether photos that were new to a model look like those it was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tinyclf.domain import PhotoId
from tinyclf.project.database import Database, row, rows


@dataclass(frozen=True, slots=True)
class StoredNovelty:
    """What photos that were new when a model proposed for them looked like to it.

    Attributes:
        photos: How many there were.
        share: Of them, how many look unlike those it was trained on, 0 to 1.
        usual: Which share is to be expected of photos of the same source.
        is_unlike: Whether that deserves a warning.
    """

    photos: int
    share: float
    usual: float
    is_unlike: bool


_PUT_STRANGEST = """
INSERT INTO strangest (model, place, photo)
VALUES (?, ?, (SELECT row FROM photos WHERE photo_id = ?))
"""

_STRANGEST = """
SELECT p.photo_id FROM strangest s JOIN photos p ON p.row = s.photo
WHERE s.model = ? ORDER BY s.place
"""


class NoveltyRows(Database):
    """Of each model the newest photos it was asked of."""

    def save_novelty(
        self, model: int, novelty: StoredNovelty, strangest: Sequence[PhotoId] = ()
    ) -> None:
        """Store what photos new to a model look like to it, in place of what was stored of it.

        Args:
            model: The model's number.
            novelty: What they look like.
            strangest: Those that look unlike any it was trained on, the strangest first.
        """
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO novelty (model, photos, share, usual, unlike) "
                "VALUES (?, ?, ?, ?, ?)",
                (model, novelty.photos, novelty.share, novelty.usual, novelty.is_unlike),
            )
            connection.execute("DELETE FROM strangest WHERE model = ?", (model,))
            connection.executemany(
                _PUT_STRANGEST,
                ((model, place, photo_id) for place, photo_id in enumerate(strangest)),
            )

    def strangest_of(self, model: int) -> list[PhotoId]:
        """Return the new photos that looked unlike those a model was trained on, worst first."""
        with self._reading() as connection:
            return [photo_id for (photo_id,) in rows(connection, _STRANGEST, (model,))]

    def novelty_of(self, model: int) -> StoredNovelty | None:
        """Return what the newest photos looked like to a model, if any were new to it."""
        with self._reading() as connection:
            found = row(
                connection,
                "SELECT photos, share, usual, unlike FROM novelty WHERE model = ?",
                (model,),
            )
        if found is None:
            return None
        photos, share, usual, unlike = found
        return StoredNovelty(photos, share, usual, bool(unlike))
