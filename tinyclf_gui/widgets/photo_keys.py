"""From a key press to what is done for it: once, for all that show photos.

A key asks for an action of the one table in ``models/actions.py``. A verdict is given to the
photos in question; what the view can do itself it does; any other action is the window's. Keys that
no action can have (arrows, Page, Esc) are the view's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent

from tinyclf_gui.models.actions import WHILE_HELD, Scope
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.grade_keys import Stroke, stroke_of

Deed = Callable[[], object]


class PhotoKeys:
    """The keys of one view of photos; it asks, and does nothing itself.

    Args:
        keys: Who has which key.
        scope: Where these are pressed.
        deeds: What the view does, by action.
        give: Gives a verdict.
        pass_on: Is told of any other action.
        move: Returns where a key leads that asks for no action; ``None`` where it leads nowhere.
        has_photo: Whether there is a photo to do anything with; where there is none, the view's
            keys do nothing.
    """

    def __init__(
        self,
        keys: KeyBindings,
        scope: Scope,
        deeds: Mapping[str, Deed],
        *,
        give: Callable[[Stroke], object],
        pass_on: Callable[[str], object],
        has_photo: Callable[[], bool],
        move: Callable[[QKeyEvent], Deed | None] = lambda _: None,
    ) -> None:
        self._keys = keys
        self._scope = scope
        self._deeds = deeds
        self._give = give
        self._pass_on = pass_on
        self._has_photo = has_photo
        self._move = move

    def claims(self, event: QEvent) -> bool:
        """Keep a key of this view from the window's shortcuts; return whether it is one.

        Args:
            event: Of type ``ShortcutOverride``.
        """
        own = isinstance(event, QKeyEvent) and self._deed(event) is not None
        event.setAccepted(own)
        return own

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; return whether it was a key of this view.

        A key that is held moves on, but grades and accepts only what it was pressed for.
        """
        deed = self._deed(event)
        if deed is not None and not (event.isAutoRepeat() and self._is_done_once(event)):
            deed()
        return deed is not None

    def action_of(self, event: QKeyEvent) -> str | None:
        """Return the action that a key asks for here."""
        return self._keys.action_of(event, self._scope)

    def _deed(self, event: QKeyEvent) -> Deed | None:
        stroke, name = stroke_of(event, self._keys, self._scope), self.action_of(event)
        if stroke is not None:
            return self._of_photo(lambda: self._give(stroke))
        if name is None:
            return self._move(event)
        deed = self._deeds.get(name)
        return self._of_photo(deed) if deed else lambda: self._pass_on(name)

    def _is_done_once(self, event: QKeyEvent) -> bool:
        name = self.action_of(event)
        if name is None:  # a move, or a verdict with Shift
            return stroke_of(event, self._keys, self._scope) is not None
        return name not in WHILE_HELD

    def _of_photo(self, deed: Deed) -> Deed:
        return lambda: deed() if self._has_photo() else None
