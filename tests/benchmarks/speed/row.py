"""One row of the table: a work, who does it, and what is asked of us."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.benchmarks.speed.checks import Anything, Rule
from tests.benchmarks.speed.contender import FAST, PLAIN, Contender
from tests.benchmarks.speed.measure import Measure


@dataclass(frozen=True)
class Comparison:
    """One line: our two lanes against one other.

    Attributes:
        against: The other's name in the row.
        plain: The bar for NumPy only, in the unit of ``measure``; None for none.
        fast: The bar with compiled kernels, likewise.
        aim: Where we are going.
        measure: What the figures say.
        rule: What the checks must show for a time to count.
        plain_against: The other for NumPy only, if it is not the same.
    """

    against: str
    plain: float | None = None
    fast: float | None = None
    aim: str = ""
    measure: Measure = Measure.TIMES
    rule: Rule = field(default=Anything())
    plain_against: str | None = None

    def lanes(self) -> tuple[tuple[str, str, float | None], ...]:
        """Return for each of our lanes its name, the other's, and the bar."""
        return (
            (PLAIN, self.plain_against or self.against, self.plain),
            (FAST, self.against, self.fast),
        )


@dataclass(frozen=True)
class Row:
    """One contest and what is read off it.

    Attributes:
        key: Its name on the command line.
        work: What is done, in words.
        contenders: Who does it.
        comparisons: The lines of the table; none for a row that only measures.
        repetitions: How many; at least 5 for a figure worth printing.
        check: The contenders' checks in words: ``{}`` stands for the mean, ``{rate}`` for the mean
            over the seconds; empty if they only serve the comparisons' rules.
        quick: Whether it takes only seconds.
    """

    key: str
    work: str
    contenders: tuple[Contender, ...]
    comparisons: tuple[Comparison, ...] = ()
    repetitions: int = 7
    check: str = ""
    quick: bool = False
