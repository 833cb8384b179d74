"""What a step of the undo history writes: one line a table, of which every query is made.

A new kind of step is one more line here, and an example in the tests of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_NONE = "0"


@dataclass(frozen=True)
class StepKind:
    """A table in which steps write what a person said of photos, a row a photo.

    Attributes:
        table: Its name; it has the columns ``act`` and ``photo``.
        said: The verdict that was given, in terms of its row ``s``; "0" where none is.
        place: What the photos of a step are ordered by, likewise.
        take_back: Writes the rows of a step ``:act`` that takes back the step ``:again``; empty
            where such a step needs none, since it is told by the rows of the other.
        do_again: Likewise of a step that does another one again.
    """

    table: str
    said: str
    place: str
    take_back: str = ""
    do_again: str = ""

    @property
    def gives_verdicts(self) -> bool:
        """Whether its steps say of a photo what grade it is."""
        return self.said != _NONE

    def fill(self, select: str) -> str:
        """Return a query with what stands in braces filled in.

        Besides the attributes above, ``{steps}`` are the rows ``s`` with each step that they tell
        of, also one that takes another back or does it again, and ``{act}`` is that step.
        """
        steps, act = f"{self.table} s", "s.act"
        if not self.take_back:
            steps = f"acts a JOIN {self.table} s ON s.act = coalesce(a.undoes, a.number)"
            act = "a.number"
        return select.format(
            table=self.table, said=self.said, place=self.place, steps=steps, act=act
        )


VERDICTS = StepKind(
    table="journal",
    said="s.new",
    place="s.place",
    take_back="""
        INSERT INTO journal (act, place, photo, old, new, verified)
        SELECT :act, j.place, j.photo, j.new, j.old, coalesce(
            (SELECT verified FROM journal WHERE photo = j.photo AND act < j.act
             ORDER BY act DESC LIMIT 1), 0)
        FROM journal j WHERE j.act = :again ORDER BY j.place""",
    do_again="""
        INSERT INTO journal (act, place, photo, old, new, verified)
        SELECT :act, place, photo, old, new, verified FROM journal
        WHERE act = :again ORDER BY place""",
)

SECOND_LOOKS = StepKind(table="second_looks", said="s.second", place="s.photo")

FINE_PHOTOS = StepKind(
    table="fine_photos",
    said=_NONE,
    place="s.photo",
    take_back="""
        INSERT INTO fine_photos (act, photo, fine)
        SELECT :act, photo, 1 - fine FROM fine_photos WHERE act = :again""",
    do_again="""
        INSERT INTO fine_photos (act, photo, fine)
        SELECT :act, photo, fine FROM fine_photos WHERE act = :again""",
)

STEP_KINDS = (VERDICTS, SECOND_LOOKS, FINE_PHOTOS)


def union_all(select: str, kinds: Iterable[StepKind] = STEP_KINDS) -> str:
    """Return a query of all kinds of steps out of one of a kind: see `StepKind.fill`."""
    return "\nUNION ALL\n".join(kind.fill(select) for kind in kinds)


def union(select: str, kinds: Iterable[StepKind] = STEP_KINDS) -> str:
    """Return the same, with equal rows once."""
    return "\nUNION\n".join(kind.fill(select) for kind in kinds)
