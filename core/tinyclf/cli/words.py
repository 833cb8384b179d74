"""Figures in a collector's words."""

from __future__ import annotations

from collections.abc import Sequence

from tinyclf.domain import GRADES, Grade, Interval, Quality
from tinyclf.training.comparison import ComparisonRow, Standing
from tinyclf.trust.advice import Advice, Step


def count_of(count: int, thing: str) -> str:
    """Return ``"1 photo"``, ``"12 photos"``."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def per_cent(interval: Interval) -> str:
    """Return ``"76 % (72 to 80)"``."""
    value, low, high = (round(100 * part) for part in (interval.value, interval.low, interval.high))
    return f"{value} % ({low} to {high})"


def quality_in_words(quality: Quality) -> str:
    """Return one line on how good a classifier is, and on what that was judged."""
    kappa = quality.kappa
    return (
        f"right {per_cent(quality.exact)}, within one grade {per_cent(quality.within_one)}, "
        f"kappa {kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f}), "
        f"by {quality.judged_on} on {count_of(quality.photos, 'photo')}"
    )


def standing_in_words(row: ComparisonRow) -> str:
    """Return how a configuration stands to the best of its comparison."""
    match row.standing:
        case Standing.BEST:
            return "best"
        case Standing.TIE:
            return "a tie, and smaller: take it" if row.recommended else "a tie"
        case Standing.WORSE:
            return f"{round(100 * (row.chance or 0))} % chance to be better"


def grades_in_words(grades: Sequence[Grade]) -> str:
    """Return ``"each grade"``, ``"grade 2"``, ``"grades 1, 2 and 5"``."""
    if len(grades) == len(GRADES):
        return "each grade"
    *others, last = (str(int(grade)) for grade in grades)
    return f"grades {', '.join(others)} and {last}" if others else f"grade {last}"


def advice_in_words(advice: Advice) -> str:
    """Return the next best step as a sentence."""
    match advice.step:
        case Step.IMPORT:
            return "import a folder of photos."
        case Step.GRADE:
            more = f"about {count_of(advice.count, 'more photo')}"
            of_each = " each" if 1 < len(advice.grades) < len(GRADES) else ""
            return f"grade {more}{of_each} of {grades_in_words(advice.grades)}, then train."
        case Step.TRAIN:
            return "train, then propose."
        case Step.PROPOSE:
            return f"propose grades for the other {count_of(advice.count, 'photo')}."
        case Step.RETRAIN:
            return f"train again on {count_of(advice.count, 'correction')}, then propose."
        case Step.REVIEW:
            [grade] = advice.grades
            are = "is" if advice.count == 1 else "are"
            return (
                f"review the wall of grade {grade:d}, most doubtful first: "
                f"about {advice.count:,} of its proposals {are} wrong."
            )
        case Step.EXPORT:
            return "export: there is nothing left that is worth a look."
