"""How alike a person grades, from photos graded again blind."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from tinyclf.trust.consistency import FEWEST_LOOKS, Consistency
from tinyclf_gui.widgets.grade_words import number, percent


class AgreementLine(QLabel):
    """Says "you agree with yourself 91 %"; hidden before anything was graded again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agreementLine")
        self.setProperty("kind", "muted")
        self.setWordWrap(True)
        self.hide()

    def show_agreement(self, consistency: Consistency | None) -> None:
        """Show it, or nothing."""
        self.setVisible(consistency is not None)
        if consistency is None:
            return
        if consistency.is_too_little:
            text = self.tr("You agree with yourself {0} ({1} graded again: too few to tell).")
            so = self.tr("From {0} photos on it tells something.").format(number(FEWEST_LOOKS))
        else:
            text = self.tr("You agree with yourself {0} ({1} graded again).")
            so = self.tr("No classifier can be right more often than you agree with yourself.")
        self.setText(text.format(percent(consistency.exact.value), number(consistency.photos)))
        self.setToolTip(
            self.tr("The same grade twice: {0} to {1} % (95 %); within one grade: {2}. {3}").format(
                round(100 * consistency.exact.low),
                round(100 * consistency.exact.high),
                percent(consistency.within_one.value),
                so,
            )
        )
