"""A comparison of configurations in words: which to take, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from tinyclf.training.comparison import ComparisonRow, Standing
from tinyclf_gui.widgets import comparison_table
from tinyclf_gui.widgets.grade_words import percent
from tinyclf_gui.widgets.learnt_words import let_in_words, with_encoder

Title = Callable[[str], str]
"""A configuration's name → its title."""


def compared(
    rows: Sequence[ComparisonRow], title: Title, what: Title
) -> list[comparison_table.ComparisonRow]:
    """Return what the table shows of each configuration; ``what`` it is, in a sentence."""
    return [
        comparison_table.ComparisonRow(
            key=row.name,
            title=with_encoder(title(row.name), row.let_in),
            right=row.quality.exact,
            within_one=row.quality.within_one,
            agreement=row.quality.kappa,
            off_by=row.mean_absolute_error,
            seconds=row.train_seconds,
            seconds_per_photo=row.ms_per_photo / 1000,
            memory_bytes=row.memory_bytes,
            size_bytes=row.n_bytes,
            encoder="\n".join(filter(None, (what(row.name), let_in_words(row.let_in)))),
            note=_standing(row),
            reasons=_reasons(row, title),
            best=row.recommended,
        )
        for row in rows
    ]


def conclusion(rows: Sequence[ComparisonRow], title: Title) -> str:
    """Return what to take, and how sure that is."""
    take = title(next(row.name for row in rows if row.recommended))
    ties = [title(row.name) for row in rows if row.standing is not Standing.WORSE]
    n = rows[0].quality.photos
    if len(ties) == 1:
        words = _tr("Take {take}: it is the best on your {n} photos, surely enough.")
        return words.format(take=take, n=n)
    words = _tr("A tie on your {n} photos: {ties}. Take {take}, the best of them.")
    best = next(row for row in rows if row.standing is Standing.BEST)
    if best.fewer_right:
        words = _tr("A tie on your {n} photos: {ties}. Take {take}, which is right more often.")
    elif not best.recommended:
        words = _tr(
            "A tie on your {n} photos: {ties}. Take {take}: it is at most half as large as the "
            "best."
        )
    return words.format(n=n, ties=", ".join(ties), take=take)


def _standing(row: ComparisonRow) -> str:
    match row.standing:
        case Standing.BEST if row.recommended:
            return _tr("best: take it")
        case Standing.BEST:
            return _tr("best")
        case Standing.TIE if row.recommended:
            return _tr("a tie: take it")
        case Standing.TIE:
            return _tr("a tie")
    chance = row.chance or 0.0
    if not round(100 * chance):
        return _tr("worse")
    return _tr("worse ({0})").format(percent(1 - chance))


def _reasons(row: ComparisonRow, title: Title) -> str:
    """Return how probably it is better than each of the others, a line each."""
    words = _tr("Better than {other} with {n} % probability")
    return "\n".join(
        words.format(other=title(other), n=round(100 * chance))
        for other, chance in row.beats.items()
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("comparison", text)
