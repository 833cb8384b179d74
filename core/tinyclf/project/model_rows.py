"""The classifiers a collection has seen, and what the newest of them thinks of the photos."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import Interval, JudgedOn, PhotoId, Quality
from tinyclf.errors import CollectionError
from tinyclf.project.acts import append_act
from tinyclf.project.database import Database, row, rows
from tinyclf.training.gate import Gate

BLOBS_KEPT = 3
"""Of older models the record stays, for the learning history, but not the weights; the latest one
that is no quick refit keeps them, to show where it looks."""


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
        grades: On how many grades it was trained; ``None`` where that is unknown.
        cross_validated: Its share of exact grades by cross-validation, 0 to 1, whatever `quality`
            was judged on; ``None`` where that is unknown.
        is_quick: Whether it is but a quick refit between two trainings.
        gate: Whether the condition encoder was let in; ``None`` where that was not asked.
    """

    number: int
    act: int
    created: datetime
    preset: str
    config: Mapping[str, object]
    quality: Quality | None
    extractor_key: str
    seconds: float
    grades: int | None = None
    cross_validated: float | None = None
    is_quick: bool = False
    gate: Gate | None = None


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


_MODEL = """
SELECT m.number, m.act, a.at, m.preset, m.config, m.quality, m.extractor_key, m.seconds
FROM models m JOIN acts a ON a.number = m.act
"""

_NO_REFIT = "WHERE NOT coalesce(json_extract(m.quality, '$.quick'), 0)"

_LET_GO = """
UPDATE models SET blob = NULL WHERE number <= ? AND blob IS NOT NULL
AND number != (
    SELECT coalesce(max(number), 0) FROM models
    WHERE NOT coalesce(json_extract(quality, '$.quick'), 0)
)
"""

_OUT_OF_FOLD = """
SELECT p.photo_id, o.model, o.grade, o.p1, o.p2, o.p3, o.p4, o.p5
FROM out_of_fold o JOIN photos p ON p.row = o.photo ORDER BY o.photo
"""

_PUT_OPINION = """
INSERT INTO out_of_fold (photo, model, grade, p1, p2, p3, p4, p5)
VALUES ((SELECT row FROM photos WHERE photo_id = ?), ?, ?, ?, ?, ?, ?, ?)
"""

_PUT_STRANGEST = """
INSERT INTO strangest (model, place, photo)
VALUES (?, ?, (SELECT row FROM photos WHERE photo_id = ?))
"""

_STRANGEST = """
SELECT p.photo_id FROM strangest s JOIN photos p ON p.row = s.photo
WHERE s.model = ? ORDER BY s.place
"""

_LAST_PROPOSING = "SELECT number FROM acts WHERE kind = 'propose' ORDER BY number DESC LIMIT 1"

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
        cross_validated: float | None = None,
        is_quick: bool = False,
        gate: Gate | None = None,
        opinions: tuple[Sequence[PhotoId], NDArray[Any], NDArray[Any]] | None = None,
    ) -> StoredModel:
        """Store a trained classifier, and let go of the weights of the fourth newest.

        Args:
            blob: The weights.
            preset: The name of the preset it came from.
            config: The training configuration as a mapping.
            quality: How good it is on photos it has not seen, if that is known.
            extractor_key: Whose vectors it reads.
            seconds: How long training took.
            cross_validated: Its share of exact grades by cross-validation, if that is known.
            is_quick: Whether it is but a quick refit; kept beside the quality, so give that too.
            gate: What the gate said, if it was asked; kept likewise.
            opinions: As in `OutOfFold`: the photos trained on, their grades (n,), and probabilities
                (n, 5); they replace those of the model before.
        """
        learnt = {"grades": len(opinions[0]) if opinions else None}
        learnt_how_well: dict[str, object] = learnt | {
            "cross_validated": cross_validated,
            "quick": is_quick,
            "gate": None if gate is None else asdict(gate),
        }
        judged = None if quality is None else json.dumps(asdict(quality) | learnt_how_well)
        with self._writing() as connection:
            act = append_act(connection, "machine", "train")
            connection.execute(
                "INSERT INTO models (act, blob, preset, config, quality, extractor_key, seconds) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (act, blob, preset, json.dumps(dict(config)), judged, extractor_key, seconds),
            )
            number = connection.last_insert_rowid()
            connection.execute(_LET_GO, (number - BLOBS_KEPT,))
            connection.execute("DELETE FROM out_of_fold")
            if opinions is not None:
                _put_opinions(connection, number, *opinions)
            [model] = rows(connection, f"{_MODEL} WHERE m.number = ?", (number,))
        return _stored_model(model)

    def judge_model(self, number: int, quality: Quality) -> None:
        """Store what a model was found to be worth later, on more or better photos."""
        with self._writing() as connection:
            found = row(connection, "SELECT quality FROM models WHERE number = ?", (number,))
            if found is None:
                raise CollectionError(f"There is no model {number} in this collection.")
            before = {} if found[0] is None else json.loads(found[0])
            append_act(connection, "machine", "judge")
            connection.execute(
                "UPDATE models SET quality = ? WHERE number = ?",
                (json.dumps(before | asdict(quality)), number),
            )

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

    def latest_training(self) -> StoredModel | None:
        """Return the newest model that is no quick refit, if there is one."""
        with self._reading() as connection:
            found = row(connection, f"{_MODEL} {_NO_REFIT} ORDER BY m.number DESC LIMIT 1")
            return None if found is None else _stored_model(found)

    def model_blob(self, number: int) -> bytes | None:
        """Return a model's weights; ``None`` for an old model whose weights were let go."""
        with self._reading() as connection:
            found = row(connection, "SELECT blob FROM models WHERE number = ?", (number,))
        return None if found is None else found[0]

    @property
    def last_proposing(self) -> int:
        """The act by which proposals were last written; 0 where none were."""
        with self._reading() as connection:
            found = row(connection, _LAST_PROPOSING)
        return int(found[0]) if found else 0

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


def _put_opinions(
    connection: apsw.Connection,
    model: int,
    photo_ids: Sequence[PhotoId],
    grades: NDArray[Any],
    probabilities: NDArray[Any],
) -> None:
    connection.executemany(
        _PUT_OPINION,
        (
            (photo_id, model, grade, *opinion)
            for photo_id, grade, opinion in zip(
                photo_ids, grades.tolist(), probabilities.tolist(), strict=True
            )
        ),
    )


def _stored_model(found: tuple[Any, ...]) -> StoredModel:
    number, act, at, preset, config, quality, extractor_key, seconds = found
    judged = {} if quality is None else json.loads(quality)
    return StoredModel(
        number=number,
        act=act,
        created=datetime.fromisoformat(at),
        preset=preset,
        config=json.loads(config),
        quality=None if quality is None else _quality(judged),
        extractor_key=extractor_key,
        seconds=seconds,
        is_quick=bool(judged.get("quick")),
        gate=Gate(**judged["gate"]) if judged.get("gate") else None,
        **_learnt(judged),
    )


def _learnt(judged: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept beside the quality, which once was always by cross-validation."""
    if judged.get("judged_on") == JudgedOn.CROSS_VALIDATION:
        usual = {"grades": judged["photos"], "cross_validated": judged["exact"]["value"]}
    else:
        usual = {"grades": None, "cross_validated": None}
    return {key: judged[key] if judged.get(key) is not None else usual[key] for key in usual}


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
