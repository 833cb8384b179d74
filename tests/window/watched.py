"""Starts the real program, and tells a test what a person sees: nothing is done from here.

Lines in: ``where`` asks for a line of what is in view now; ``watch`` asks for a line at each
painting of the photo grid, before it: all grades that are ever visible have been told. Lines out:
JSON.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

from tinyclf_gui import __main__ as command
from tinyclf_gui import app as program
from tinyclf_gui.main_window import MainWindow
from tinyclf_gui.widgets.photo_grid import PhotoGrid
from tinyclf_gui.widgets.photo_pane import PhotoPane

STDIN = 0


class Watcher(QObject):
    """Looks when it is asked to, or when photos are painted."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._rest = b""
        self._watching = False
        self._told: dict[str, int] = {}
        self._notifier = QSocketNotifier(STDIN, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def _hear(self) -> None:
        heard = os.read(STDIN, 4096)
        if not heard:
            self._notifier.setEnabled(False)
        *lines, self._rest = (self._rest + heard).split(b"\n")
        for line in lines:
            if line == b"watch":
                self._watch()
            else:
                tell({"view": view()})

    def _watch(self) -> None:
        for grid in grids():
            grid.viewport().installEventFilter(self)
            grid.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            codes = {name: tile["code"] for grid in grids() for name, tile in tiles(grid).items()}
            tell({"painted": {k: v for k, v in codes.items() if self._told.get(k) != v}})
            self._told |= codes
        return False


def view() -> dict[str, Any]:
    """Return what is in view: widgets by name, and the photos of the grid."""
    window = main_window()
    front = QApplication.activeModalWidget() or window
    return {
        "title": window.windowTitle(),
        "active": front.isActiveWindow(),
        "dialog": front.objectName() if front is not window else "",
        "page": window.page or "welcome",
        "widgets": {w.objectName(): seen(w) for w in front.findChildren(QWidget) if named(w)},
        "photos": {name: tile for grid in grids() for name, tile in tiles(grid).items()},
        "focused": next((focused(grid) for grid in grids()), None),
        "keyboard": keyboard(),
    }


def keyboard() -> str:
    """Return the name of what has the keyboard."""
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def named(widget: QWidget) -> bool:
    return bool(widget.objectName()) and widget.isVisible()


def seen(widget: QWidget) -> dict[str, Any]:
    return {
        "place": place(widget, widget.rect()),
        "enabled": widget.isEnabled(),
        "checked": bool(widget.property("checked")),
        "words": str(widget.property("text") or widget.property("plainText") or ""),
        "told": widget.accessibleDescription(),
    } | (compared(widget) if isinstance(widget, PhotoPane) else {})


def compared(pane: PhotoPane) -> dict[str, Any]:
    """Return what a person sees of a photo side by side with others."""
    return {"code": pane.property("code"), "enlarged": pane.view.look.enlarged or 1.0}


def place(widget: QWidget, rect: QRect) -> list[int]:
    """Return the middle of a part of a widget on the screen."""
    middle = widget.mapToGlobal(QPoint(rect.center()))
    return [middle.x(), middle.y()]


def grids() -> list[PhotoGrid]:
    return [grid for grid in main_window().findChildren(PhotoGrid) if grid.isVisible()]


def tiles(grid: PhotoGrid) -> dict[str, dict[str, Any]]:
    """Return the photos that are painted, by name, in order."""
    model = grid.model()
    made = {}
    for position in grid.visible_positions():
        tile, rect = model.tile(position), grid.visualRect(model.index(position))
        made[tile.name] = {
            "code": tile.code,
            "proposed": tile.proposed,
            "place": place(grid.viewport(), rect),
        }
    return made


def focused(grid: PhotoGrid) -> str | None:
    return None if grid.current is None else str(grid.model().tile(grid.current).name)


def main_window() -> MainWindow:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))


def tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> int:
    make = program.make_application

    def make_watched() -> QApplication:
        app = make()
        app.setProperty("watcher", Watcher(app))
        return app

    program.make_application = make_watched
    return command.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
