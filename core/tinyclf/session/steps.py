"""The way back: what a person did, step by step, to be taken back and done again."""

from __future__ import annotations

from collections.abc import Collection

from tinyclf.domain import Act, PhotoId
from tinyclf.project import Past
from tinyclf.session.checks import Checks


class Steps(Checks):
    """The journal of an open collection; it reaches to the beginning, over every restart."""

    def undo(self) -> Act | None:
        """Take back the last act that still stands; ``None`` if there is none."""
        act = self._store.undo()
        self.refresh()
        return act

    def redo(self) -> Act | None:
        """Do again what was last taken back; ``None`` if there is nothing."""
        act = self._store.redo()
        self.refresh()
        return act

    def return_to(self, number: int) -> Act | None:
        """Make things stand as right after an act (0: before any), as `Journal.return_to` says.

        Returns:
            The last of the undos, or redos, it took, told as one; ``None`` where there are none.
        """
        act = self._store.return_to(number)
        self.refresh()
        return act

    @property
    def undoable(self) -> Act | None:
        """The act that :meth:`undo` would take back."""
        return self._store.undoable()

    @property
    def redoable(self) -> Act | None:
        """The act that :meth:`redo` would do again."""
        return self._store.redoable()

    def history(self, limit: int = 100) -> list[Act]:
        """Return a person's last acts with their photos, undos and redos too, newest first."""
        return self._store.history(limit)

    def past(self, limit: int, *, before: int | None = None, after: int = 0) -> list[Past]:
        """Return what was done, without its photos and without undos, newest first.

        Args:
            limit: At most so many acts of a person; trainings come besides.
            before: Only what is older than the act of this number, if given.
            after: Only what is newer than the act of this number.
        """
        return self._store.past(limit, before=before, after=after)

    def photos_of(self, act: int) -> list[PhotoId]:
        """Return the photos that an act was about, in no order."""
        return self._store.photos_of(act)

    def acts_about(self, photo_ids: Collection[PhotoId]) -> frozenset[int]:
        """Return the acts that gave any of these photos a verdict, or a second one."""
        return self._store.acts_about(photo_ids)

    def stands(self, act: int) -> bool:
        """Tell whether an act was not taken back."""
        return self._store.stands(act)

    def can_redo(self, act: int) -> bool:
        """Tell whether an act was taken back, and nothing else was done since."""
        return self._store.can_redo(act)

    def steps_to(self, act: int) -> int:
        """Return how many acts `return_to` would take back or, if it `can_redo`, do again."""
        return self._store.steps_to(act)

    def next_numbers(self) -> tuple[int | None, int | None]:
        """Return which acts `undo` would take back and `redo` do again, without their photos."""
        return self._store.next_numbers()
