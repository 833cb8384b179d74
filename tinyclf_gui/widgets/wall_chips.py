"""The Review page's chips: what of a wall is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import Wall
from tinyclf.trust.wall_certificates import WallCertificate
from tinyclf_gui.models.filters import ChipKeys
from tinyclf_gui.models.list_keys import DISAGREE, TO_CHECK, UNSEEN
from tinyclf_gui.models.wall_lists import WHOLE_WALL
from tinyclf_gui.widgets.filter_chips import Chip


def usual_chips(to_check: int, photos: int) -> list[Chip]:
    """Return the chips that any wall has, with their counts."""
    return [
        Chip(TO_CHECK, _tr("To check"), to_check),
        Chip(WHOLE_WALL, _tr("Whole wall"), photos),
    ]


def wall_chips(
    wall: Wall, known: WallCertificate, disagreements: int, down: ChipKeys, accept: str
) -> list[Chip]:
    """Return the chips of a wall that have something to show, and those that are down.

    Args:
        wall: Whose.
        known: What is known of it.
        disagreements: How many of its grades networks disagree with.
        down: The keys of the chips that are down.
        accept: The key that accepts, in words.
    """
    chips = usual_chips(wall.photos - wall.human, wall.photos)
    if disagreements or DISAGREE in down:
        tip = _tr("Your grade is another than it would give, not having learnt from it")
        chips.append(Chip(DISAGREE, _tr("Disagreements"), disagreements, tip))
    if known.in_bulk or UNSEEN in down:
        tip = _tr("Accepted with the rest: {0} keeps a grade, a digit changes it").format(accept)
        chips.append(Chip(UNSEEN, _tr("Accepted unseen"), known.in_bulk, tip))
    return chips


def _tr(text: str) -> str:
    return QCoreApplication.translate("WallChips", text)
