"""What a photo is held against: the reference ladder, and the graded photos that look like it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf.domain import PhotoId
from tinyclf.session import LookAlike, Rung
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.glance import Glance
from tinyclf_gui.widgets.look_alikes import LookAlikes
from tinyclf_gui.widgets.photo_button import PhotoButton
from tinyclf_gui.widgets.reference_ladder import ReferenceLadder
from tinyclf_gui.widgets.styled import label


class ReferencePanel(QWidget):
    """Asks for what it shows while it is seen; beside a photo to be graded blind it shows nothing.

    Signals:
        wanted(object, object): This panel shows the photo with this id, or ``None``.
        left(object): This panel is seen no more.
    """

    wanted = Signal(object, object)
    left = Signal(object)

    def __init__(
        self,
        pool: ThumbnailPool,
        loader: PhotoLoader,
        name_of: Callable[[PhotoId], str],
        parent: QWidget | None = None,
        *,
        keys: KeyBindings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("referencePanel")
        self._photo_id: PhotoId | None = None
        self._blind = False
        self.ladder = ReferenceLadder(pool, name_of, keys or KeyBindings())
        self.look_alikes = LookAlikes(pool, name_of)
        self._glance = Glance(loader, pool, self)
        self._examples_title = label(self.tr("Examples"), "section")
        self._alike_title = label(self.tr("Look-alikes you graded"), "section")
        self._veil = label(
            self.tr("Examples and look-alikes are hidden while you grade this photo blind."),
            "muted",
            wrap=True,
        )
        self._veil.setObjectName("blindNote")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._veil)
        layout.addWidget(self._examples_title)
        layout.addWidget(self.ladder)
        layout.addSpacing(8)
        layout.addWidget(self._alike_title)
        layout.addWidget(self.look_alikes, 1)
        layout.addStretch(0)
        for shelf in (self.ladder, self.look_alikes):
            shelf.photoPressed.connect(self._show_large)
        self._lift_veil(True)

    def show_photo(self, photo_id: PhotoId | None, *, blind: bool = False) -> None:
        """Be about another photo, or none.

        Args:
            photo_id: Which.
            blind: It is to be graded without any hint.
        """
        if (photo_id, blind) == (self._photo_id, self._blind):
            return
        self.look_alikes.say("")
        self._photo_id, self._blind = photo_id, blind
        self._lift_veil(not blind)
        self._ask()

    def show_ladder(self, rungs: Sequence[Rung]) -> None:
        """Take the examples of each grade."""
        self.ladder.show_ladder(rungs)

    def take(self, photo_id: str, found: Sequence[LookAlike]) -> None:
        """Take look-alikes that were found."""
        if photo_id == self._photo_id and not self._blind:
            self._lift_veil(True)
            self.look_alikes.show_found(found)

    def tell(self, photo_id: str, words: str) -> None:
        """Say why there are none."""
        if photo_id == self._photo_id and not self._blind:
            self._lift_veil(True)
            self.look_alikes.say(words)

    def draw_veil(self, photo_id: str) -> None:
        """Show nothing beside this photo: it is to be graded blind."""
        if photo_id == self._photo_id:
            self.look_alikes.say("")
            self._lift_veil(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is to be shown."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let others be served."""
        super().hideEvent(event)
        self._glance.close()
        self.left.emit(self)

    def _ask(self) -> None:
        if self._blind:
            self.left.emit(self)
        elif self.isVisible():
            self.wanted.emit(self, self._photo_id)

    def _lift_veil(self, lifted: bool) -> None:
        self._veil.setHidden(lifted)
        self._examples_title.setVisible(lifted)
        self.ladder.setVisible(lifted)
        about = lifted and self._photo_id is not None
        self._alike_title.setVisible(about)
        self.look_alikes.setVisible(about)

    def _show_large(self, button: PhotoButton) -> None:
        self._glance.show_photo(button.photo_id, button.accessibleName(), self)
