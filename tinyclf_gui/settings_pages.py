"""The settings put together: their pages, and what a change there does at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tinyclf.benchmark.speed import Speed
from tinyclf.data.caches import cache_folder
from tinyclf_gui import theme
from tinyclf_gui.dialogs.keys_page import KeysPage
from tinyclf_gui.dialogs.settings import SettingsDialog
from tinyclf_gui.dialogs.storage_page import StoragePage
from tinyclf_gui.main_window import MainWindow
from tinyclf_gui.models.cache_shelf import CacheShelf
from tinyclf_gui.settings import Settings
from tinyclf_gui.workspace import Workspace

if TYPE_CHECKING:
    from tinyclf_gui.models.benchmark_bench import BenchmarkBench

KEYS = "keys"
"""The page that can be asked for."""


class SettingsPages(QObject):
    """Shows them, with or without an open collection; ``stop`` it at the end.

    Attributes:
        bench: Where benchmarks run, once a person has looked at the settings.
    """

    def __init__(self, settings: Settings, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._settings, self._window = settings, window
        self._workspace: Workspace | None = None
        self.bench: BenchmarkBench | None = None

    def serve(self, workspace: Workspace | None) -> None:
        """Let changes be for this collection from now on."""
        self._workspace = workspace
        if workspace is not None:
            workspace.workbench.busyChanged.connect(self._tell_bench)
        self._tell_bench()

    def stop(self) -> None:
        """End what is being measured."""
        if self.bench is not None:
            self.bench.stop()

    def show(self, page: str = "") -> None:
        """Show the settings, or one page of them."""
        dialog = SettingsDialog(self._settings, self._window)
        dialog.themeChanged.connect(self._change_theme)
        dialog.tilePixelsChanged.connect(lambda _: self._resize_tiles())
        dialog.autoAdvanceChanged.connect(self._change_auto_advance)
        dialog.learnMeanwhileChanged.connect(self._change_learning)
        keys_page = KeysPage(self._window.keys)
        dialog.add_page(keys_page, self.tr("&Keys"))
        from tinyclf_gui.dialogs.benchmark_page import BenchmarkPage  # takes a while to import

        bench = self.bench = self.bench or self._make_bench()
        benchmark = BenchmarkPage(bench, self._settings)
        benchmark.speedChanged.connect(self._use)
        dialog.add_page(benchmark, self.tr("&Benchmark"), benchmark.stopped_a_run)
        shelf = CacheShelf(cache_folder(), dialog)
        dialog.add_page(StoragePage(shelf), self.tr("&Storage"))
        dialog.finished.connect(shelf.stop)
        if page == KEYS:
            dialog.show_page(keys_page)
            keys_page.setFocus()
        dialog.finished.connect(bench.stop)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._window.take_keyboard)
        dialog.open()

    def _make_bench(self) -> BenchmarkBench:
        from tinyclf_gui.models.benchmark_bench import BenchmarkBench

        self.bench = BenchmarkBench(self)
        self.bench.begun.connect(self._make_way)
        self.bench.ended.connect(self._go_on)
        self._tell_bench()
        return self.bench

    def _tell_bench(self) -> None:
        if self.bench is not None:
            workbench = self._workspace and self._workspace.workbench
            hinders = workbench and (workbench.busy or workbench.reading)
            self.bench.set_hindrance(workbench.title if workbench and hinders else "")

    def _make_way(self) -> None:
        """Stop what is done in idle time: nothing else is at work while it is measured."""
        if self._workspace is not None:
            self._workspace.workbench.make_way()

    def _go_on(self) -> None:
        """Prepare photos again."""
        if self._workspace is not None and len(self._workspace.collection.table):
            self._workspace.workbench.prepare()

    def _use(self, speed: Speed) -> None:
        if self._workspace is not None:
            self._workspace.use(speed)

    def _change_theme(self, wish: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, theme.choose(wish))

    def _change_learning(self, on: bool) -> None:
        if self._workspace is not None:
            self._workspace.learning.enabled = on

    def _change_auto_advance(self, on: bool) -> None:
        if self._workspace is not None:
            self._workspace.pages.label.set_auto_advance(on)

    def _resize_tiles(self) -> None:
        if self._workspace is not None:
            self._workspace.set_tile_pixels(self._settings.tile_pixels)
