"""Which acts can be taken back, and which done again, worked out of all acts in turn."""

from __future__ import annotations

from collections.abc import Iterable

from tinyclf.domain import ActKind


def undo_stacks(acts: Iterable[tuple[int, ActKind, int | None]]) -> tuple[list[int], list[int]]:
    """Return the acts that can be taken back and done again, next one last.

    Up to version 2 of the file, second looks were no steps: acts before one were taken back and
    done again past it. So each act is found by its number, wherever it stands; by its hash, as all
    acts of years may have been taken back and done again.

    Args:
        acts: A person's, in turn: number, kind, and which act it takes back or does again.

    Raises:
        ValueError: one takes back what does not stand, or does again what was not taken back.
    """
    standing: dict[int, None] = {}
    taken_back: dict[int, None] = {}
    undone: set[int] = set()
    for number, kind, other in acts:
        match kind:
            case ActKind.UNDO:
                if other is None or other not in standing:
                    raise ValueError(f"act {number} takes back what does not stand")
                del standing[other]
                taken_back[other] = None
                undone.add(other)
            case ActKind.REDO:
                if other is None or other not in undone:
                    raise ValueError(f"act {number} does again what was not taken back")
                taken_back.pop(other, None)
                standing[other] = None
                undone.remove(other)
            case _:
                standing[number] = None
                taken_back.clear()
    return list(standing), list(taken_back)
