"""The journal of a person's verdicts: append, undo, redo; nothing is ever changed or removed."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

import apsw

from tinyclf.domain import (
    ACCEPTING,
    LOOKING_AGAIN,
    NO_VERDICT,
    OF_THE_PHOTO,
    Act,
    ActKind,
    Grade,
    Label,
    Mark,
    PhotoId,
    Verdict,
    verdict_code,
    verdict_of,
)
from tinyclf.project.acts import APART, append_act, as_sql
from tinyclf.project.database import Database, rows, sense_of
from tinyclf.project.present import STANDS, present
from tinyclf.project.step_kinds import STEP_KINDS, union, union_all

Stack = dict[int, None]
"""Acts by their numbers, the uppermost last; as keys, so that what is in it is told at once."""

_ENDLESS = 2**63 - 1
_TOLD = 8
"""Acts kept to be told again: what could be taken back and done again is asked after each."""

_GIVEN = f"""
WITH given AS (
    SELECT asked.id AS place, p.row AS photo, {STANDS} AS old, asked.value AS new
    FROM json_each(:codes) asked LEFT JOIN photos p ON p.photo_id = asked.key)
"""  # noqa: S608 (the words are this program's own)
"""The verdicts given, as codes by photo id; the photo is null if it is not there."""

_IS_ANY_NEW = f"""
{_GIVEN} SELECT EXISTS (SELECT 1 FROM given WHERE photo IS NULL OR old <> new)
"""  # noqa: S608

_APPEND = f"""
{_GIVEN} INSERT INTO journal (act, place, photo, old, new, verified)
SELECT :act, row_number() OVER (ORDER BY place) - 1, photo, old, new, :accepts AND new > 0
FROM given WHERE photo IS NULL OR old <> new
"""  # noqa: S608

_LAST_ACTS = f"""
SELECT number, kind, at, undoes FROM acts
WHERE actor = 'person' AND kind NOT IN {as_sql(APART)} ORDER BY number DESC LIMIT ?
"""  # noqa: S608 (the kinds are this program's own words)

_ONE_ACT = "SELECT number, kind, at, undoes FROM acts WHERE number = ?"

_CHANGES_OF_ACTS = (
    union_all("""
SELECT {act}, p.photo_id, {said}, {place} FROM {steps} JOIN photos p ON p.row = s.photo
WHERE {act} BETWEEN :first AND :last
""")
    + "ORDER BY 1, 4"
)

_FIRST_CHANGES_SINCE = """
SELECT p.photo_id, j.old, min(j.act) FROM journal j JOIN photos p ON p.row = j.photo
WHERE j.act > ? GROUP BY j.photo
"""

_CHANGED_BETWEEN = f"""
SELECT p.photo_id FROM photos p JOIN (
{union("SELECT s.photo FROM {steps} WHERE {act} BETWEEN :first AND :last")}
) c ON c.photo = p.row ORDER BY p.row
"""  # noqa: S608 (the kinds are this program's own words)

_LABELS = """
SELECT p.photo_id, j.new, j.verified
FROM photos p JOIN (SELECT photo, new, verified, max(act) FROM journal GROUP BY photo) j
    ON j.photo = p.row
