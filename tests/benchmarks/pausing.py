"""Waiting in a measured window without holding up what it does meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer


def pause(ms: int) -> None:
    """Let the program go on for a while; ``QTest.qWait`` would hold up its other threads."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
