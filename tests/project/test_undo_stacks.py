"""What can be taken back and done again, of acts told in turn."""

from __future__ import annotations

import pytest

from tinyclf.domain import ActKind
from tinyclf.project.undo_stacks import undo_stacks

GRADE, UNDO, REDO = ActKind.GRADE, ActKind.UNDO, ActKind.REDO


def test_what_was_taken_back_can_be_done_again() -> None:
    acts = [(1, GRADE, None), (2, GRADE, None), (3, UNDO, 2)]
    assert undo_stacks(acts) == ([1], [2])
    assert undo_stacks([*acts, (4, REDO, 2)]) == ([1, 2], [])
    assert undo_stacks([*acts, (4, UNDO, 1)]) == ([], [2, 1])


def test_after_another_act_it_cannot() -> None:
    assert undo_stacks([(1, GRADE, None), (2, UNDO, 1), (3, GRADE, None)]) == ([3], [])


def test_older_files_take_back_an_act_that_is_not_the_last() -> None:
    acts = [(1, GRADE, None), (2, ActKind.LOOK_AGAIN, None), (3, UNDO, 1), (4, REDO, 1)]
    assert undo_stacks(acts[:3]) == ([2], [1])
    assert undo_stacks(acts) == ([2, 1], [])


@pytest.mark.parametrize(
    "acts",
    [
        [(1, UNDO, 7)],
        [(1, GRADE, None), (2, REDO, 1)],
        [(1, GRADE, None), (2, UNDO, 1), (3, UNDO, 1)],
        [(1, GRADE, None), (2, UNDO, None)],
    ],
)
def test_what_cannot_be_is_refused(acts: list[tuple[int, ActKind, int | None]]) -> None:
    with pytest.raises(ValueError, match="what"):
        undo_stacks(acts)


class Counted(int):
    """A number that counts how often any is compared with another."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return int(self) == other

    __hash__ = int.__hash__


def test_each_act_is_found_without_looking_at_all_the_others() -> None:
    n = 300
    given = [(Counted(k), GRADE, None) for k in range(n)]
    back = [(Counted(n + k), UNDO, Counted(n - 1 - k)) for k in range(n)]
    again = [(Counted(2 * n + k), REDO, Counted(k)) for k in range(n)]
    assert undo_stacks([*given, *back, *again]) == (list(range(n)), [])
    assert Counted.compared < 20 * n
