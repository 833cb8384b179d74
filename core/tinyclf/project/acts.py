"""Acts: the numbered strokes, a person's or the machine's, of which the file's history is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, TypeAlias

import apsw

from tinyclf.domain import LOOKING_AGAIN, OF_THE_PHOTO

Actor: TypeAlias = Literal["person", "machine"]

GROUP = "group"
EXAM = "exam"
AUDIT = "audit"
PROPOSE = "propose"

APART = frozenset({GROUP})
"""What a person does beside the photos' judging: no step of the undo history, and never undone."""

NO_VERDICT_GIVEN = APART | LOOKING_AGAIN | OF_THE_PHOTO
"""What a person does without writing a verdict."""


def as_sql(kinds: Iterable[str]) -> str:
    """Return kinds of acts as SQL has a list: "('fine', 'group')"."""
    return "(" + ", ".join(f"'{kind}'" for kind in sorted(kinds)) + ")"


def append_act(
    connection: apsw.Connection,
    actor: Actor,
    kind: str,
    undoes: int | None = None,
) -> int:
    """Write a new act inside the running transaction and return its number."""
    connection.execute(
        "INSERT INTO acts (actor, kind, at, undoes) VALUES (?, ?, ?, ?)",
        (actor, kind, datetime.now(UTC).isoformat(timespec="milliseconds"), undoes),
    )
    return connection.last_insert_rowid()
