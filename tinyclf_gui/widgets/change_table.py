"""Two reports held against each other: ratios with intervals, and words for them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf.benchmark.compare import Change, Comparison, Row
from tinyclf.benchmark.labels import labels
from tinyclf_gui.models.benchmark_rows import milliseconds_of, shortened
from tinyclf_gui.widgets.benchmark_table import milliseconds
from tinyclf_gui.widgets.figure_table import FigureRow, FigureTable
from tinyclf_gui.widgets.styled import LabelKind, label
from tinyclf_gui.widgets.tables import Column

REAL = (Change.SLOWER, Change.FASTER)


class ChangeTable(QWidget):
    """A row for each case of both; below, what must be known to judge them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkComparison")
        self._title = label("", "section", wrap=True)
        self.table = FigureTable(
            (
                Column(self.tr("Case")),
                Column(self.tr("Before"), self.tr("The older report")),
                Column(self.tr("After"), self.tr("The newer report")),
                Column(
                    self.tr("Change"),
                    self.tr("The ratio of the medians, and from where to where it may be"),
                ),
            ),
            spare=(1, 2),
        )
        self.table.setObjectName("changeTable")
        self.table.setAccessibleName(self.tr("Compared"))
        self._notes = label("", "muted", wrap=True)
        self._notes.setObjectName("changeNotes")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self.table)
        column.addWidget(self._notes)
        column.addStretch(1)

    def show_comparison(self, title: str, comparison: Comparison) -> None:
        """Show what became of the cases."""
        self._title.setText(title)
        titles = labels([row.case for row in comparison.rows])
        figures = map(_figures, comparison.rows, titles, shortened(titles))
        self.table.set_figures(list(figures))
        self.table.setVisible(bool(comparison.rows))
        self._notes.setText("\n".join(self._sentences(comparison)))

    def _sentences(self, comparison: Comparison) -> list[str]:
        sentences = []
        if not comparison.rows:
            sentences.append(self.tr("The two reports have no case in common."))
        if comparison.machine:
            facts = ", ".join(name.replace("_", " ") for name, _, _ in comparison.machine)
            sentences.append(self.tr("Not on the same machine; it differs in: {0}.").format(facts))
        changed = [row for row in comparison.limits if row.change in REAL]
        words = self.tr("The machine itself changed: {0} is {1}.")
        sentences += [
            words.format(title, row.words())
            for title, row in zip(labels([row.case for row in changed]), changed, strict=True)
        ]
        different = [row for row in comparison.rows if not row.same_result]
        if different:
            sentences.append(
                self.tr("{n} cases gave other numbers than before.").format(n=len(different))
            )
        alone = len(comparison.only_before), len(comparison.only_after)
        if any(alone):
            words = self.tr("Only in the older report: {0} cases; only in the newer: {1}.")
            sentences.append(words.format(*alone))
        for failed in (comparison.failed_before, comparison.failed_after):
            titles = labels([one.case for one in failed])
            sentences += [
                self.tr("Failed: {0}. {1}").format(title, one.failed)
                for title, one in zip(titles, failed, strict=True)
            ]
        return sentences


def _figures(row: Row, title: str, short: str) -> FigureRow:
    before, after = milliseconds_of(row.before), milliseconds_of(row.after)
    kind: LabelKind = "strong" if row.change in REAL else ""
    texts = (short, milliseconds(before.median), milliseconds(after.median), row.words())
    return FigureRow(texts, kind, tip="\n".join((title, *texts[1:])))
