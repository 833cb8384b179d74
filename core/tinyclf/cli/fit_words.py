"""Figures of a fitted model in words and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tinyclf.fitting.evaluating import Evaluation

WIDEST_TABLE = 20
"""Classes of which what is taken for what is shown as a table; beyond, the JSON has it."""

LONGEST_NAME = 24


def exact_share(share: float) -> str:
    """Return a share as per cent with two digits."""
    return f"{100 * share:.2f} %"


def tested_in_words(evaluation: Evaluation) -> str:
    """Return how many are right, with the interval, and how honest the confidence is."""
    share, loss = evaluation.accuracy, abs(evaluation.log_loss)  # of all right it is −0
    return (
        f"{exact_share(share.value)} of {evaluation.examples:,} right "
        f"({100 * share.low:.2f} to {100 * share.high:.2f}), log-loss {loss:.3f}, "
        f"confidence off by {exact_share(evaluation.calibration_error)}"
    )


def class_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield a line for each class."""
    width = _width(evaluation)
    yield f"{'':{width}}{'examples':>10}{'precision':>11}{'recall':>11}{'F1':>11}"
    for each in evaluation.classes:
        shares = (each.precision, each.recall, each.f1)
        cells = "".join(f"{'–' if s is None else exact_share(s):>11}" for s in shares)
        yield f"{_short(each.name):{width}}{each.examples:>10,}{cells}"


def confusion_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield the table of what is taken for what; a row for each true class."""
    names = [each.name for each in evaluation.classes]
    if len(names) > WIDEST_TABLE:
        yield f"What is taken for what, of {len(names)} classes: --json"
        return
    width = _width(evaluation)
    cell = max(6, *(len(_short(name)) + 2 for name in names))
    yield f"{'is, told':{width}}" + "".join(f"{_short(name):>{cell}}" for name in names)
    for name, row in zip(names, evaluation.confusion, strict=True):
        yield f"{_short(name):{width}}" + "".join(f"{count:>{cell},}" for count in row)


def prediction_lines(
    classes: Sequence[str], names: Sequence[str], probabilities: NDArray[np.float64]
) -> Iterator[str]:
    """Yield a line for each input: its class, how sure that is, and the score of every class."""
    width = max(5, *(len(name) for name in names)) + 2
    told = max(5, *(len(_short(name)) for name in classes)) + 2
    cell = max(8, *(len(_short(name)) + 2 for name in classes))
    scores = "".join(f"{_short(name):>{cell}}" for name in classes)
    yield f"{'input':{width}}{'class':{told}}{'sure':>7}{scores}"
    for name, row in zip(names, probabilities, strict=True):
        shares = "".join(f"{f'{100 * share:.1f} %':>{cell}}" for share in row)
        best = int(row.argmax())
        sure = f"{100 * row[best]:.1f} %"
        yield f"{name:{width}}{_short(classes[best]):{told}}{sure:>7}{shares}"


def _width(evaluation: Evaluation) -> int:
    return max(10, *(len(_short(each.name)) + 2 for each in evaluation.classes))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
