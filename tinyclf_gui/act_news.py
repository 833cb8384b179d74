"""What the window says of acts: each is told with its undo, and what is taken back is shown."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QObject, Slot

from tinyclf.domain import Act, ActKind, PhotoId
from tinyclf_gui.act_words import act_in_words, remark_in_words
from tinyclf_gui.commands import (
    ExamplesAsBefore,
    PinExamples,
    UnpinExamples,
)
from tinyclf_gui.main_window import LABEL, REVIEW, MainWindow, Pages
from tinyclf_gui.models import filters
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.widgets.grade_words import number


class ActNews(QObject):
    """Tells of acts in the toast, names in the menu what would be taken back, shows what was."""

    def __init__(
        self, collection: OpenCollection, pages: Pages, window: MainWindow, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._collection, self._session = collection, collection.session
        self._pages, self._window = pages, window
        self._last: Act | None = None
        self._pins: PinExamples | UnpinExamples | None = None
        collection.acted.connect(self._show_act)
        collection.noted.connect(self._show_remark)
        collection.spared.connect(self._show_spared)
        collection.blinded.connect(self._say_less)
        window.toast.remarkUndoRequested.connect(self._take_back_pins)

    def offer(self) -> None:
        """Let the menu say what would be taken back, and done again."""
        session, menu = self._session, self._window.menu
        for key, act in (("undo", session.undoable), ("redo", session.redoable)):
            menu.action(key).setEnabled(act is not None)
            menu.tell(key, self._in_words(act) if act else "")

    @Slot(object)
    def _show_act(self, act: Act) -> None:
        self._last, self._pins = act, None
        undoable = self._session.undoable is not None
        is_undo = act.kind is ActKind.UNDO
        self._window.toast.show_act(self._in_words(act), undoable, one_more=is_undo)
        if self._answers_exam(act):
            self._window.toast.add(self.tr("counts for the exam"))
        self.offer()
        if act.kind in (ActKind.UNDO, ActKind.REDO):
            session = self._session
            meant = session.redoable if act.kind is ActKind.UNDO else session.undoable
            self._reveal(list(act.photo_ids), meant.kind if meant else None)
            browser = self._pages.browser(self._window.page)
            if browser is not None:  # the next digit is not for all that were on many
                browser.select_focus_alone()

    def _answers_exam(self, act: Act) -> bool:
        """Tell whether a person has just said what one photo of the exam is worth."""
        table = self._collection.table
        rows = table.rows(act.photo_ids[:2])
        if act.kind is not ActKind.GRADE or len(rows) != 1:
            return False
        return bool(filters.counts_for_exam(table)[rows[0]])

    @Slot(int)
    def _show_spared(self, photos: int) -> None:
        words = self.tr("{n} exam photos left out: grade them under “Exam”")
        if photos == 1:
            words = self.tr("1 exam photo left out: grade it under “Exam”")
        self._window.toast.add(words.format(n=number(photos)))

    @Slot()
    def _say_less(self) -> None:
        """Tell no grade of a photo that is shown blind now: what was said last may be one."""
        self.offer()
        act, toast = self._last, self._window.toast
        if act is not None and self._collection.is_shown_blind(act.photo_ids):
            undoable, is_undo = self._session.undoable is not None, act.kind is ActKind.UNDO
            toast.show_act(self._in_words(act), undoable, one_more=is_undo)
        pins = self._pins
        if pins is not None and self._collection.is_shown_blind(pins.photo_ids):
            toast.show_remark(remark_in_words(pins, told=False), can_undo=True)

    @Slot(object)
    def _show_remark(self, remark: object) -> None:
        pins = remark if isinstance(remark, PinExamples | UnpinExamples) else None
        blind = pins is not None and self._collection.is_shown_blind(pins.photo_ids)
        if words := remark_in_words(remark, told=not blind):
            self._last = None
            self._window.toast.show_remark(words, can_undo=pins is not None)
        self._pins = pins

    @Slot()
    def _take_back_pins(self) -> None:
        """Pinning is no act of the journal: the toast alone takes it back, as long as it tells."""
        if self._pins is not None:
            self._collection.note(ExamplesAsBefore(self._pins.before))

    def _reveal(self, photo_ids: list[PhotoId], meant: ActKind | None) -> None:
        """Show photos on the page in view, else on the Label page.

        Train has no grid, and on the walls only what has a grade, or a proposed one, hangs.

        Args:
            photo_ids: The photos.
            meant: Which act on them was taken back or done again; a blind look is shown blind.
        """
        on_walls = self._window.page == REVIEW and meant is not ActKind.LOOK_AGAIN
        if on_walls and self._pages.review.shown.reveal(photo_ids):
            return
        if self._window.page != LABEL:  # entering it anew, what was just done would leave it
            self._window.show_page(LABEL)
        self._pages.label.shown.reveal(photo_ids, meant)

    def _in_words(self, act: Act) -> str:
        table = self._collection.table
        rows = table.rows(act.photo_ids[:1])
        name = PurePath(table.names[rows[0]]).stem if len(rows) else ""
        blind = self._collection.is_shown_blind(act.photo_ids)
        return act_in_words(act, name, told=not blind)
