"""The Welcome page: open a folder, go on where one left, or try it on sample stamps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.styled import Card, label, push_button

COLUMN_WIDTH = 640
RECENT_SHOWN = 6


class WelcomePage(QWidget):
    """What a person sees first; a folder may also be dropped anywhere on the window.

    Signals:
        folderWanted(): Ask for a folder of photos.
        collectionWanted(): Ask for a collection file.
        sampleWanted(): Open the sample stamps.
        recentChosen(object): Open this collection (a ``Path``).
    """

    folderWanted = Signal()
    collectionWanted = Signal()
    sampleWanted = Signal()
    recentChosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcomePage")
        column = QWidget()
        column.setFixedWidth(COLUMN_WIDTH)
        layout = QVBoxLayout(column)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(label(self.tr("Grade a folder of photos in an evening"), "headline"))
        layout.addWidget(
            label(
                self.tr(
                    "Grade a few from 1 to 5, let a small network learn from them, then look "
                    "through what it proposes for the rest. Your photos stay where they are."
                ),
                "muted",
                wrap=True,
            )
        )
        layout.addSpacing(12)
        layout.addLayout(self._make_buttons())
        layout.addWidget(label(self.tr("or drop a folder anywhere on this window"), "muted"))
        layout.addSpacing(20)
        self._recent = Card(self.tr("Recent collections"))
        self._recent.body.setSpacing(4)
        layout.addWidget(self._recent)
        layout.addStretch(3)
        outer = QHBoxLayout(self)
        outer.addWidget(column, 0, Qt.AlignmentFlag.AlignHCenter)
        self.set_recent([])

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Show these collections, newest first."""
        while self._recent.body.count() > 1:
            item = self._recent.body.takeAt(1)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        for number, path in enumerate(paths[:RECENT_SHOWN]):
            self._recent.body.addWidget(self._make_recent(number, path))
        self._recent.setVisible(bool(paths))

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        folder = push_button(self.tr("Open a folder of photos…"), "openFolderButton", "primary")
        sample = push_button(self.tr("Try the sample stamps"), "openSampleButton")
        collection = push_button(self.tr("Open a collection…"), "openCollectionButton")
        folder.clicked.connect(self.folderWanted)
        sample.clicked.connect(self.sampleWanted)
        collection.clicked.connect(self.collectionWanted)
        for button in (folder, sample, collection):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _make_recent(self, number: int, path: Path) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        button = push_button(path.stem, f"recentButton{number + 1}", "flat")
        button.clicked.connect(lambda: self.recentChosen.emit(path))
        layout.addWidget(button)
        layout.addWidget(ElidedLabel(str(path.parent), "muted", Qt.TextElideMode.ElideMiddle), 1)
        return row
