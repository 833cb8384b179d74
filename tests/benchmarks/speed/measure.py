"""How two medians are compared, and the bars they are held against."""

from __future__ import annotations

from enum import Enum


class Measure(Enum):
    """What the figure in the table says."""

    TIMES = "how many times as fast as the other"
    PART = "our time as a part of the other's"
    SHARE = "how much of what the machine can do"

    def figure(self, theirs: float, ours: float) -> float:
        """Return the figure for two medians in seconds."""
        return ours / theirs if self is Measure.PART else theirs / ours

    def meets(self, figure: float, bar: float) -> bool:
        """Return whether a figure reaches its bar."""
        return figure <= bar if self is Measure.PART else figure >= bar

    def words(self, figure: float) -> str:
        """Return a figure in words."""
        if self is Measure.SHARE:
            return f"{figure:.0%}"
        if self is Measure.PART:
            return f"{figure:.2f} of its time"
        return f"{figure:.3g}×" if figure < 100 else f"{figure:.0f}×"

    def bar(self, bar: float) -> str:
        """Return a bar in words."""
        if self is Measure.SHARE:
            return f"≥ {bar:.0%}"
        return f"≤ {bar:g}" if self is Measure.PART else f"≥ {bar:g}×"
