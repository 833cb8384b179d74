"""What is wrong with a photo, in a few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import PhotoFault


def faults_in_words(faults: int) -> str:
    """Return faults as bits of `PhotoFault` in words: "blurred, too dark"; empty without any."""
    words = {
        PhotoFault.BLURRED: _tr("blurred"),
        PhotoFault.DARK: _tr("too dark"),
        PhotoFault.GLARE: _tr("glare"),
        PhotoFault.TINY: _tr("tiny"),
        PhotoFault.CUT_OFF: _tr("cut off"),
    }
    return ", ".join(word for fault, word in words.items() if faults & fault)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PhotoFaults", text)
