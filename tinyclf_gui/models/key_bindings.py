"""Which keys ask for which action: the usual ones, and those a person gave instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from tinyclf_gui.models.actions import Entry, Scope, all_actions
from tinyclf_gui.models.key_chords import SHIFT, Chord, chord_in_words, chord_of, chords_of
from tinyclf_gui.models.key_rules import why_not
from tinyclf_gui.settings import Settings


class KeyBindings(QObject):
    """The keys of all actions; in one scope no key asks for two.

    Args:
        settings: Where a person's own keys are kept; without, they are forgotten at the end.
        actions: By name; all there are.

    Signals:
        changed(): Some action has other keys now.
    """

    changed = Signal()

    def __init__(
        self,
        settings: Settings | None = None,
        parent: QObject | None = None,
        *,
        actions: Mapping[str, Entry] | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = dict(all_actions() if actions is None else actions)
        self._own = {name: own for name in self._actions if (own := self._read(name)) is not None}
        self._settle()

    def keys_of(self, name: str) -> tuple[Chord, ...]:
        """Return the keys of an action; there may be none."""
        return self._keys[name]

    def words(self, name: str) -> str:
        """Return the first key of an action as it is read: "Ctrl+Z"; "" if it has none."""
        keys = self.keys_of(name)
        return chord_in_words(keys[0]) if keys else ""

    def usual(self, name: str) -> tuple[Chord, ...]:
        """Return the keys an action has by itself."""
        return tuple(chord_of(key) for key in self._actions[name].keys.split())

    def is_usual(self, name: str) -> bool:
        """Tell whether an action has the keys it has by itself."""
        return self.keys_of(name) == self.usual(name)

    def action_of(self, event: QKeyEvent, scope: Scope) -> str | None:
        """Return the action that a key asks for in a scope."""
        return self._first(self.chords_of(event), scope)

    def shifted_action_of(self, event: QKeyEvent, scope: Scope) -> str | None:
        """Return the action that a key would ask for in a scope if Shift were not held."""
        chords = self.chords_of(event)
        return self._first([c.removeprefix(SHIFT) for c in chords if c.startswith(SHIFT)], scope)

    def chords_of(self, event: QKeyEvent) -> list[Chord]:
        """Return what a key may stand for on this machine's keyboard, the likeliest first."""
        return chords_of(event, QGuiApplication.platformName())

    def holders(self, chord: Chord, name: str) -> list[str]:
        """Return the other actions that have a key where this action would need it."""
        scope = self._actions[name].scope
        return [
            other
            for other, keys in self._keys.items()
            if other != name and chord in keys and _meet(scope, self._actions[other].scope)
        ]

    def why_not(self, chord: Chord, name: str) -> str:
        """Return why a key cannot be given to this action; "" if it can."""
        return why_not(chord, self._actions[name].scope)

    def bind(self, name: str, chord: Chord) -> None:
        """Give an action one more key; what had it loses it.

        Raises:
            ValueError: the key cannot be given to it.
        """
        if reason := self.why_not(chord, name):
            raise ValueError(reason)
        self._take(name, chord)
        if chord not in self.keys_of(name):
            self._own[name] = [*self.keys_of(name), chord]
        self._keep()

    def unbind(self, name: str, chord: Chord) -> None:
        """Take a key from an action."""
        self._own[name] = [key for key in self.keys_of(name) if key != chord]
        self._keep()

    def reset(self, name: str) -> None:
        """Give an action its usual keys, from whatever has them now."""
        for chord in self.usual(name):
            self._take(name, chord)
        self._own.pop(name, None)
        self._keep()

    def reset_all(self) -> None:
        """Give every action its usual keys."""
        self._own.clear()
        self._keep()

    def _take(self, name: str, chord: Chord) -> None:
        for other in self.holders(chord, name):
            self._own[other] = [key for key in self.keys_of(other) if key != chord]

    def _first(self, chords: Iterable[Chord], scope: Scope) -> str | None:
        here = self._by_chord[scope]
        return next((here[chord] for chord in chords if chord in here), None)

    def _read(self, name: str) -> list[Chord] | None:
        """Return the keys a person gave an action; damaged ones are not read at all."""
        kept = self._settings.keys(name) if self._settings else None
        if kept is None or kept == [""]:
            return kept and []
        chords = [chord_of(text) for text in kept]
        sound = all(chord and not self.why_not(chord, name) for chord in chords)
        return list(dict.fromkeys(chords)) if sound else None

    def _keep(self) -> None:
        self._own = {n: own for n, own in self._own.items() if tuple(own) != self.usual(n)}
        self._settle()
        if self._settings is not None:
            for name in self._actions:
                self._settings.save_keys(name, self._own.get(name))
        self.changed.emit()

    def _settle(self) -> None:
        """Work out who has which key: a person's own come first, then the usual ones."""
        self._by_chord: dict[Scope, dict[Chord, str]] = {scope: {} for scope in Scope}
        self._keys: dict[str, tuple[Chord, ...]] = dict.fromkeys(self._actions, ())
        for name, own in self._own.items():
            self._keys[name] = self._claim(name, own)
        for name in self._actions:
            if name not in self._own:
                self._keys[name] = self._claim(name, self.usual(name))

    def _claim(self, name: str, chords: Iterable[Chord]) -> tuple[Chord, ...]:
        scope = self._actions[name].scope
        met = [one for one in Scope if _meet(scope, one)]
        free = [c for c in chords if not any(c in self._by_chord[one] for one in met)]
        for chord in free:
            for one in scope:
                self._by_chord[one][chord] = name
        return tuple(free)


def _meet(one: Scope, other: Scope) -> bool:
    """Tell whether a key could be asked for both: the window's keys count everywhere."""
    return bool(one & other) or Scope.WINDOW in one | other