WHERE j.new <> 0 ORDER BY p.row
"""


class Journal(Database):
    """What a person said of the photos, act by act."""

    def __init__(self, path: Path, connection: apsw.Connection) -> None:
        super().__init__(path, connection)
        with sense_of(path):
            self._undoable, self._redoable = _stacks(connection)
        self._told: OrderedDict[int, Act] = OrderedDict()

    def record(self, kind: ActKind, verdicts: Iterable[tuple[PhotoId, Verdict]]) -> Act | None:
        """Write down what a person said, as one act; it is on disk when this returns.

        Only verdicts that differ from the present ones are written; of two for the same photo the
        later counts. What had been undone can no longer be redone.

        Returns:
            The act, or ``None`` where nothing changed.

        Raises:
            CollectionError: a photo is not in this collection; nothing was written.
            StorageError: the disk is full or gone; nothing was written.
        """
        if kind in (ActKind.UNDO, ActKind.REDO, *LOOKING_AGAIN, *OF_THE_PHOTO):
            raise ValueError(f"an act of kind {kind} is not made by record()")
        codes = {photo_id: verdict_code(verdict) for photo_id, verdict in verdicts}
        given = {"codes": json.dumps(codes), "accepts": kind in ACCEPTING}
        with self._lock:
            with self._writing() as connection:
                [(is_any_new,)] = rows(connection, _IS_ANY_NEW, given)
                if not is_any_new:
                    return None
                number = append_act(connection, "person", kind)
                _append(connection, given | {"act": number}, codes)
                are_all_new = connection.changes() == len(codes)
            return self._done(number, codes if are_all_new else None)

    def undo(self) -> Act | None:
        """Take the last act back, by an act of its own; ``None`` where there is none."""
        with self._lock:
            last = _last(self._undoable)
            if last is None:
                return None
            with self._writing() as connection:
                number = _repeat(connection, ActKind.UNDO, last)
            _move([last], self._undoable, self._redoable)
            return self._act(number)

    def redo(self) -> Act | None:
        """Do again what was last undone, by an act of its own; ``None`` where there is none."""
        with self._lock:
            last = _last(self._redoable)
            if last is None:
                return None
            with self._writing() as connection:
                number = _repeat(connection, ActKind.REDO, last)
            _move([last], self._redoable, self._undoable)
            return self._act(number)

    def return_to(self, number: int) -> Act | None:
        """Make things stand as right after an act: step by step, but all of it or nothing.

        What came after the act is taken back, the last step first. If the act itself was taken back
        and can be done again, what came up to it is done again. Each step is an act of its own,
        which redo and undo find as if it had been made alone.

        Args:
            number: The act; 0 for before any.

        Returns:
            The last of these acts, with the photos and the number of all of them; ``None`` where
            things stand so already.

        Raises:
            StorageError: the disk is full or gone; nothing was written.
        """
        with self._lock:
            forward = number in self._redoable
            kind = ActKind.REDO if forward else ActKind.UNDO
            steps = self._steps_to(number)
            if not steps:
                return None
            with self._writing() as connection:
                numbers = [_repeat(connection, kind, step) for step in steps]
            stacks = (self._undoable, self._redoable)
            _move(steps, *(reversed(stacks) if forward else stacks))
            return self._together(numbers)

    def _steps_to(self, number: int) -> list[int]:
        """Return the acts to do again, or else to take back, so as to stand right after an act."""
        if number in self._redoable:
            return [*takewhile(lambda act: act != number, reversed(self._redoable)), number]
        return list(takewhile(lambda act: act > number, reversed(self._undoable)))

    def _together(self, numbers: list[int]) -> Act:
        """Return several acts, one after the other, as one."""
        last = self._act(numbers[-1])
        span = {"first": numbers[0], "last": numbers[-1]}
        with self._reading() as connection:
            changed = tuple(photo for (photo,) in rows(connection, _CHANGED_BETWEEN, span))
        return replace(last, photo_ids=changed, verdict=None, steps=len(numbers))

    def changed_since(self, number: int) -> list[PhotoId]:
        """Return the photos of which any step after an act says something, or takes it back."""
        with self._reading() as connection:
            span = {"first": number + 1, "last": _ENDLESS}
            return [photo for (photo,) in rows(connection, _CHANGED_BETWEEN, span)]

    def stands(self, number: int) -> bool:
        """Tell whether an act was not taken back; it waits for no one who writes."""
        return number in self._undoable

    def can_redo(self, number: int) -> bool:
        """Tell whether an act was taken back and can be done again; it waits for no one either."""
        return number in self._redoable

    def steps_to(self, number: int) -> int:
        """Return how many acts `return_to` would take back or, if it `can_redo`, do again."""
        with self._lock:
            return len(self._steps_to(number))

    def next_numbers(self) -> tuple[int | None, int | None]:
        """Return which acts `undo` would take back and `redo` do again, if there are any."""
        with self._lock:
            return _last(self._undoable), _last(self._redoable)

    def undoable(self) -> Act | None:
        """Return the act that `undo` would take back; ``None`` where there is none."""
        with self._lock:
            return self._told_of(self._undoable)

    def redoable(self) -> Act | None:
        """Return the act that `redo` would do again; ``None`` where there is none."""
        with self._lock:
            return self._told_of(self._redoable)

    @property
    def last_act(self) -> int:
        """The number of the newest act of all, the machine's included; 0 in an empty file."""
        with self._reading() as connection:
            [(number,)] = rows(connection, "SELECT coalesce(max(number), 0) FROM acts")
        return int(number)

    def history(self, limit: int = 100) -> list[Act]:
        """Return the last acts by which a person judged photos, newest first."""
        with self._reading() as connection:
            acts = rows(connection, _LAST_ACTS, (limit,))
            return _acts_of(connection, acts)

    def labels(self) -> list[Label]:
        """Return a person's present verdicts, in the order the photos came in."""
        with self._reading() as connection:
            return [
                Label(photo_id, Grade(code) if code > 0 else Mark(code), bool(verified))
                for photo_id, code, verified in rows(connection, _LABELS)
            ]

    def codes_after(self, act: int) -> dict[PhotoId, int]:
        """Return the verdicts right after an act, as codes, of the photos spoken of since."""
        with self._reading() as connection:
            changes = rows(connection, _FIRST_CHANGES_SINCE, (act,))
            return {photo_id: old for photo_id, old, _ in changes}

    def _done(self, number: int, codes: Mapping[PhotoId, int] | None = None) -> Act:
        """Let a new act be the next one to take back; what was taken back before is gone.

        Args:
            number: Of the act.
            codes: What it wrote, where that is known.
        """
        self._undoable[number] = None
        self._redoable.clear()
        return self._act(number, codes)

    def _told_of(self, stack: Stack) -> Act | None:
        last = _last(stack)
        return None if last is None else self._act(last)

    def _act(self, number: int, codes: Mapping[PhotoId, int] | None = None) -> Act:
        """Return an act; an act never changes, so the last few told are kept."""
        act = self._told.pop(number, None)
        if act is None:
            with self._reading() as connection:
                found = rows(connection, _ONE_ACT, (number,))
                act = _act_of(found[0], codes.items()) if codes else _acts_of(connection, found)[0]
        self._told[number] = act
        if len(self._told) > _TOLD:
            self._told.popitem(last=False)
        return act


