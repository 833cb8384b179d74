"""The reference ladder: what each grade looks like, the flawless first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from tinyclf.domain import GRADES, PhotoId
from tinyclf.session import Rung
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.grade_mark import GradeMark
from tinyclf_gui.widgets.photo_button import PhotoButton
from tinyclf_gui.widgets.photo_shelf import PhotoShelf
from tinyclf_gui.widgets.styled import label


class ReferenceLadder(PhotoShelf):
    """Five rungs: the mark of a grade and its examples; those the program chose are dashed."""

    def __init__(
        self,
        pool: ThumbnailPool,
        name_of: Callable[[PhotoId], str],
        keys: KeyBindings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(pool, parent)
        self._keys = keys
        keys.changed.connect(self._show_note)
        self.setObjectName("referenceLadder")
        self.setAccessibleName(self.tr("Examples of each grade"))
        self._name_of = name_of
        self._rungs: tuple[Rung, ...] = ()
        self._shelves: dict[int, QHBoxLayout] = {}
        self._none = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, grade in enumerate(reversed(GRADES)):
            grid.addWidget(GradeMark(int(grade)), row, 0, Qt.AlignmentFlag.AlignVCenter)
            shelf = QHBoxLayout()
            shelf.setSpacing(4)
            none = label(self.tr("no example yet"), "muted")
            none.hide()
            shelf.addWidget(none)
            shelf.addStretch(1)
            grid.addLayout(shelf, row, 1)
            self._shelves[int(grade)], self._none[int(grade)] = shelf, none
        self._note = label("", "muted", wrap=True)
        self._note.setObjectName("ladderNote")
        grid.addWidget(self._note, len(GRADES), 0, 1, 2)
        self._show_note()

    def show_ladder(self, rungs: Sequence[Rung]) -> None:
        """Show these rungs."""
        if tuple(rungs) == self._rungs:
            return
        self._rungs = tuple(rungs)
        self.set_rows([self._made(rung) for rung in rungs])
        self._show_note()

    def _made(self, rung: Rung) -> list[PhotoButton]:
        grade, shelf = int(rung.grade), self._shelves[int(rung.grade)]
        self._none[grade].setVisible(not rung.photo_ids)
        buttons = []
        for number, photo_id in enumerate(rung.photo_ids):
            is_pinned = number < len(rung.pinned)
            told = self.tr("example of grade {grade}: {name}")
            if not is_pinned:
                told = self.tr("example of grade {grade}, chosen by the program: {name}")
            button = PhotoButton(
                photo_id,
                self._pool,
                f"exampleOf{grade}No{number + 1}",
                told.format(grade=grade, name=self._name_of(photo_id)),
                self,
                dashed=not is_pinned,
            )
            shelf.insertWidget(number, button)
            button.show()
            buttons.append(button)
        return buttons

    def _show_note(self) -> None:
        """Teach what can be done here, as long as any example is the program's choice."""
        some = any(rung.photo_ids for rung in self._rungs)
        words = self.tr("Looking for examples…")
        if self._rungs:
            words = self.tr("Grade some photos: examples of each grade stand here.")
        if some:
            key = self._keys.words("pin")
            words = self.tr("Dashed: the program's choice.")
            if key:
                words = self.tr("Dashed: the program's choice ({0} pins).").format(key)
        self._note.setText(words)
        chosen = any(rung.typical or not rung.pinned for rung in self._rungs)
        self._note.setVisible(not some or chosen)
