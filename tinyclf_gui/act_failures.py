"""What the window says of an act that could not be kept, until the next one is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.widgets.job_bar import JobBar


class ActFailures(QObject):
    """Tells why an act failed; as soon as another is on disk that is true no more."""

    def __init__(self, collection: OpenCollection, bar: JobBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._told = ""
        collection.failed.connect(self._tell)
        collection.acted.connect(self._withdraw)
        collection.noted.connect(self._withdraw)

    @Slot(str)
    def _tell(self, words: str) -> None:
        self._told = words
        self._bar.complain(words)

    @Slot(object)
    def _withdraw(self, _: object) -> None:
        self._bar.withdraw(self._told)
        self._told = ""
