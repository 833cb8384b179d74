"""Which acts stand and which can be done again: the journal's answer, followed act by act."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from tinyclf.domain import Act, ActKind
from tinyclf.session import Session


class StandingActs:
    """Both stacks of a session's journal, of which there may be very many acts.

    What one act changes is taken in without reading all of them; whether it is still as the journal
    says is seen by how many there are and which are next.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.read()

    def read(self) -> None:
        """Read all of them."""
        self._standing = sorted(self._session.standing())
        self._taken_back = sorted(self._session.taken_back(), reverse=True)

    def take_in(self, act: Act) -> None:
        """Follow what was just done."""
        if act.kind is ActKind.UNDO:
            self._move(self._standing, self._taken_back, act.steps)
        elif act.kind is ActKind.REDO:
            self._move(self._taken_back, self._standing, act.steps)
        else:
            self._standing.append(act.number)
            self._taken_back.clear()

    @property
    def is_as_in_the_journal(self) -> bool:
        """Whether nothing was done that was not taken in."""
        following = (self._session.undoable, self._session.redoable)
        numbers = [act.number if act else None for act in following]
        if numbers != [_last(self._standing), _last(self._taken_back)]:
            return False
        return self._session.steps() == (len(self._standing), len(self._taken_back))

    @property
    def last(self) -> int | None:
        """The number of the last act that stands."""
        return _last(self._standing)

    def stands(self, number: int) -> bool:
        """Tell whether an act was not taken back."""
        at = bisect_left(self._standing, number)
        return at < len(self._standing) and self._standing[at] == number

    def can_be_done_again(self, number: int) -> bool:
        """Tell whether an act was taken back, and nothing else was done since."""
        at = self._first_to_redo(number)
        return at < len(self._taken_back) and self._taken_back[at] == number

    def since(self, number: int) -> int:
        """Return how many acts stand that came after an act."""
        return len(self._standing) - bisect_right(self._standing, number)

    def up_to(self, number: int) -> int:
        """Return how many acts are to be done again, this one the last."""
        return len(self._taken_back) - self._first_to_redo(number)

    def _first_to_redo(self, number: int) -> int:
        return bisect_left(self._taken_back, -number, key=lambda one: -one)

    @staticmethod
    def _move(source: list[int], target: list[int], steps: int) -> None:
        target.extend(reversed(source[-steps:]))
        del source[-steps:]


def _last(numbers: list[int]) -> int | None:
    return numbers[-1] if numbers else None
