"""A line above the photos: some are not where they were, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from tinyclf.project.relinking import Missing
from tinyclf_gui.models.plain_tip import plain_tip
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.icon_button import IconButton
from tinyclf_gui.widgets.styled import label, push_button


class MissingBanner(QFrame):
    """Says how many photos are not where they were, and where that was; it may be put away.

    Signals:
        findWanted(): Look for them in another folder.
        retryWanted(): Look again: the drive is back.
    """

    findWanted = Signal()
    retryWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("missingBanner")
        self.setProperty("kind", "bar")
        self._words = label("", wrap=True)
        self._words.setObjectName("missingWords")
        find = push_button(self.tr("Find them…"), "findMovedButton", "pill")
        find.setToolTip(self.tr("Name the folder where they are now: they keep their grades"))
        retry = push_button(self.tr("Try again"), "tryAgainButton", "pill")
        retry.setToolTip(self.tr("The drive is there again"))
        close = IconButton("close", self.tr("Put this away for now"), "closeMissingButton")
        find.clicked.connect(self.findWanted)
        retry.clicked.connect(self.retryWanted)
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addSpacing(8)
        for button in (find, retry, close):
            row.addWidget(button)
        self.hide()

    def show_missing(self, missing: Missing) -> None:
        """Show what is missing, or nothing where all is in place."""
        self.setVisible(bool(missing.photo_ids))
        if not missing.photo_ids:
            return
        self._words.setText(self._what(missing))
        self._words.setToolTip(plain_tip("\n".join(map(str, missing.places[:20]))))
        self.setAccessibleName(self._words.text())

    def _what(self, missing: Missing) -> str:
        """Say how many are missing, and where they were, or that other pictures have their names.

        What was edited lies nowhere any more, so it is said how it is put aside.
        """
        count, replaced = len(missing.photo_ids), len(missing.replaced)
        if count == replaced == 1:
            return self.tr(
                "1 photo is not where it was: another picture has its name. Mark it not gradable "
                "if it was edited."
            )
        if count == replaced:
            return self.tr(
                "{n} photos are not where they were: other pictures have their names. Mark those "
                "not gradable that were edited."
            ).format(n=number(count))
        words = f"{self._how_many(count)} {self._where(missing)}"
        if replaced:
            others = self.tr("Other pictures have the names of {n} of them.")
            words += " " + others.format(n=number(replaced))
        return words

    def _where(self, missing: Missing) -> str:
        others = len(missing.places) - 1
        if missing.is_gone:
            words = self.tr("{place} is not there.")
            if others:
                words = self.tr("{place} is not there, nor are {n} more folders.")
        else:
            words = self.tr("They were in {place}.")
            if others:
                words = self.tr("They were in {place}, and in {n} more folders.")
        return words.format(place=missing.places[0], n=number(others))

    def _how_many(self, count: int) -> str:
        if count == 1:
            return self.tr("1 photo is not where it was.")
        return self.tr("{n} photos are not where they were.").format(n=number(count))
