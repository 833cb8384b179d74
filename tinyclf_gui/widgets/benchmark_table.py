"""What was measured, case by case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, Signal, Slot
from PySide6.QtWidgets import QWidget

from tinyclf.benchmark.intervals import Interval
from tinyclf.benchmark.standing import Rate
from tinyclf_gui.models.benchmark_rows import CaseRow
from tinyclf_gui.widgets.figure_table import FigureRow, FigureTable
from tinyclf_gui.widgets.grade_words import isolated, percent
from tinyclf_gui.widgets.styled import LabelKind
from tinyclf_gui.widgets.tables import Column

NOTHING = "–"
INFERENCE = "inference"
SHORT = 1.0
"""Milliseconds; what takes less is told in microseconds."""
IN_BARS = (3, 4)
"""The numbers of the columns that the bars show, too."""


class BenchmarkTable(FigureTable):
    """A row for each case; one that failed has its reason in place of figures.

    Signals:
        rowChanged(object): This ``CaseRow`` is the chosen one now.
    """

    rowChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_columns(), IN_BARS, parent)
        self.setObjectName("benchmarkTable")
        self.setAccessibleName(self.tr("Measured"))
        self._cases: Sequence[CaseRow] = ()
        self.currentCellChanged.connect(self._tell)

    def set_rows(self, rows: Sequence[CaseRow]) -> None:
        """Show these cases; the first one is chosen."""
        self._cases = tuple(rows)
        self.setCurrentCell(-1, -1)
        self.set_figures([_figures(row) for row in rows])

    @Slot(int, int, int, int)
    def _tell(self, row: int, _column: int, before: int, _before_column: int) -> None:
        if row != before and 0 <= row < len(self._cases):
            self.rowChanged.emit(self._cases[row])


def milliseconds(value: float) -> str:
    """Return ``"1.23 ms"``, or in microseconds what is short."""
    if value < SHORT:
        return isolated(_tr("{0} µs").format(figure(1000 * value)))
    return isolated(_tr("{0} ms").format(figure(value)))


def spread(interval: Interval) -> str:
    """Return ``"1.20–1.31"``: where the true median lies, in the unit of :func:`milliseconds`."""
    factor = 1000 if interval.median < SHORT else 1
    return isolated(f"{figure(factor * interval.low)}–{figure(factor * interval.high)}")


def figure(value: float) -> str:
    """Return a number with three digits that count."""
    decimals = 2 if value < 10 else 1 if value < 100 else 0
    return QLocale().toString(value, "f", decimals)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_tr("Case")),
        Column(_tr("Time"), _tr("Of one inference, example or photo: the median of all turns")),
        Column(_tr("From–to"), _tr("Where the true median lies, 95 times of 100")),
        Column(_tr("GB/s"), _tr("So fast weights are read from memory")),
        Column(_tr("GFLOP/s"), _tr("So fast matrices are multiplied")),
        Column(_tr("Limit"), _tr("The share of what this machine can do at most")),
    )


def _figures(row: CaseRow) -> FigureRow:
    tip = "\n".join(filter(None, (row.title, row.problem, row.advice)))
    kind: LabelKind = "danger" if row.problem else ""
    time = row.milliseconds
    if time is None:
        return FigureRow((row.short, row.problem), kind, tip)
    return FigureRow(
        (
            row.short,
            _of_one(milliseconds(time.median), row.unit),
            spread(time),
            _speed(row.reading),
            _speed(row.products),
            NOTHING if row.share is None else percent(row.share),
        ),
        kind,
        tip,
    )


def _of_one(time: str, unit: str) -> str:
    """Return ``"41.2 ms/photo"``; of an inference, the usual, only the time."""
    return time if unit == INFERENCE else isolated(_tr("{0}/{1}").format(time, unit))


def _speed(rate: Rate) -> str:
    return NOTHING if rate.speed is None else figure(rate.speed)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BenchmarkTable", text)
