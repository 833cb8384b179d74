"""Ctrl+C and the system's wish to end: the window closes as if a person had closed it.

Python hears a signal only between two of its own instructions, and raises wherever it happens to
be: inside a painter, or in the middle of a commit. So signals only wake the event loop here.
"""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class QuitOnSignals(QObject):
    """Ends the application's event loop at SIGINT and SIGTERM, while it lives."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._quit)
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, lambda *_: None)

    def _quit(self) -> None:
        self._heard.recv(1024)
        self._app.quit()
