"""What makes a time count: the work was done, and as well as the other's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Rule(Protocol):
    """Judges the checks of two contenders, each the mean over the repetitions."""

    def complaint(self, ours: float, theirs: float) -> str:
        """Return what is wrong, in words; empty if nothing is."""


@dataclass(frozen=True)
class Anything:
    """Nothing is asked."""

    def complaint(self, ours: float, theirs: float) -> str:
        """Return nothing."""
        return ""


@dataclass(frozen=True)
class Same:
    """Both came to the same number.

    Attributes:
        tolerance: How far they may be apart.
    """

    tolerance: float

    def complaint(self, ours: float, theirs: float) -> str:
        """Return both, if they differ."""
        if abs(ours - theirs) <= self.tolerance:
            return ""
        return f"it came to {ours:.6g}, the other to {theirs:.6g}"


@dataclass(frozen=True)
class Reaches:
    """Both reached an accuracy.

    Attributes:
        least: The accuracy.
    """

    least: float

    def complaint(self, ours: float, theirs: float) -> str:
        """Return who did not."""
        words = [
            f"{name} {accuracy:.2%}"
            for name, accuracy in (("it reached", ours), ("the other reached", theirs))
            if accuracy < self.least
        ]
        return ", ".join(words)


@dataclass(frozen=True)
class AtLeastTheirs:
    """Ours is as accurate as the other, or more."""

    def complaint(self, ours: float, theirs: float) -> str:
        """Return both accuracies, if ours is the lower."""
        return "" if ours >= theirs else f"it reached {ours:.2%}, the other {theirs:.2%}"


@dataclass(frozen=True)
class OursReaches:
    """Ours came to a number; the other's is another thing.

    Attributes:
        least: The number.
    """

    least: float

    def complaint(self, ours: float, theirs: float) -> str:
        """Return ours, if it is lower."""
        return "" if ours >= self.least else f"it came to {ours:.6g}, not {self.least:g}"