def _repeat(connection: apsw.Connection, kind: ActKind, again: int) -> int:
    """Take an act back, or do it again, by an act of its own; return its number."""
    number = append_act(connection, "person", kind, undoes=again)
    for one in STEP_KINDS:
        write = one.take_back if kind is ActKind.UNDO else one.do_again
        if write:
            connection.execute(write, {"act": number, "again": again})
    return number


def _acts_of(connection: apsw.Connection, acts: list[tuple[Any, ...]]) -> list[Act]:
    """Return acts, given newest first, with the photos they changed."""
    if not acts:
        return []
    changes: dict[int, list[tuple[PhotoId, int]]] = {number: [] for number, *_ in acts}
    span = {"first": acts[-1][0], "last": acts[0][0]}
    for number, photo_id, new, _ in rows(connection, _CHANGES_OF_ACTS, span):
        changes[number].append((photo_id, new))
    return [_act_of(act, changes[act[0]]) for act in acts]


def _act_of(act: tuple[Any, ...], changes: Collection[tuple[PhotoId, int]]) -> Act:
    number, kind, at, undoes = act
    codes = {new for _, new in changes}
    return Act(
        number=number,
        kind=ActKind(kind),
        when=datetime.fromisoformat(at),
        photo_ids=tuple(photo_id for photo_id, _ in changes),
        verdict=verdict_of(codes.pop() if len(codes) == 1 else NO_VERDICT),
        undoes=undoes,
    )


def _append(connection: apsw.Connection, given: dict[str, Any], codes: dict[PhotoId, int]) -> None:
    """Write down the changes of an act, in the order in which they were given.

    Raises:
        CollectionError: a photo is not in this collection.
    """
    try:
        connection.execute(_APPEND, given)
    except apsw.ConstraintError:
        present(connection, list(codes))  # which says the photo, where that is why
        raise


def _last(stack: Stack) -> int | None:
    return next(reversed(stack), None)


def _move(acts: Iterable[int], here: Stack, there: Stack) -> None:
    """Take acts off one stack, the uppermost first, and put them on another."""
    for act in acts:
        del here[act]
        there[act] = None


def _stacks(connection: apsw.Connection) -> tuple[Stack, Stack]:
    """Return the acts that can be taken back and done again, next one last.

    Up to version 2 of the file, second looks were no steps: acts before one were taken back and
    done again past it. So each act is found by its number.

    Raises:
        ValueError: an act is missing, or of no kind; one takes back or does again what it cannot.
    """
    undoable: Stack = {}
    redoable: Stack = {}
    undone: set[int] = set()
    acts = rows(connection, "SELECT number, actor, kind, undoes FROM acts ORDER BY number")
    if acts and acts[-1][0] != len(acts):
        raise ValueError(f"{len(acts)} acts, but the last is number {acts[-1][0]}")
    verdicts = [act for act in acts if act[1] == "person" and act[2] not in APART]
    for number, _, kind, other in verdicts:
        match ActKind(kind):
            case ActKind.UNDO if other in undoable:
                _move([other], undoable, redoable)
                undone.add(other)
            case ActKind.UNDO:
                raise ValueError(f"act {number} takes back what does not stand")
            case ActKind.REDO if other in undone:
                redoable.pop(other, None)
                undoable[other] = None
                undone.remove(other)
            case ActKind.REDO:
                raise ValueError(f"act {number} does again what was not taken back")
            case _:
                undoable[number] = None
                redoable.clear()
    return undoable, redoable
