"""Where examples and look-alikes are seen: beside the photo in the loupes, and beside the walls."""

from __future__ import annotations

from collections.abc import Sequence

from tinyclf_gui.models.reference_source import ReferenceSource
from tinyclf_gui.settings import Settings
from tinyclf_gui.widgets.loupe import Loupe
from tinyclf_gui.widgets.reference_fold import ReferenceFold

IN_LOUPE, ON_WALLS = "examplesInLoupe", "examplesOnWalls"
"""Where they can be put away, by the names under which that is remembered."""
ROOMY = 1200
"""Pixels down from which on the side of the walls has room for them beside all else."""


def connect_references(
    source: ReferenceSource, loupes: Sequence[Loupe], walls: ReferenceFold, settings: Settings
) -> None:
    """Let them be seen where, and as long as, that was wished."""
    for panel in (*(loupe.references for loupe in loupes), walls.panel):
        panel.wanted.connect(source.want)
        panel.left.connect(source.leave)
        source.laddered.connect(panel.show_ladder)
        source.found.connect(panel.take)
        source.missing.connect(panel.tell)
        source.veiled.connect(panel.draw_veil)
    for loupe in loupes:
        loupe.beside.set_wished(settings.is_wished(IN_LOUPE, usually=True))
        loupe.beside.wished.connect(lambda on: settings.wish(IN_LOUPE, on))
        for other in loupes:
            loupe.beside.wished.connect(other.beside.set_wished)
    roomy = walls.screen().availableGeometry().height() >= ROOMY
    walls.set_wished(settings.is_wished(ON_WALLS, usually=roomy))
    walls.wished.connect(lambda on: settings.wish(ON_WALLS, on))
