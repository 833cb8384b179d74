"""What trainings show: curves while one learns, where it errs, configurations compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tinyclf.domain import JudgedOn, Quality
from tinyclf.project import StoredModel
from tinyclf.training.comparison import ComparisonRow
from tinyclf.training.config import TrainingConfig
from tinyclf.training.curves import EpochReport
from tinyclf_gui.widgets import comparison_table
from tinyclf_gui.widgets.chart_points import chart_point_of
from tinyclf_gui.widgets.comparison_table import ComparisonTable, WholeRows
from tinyclf_gui.widgets.comparison_words import compared, conclusion
from tinyclf_gui.widgets.confusion_matrix import ConfusionMatrix
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.loss_chart import LossChart
from tinyclf_gui.widgets.quality_words import errors_in_words
from tinyclf_gui.widgets.segmented_control import SegmentedControl
from tinyclf_gui.widgets.styled import Card, label
from tinyclf_gui.widgets.training_words import (
    begun_in_words,
    curves_at_length,
    curves_in_words,
    training_in_words,
)

MATRIX_WIDTH, MATRIX_HEIGHT = 250, 132
"""Less, and its numbers lie upon each other."""
WORDS_FIT = 520
"""From this height on there is room for the words below the matrix."""


class TrainingCharts(QWidget):
    """Three cards: curves, confusion matrix, comparison.

    Signals:
        cellClicked(object, object): The photos of this truth and proposal are wanted (``Grade`` s).
        rowChosen(str): This configuration of the comparison was chosen.
    """

    cellClicked = Signal(object, object)
    rowChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._length = 0
        self._begun: datetime | None = None
        self._drawn: StoredModel | None = None
        self._latest: StoredModel | None = None
        self._judged_on: JudgedOn | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self._make_curves(), 5)
        above.addWidget(self._make_matrix(), 3)
        layout.addLayout(above, 3)
        layout.addWidget(self._make_comparison(), 2)

    def begin_curves(self, config: TrainingConfig) -> None:
        """Draw the curves of a training that begins."""
        self._length = 0
        self._begun, self._drawn = datetime.now(UTC), None
        self._chart.begin(config.epochs, config.folds)
        self._tell_basis()

    def draw(self, report: EpochReport) -> None:
        """Draw how far it has come."""
        self._length = self._length or report.epochs
        self._chart.add(chart_point_of(report, self._length))

    def end_curves(self, trained: StoredModel | None) -> None:
        """The training is over whose curves were drawn, and what came of it."""
        self._drawn = trained
        self._tell_basis()

    def show_quality(self, quality: Quality, trained: StoredModel | None) -> None:
        """Show where it errs.

        Args:
            quality: How good the latest classifier is.
            trained: The classifier.
        """
        words = errors_in_words(quality)
        self._judged_on, self._latest = quality.judged_on, trained
        self._tell_basis()
        told = "" if trained is None else training_in_words(trained)
        self._matrix_of.setText(told)
        self._matrix.set_confusion(quality.confusion)
        self._errors.setText(words)
        self._matrix.setToolTip("\n".join(filter(None, (self._click, words, told))))
        self._fit()

    def begin_comparison(self, titles: Mapping[str, str]) -> None:
        """Show what is being compared.

        Args:
            titles: Of the configurations, by their keys.
        """
        self._rows.show()
        self._table_words.hide()
        self._table.set_rows(
            [comparison_table.ComparisonRow(key, title) for key, title in titles.items()]
        )
        self._fit()

    def show_comparison(
        self,
        rows: Sequence[ComparisonRow],
        title: Callable[[str], str],
        what: Callable[[str], str],
    ) -> None:
        """Show what came of it.

        Args:
            rows: One for each configuration.
            title: A configuration's key → its title.
            what: Its key → what it is, in a sentence.
        """
        self._table_words.setText(conclusion(rows, title))
        self._table_words.show()
        self._table.set_rows(compared(rows, title, what))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many words as there is room for."""
        super().resizeEvent(event)
        self._fit()
        QTimer.singleShot(0, self, self._make_room)  # they have their width by then

    def _fit(self) -> None:
        """In a low window leave the words beside curves and matrix to hovering.

        Those that say of which training they are go only where a comparison wants room as well.
        """
        low = self.height() < WORDS_FIT
        for words in (self._errors, self._basis):
            words.setVisible(not low)
        self._axes.setVisible(low)
        for line in (self._curves_of, self._matrix_of):
            line.setVisible(bool(line.text()) and (not low or self._rows.isHidden()))
        self._make_room()

    def _make_room(self) -> None:
        """Give the words below the matrix the lines they take; in rows of cards Qt does not."""
        for words in (self._errors, self._basis):
            words.setMinimumHeight(max(0, words.heightForWidth(words.width())))

    def _make_curves(self) -> QWidget:
        card = Card(self.tr("Right on photos it has not seen"))
        self._chart = LossChart()
        measure = SegmentedControl(
            [("right", self.tr("Right")), ("loss", self.tr("Loss"))], self.tr("Measure")
        )
        measure.setObjectName("measureControl")
        measure.explain("right", self.tr("The share graded as you did"))
        measure.explain(
            "loss",
            self.tr(
                "What training lowers: how improbable it holds the grades you gave; less is better"
            ),
        )
        measure.chosen.connect(self._chart.set_measure)
        self._curves_of = _line_of_training("curvesTraining")
        card.body.addWidget(self._curves_of)
        card.body.addWidget(measure, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self._chart, 1)
        self._basis = label("", "muted", wrap=True)
        self._basis.setObjectName("curvesBasis")
        card.body.addWidget(self._basis)
        return card

    def _tell_basis(self) -> None:
        """Say of which training the curves are, and what each figure is judged on."""
        if self._begun is None:
            return
        told = begun_in_words(self._begun)
        if self._drawn is not None and self._latest is not None:
            told = curves_in_words(self._drawn, self._latest)
        words = curves_at_length(self._drawn, self._latest, self._judged_on)
        self._curves_of.setText(told)
        self._basis.setText(words)
        at_length = self.tr(
            "Several networks are trained, each without a part of your grades, and judged on that "
            "part: the curves are their mean.\nA training while you work or pause draws none."
        )
        self._chart.setToolTip(f"{told}\n{at_length}\n{words}")
        self._fit()

    def _make_matrix(self) -> QWidget:
        card = Card(self.tr("Where it errs"))
        card.setMinimumWidth(MATRIX_WIDTH)
        self._matrix_of = _line_of_training("matrixTraining")
        card.body.addWidget(self._matrix_of)
        self._matrix = ConfusionMatrix()
        self._matrix.setMinimumHeight(MATRIX_HEIGHT)
        self._click = self.tr("Click a number for its photos")
        self._matrix.setToolTip(self._click)
        self._matrix.cellClicked.connect(self.cellClicked)
        self._errors = label(
            self.tr("Train once to see which grades it mixes up."), "muted", wrap=True
        )
        self._axes = ElidedLabel(self.tr("Rows: yours; columns: proposed"), "muted")
        self._axes.setObjectName("matrixAxes")
        self._axes.hide()
        card.body.addWidget(self._matrix, 1)
        card.body.addWidget(self._axes)
        card.body.addWidget(self._errors)
        return card

    def _make_comparison(self) -> QWidget:
        card = Card(self.tr("Compared on the same photos"))
        self._table = ComparisonTable()
        self._table.rowChosen.connect(self.rowChosen)
        self._rows = WholeRows(self._table)
        self._table_words = label(
            self.tr("Compare the configurations to see which one suits your photos."),
            "muted",
            wrap=True,
        )
        card.body.addWidget(self._table_words)
        card.body.addWidget(self._rows)
        card.body.addStretch(1)
        self._rows.hide()
        return card


def _line_of_training(name: str) -> ElidedLabel:
    """Return a line for of which training a card is; hidden until there is one."""
    line = ElidedLabel(kind="muted")
    line.setObjectName(name)
    line.hide()
    return line
