"""Sample stamps: believable photos with known damage, drawn from numbers alone."""

from tinyclf.samples.folder import draw_samples
from tinyclf.samples.stamp import draw_stamp

__all__ = ["draw_samples", "draw_stamp"]
