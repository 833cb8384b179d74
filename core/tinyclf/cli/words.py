"""Figures in a collector's words."""

from __future__ import annotations

from collections.abc import Sequence

from tinyclf.domain import GRADES, Grade, Interval, Quality
from tinyclf.training.comparison import ComparisonRow, Standing
from tinyclf.training.gate import Gate
from tinyclf.trust.advice import Advice, Step


def count_of(count: int, thing: str) -> str:
    """Return ``"1 photo"``, ``"12 photos"``."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def bytes_in_words(size: int) -> str:
    """Return ``"1.2 GB"``, ``"340 MB"``, ``"12 kB"``."""
    if size >= 10**9:
        return f"{size / 1e9:.1f} GB"
    return f"{size / 1e6:.0f} MB" if size >= 10**6 else f"{size / 1e3:.0f} kB"


def per_cent(interval: Interval) -> str:
    """Return ``"76 % (72 to 80)"``."""
    value, low, high = (round(100 * part) for part in (interval.value, interval.low, interval.high))
    return f"{value} % ({low} to {high})"


def share_in_words(share: float) -> str:
    """Return ``"76 %"``; nothing less than everything is ``"100 %"``."""
    percent = round(100 * share)
    return f"{99 if percent == 100 and share < 1 else percent} %"


def time_in_words(seconds: float) -> str:
    """Return ``"40 s"``, ``"11 min"``, ``"2 h 5 min"``."""
    if seconds < 60:
        return f"{round(seconds)} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def clock_in_words(seconds: float) -> str:
    """Return ``"5:07"``, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def quality_in_words(quality: Quality) -> str:
    """Return one line on how good a classifier is, and on what that was judged."""
    kappa = quality.kappa
    return (
        f"right {per_cent(quality.exact)}, within one grade {per_cent(quality.within_one)}, "
        f"kappa {kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f}), "
        f"by {quality.judged_on} on {count_of(quality.photos, 'photo')}"
    )


def gate_in_words(gate: Gate) -> str:
    """Return whether the condition encoder takes part, and by what figures."""
    helps = "helps here: it is on" if gate.is_open else "does not help here: it is off"
    lower = "lower" if gate.gain > 0 else "higher"
    return (
        f"The condition encoder {helps} (held-out log-loss {abs(gate.gain):.3f} ± {gate.error:.3f} "
        f"{lower} with it)."
    )


def let_in_words(let_in: Sequence[bool]) -> str:
    """Return whether the condition encoder took part in a comparison; nothing if never asked."""
    if not let_in:
        return ""
    if len(set(let_in)) > 1:
        return f"condition encoder on in {sum(let_in)} of {len(let_in)} folds"
    return "condition encoder on" if let_in[0] else "condition encoder off"


def comparison_in_words(row: ComparisonRow) -> str:
    """Return the figures of one row of a comparison, 13 letters each."""
    quality = row.quality
    shares = (_give_or_take(share, 100, " %", 0) for share in (quality.exact, quality.within_one))
    scores = (_give_or_take(score, 1, "", 2) for score in (quality.kappa, row.mean_absolute_error))
    costs = (
        f"{row.train_seconds:.1f} s",
        f"{row.ms_per_photo:.1f} ms",
        f"{row.memory_bytes / 1e6:.1f} MB",
        f"{row.n_bytes / 1e6:.1f} MB",
    )
    return "".join(f"{words:>13}" for words in (*shares, *scores, *costs))


def _give_or_take(interval: Interval, times: int, unit: str, digits: int) -> str:
    """Return ``"76 % ± 4"``."""
    half = times * (interval.high - interval.low) / 2
    return f"{times * interval.value:.{digits}f}{unit} ± {half:.{digits}f}"


def standing_in_words(row: ComparisonRow) -> str:
    """Return how a configuration stands to the best of its comparison."""
    fewer = ", but surely fewer are right" if row.fewer_right else ""
    match row.standing:
        case Standing.BEST:
            return f"best{fewer}"
        case Standing.TIE:
            return "a tie: take it" if row.recommended else f"a tie{fewer}"
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
        case Step.EXAM:
            return (
                f"grade {count_of(advice.count, 'photo')} blind for the exam, which tells how good "
                "the proposals really are: tinyclf exam."
            )
        case Step.AUDIT:
            [grade] = advice.grades
            return (
                f"audit the wall of grade {grade:d}: {count_of(advice.count, 'look')} at random "
                "photos prove how many of its proposals are wrong at most."
            )
        case Step.STOP:
            are = "is" if advice.count == 1 else "are"
            return (
                f"stop: about {advice.count:,} of all proposals {are} still wrong, and finding "
                "them takes long. Accept the rest, and export."
            )
        case Step.EXPORT if advice.count:
            are = "is" if advice.count == 1 else "are"
            return (
                f"export, or first look at what was accepted in bulk: about {advice.count:,} "
                f"of it {are} wrong."
            )
        case Step.EXPORT:
            return "export: there is nothing left that is worth a look."
