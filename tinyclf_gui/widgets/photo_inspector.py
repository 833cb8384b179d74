"""The focused photo, large, with its grade buttons and what is known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf.domain import Mark, PhotoId
from tinyclf.project import PhotoTable
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.fault_words import faults_in_words
from tinyclf_gui.models.tile import Tile
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.grade_bar import GradeBar
from tinyclf_gui.widgets.grade_words import isolated, number, percent
from tinyclf_gui.widgets.photo_browser import SMALL, PhotoBrowser
from tinyclf_gui.widgets.photo_view import PhotoView
from tinyclf_gui.widgets.styled import restyle

PREVIEW_PIXELS = 900
"""Enough for the preview, and for a screen of 300 %."""
LEAST_HEIGHT = 120
"""Pixels that the preview may shrink to: where there is little room it gives way first."""


class PhotoInspector(QWidget):
    """Top of a page's right side: it follows a browser, and asks it for the grades clicked here.

    Attributes:
        preview: The photo.

    Signals:
        photosDropped(object, object): Photos (list of ids) were dropped on a ``Grade``.
    """

    photosDropped = Signal(object, object)

    def __init__(
        self,
        browser: PhotoBrowser,
        table: PhotoTable,
        pool: ThumbnailPool,
        loader: PhotoLoader,
        height: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("photoInspector")
        self._browser = browser
        self._table = table
        self._photo_id: PhotoId | None = None
        self._is_brief = False
        self.preview = PhotoView(loader, long_side=PREVIEW_PIXELS, pool=pool)
        self.preview.setObjectName("preview")
        self.preview.setMinimumHeight(LEAST_HEIGHT)
        self.preview.setMaximumHeight(height)
        self.grade_bar = GradeBar(browser.keys)
        self._name = ElidedLabel("", "muted")
        self._name.setObjectName("photoName")
        self._words = ElidedLabel("", "muted", two_lines=True)  # always: nothing jumps
        self._words.setObjectName("whatIsKnown")
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.grade_bar)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self._name)
        told.addWidget(self._words)
        layout.addLayout(told)
        self.grade_bar.gradeChosen.connect(browser.give)
        self.grade_bar.photosDropped.connect(self.photosDropped)
        browser.currentPhotoChanged.connect(self._show_photo)
        browser.enlarged.connect(self._make_room)
        browser.enlarged.connect(self._show_name)
        browser.grid.selectionCountChanged.connect(self._show_name)
        self._make_room()

    def refresh(self) -> None:
        """Show anew what is known of the photo in focus."""
        self._show_photo(self._browser.current_photo)

    def set_brief(self, on: bool) -> None:
        """Leave out the preview where the window is low."""
        self._is_brief = on
        self._make_room()

    def _make_room(self) -> None:
        """Leave out the preview of a photo that is large already, and all of it without any."""
        some, small = self._photo_id is not None, self._browser.currentIndex() == SMALL
        self.preview.setVisible(some and small and not self._is_brief)
        for part in (self.grade_bar, self._name, self._words):
            part.setVisible(some)

    def _show_photo(self, photo_id: PhotoId | None) -> None:
        if photo_id != self._photo_id:
            self._photo_id = photo_id
            self.preview.show_photo(photo_id)
            self._make_room()
        tile = self._browser.current_tile
        if photo_id is None or tile is None:
            self.grade_bar.show_verdict(0)
            self._show_name()
            self._words.setText("")
            return
        self.grade_bar.show_verdict(tile.code, tile.proposed)
        self._show_name()
        self._words.setText(self._known(tile) + self._wrong(tile))

    def _show_name(self) -> None:
        """Say which photo it is; while a digit is for many, say for how many first."""
        many = self._browser.count_targets()
        kind = "strong" if many > 1 else "muted"
        if self._name.property("kind") != kind:
            restyle(self._name, kind)
        row = self._table.row_of.get(self._photo_id) if self._photo_id is not None else None
        if row is None:
            self._name.setText("")
            return
        name = self._table.path(row).name
        if many > 1:
            words = self.tr("{n} selected · {name}").format(n=number(many), name=name)
            self._name.setText(words)
            return
        size = isolated(f"{int(self._table.width[row])} × {int(self._table.height[row])}")
        self._name.setText(f"{name} · {size}")

    def _known(self, tile: Tile) -> str:
        if tile.blind:
            return self.tr("Shown again without your grade: what is it worth?")
        if tile.code > 0:
            return self._given(tile)
        if tile.code < 0:
            return self.tr("unsure") if tile.code == Mark.UNSURE else self.tr("not gradable")
        if not tile.proposed:
            return self.tr("not graded yet")
        return self.tr("proposed {grade}, {percent} sure, or {other}").format(
            grade=tile.proposed, percent=percent(tile.confidence), other=tile.runner_up
        )

    def _wrong(self, tile: Tile) -> str:
        """Return a line of its own on what is wrong with the photo, if anything."""
        words = self.tr("Bad photo, not learnt from: {faults}")
        return "\n" + words.format(faults=faults_in_words(tile.faults)) if tile.faults else ""

    def _given(self, tile: Tile) -> str:
        given = self.tr("you graded it {grade}")
        if tile.verified:
            given = self.tr("accepted as {grade}")
        if tile.in_bulk:
            given = self.tr("accepted as {grade} with the rest, not looked at singly")
        words = given.format(grade=tile.code)
        if tile.for_exam:
            words += self.tr(", counts for the exam")
        if tile.believed:
            words += self.tr(", but it looks like {believed}: {key} keeps {grade}").format(
                believed=tile.believed, key=self._browser.keys.words("accept"), grade=tile.code
            )
        return words
