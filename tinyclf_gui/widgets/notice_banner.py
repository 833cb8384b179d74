"""A quiet line above the photos: what was noticed, and the button for what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from tinyclf.project import StoredNovelty
from tinyclf_gui.widgets.grade_words import number, percent
from tinyclf_gui.widgets.styled import label, push_button


class NoticeBanner(QFrame):
    """Says that new photos look unlike those learnt from.

    Signals:
        wanted(): Show those photos.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBanner")
        self.setProperty("kind", "bar")
        self._words = label("", wrap=True)
        self._words.setObjectName("noticeWords")
        button = push_button(self.tr("Grade some of them"), "gradeNewButton", "pill")
        button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(16)
        row.addWidget(self._words, 1)
        row.addWidget(button)

    def show_novelty(self, novelty: StoredNovelty | None) -> None:
        """Show the notice, or nothing where there is nothing to warn of."""
        self.setVisible(novelty is not None and novelty.is_unlike)
        if novelty is None:
            return
        words = self.tr(
            "{share} of the {n} new photos look unlike those it learnt from: their proposals "
            "are less sure than they seem."
        )
        if novelty.share >= 1:
            words = self.tr(
                "All {n} new photos look unlike those it learnt from: their proposals are less "
                "sure than they seem."
            )
        self._words.setText(words.format(share=percent(novelty.share), n=number(novelty.photos)))
        self._words.setToolTip(
            self.tr("Of photos of the same kind {0} would be usual.").format(percent(novelty.usual))
        )
        self.setAccessibleName(self._words.text())
