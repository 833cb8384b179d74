"""The order that needs no grade, as a chip: it says that it is a guess."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tinyclf_gui.widgets.filter_chips import Chip

WORN = "worn"


def worn_chip() -> Chip:
    """Return the chip that shows what looks most worn first."""
    return Chip(
        WORN,
        QCoreApplication.translate("OrderChips", "Looks most worn first"),
        tip=QCoreApplication.translate(
            "OrderChips",
            "A guess without any grade, by what drawings taught the program of damage. It is right "
            "for things photographed like stamps; for others, such as cards, it can be the wrong "
            "way round.",
        ),
    )
