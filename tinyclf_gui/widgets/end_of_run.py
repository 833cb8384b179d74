"""The end of a run of grades: a key meant for a next photo must not change the last one."""

from __future__ import annotations

from tinyclf.domain import NO_VERDICT, PhotoId
from tinyclf_gui.models.tile import Tile


class EndOfRun:
    """Holds back the first verdict for a photo that was just graded last of its list.

    Who grades without looking up presses on beyond the end. Held back once, it is meant: the next
    verdict counts, and so does each after it, until another photo has been in focus.
    """

    def __init__(self) -> None:
        self._last: PhotoId | None = None
        self._held = False

    def reach(self, photo_id: PhotoId | None) -> None:
        """Note that going on from this photo leads nowhere."""
        if photo_id != self._last:
            self._last, self._held = photo_id, False

    def leave(self, photo_id: PhotoId | None) -> None:
        """Note which photo is in focus: another one begins another run."""
        if photo_id is not None and photo_id != self._last:
            self._last = None

    def holds(self, tile: Tile | None, code: int | None = None) -> bool:
        """Tell whether a verdict is held back, this once.

        Args:
            tile: The photo it is for.
            code: The verdict; the one that stands, and none at all, are never held back.
                ``None``: a step.
        """
        if tile is None or tile.photo_id != self._last or self._held:
            return False
        if tile.code == NO_VERDICT or code in (NO_VERDICT, tile.code):
            return False
        self._held = True
        return True
