"""What a person asks of the window: opens and closes collections, and routes the menu."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, qVersion
from PySide6.QtWidgets import QDialog, QFileDialog

from tinyclf import __version__
from tinyclf.domain import Verdict
from tinyclf.errors import TinyClfError
from tinyclf.project import SUFFIX
from tinyclf.samples.folder import TRUTH
from tinyclf.session import Session
from tinyclf.session.without_grade import without_grade
from tinyclf_gui.collection_menu import OF_COLLECTION, CollectionMenu
from tinyclf_gui.dialogs.about import AboutDialog
from tinyclf_gui.dialogs.export import ExportChoice, ExportDialog
from tinyclf_gui.dialogs.problems import ProblemsDialog
from tinyclf_gui.dialogs.shortcuts import Shortcut, ShortcutsDialog
from tinyclf_gui.main_window import LABEL, REVIEW, TRAIN, MainWindow
from tinyclf_gui.models.collection_files import (
    collection_of,
    collections_folder,
    open_or_create,
    photos_folder,
)
from tinyclf_gui.models.rhythm import USUAL, Rhythm
from tinyclf_gui.settings import Settings
from tinyclf_gui.settings_pages import KEYS, SettingsPages
from tinyclf_gui.widgets.cheat_sheet import cheat_sheet
from tinyclf_gui.widgets.export_words import standing_in_words, why_none_in_words
from tinyclf_gui.widgets.grade_keys import VERDICTS
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.workspace import Workspace

SAMPLES = 300
TILE_STEP = 24


class Desk(QObject):
    """At most one collection lies on it.

    Args:
        window: Where all of it is shown.
        settings: What the person chose.
        rhythm: When an open collection does something unasked.
    """

    def __init__(self, window: MainWindow, settings: Settings, rhythm: Rhythm = USUAL) -> None:
        super().__init__(window)
        self._window = window
        self._settings, self._rhythm = settings, rhythm
        self._workspace: Workspace | None = None
        self.settings_pages = SettingsPages(settings, window, self)
        window.welcome.folderWanted.connect(self._ask_for_folder)
        window.welcome.collectionWanted.connect(self._ask_for_collection)
        window.welcome.sampleWanted.connect(self.open_sample)
        window.welcome.recentChosen.connect(self.open_collection)
        window.welcome.set_recent(settings.recent())
        window.menu.recent.chosen.connect(self.open_collection)
        window.menu.recent.asked.connect(self._show_recent)
        self._show_recent()
        window.folderDropped.connect(self.take_folder)
        window.toast.undoRequested.connect(self._undo)
        window.wanted.connect(self._obey)
        window.aboutToClose.connect(self._leave)
        window.restoreGeometry(settings.geometry)
        self._deeds = self._make_deeds()

    @property
    def workspace(self) -> Workspace | None:
        """The open collection, if any."""
        return self._workspace

    def begin(self, wanted: Path | None, *, sample: bool = False) -> None:
        """Open what the command line names, else what was open at the end, else Welcome."""
        if sample:
            self.open_sample()
        elif wanted is not None and wanted.is_dir():
            self.take_folder(wanted)
        elif wanted is not None:
            self.open_collection(wanted)
        elif self._settings.reopens and (recent := self._settings.recent()):
            self.open_collection(recent[0])

    def open_collection(self, path: Path) -> None:
        """Open a collection in place of the present one."""
        if self._workspace is not None and self._workspace.is_of(path):
            return
        workspace = self._open(lambda: Session.open(path))
        if workspace is not None and len(workspace.collection.table):
            workspace.workbench.prepare_soon()

    def take_folder(self, folder: Path) -> None:
        """Add a folder's photos to the open collection, else to a collection of their own."""
        if folder.is_dir():
            self._settings.folder = folder
        if self._workspace is not None:
            self._workspace.workbench.import_folder(folder)
            return
        workspace = self._open(lambda: collection_of(folder))
        if workspace is not None:
            words = self.tr("This collection is kept in {path}").format(path=workspace.session.path)
            self._window.toast.show_act(words, can_undo=False)
            workspace.workbench.import_folder(folder)

    def open_sample(self) -> None:
        """Open the sample stamps; the first time, or if that was cut short, they are drawn."""
        home = platformdirs.user_data_path("tiny-classifier", appauthor=False) / "samples"
        path, photos = home / f"{self.tr('Sample stamps')}{SUFFIX}", home / "photos"
        if path.exists() and (photos / TRUTH).exists():
            self.open_collection(path)
        elif self._workspace is None or not self._workspace.is_of(path):
            workspace = self._open(lambda: open_or_create(path))
            if workspace is not None:
                workspace.workbench.import_samples(photos, SAMPLES)

    def close(self) -> None:
        """Put the open collection away and show Welcome."""
        if self._workspace is not None:
            self._workspace.close()
            self._window.show_welcome()
            self._workspace.deleteLater()
            self._workspace = None
            self.settings_pages.serve(None)
        for bar in (self._window.job_bar, self._window.reading_bar):
            bar.end()  # what it says is of that collection
            bar.clear()
        self._window.toast.clear()
        self._window.welcome.set_recent(self._settings.recent())

    def _put_away(self) -> None:
        """Close the collection for good: the next start does not open it by itself."""
        self.close()
        self._settings.reopens = False

    def _show_recent(self) -> None:
        """Offer in the menu what was opened before, but for what is open now."""
        paths = self._settings.collections()
        if self._workspace is not None:
            paths = [path for path in paths if path != self._workspace.session.path.absolute()]
        self._window.menu.recent.show_paths([(path, path.is_file()) for path in paths])

    def _open(self, make: Callable[[], Session]) -> Workspace | None:
        try:
            session = make()
        except TinyClfError as error:
            self._window.job_bar.complain(str(error))
            return None
        self.close()
        workspace = Workspace(session, self._window, self._settings, self._rhythm)
        self._workspace = workspace
        self.settings_pages.serve(workspace)
        self._settings.remember(session.path)
        self._settings.reopens = True
        told = (session.stray_log, session.backup_problem, session.cache_problem)
        if problems := " ".join(filter(None, told)):
            self._window.job_bar.show_note(problems)
        return workspace

    def _leave(self) -> None:
        self._settings.geometry = self._window.saveGeometry()
        self.settings_pages.stop()
        if self._workspace is not None:
            self._workspace.close()

    # The menu

    def _make_deeds(self) -> dict[str, Callable[[], object]]:
        window = self._window
        return {
            "open-folder": self._ask_for_folder,
            "open-collection": self._ask_for_collection,
            "open-sample": self.open_sample,
            "add-photos": self._ask_for_more,
            "find-moved": self._ask_where_moved,
            "import-grades": self._ask_for_grades,
            "problems": self._show_problems,
            "export": self._ask_for_export,
            "close": self._put_away,
            "settings": self.settings_pages.show,
            "quit": window.close,
            "undo": self._undo,
            "redo": self._redo,
            "select-all": lambda: self._in_grid(lambda browser: browser.grid.selectAll()),
            "invert": lambda: self._in_grid(lambda browser: browser.grid.invert_selection()),
            "accept": lambda: self._in_grid(lambda browser: browser.accept()),
            "step-down": lambda: self._in_grid(lambda browser: browser.step(-1)),
            "step-up": lambda: self._in_grid(lambda browser: browser.step(1)),
            "grid": lambda: self._in_grid(lambda browser: browser.close_loupe()),
            "loupe": lambda: self._in_grid(lambda browser: browser.open_loupe()),
            "compare-photos": lambda: self._in_grid(lambda browser: browser.open_compare()),
            "pin": lambda: self._in_grid(lambda browser: browser.pin()),
            "larger": lambda: self._resize_tiles(TILE_STEP),
            "smaller": lambda: self._resize_tiles(-TILE_STEP),
            "label": lambda: window.show_page(LABEL),
            "train": lambda: window.show_page(TRAIN),
            "review": lambda: window.show_page(REVIEW),
            "full-screen": self._toggle_full_screen,
            "train-now": self._train,
            "cancel": self._cancel,
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
            **{key: self._giver(verdict) for key, verdict in VERDICTS.items()},
            **{key: self._asker(deed) for key, deed in OF_COLLECTION.items()},
        }

    def _obey(self, key: str) -> None:
        self._deeds[key]()

    def _giver(self, verdict: Verdict) -> Callable[[], object]:
        return lambda: self._in_grid(lambda browser: browser.give(verdict))

    def _asker(self, deed: Callable[[CollectionMenu], object]) -> Callable[[], object]:
        return lambda: deed(self._workspace.menu) if self._workspace else None

    def _in_grid(self, do: Callable[[PhotoBrowser], object]) -> None:
        browser = self._workspace.browser if self._workspace else None
        if browser is not None:
            do(browser)

    def _undo(self) -> None:
        if self._workspace is not None:
            self._workspace.collection.undo()

    def _redo(self) -> None:
        if self._workspace is not None:
            self._workspace.collection.redo()

    def _train(self) -> None:
        if self._workspace is not None:
            self._workspace.train()

    def _cancel(self) -> None:
        if self._workspace is not None:
            self._workspace.workbench.cancel()

    def _resize_tiles(self, by: int) -> None:
        if self._workspace is not None:
            self._settings.tile_pixels += by
            self._workspace.set_tile_pixels(self._settings.tile_pixels)

    def _toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    # Questions and dialogs

    def _ask_for_folder(self) -> None:
        if folder := self._ask_where(self.tr("A folder of photos")):
            self.close()
            self.take_folder(folder)

    def _ask_for_more(self) -> None:
        if folder := self._ask_where(self.tr("Photos to add")):
            self.take_folder(folder)

    def _ask_where(self, title: str) -> Path | None:
        """Ask for a folder, beginning with the one used last, else with a person's pictures."""
        start = str(photos_folder(self._settings.folder))
        folder = QFileDialog.getExistingDirectory(self._window, title, start)
        return Path(folder) if folder else None

    def _ask_where_moved(self) -> None:
        folder = self._ask_where(self.tr("Where the photos are now"))
        if folder and self._workspace is not None:
            self._settings.folder = folder
            self._workspace.workbench.relink(folder)

    def _ask_for_collection(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("A collection"),
            str(collections_folder()),
            self.tr("Collections (*{suffix})").format(suffix=SUFFIX),
        )
        if path:
            self.open_collection(Path(path))

    def _ask_for_grades(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("A table of photo,grade"),
            str(photos_folder(self._settings.folder)),
            self.tr("Tables (*.csv *.txt)"),
        )
        if path and self._workspace is not None:
            self.take_grades(Path(path))

    def take_grades(self, path: Path) -> None:
        """Take over the grades of a table: all of them, or none if a row cannot be used."""
        if self._workspace is not None:
            self._workspace.workbench.read_grades(path)

    def _ask_for_export(self) -> None:
        if self._workspace is None:
            return
        session = self._workspace.session
        has_model = session.model is not None
        beside = session.path.parent  # it surely exists
        standing = standing_in_words(self._workspace.collection.status)
        why_none = why_none_in_words(without_grade(session.table))
        dialog = ExportDialog(
            beside, session.name, has_model, self._window, standing=standing, why_none=why_none
        )
        dialog.chosen.connect(self._export)
        self._show(dialog)

    def _export(self, choice: ExportChoice) -> None:
        if self._workspace is not None:
            self._workspace.export(choice)

    def _show(self, dialog: QDialog) -> None:
        """Show a dialog; the keyboard is with the page again when it goes."""
        dialog.finished.connect(self._window.take_keyboard)
        dialog.open()

    def _show_problems(self) -> None:
        if self._workspace is not None:
            session = self._workspace.session
            self._show(ProblemsDialog(session.problems, self._window, copies=session.copies))

    def _show_shortcuts(self) -> None:
        keys = self._window.keys
        lines = [Shortcut(*row) for row in cheat_sheet(keys)]
        dialog = ShortcutsDialog(lines, keys, self._window)
        dialog.changeWanted.connect(lambda: self.settings_pages.show(KEYS))
        self._show(dialog)

    def _show_about(self) -> None:
        facts = [("Qt", qVersion()), ("Python", platform.python_version())]
        self._show(AboutDialog(__version__, facts, self._window))
