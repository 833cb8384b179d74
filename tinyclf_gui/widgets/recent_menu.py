"""The collections opened before, as a menu: each with a digit to choose it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

MOST = 10
"""So many have a digit: 1 to 9, and 0."""


class RecentMenu(QMenu):
    """Offers what is still there; of what is gone it says so, and does not offer it.

    Signals:
        asked(): The menu it is in is about to be seen: show what is there now.
        chosen(object): Open the collection in this file, a ``Path``.
    """

    asked = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recentMenu")
        self.setTitle(self.tr("Open &recent"))
        self.setToolTipsVisible(True)
        self.show_paths([])

    def show_paths(self, paths: Sequence[tuple[Path, bool]]) -> None:
        """Show collections.

        Args:
            paths: Their files, the newest first, and whether each is there; at most `MOST`.
        """
        self.clear()
        paths = paths[:MOST]
        alike = Counter(path.stem for path, _ in paths)
        for number, (path, is_there) in enumerate(paths, start=1):
            name = path.stem
            if alike[name] > 1:
                name = self.tr("{name} in {folder}").format(name=name, folder=path.parent.name)
            if not is_there:
                name = self.tr("{name}: not found in {folder}").format(
                    name=path.stem, folder=path.parent
                )
            name = name.replace("&", "&&")  # one would underline what follows
            action = self.addAction(f"&{number % MOST}  {name}")
            action.setObjectName(f"recent{number}Action")
            action.setToolTip(str(path))
            action.setEnabled(is_there)
            action.triggered.connect(self._chooser(path))
        self.menuAction().setEnabled(bool(paths))

    def _chooser(self, path: Path) -> Callable[[], None]:
        return lambda: self.chosen.emit(path)
