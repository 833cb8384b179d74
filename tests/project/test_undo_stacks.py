"""What can be taken back and done again, worked out of all acts at opening."""

from __future__ import annotations

from typing import Any, cast

import apsw

from tinyclf.project.journal import _stacks


class Counted(int):
    """A number that counts how often any is compared with another."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return int(self) == other

    __hash__ = int.__hash__


class Acts(list[tuple[Any, ...]]):
    """Stands for a connection to a file of these acts."""

    def execute(self, *_: object) -> Acts:
        return self


def acts(kind: str, numbers: range, others: range | list[None]) -> list[tuple[Any, ...]]:
    return [
        (Counted(number), "person", kind, None if other is None else Counted(other))
        for number, other in zip(numbers, others, strict=True)
    ]


def test_each_act_is_found_without_looking_at_all_the_others() -> None:
    n = 300
    given = acts("grade", range(1, n + 1), [None] * n)
    back = acts("undo", range(n + 1, 2 * n + 1), range(n, 0, -1))
    again = acts("redo", range(2 * n + 1, 3 * n + 1), range(1, n + 1))
    connection = cast("apsw.Connection", Acts([*given, *back, *again]))
    undoable, redoable = _stacks(connection)
    assert (list(undoable), list(redoable)) == (list(range(1, n + 1)), [])
    assert Counted.compared < 20 * n
