"""One photo of the grid, large, graded by the same keys."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tinyclf.domain import PhotoId
from tinyclf_gui import theme as themes
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.actions import Scope
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.photo_list import PhotoListModel
from tinyclf_gui.widgets.attention_toggle import AttentionToggle
from tinyclf_gui.widgets.beside_photo import BesidePhoto
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.grade_words import number, percent
from tinyclf_gui.widgets.icon_button import IconButton
from tinyclf_gui.widgets.key_tip import KeyTip
from tinyclf_gui.widgets.look_keys import look_deeds, pull
from tinyclf_gui.widgets.photo_keys import Deed, PhotoKeys
from tinyclf_gui.widgets.photo_view import PhotoView
from tinyclf_gui.widgets.reference_panel import ReferencePanel
from tinyclf_gui.widgets.styled import frame, label, push_button
from tinyclf_gui.widgets.verdict_line import VerdictLine

PEEK_SECONDS = 0.3
"""Holding its key longer than this, the peek ends when it is let go."""
FRAME = 2
"""Pixels around the loupe that show whether it has the keyboard."""
MARGIN = 12
"""Around a fitted photo."""

_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_Key = Qt.Key


class Loupe(QWidget):
    """A photo of a list, large; it asks for deeds and does none itself.

    Keys: those of ``KeyBindings`` for the loupe; arrows, Page, Home and End go through the list,
    Shift with the arrows pulls the photo, and Esc goes back.

    Attributes:
        view: The photo.
        attention: Whether, and what is seen of where the program looks.
        references: What the photo is held against.
        beside: Whether that is seen.

    Signals:
        gradeRequested(object, bool): A verdict for the photo (``None`` clears); going on is wished.
        acceptRequested(): Its proposal is right; go on.
        currentPhotoChanged(object): The photo with this id is shown.
        compareRequested(): Compare it with what comes next.
        closed(): Back to the grid.
        pinRequested(): The photo is an example of its grade, or no longer.
        stepRequested(int): So many grades higher (or lower) than the photo has now.
        wanted(str): A key asked for this action, which is not the loupe's own.
    """

    gradeRequested = Signal(object, bool)
    acceptRequested = Signal()
    currentPhotoChanged = Signal(object)
    compareRequested = Signal()
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
        pool: ThumbnailPool,
        keys: KeyBindings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("loupe")
        self.setAccessibleName(self.tr("Loupe"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._model = model
        self._keys = keys or KeyBindings()
        self._photo_id: PhotoId | None = None
        self._peeking_since: float | None = None
        self.view = PhotoView(loader, pool=pool, margin=MARGIN)
        self.references = ReferencePanel(pool, loader, model.name_of, keys=self._keys)
        self.beside = BesidePhoto(self.view, self.references, self._keys)
        self._lay_out()
        self._presses = PhotoKeys(
            self._keys,
            Scope.LOUPE,
            self._make_deeds(),
            give=lambda stroke: self.gradeRequested.emit(stroke.verdict, True),
            pass_on=self.wanted.emit,
            has_photo=lambda: self._photo_id is not None,
            move=self._move,
        )
        self.view.zoomChanged.connect(self._show_zoom)
        model.dataChanged.connect(self._show_words)
        model.modelReset.connect(self._find_again)

    @property
    def current_photo(self) -> PhotoId | None:
        """The photo shown."""
        return self._photo_id

    def targets(self) -> list[PhotoId]:
        """Return the photos a deed is for: the one shown."""
        return [] if self._photo_id is None else [self._photo_id]

    def show_photo(self, photo_id: PhotoId, *, peek: bool = False) -> bool:
        """Show a photo of the list.

        Args:
            photo_id: Which.
            peek: Its key is being held: letting it go after a while goes back.

        Returns:
            Whether the list has it; else nothing changes.
        """
        position = self._model.position_of(photo_id)
        if position is None:
            return False
        self._peeking_since = monotonic() if peek else None
        self._show(position)
        return True

    def advance(self) -> bool:
        """Show the next photo of this order that matches; return whether there was one."""
        position = self._position()
        following = None if position is None else self._model.next_matching(position)
        if following is None:
            return False
        self._show(following)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the photo on the same ground as in the grid; a frame says that keys go here."""
        theme = themes.current()
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.accent if self.hasFocus() else theme.window)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Claim the loupe's own keys before a shortcut of the window takes them."""
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._presses.claims(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Grade, accept, go on or back, zoom; leave every other key to the window."""
        held = event.isAutoRepeat() and self._presses.action_of(event) == "peek"
        if not held and not self._presses.press(event):
            event.ignore()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key asks for that was pressed elsewhere; return whether it is the loupe's."""
        return self._presses.press(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End a peek for which its key was held."""
        since, name = self._peeking_since, self._presses.action_of(event)
        if name != "peek" or event.isAutoRepeat() or since is None:
            super().keyReleaseEvent(event)
        elif monotonic() - since > PEEK_SECONDS:
            self.closed.emit()
        else:
            self._peeking_since = None

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(FRAME, FRAME, FRAME, FRAME)
        layout.setSpacing(0)
        layout.addWidget(self._make_bar())
        ground = QWidget()
        ground.setAutoFillBackground(True)
        photo = QVBoxLayout(ground)
        photo.setContentsMargins(0, 0, 0, 0)
        photo.setSpacing(0)
        photo.addWidget(self.attention.note)
        photo.addWidget(self.beside, 1)
        layout.addWidget(ground, 1)
        layout.addWidget(self._make_footer())

    def _make_bar(self) -> QWidget:
        self._name = ElidedLabel("", "strong")
        self._number = label("", "muted")
        self.attention = AttentionToggle(self._keys)
        self.attention.mistChanged.connect(self.view.set_mist)
        self._zoom = push_button("", "zoomButton", "pill")
        self._zoom.setAccessibleName(self.tr("Zoom"))
        KeyTip(self._zoom, self.tr("Fit, or the photo's own pixels"), self._keys, "zoom")
        self._zoom.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._zoom.clicked.connect(self.view.toggle_zoom)
        back = IconButton("back", self.tr("Back to the grid (Esc)"), "backToGridButton")
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        back.clicked.connect(self.closed)
        bar = frame("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 4, 16, 4)
        row.setSpacing(12)
        row.addWidget(back)
        row.addWidget(self._name)
        row.addWidget(self._number)
        row.addWidget(self.attention, 1)
        row.addWidget(self.beside.button)
        row.addWidget(self._zoom)
        return bar

    def _make_footer(self) -> QWidget:
        self._verdict = VerdictLine()
        footer = frame("footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self._verdict)
        return footer

    def _make_deeds(self) -> dict[str, Deed]:
        return {
            **look_deeds(lambda: self.view),
            "accept": self.acceptRequested.emit,
            "step-down": lambda: self.stepRequested.emit(-1),
            "step-up": lambda: self.stepRequested.emit(1),
            "grid": self.closed.emit,
            "loupe": self.closed.emit,
            "peek": self.closed.emit,
            "attention": self.attention.toggle,
            "compare-photos": self.compareRequested.emit,
            "examples": self.beside.toggle,
            "pin": self.pinRequested.emit,
        }

    def _move(self, event: QKeyEvent) -> Deed | None:
        """Return where a key that cannot be bound leads."""
        if (pulled := pull(event, self.view)) is not None:
            return pulled
        if event.modifiers() & ~_KEYPAD:
            return None
        if event.key() == _Key.Key_Escape:
            return self.closed.emit
        forward, back = 1, -1
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            forward, back = back, forward
        steps: dict[int, int] = {
            _Key.Key_Right: forward,
            _Key.Key_Left: back,
            _Key.Key_Down: 1,
            _Key.Key_Up: -1,
            _Key.Key_PageDown: 1,
            _Key.Key_PageUp: -1,
            _Key.Key_End: len(self._model.rows),
            _Key.Key_Home: -len(self._model.rows),
        }
        by = steps.get(event.key())
        return None if by is None else lambda: self._step(by)

    def _step(self, by: int) -> None:
        position = self._position()
        if position is not None:
            self._show(max(0, min(position + by, len(self._model.rows) - 1)))

    def _position(self) -> int | None:
        return None if self._photo_id is None else self._model.position_of(self._photo_id)

    def _show(self, position: int) -> None:
        photo_id = self._model.photo_id(position)
        if photo_id != self._photo_id:
            before, self._photo_id = self._position(), photo_id
            forward = before is None or position >= before
            near = self._model.around(position, forward=forward)
            self.view.show_photo(photo_id, near, keep_look=True)
            self.attention.show_photo(photo_id)
            self.currentPhotoChanged.emit(photo_id)
        self._show_words()

    def _show_words(self) -> None:
        position = self._position()
        if position is None:
            return
        tile = self._model.tile(position)
        self.references.show_photo(tile.photo_id, blind=tile.blind)
        self._name.setText(tile.name)
        self._number.setText(
            self.tr("{n} of {count}").format(
                n=number(position + 1), count=number(len(self._model.rows))
            )
        )
        self._verdict.show_tile(tile)

    def _show_zoom(self, zoom: float) -> None:
        self._zoom.setText(self.tr("Fit") if self.view.fitted else percent(zoom))

    def _find_again(self) -> None:
        """After other rows came: stay with the photo, or go back where it is not shown."""
        if self._photo_id is not None and self._position() is None:
            self._photo_id = None
            self.view.show_photo(None)
            self.attention.show_photo(None)
            self.references.show_photo(None)
            if self.isVisible():
                self.closed.emit()
        self._show_words()
