"""The only assembler: settings, look, window, desk, then how it stops and tidies up."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tinyclf import __version__
from tinyclf.spare_memory import share_arenas
from tinyclf_gui import theme
from tinyclf_gui.desk import Desk
from tinyclf_gui.jobs.garbage import CollectHere
from tinyclf_gui.jobs.quitting import QuitOnSignals
from tinyclf_gui.main_window import MainWindow
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.settings import Settings


def main(file: Path | None, *, sample: bool = False, theme_wish: str | None = None) -> int:
    """Open the window.

    Args:
        file: A collection, or a folder of photos; else what was open last.
        sample: Open the sample stamps instead.
        theme_wish: ``"system"``, ``"light"`` or ``"dark"`` for this once; else as in the settings.

    Returns:
        The exit code.
    """
    app = make_application()
    settings = Settings()
    theme.apply(app, theme.choose(theme_wish or settings.theme))
    window = MainWindow(KeyBindings(settings, app))
    desk = Desk(window, settings)
    sys.excepthook = teller(window)
    QuitOnSignals(app)
    CollectHere(app)
    window.show()
    QTimer.singleShot(0, desk, lambda: desk.begin(file, sample=sample))
    return app.exec()


def teller(window: MainWindow) -> Callable[..., None]:
    """Return a hook that tells a fault of the program in the window too, with what to report."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        details = "".join(traceback.format_exception(kind, error, trace))
        message = window.tr("Something unexpected went wrong: {0}").format(
            str(error) or kind.__name__
        )
        window.job_bar.fail(message, details)

    return tell


def make_application() -> QApplication:
    """Make Qt's application, named so that settings and screen readers find it."""
    share_arenas()  # before there are threads
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Tiny Classifier")
    app.setOrganizationName("Tiny Classifier")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("tinyclf-gui")
    return app
