"""Keeps Python's garbage collector out of background threads.

Left to itself it runs in whatever thread happens to allocate, and destroys what it finds there: a
Qt object in a cycle then dies in a thread it does not belong to, and the program with it (in a
trial of twenty seconds four times out of five).
"""

from __future__ import annotations

import gc
import linecache

from PySide6.QtCore import QObject, QTimer

from tinyclf.spare_memory import give_back

EVERY_MS = 200
"""Jobs make 100,000 objects in half a second: to look at all of them at once takes three frames."""

MIDDLE = 1
"""The generation from which on so much has come and gone that memory is given back to the system:
of what bulk acts take, 60 MB would stay otherwise."""


class CollectHere(QObject):
    """Collects garbage in the GUI thread only, now and then, until it is stopped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        linecache.clearcache()  # PySide reads the source of all that is imported, and leaves it
        gc.disable()
        gc.freeze()  # what is imported stays for good: it need not be looked at again
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that has as many new objects as Python waits for."""
        due = [
            generation
            for generation, (count, most) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > most
        ]
        if due:
            gc.collect(due[-1])
        if max(due, default=0) >= MIDDLE:
            give_back()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
