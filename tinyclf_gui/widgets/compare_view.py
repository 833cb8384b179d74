"""Two to four photos of the grid side by side, zoomed together, graded one by one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf.domain import PhotoId
from tinyclf_gui import theme as themes
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.actions import Scope
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.photo_list import PhotoListModel
from tinyclf_gui.widgets.compare_bar import CompareBar
from tinyclf_gui.widgets.look_keys import look_deeds, pull
from tinyclf_gui.widgets.pane_grid import PaneGrid
from tinyclf_gui.widgets.photo_keys import Deed, PhotoKeys
from tinyclf_gui.widgets.photo_pane import PhotoPane
from tinyclf_gui.widgets.photo_view import PhotoView
from tinyclf_gui.widgets.sight import Look

LEAST, MOST = 2, 4
"""Photos that can be compared."""

_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_Key = Qt.Key


class CompareView(QWidget):
    """A few photos of a list; deeds are for the one in the accent frame, and only asked for.

    Keys: those of ``KeyBindings`` while comparing; Tab and arrows go from photo to photo, Shift
    with the arrows pulls all of them; PageDown and PageUp bring the next photo of the list here;
    Esc goes back.

    Attributes:
        panes: The photos shown, in reading order.

    Signals:
        gradeRequested(object, bool): A verdict for the photo (``None`` clears); going on is wished.
        acceptRequested(): Its proposal is right; go on.
        currentPhotoChanged(object): Deeds are for the photo with this id.
        loupeRequested(object): Show the photo with this id alone.
        closed(): Back to the grid.
        pinRequested(): The photo in focus is an example of its grade, or no longer.
        stepRequested(int): So many grades higher (or lower) than the photo has now.
        wanted(str): A key asked for this action, which is not the comparison's own.
    """

    gradeRequested = Signal(object, bool)
    acceptRequested = Signal()
    currentPhotoChanged = Signal(object)
    loupeRequested = Signal(object)
    closed = Signal()
    pinRequested = Signal()
    stepRequested = Signal(int)
    wanted = Signal(str)

    def __init__(
        self,
        model: PhotoListModel,
        loader: PhotoLoader,
        parent: QWidget | None = None,
        *,
        pool: ThumbnailPool | None = None,
        keys: KeyBindings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compareView")
        self.setAccessibleName(self.tr("Compare photos"))
        self._model = model
        self._keys = keys or KeyBindings(parent=self)
        self._presses = PhotoKeys(
            self._keys,
            Scope.COMPARE,
            self._make_deeds(),
            give=lambda stroke: self.gradeRequested.emit(stroke.verdict, stroke.advance),
            pass_on=self.wanted.emit,
            has_photo=lambda: bool(self.panes),
            move=self._move,
        )
        self._photo_ids: list[PhotoId] = []
        self._current = 0
        self._all = [self._make_pane(number, loader, pool) for number in range(MOST)]
        self.panes: list[PhotoPane] = []
        self._lay_out()
        model.dataChanged.connect(self._show_words)
        model.modelReset.connect(self._find_again)

    @property
    def photos(self) -> list[PhotoId]:
        """The photos compared, in reading order."""
        return list(self._photo_ids)

    @property
    def current_photo(self) -> PhotoId | None:
        """The photo that deeds are for."""
        return self._photo_ids[self._current] if self._photo_ids else None

    @property
    def linked(self) -> bool:
        """Whether all photos are zoomed and pulled together."""
        return self._bar.linked

    def targets(self) -> list[PhotoId]:
        """Return the photos a deed is for: the one in the accent frame."""
        return self._photo_ids[self._current : self._current + 1]

    def show_photos(self, photo_ids: Iterable[PhotoId], current: PhotoId | None = None) -> None:
        """Compare two to four photos of the list, all of each in view.

        Args:
            photo_ids: Which, in reading order.
            current: The one that deeds are for; else the first.
        """
        self._photo_ids = list(photo_ids)
        known = current in self._photo_ids
        self._current = self._photo_ids.index(current) if known and current is not None else 0
        self.panes = self._all[: len(self._photo_ids)]
        for pane, photo_id in zip(self.panes, self._photo_ids, strict=True):
            pane.view.show_photo(photo_id)
        self._stage.set_panes(self.panes)
        self._bar.link()
        self._go_to(self._current)

    def advance(self) -> bool:
        """Go on to the next photo compared; return whether there was one."""
        if self._current + 1 >= len(self._photo_ids):
            return False
        self._go_to(self._current + 1)
        return True

    def reveal(self, photo_ids: Iterable[PhotoId]) -> bool:
        """Go to one of these photos; return whether any is compared."""
        wanted = set(photo_ids)
        found = [number for number, one in enumerate(self._photo_ids) if one in wanted]
        if found and self._current not in found:
            self._go_to(found[0])
        return bool(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the photos on the same ground as in the grid."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), themes.current().window)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Claim the comparison's own keys before a shortcut of the window takes them."""
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._presses.claims(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Grade, accept, go from photo to photo, zoom; leave every other key to the window."""
        if not self._presses.press(event):
            event.ignore()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks for that was pressed elsewhere; return whether it is one of these."""
        return self._presses.press(event)

    # Laying out

    def _make_pane(self, number: int, loader: PhotoLoader, pool: ThumbnailPool | None) -> PhotoPane:
        pane = PhotoPane(loader, self, pool=pool)
        pane.setObjectName(f"comparePane{number + 1}")
        pane.hide()
        pane.entered.connect(lambda: self._enter(pane))
        pane.view.lookChanged.connect(lambda look: self._follow(pane, look))
        pane.view.zoomChanged.connect(self._show_zoom)
        return pane

    def _lay_out(self) -> None:
        self._stage = PaneGrid()
        self._bar = CompareBar(self._keys)
        self._bar.closed.connect(self.closed)
        self._bar.linkToggled.connect(self._link_again)
        self._bar.zoomWanted.connect(lambda: self._view.toggle_zoom())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._stage, 1)

    # Keys

    def _make_deeds(self) -> dict[str, Deed]:
        return {
            **look_deeds(lambda: self._view),
            "zoom": lambda: (self._pointed_at if self.linked else self._view).toggle_zoom(),
            "accept": self.acceptRequested.emit,
            "step-down": lambda: self.stepRequested.emit(-1),
            "step-up": lambda: self.stepRequested.emit(1),
            "leave-out": self.leave_out,
            "pin": self.pinRequested.emit,
            "link": lambda: self._bar.toggle_link(),
            "loupe": lambda: self.loupeRequested.emit(self.current_photo),
            "compare-photos": self.closed.emit,
            "grid": self.closed.emit,
        }

    def _move(self, event: QKeyEvent) -> Deed | None:
        """Return where a key that cannot be bound leads."""
        if not self.panes:
            return None
        if (pulled := pull(event, self._view)) is not None:
            return pulled
        if event.modifiers() & ~_KEYPAD:
            return None
        forward, down = 1, self._stage.columns
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            forward = -forward
        steps: dict[int, int] = {
            _Key.Key_Right: forward,
            _Key.Key_Left: -forward,
            _Key.Key_Down: down,
            _Key.Key_Up: -down,
        }
        by = steps.get(event.key())
        if by is not None:
            return lambda: self._step(by)
        others: dict[int, Deed] = {
            _Key.Key_PageDown: lambda: self._bring(1),
            _Key.Key_PageUp: lambda: self._bring(-1),
            _Key.Key_Escape: self.closed.emit,
        }
        return others.get(event.key())

    def leave_out(self) -> None:
        """Compare without this photo; of two, the other one is then alone, back in the grid."""
        number = self._current
        self._photo_ids.pop(number)
        left_out = self.panes.pop(number)
        self._current = min(number, len(self.panes) - 1)
        left_out.view.show_photo(None)
        self._close_up(self._current)

    def _step(self, by: int) -> None:
        """Go to a neighbour in space, as far as there is one."""
        number = self._current + by
        if abs(by) > 1 and len(self.panes) == 3 and number == 3:
            number = 2  # below the second of two stands the third, in the middle
        if 0 <= number < len(self.panes):
            self._go_to(number)

    def _bring(self, by: int) -> None:
        """Put the next photo of the list that is not compared yet here, looked at likewise."""
        photo_id = self.current_photo
        position = None if photo_id is None else self._model.position_of(photo_id)
        if position is None:
            return
        position += by
        while 0 <= position < len(self._model.rows):
            following = self._model.photo_id(position)
            if following not in self._photo_ids:
                near = self._model.around(position, forward=by > 0)
                self._photo_ids[self._current] = following
                self._view.show_photo(following, near, keep_look=True)
                self._tell_current()
                return
            position += by

    # Which photo deeds are for

    @property
    def _view(self) -> PhotoView:
        return self.panes[self._current].view

    @property
    def _pointed_at(self) -> PhotoView:
        """The photo under the mouse, else the one that deeds are for."""
        views = [pane.view for pane in self.panes if pane.view.pointer is not None]
        return views[0] if views else self._view

    def _enter(self, pane: PhotoPane) -> None:
        """The keyboard or a click came to a pane."""
        if pane in self.panes and self.panes.index(pane) != self._current:
            self._current = self.panes.index(pane)
            self._tell_current()

    def _go_to(self, number: int) -> None:
        self._current = number
        if any(pane.hasFocus() for pane in self._all):
            self.panes[number].setFocus()
        self._tell_current()

    def _tell_current(self) -> None:
        for number, pane in enumerate(self.panes):
            pane.set_current(number == self._current)
        self.setFocusProxy(self.panes[self._current])
        self._show_words()
        self._show_zoom()
        self.currentPhotoChanged.emit(self.current_photo)

    # The same part of all

    def _follow(self, pane: PhotoPane, look: Look) -> None:
        """Let the others look where a person has just looked in one."""
        if self.linked:
            for other in self.panes:
                if other is not pane:
                    other.view.follow(look)

    def _link_again(self, linked: bool) -> None:
        if linked and self.panes:
            self._follow(self.panes[self._current], self._view.look)

    # What is seen

    def _show_words(self) -> None:
        count = len(self._photo_ids)
        self._bar.show_count(count)
        for number, (pane, photo_id) in enumerate(zip(self.panes, self._photo_ids, strict=True)):
            position = self._model.position_of(photo_id)
            if position is not None:
                pane.show_tile(self._model.tile(position), number + 1, count)

    def _show_zoom(self) -> None:
        if self.panes:
            view = self._view
            self._bar.show_zoom(None if view.fitted else view.zoom)

    def _find_again(self) -> None:
        """After other rows came: go on with the photos that are still shown."""
        current, kept = self.current_photo, []
        for photo_id, pane in zip(self._photo_ids, self.panes, strict=True):
            if self._model.position_of(photo_id) is not None:
                kept.append((photo_id, pane))
            else:
                pane.view.show_photo(None)
        if len(kept) == len(self._photo_ids):
            self._show_words()
            return
        self._photo_ids = [photo_id for photo_id, _ in kept]
        self.panes = [pane for _, pane in kept]
        there = current in self._photo_ids and current is not None
        self._close_up(self._photo_ids.index(current) if there and current is not None else 0)

    def _close_up(self, number: int) -> None:
        """Fill the room with the photos that are left, or go back where they are too few."""
        if self.panes:
            self._go_to(number)
        if len(self.panes) >= LEAST:
            self._stage.set_panes(self.panes)
            return
        self._photo_ids, self.panes, self._current = [], [], 0
        self._stage.set_panes([])
        if self.isVisible():
            self.closed.emit()
