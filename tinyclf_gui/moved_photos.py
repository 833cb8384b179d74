"""Photos that are not where they were: what the window shows of them, and how they are found."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from tinyclf.domain import Act, PhotoId
from tinyclf.project.relinking import Missing, RelinkReport
from tinyclf_gui.dialogs.problems import ProblemsDialog
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.main_window import MainWindow, Pages
from tinyclf_gui.models.missing_photos import MissingPhotos
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.widgets.grade_words import number


class MovedPhotos(QObject):
    """Connects the look for missing photos with banners, grids and loupes; ``stop`` it at the end.

    Thumbnails stay in view while their photos are gone, and grading goes on.
    """

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        thumbnails: ThumbnailPool,
        photos: PhotoLoader,
        pages: Pages,
        window: MainWindow,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._thumbnails, self._photos = thumbnails, photos
        self._pages, self._window = pages, window
        self.missing = MissingPhotos(collection.session, self)
        self.missing.changed.connect(self._show)
        self.missing.looked.connect(self._tell_look)
        self.missing.cameBack.connect(self._show_pictures_again)
        self.missing.moved.connect(collection.refresh)
        self.missing.moved.connect(self._show_pictures_again)
        self.missing.copiesForgotten.connect(collection.recount_soon)
        self.missing.failed.connect(window.job_bar.complain)
        workbench.relinked.connect(self._tell_relinked)
        workbench.imported.connect(lambda _: self.missing.look_quietly())
        collection.acted.connect(self._look_at_replaced)
        thumbnails.ready.connect(self._suspect)
        photos.ready.connect(self._suspect)
        for banner in (pages.label.missing, pages.review.missing):
            banner.findWanted.connect(lambda: window.wanted.emit("find-moved"))
            banner.retryWanted.connect(self.missing.look)

    def stop(self) -> None:
        """Look no more."""
        self.missing.stop()

    @Slot(object)
    def _show(self, missing: Missing) -> None:
        photo_ids = frozenset(missing.photo_ids)
        for page in (self._pages.label, self._pages.review):
            page.missing.show_missing(missing)
            page.browser.set_missing(photo_ids)

    @Slot()
    def _show_pictures_again(self) -> None:
        self._thumbnails.forget_problems()
        self._photos.forget_problems()

    @Slot(object)
    def _tell_look(self, missing: Missing) -> None:
        self._show_pictures_again()
        words = self.tr("All photos are in their places")
        if missing.photo_ids:
            words = self.tr("Still not there: {n} photos").format(n=number(len(missing.photo_ids)))
        self._say(words)

    @Slot(object)
    def _tell_relinked(self, report: RelinkReport) -> None:
        self._show_pictures_again()
        self.missing.look_quietly()
        words = self.tr("Every photo is where it was")
        if report.missing:
            words = self.tr("{n} photos found again").format(n=number(report.found))
            if not report.found:
                words = self.tr("None of the missing photos is there")
            elif report.still_missing:
                left = number(len(report.still_missing))
                words += self.tr(", {n} still missing").format(n=left)
        self._say(words)
        if report.namesakes:
            self._show_namesakes(report)

    def _show_namesakes(self, report: RelinkReport) -> None:
        dialog = ProblemsDialog(
            report.namesakes,
            self._window,
            title=self.tr("Files that were not linked"),
            sentence=self.tr(
                "These {n} files have the name of a photo that is missing, but are not that photo. "
                "Nothing was linked to them."
            ).format(n=number(len(report.namesakes))),
        )
        dialog.finished.connect(self._window.take_keyboard)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _look_at_replaced(self, act: Act) -> None:
        """Look whether they are missed still: a mark puts them aside, and undo brings them back."""
        if not self.missing.replaced.isdisjoint(act.photo_ids):
            self.missing.look_quietly()

    def _suspect(self, photo_id: PhotoId) -> None:
        if self._thumbnails.problem(photo_id) or self._photos.problem(photo_id):
            self.missing.suspect()

    def _say(self, words: str) -> None:
        self._window.toast.show_act(words, can_undo=False)
