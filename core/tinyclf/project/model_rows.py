"""The classifiers a collection has seen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from numpy.typing import NDArray

from tinyclf.domain import Interval, JudgedOn, PhotoId, Quality
from tinyclf.errors import CollectionError
from tinyclf.project.acts import append_act
from tinyclf.project.database import Database, row, rows
from tinyclf.project.opinion_rows import put_opinions
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


_MODEL = """
SELECT m.number, m.act, a.at, m.preset, m.config, m.quality, m.extractor_key, m.seconds,
    m.grades, m.cross_validated, m.is_quick, m.gate_open, m.gate_gain, m.gate_error
FROM models m JOIN acts a ON a.number = m.act
"""

_PUT_MODEL = """
INSERT INTO models (act, blob, preset, config, quality, extractor_key, seconds,
    grades, cross_validated, is_quick, gate_open, gate_gain, gate_error)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_LET_GO = """
UPDATE models SET blob = NULL WHERE number <= ? AND blob IS NOT NULL
AND number != (SELECT coalesce(max(number), 0) FROM models WHERE NOT is_quick)
"""


class ModelRows(Database):
    """All models stay, and what each was found to be worth; of their weights the newest."""

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
            is_quick: Whether it is but a quick refit.
            gate: What the gate said, if it was asked.
            opinions: As in `OutOfFold`: the photos trained on, their grades (n,), and probabilities
                (n, 5); they replace those of the model before.
        """
        settings, judged = json.dumps(dict(config)), None if quality is None else _json_of(quality)
        grades = None if opinions is None else len(opinions[0])
        said = (None, None, None) if gate is None else (gate.is_open, gate.gain, gate.error)
        known = (settings, judged, extractor_key, seconds, grades, cross_validated, is_quick, *said)
        with self._writing() as connection:
            act = append_act(connection, "machine", "train")
            connection.execute(_PUT_MODEL, (act, blob, preset, *known))
            number = connection.last_insert_rowid()
            connection.execute(_LET_GO, (number - BLOBS_KEPT,))
            put_opinions(connection, number, opinions)
            [model] = rows(connection, f"{_MODEL} WHERE m.number = ?", (number,))
        return _stored_model(model)

    def judge_model(self, number: int, quality: Quality) -> None:
        """Store what a model was found to be worth later, on more or better photos.

        Raises:
            CollectionError: there is no such model; nothing was written.
        """
        with self._writing() as connection:
            if row(connection, "SELECT 1 FROM models WHERE number = ?", (number,)) is None:
                raise CollectionError(
                    f"There is no model {number} in this collection. Train first."
                )
            append_act(connection, "machine", "judge")
            connection.execute(
                "UPDATE models SET quality = ? WHERE number = ?", (_json_of(quality), number)
            )

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
            found = row(connection, f"{_MODEL} WHERE NOT m.is_quick ORDER BY m.number DESC LIMIT 1")
            return None if found is None else _stored_model(found)

    def model_blob(self, number: int) -> bytes | None:
        """Return a model's weights; ``None`` for an old model whose weights were let go."""
        with self._reading() as connection:
            found = row(connection, "SELECT blob FROM models WHERE number = ?", (number,))
        return None if found is None else found[0]


def _stored_model(found: tuple[Any, ...]) -> StoredModel:
    number, act, at, preset, config, quality, extractor_key, seconds, *known = found
    grades, cross_validated, is_quick, gate_open, gate_gain, gate_error = known
    return StoredModel(
        number=number,
        act=act,
        created=datetime.fromisoformat(at),
        preset=preset,
        config=json.loads(config),
        quality=None if quality is None else _quality(json.loads(quality)),
        extractor_key=extractor_key,
        seconds=seconds,
        grades=grades,
        cross_validated=cross_validated,
        is_quick=bool(is_quick),
        gate=None if gate_open is None else Gate(bool(gate_open), gate_gain, gate_error),
    )


def _json_of(quality: Quality) -> str:
    return json.dumps(asdict(quality))


def _quality(mapping: Mapping[str, Any]) -> Quality:
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
