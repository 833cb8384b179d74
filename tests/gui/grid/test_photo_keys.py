"""From a key press to what is done for it, in whatever shows photos."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from tinyclf.domain import Grade
from tinyclf_gui.models.actions import Scope
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.grade_keys import Stroke
from tinyclf_gui.widgets.photo_keys import Deed, PhotoKeys

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.usefixtures("qapp")


class View:
    """Pins photos itself, goes on with PageDown, and writes down what it was asked."""

    def __init__(self, scope: Scope = Scope.GRID) -> None:
        self.photos = 1
        self.heard: list[object] = []
        self.keys = PhotoKeys(
            KeyBindings(),
            scope,
            {
                "pin": self._hear("pinned"),
                "accept": self._hear("accepted"),
                "step-up": self._hear("one better"),
                "zoom-in": self._hear("closer"),
            },
            give=self.heard.append,
            pass_on=lambda name: self.heard.append(f"window: {name}"),
            has_photo=lambda: bool(self.photos),
            move=self._move,
        )

    def press(self, key: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        return self.keys.press(QKeyEvent(QEvent.Type.KeyPress, key, held))

    def hold(self, key: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        return self.keys.press(QKeyEvent(QEvent.Type.KeyPress, key, held, "", True))

    def claims(self, key: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        return self.keys.claims(QKeyEvent(QEvent.Type.ShortcutOverride, key, held))

    def _hear(self, words: str) -> Callable[[], None]:
        return lambda: self.heard.append(words)

    def _move(self, event: QKeyEvent) -> Deed | None:
        return self._hear("moved") if event.key() == Key.Key_PageDown else None


@pytest.fixture
def view() -> View:
    return View()


def test_a_key_gives_a_verdict_or_is_the_views_or_the_windows(view: View) -> None:
    for key in (Key.Key_4, Key.Key_P, Key.Key_G, Key.Key_PageDown):
        assert view.press(key)
    assert view.heard == [Stroke(Grade.GOOD, False), "pinned", "window: grid", "moved"]


def test_a_key_that_is_held_grades_and_accepts_no_more_photos(view: View) -> None:
    for key in (Key.Key_4, Key.Key_X, Key.Key_Return, Key.Key_BracketRight, Key.Key_P):
        assert view.hold(key)
    assert view.hold(Key.Key_4, SHIFT)
    assert view.heard == []


def test_a_key_that_is_held_moves_on_and_zooms() -> None:
    view = View(Scope.LOUPE)
    for key in (Key.Key_PageDown, Key.Key_Plus):
        assert view.hold(key)
    assert view.heard == ["moved", "closer"]


def test_shift_with_a_verdict_goes_on(view: View) -> None:
    assert view.press(Key.Key_X, SHIFT)
    assert [stroke.advance for stroke in view.heard] == [True]


def test_what_no_action_has_is_not_the_views(view: View) -> None:
    assert not view.press(Key.Key_R)
    assert not view.press(Key.Key_Z, CONTROL)
    assert view.heard == []


def test_where_there_is_no_photo_nothing_is_done_but_the_window_may(view: View) -> None:
    view.photos = 0
    for key in (Key.Key_4, Key.Key_P, Key.Key_G):
        assert view.press(key)
    assert view.heard == ["window: grid"]


@pytest.mark.parametrize("key", [Key.Key_4, Key.Key_P, Key.Key_G, Key.Key_PageDown])
def test_its_keys_are_kept_from_the_windows_shortcuts(view: View, key: int) -> None:
    assert view.claims(key)
    assert view.heard == []


def test_other_keys_are_left_to_the_window(view: View) -> None:
    assert not view.claims(Key.Key_Z, CONTROL)
