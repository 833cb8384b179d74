"""The classifiers a collection has seen, and what the newest of them thinks of the photos."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Interval, JudgedOn, PhotoId, Quality
from tinyclf.errors import CollectionError
from tinyclf.project.acts import append_act
from tinyclf.project.database import Database, row, rows

BLOBS_KEPT = 3
"""Of older models the record stays, for the learning history, but not the weights."""


@dataclass(frozen=True)
class StoredModel:
    """What is known of a trained classifier; its weights are read apart.

    Attributes:
        number: Its number in this collection, from 1.
        act: The act that stored it: what a person said later, it has not seen.
        created: When, in UTC.
        preset: The name of the preset it came from.
        config: The training configuration as a mapping.
        quality: How good it is on photos it has not seen; ``None`` where that is unknown.
        extractor_key: Whose vectors it reads.
        seconds: How long training took.
    """

    number: int
    act: int
    created: datetime
    preset: str
    config: Mapping[str, object]
    quality: Quality | None
    extractor_key: str
    seconds: float


_MODEL = """
SELECT m.number, m.act, a.at, m.preset, m.config, m.quality, m.extractor_key, m.seconds
FROM models m JOIN acts a ON a.number = m.act
"""

_PUT_PROPOSAL = """
INSERT OR REPLACE INTO proposals (photo, model, p1, p2, p3, p4, p5)
VALUES ((SELECT row FROM photos WHERE photo_id = ?), ?, ?, ?, ?, ?, ?)
"""


class ModelRows(Database):
    """Models and proposals: all that the machine may write."""

    def save_model(
        self,
        blob: bytes,
        *,
        preset: str,
        config: Mapping[str, object],
        quality: Quality | None,
        extractor_key: str,
        seconds: float,
    ) -> StoredModel:
        """Store a trained classifier, and let go of the weights of the fourth newest."""
        judged = None if quality is None else json.dumps(asdict(quality))
        with self._writing() as connection:
            act = append_act(connection, "machine", "train")
            connection.execute(
                "INSERT INTO models (act, blob, preset, config, quality, extractor_key, seconds) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (act, blob, preset, json.dumps(dict(config)), judged, extractor_key, seconds),
            )
            number = connection.last_insert_rowid()
            connection.execute(
                "UPDATE models SET blob = NULL WHERE number <= ? AND blob IS NOT NULL",
                (number - BLOBS_KEPT,),
            )
            [model] = rows(connection, f"{_MODEL} WHERE m.number = ?", (number,))
        return _stored_model(model)

    def models(self) -> list[StoredModel]:
        """Return all models, oldest first."""
        with self._reading() as connection:
            return [
                _stored_model(found) for found in rows(connection, f"{_MODEL} ORDER BY m.number")
            ]

    def latest_model(self) -> StoredModel | None:
        """Return the newest model, if there is one."""
        with self._reading() as connection:
            found = row(connection, f"{_MODEL} ORDER BY m.number DESC LIMIT 1")
            return None if found is None else _stored_model(found)

    def model_blob(self, number: int) -> bytes | None:
        """Return a model's weights; ``None`` for an old model whose weights were let go."""
        with self._reading() as connection:
            found = row(connection, "SELECT blob FROM models WHERE number = ?", (number,))
        return None if found is None else found[0]

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


def _stored_model(found: tuple[Any, ...]) -> StoredModel:
    number, act, at, preset, config, quality, extractor_key, seconds = found
    return StoredModel(
        number=number,
        act=act,
        created=datetime.fromisoformat(at),
        preset=preset,
        config=json.loads(config),
        quality=None if quality is None else _quality(json.loads(quality)),
        extractor_key=extractor_key,
        seconds=seconds,
    )


def _quality(mapping: dict[str, Any]) -> Quality:
    intervals = {
        name: Interval(**mapping[name])
        for name in ("exact", "within_one", "kappa", "calibration_error")
    }
    return Quality(
        **intervals,
        confusion=tuple(tuple(counts) for counts in mapping["confusion"]),
        judged_on=JudgedOn(mapping["judged_on"]),
        photos=mapping["photos"],
    )
