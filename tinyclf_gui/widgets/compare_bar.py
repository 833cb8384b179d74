"""What stands above photos that are compared: how many, the keys, zoomed together or not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.grade_words import percent
from tinyclf_gui.widgets.icon_button import IconButton
from tinyclf_gui.widgets.key_tip import KeyTip
from tinyclf_gui.widgets.styled import label, push_button

HINT_FITS = 720
"""From this width on there is room for a few words on keys."""


class CompareBar(QFrame):
    """The bar above a comparison.

    Signals:
        closed(): Back to the grid.
        linkToggled(bool): The photos are zoomed and pulled together from now on, or each alone.
        zoomWanted(): Fit, or the photo's own pixels.
    """

    closed = Signal()
    linkToggled = Signal(bool)
    zoomWanted = Signal()

    def __init__(self, keys: KeyBindings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._keys = keys
        self._title = label("", "strong")
        self._title.setObjectName("compareTitle")
        self._hint = label("", "muted")
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        keys.changed.connect(self._show_hint)
        self._show_hint()
        self._link = push_button(self.tr("Zoom together"), "linkButton", "chip")
        self._link.setCheckable(True)
        self._link.setChecked(True)
        words = self.tr("Zoom and pull all photos together, or each alone")
        KeyTip(self._link, words, keys, "link")
        self._link.toggled.connect(self.linkToggled)
        self._zoom = push_button("", "compareZoomButton", "pill")
        self._zoom.setAccessibleName(self.tr("Zoom"))
        KeyTip(self._zoom, self.tr("Fit, or the photo's own pixels"), keys, "zoom")
        self._zoom.clicked.connect(self.zoomWanted)
        self._back = IconButton("back", self.tr("Back to the grid (Esc)"), "leaveCompareButton")
        self._back.clicked.connect(self.closed)
        self._lay_out()

    @property
    def linked(self) -> bool:
        """Whether all photos are zoomed and pulled together."""
        return self._link.isChecked()

    def link(self) -> None:
        """Let all photos be zoomed and pulled together."""
        self._link.setChecked(True)

    def toggle_link(self) -> None:
        """Let them be zoomed and pulled together, or each alone."""
        self._link.toggle()

    def show_count(self, count: int) -> None:
        """Say how many photos are compared."""
        self._title.setText(self.tr("Comparing {count} photos").format(count=count))

    def show_zoom(self, zoom: float | None) -> None:
        """Say how large a photo's own pixels are shown; ``None``: the photo fits."""
        self._zoom.setText(self.tr("Fit") if zoom is None else percent(zoom))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words that fit."""
        super().resizeEvent(event)
        self._hint.setVisible(self.width() >= HINT_FITS)

    def _lay_out(self) -> None:
        for button in (self._link, self._zoom, self._back):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 16, 4)
        row.setSpacing(12)
        row.addWidget(self._back)
        row.addWidget(self._title)
        row.addWidget(self._hint, 1)
        row.addStretch(0)
        row.addWidget(self._link)
        row.addWidget(self._zoom)

    def _show_hint(self) -> None:
        key = self._keys.words("leave-out")
        leave = self.tr("{0} leaves out").format(key) if key else ""
        parts = [self.tr("Tab next"), leave, self.tr("PageDown next of the list")]
        self._hint.setText(" · ".join(part for part in parts if part))
