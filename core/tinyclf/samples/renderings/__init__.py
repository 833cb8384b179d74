"""Renderings: one drawn thing photographed again and again, each time more or less damaged.

An encoder of condition learns from them. What tells two renderings of one thing apart is the
damage alone: light, colours, place, background and file quality are drawn anew for each.
"""

from tinyclf.samples.renderings.faults import combined, drawn_faults
from tinyclf.samples.renderings.kinds import EVERY_KIND
from tinyclf.samples.renderings.photo import SIDE, rendered
from tinyclf.samples.renderings.things import THINGS, thing

__all__ = ["EVERY_KIND", "SIDE", "THINGS", "combined", "drawn_faults", "rendered", "thing"]
