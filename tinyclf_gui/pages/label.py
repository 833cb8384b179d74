"""The Label page: grade a starter set on the photo grid."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from tinyclf.domain import GRADES, Grade, PhotoId, Verdict
from tinyclf.session import Status
from tinyclf.trust.advice import starters
from tinyclf_gui.commands import (
    AcceptProposals,
    GradePhotos,
    KeepGrades,
    LookAgain,
    SetAsideForExam,
)
from tinyclf_gui.jobs.photo_loader import PhotoLoader
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.models import filters
from tinyclf_gui.models.label_lists import AGAIN, DOUBTFUL, EXAM, SUGGESTED, UNLIKE, LabelLists
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.photo_list import PhotoListModel
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.widgets.agreement_line import AgreementLine
from tinyclf_gui.widgets.exam_panel import ExamPanel
from tinyclf_gui.widgets.filter_chips import Chip, FilterChips
from tinyclf_gui.widgets.next_step import step_in_words, train_in_words
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.photo_inspector import PhotoInspector
from tinyclf_gui.widgets.side_panel import SidePanel
from tinyclf_gui.widgets.starter_meters import StarterMeters
from tinyclf_gui.widgets.styled import frame, label, push_button

PREVIEW_HEIGHT = 300


class LabelPage(QWidget):
    """Grid at the left; photo, grade buttons, starter meters and the next step at the right.

    Signals:
        trainWanted(): Train now, and show how it goes.
        autoAdvanceChanged(bool): The toggle was set.
    """

    trainWanted = Signal()
    autoAdvanceChanged = Signal(bool)

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        pool: ThumbnailPool,
        loader: PhotoLoader,
        tile_pixels: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("labelPage")
        self._collection = collection
        self._workbench = workbench
        self._lists = LabelLists(collection)
        self._model = PhotoListModel(collection.table, self, in_bulk=collection.is_in_bulk)
        self.browser = PhotoBrowser(self._model, pool, loader, tile_pixels)
        self._inspector = PhotoInspector(
            self.browser, collection.table, pool, loader, PREVIEW_HEIGHT
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._make_main(), 1)
        layout.addWidget(self._make_side())
        self._listen()
        self._show_status(collection.status)
        self.show_rows()

    def show_rows(self) -> None:
        """Show what the chips say, anew: photos that no longer match leave."""
        self._lists.refresh()
        table, checked = self._collection.table, self._chips.checked
        matches = self._lists.matches(checked)
        self.browser.show_rows(
            self._lists.order(checked)(table, np.flatnonzero(matches(table))),
            matches,
            self.tr("No photo matches these chips.")
            if len(table)
            else self.tr("Photos appear here as they are read."),
            self._lists.telling(checked),
        )
        self._inspector.refresh()
        self._chips.set_chips(self._make_chips(self._collection.status))

    def show_mistakes(self, truth: Grade, proposed: Grade) -> None:
        """Show the photos of one cell of the confusion matrix."""
        matches = filters.mistaken(truth, proposed)
        table = self._collection.table
        self._chips.set_checked(frozenset())
        self._model.set_rows(np.flatnonzero(matches(table)), matches)

    def show_unlike(self) -> None:
        """Show the new photos that look unlike those learnt from, else the newest."""
        status, table = self._collection.status, self._collection.table
        newest = table.ids[::-1][: status.novelty.photos if status.novelty else 0]
        self._lists.unlike = list(self._workbench.strangest or newest)
        self._chips.set_chips(self._make_chips(status))
        self._chips.set_checked(frozenset({UNLIKE}))
        self.show_rows()
        self.browser.begin()

    def reveal(self, photo_ids: list[PhotoId]) -> None:
        """Scroll to photos, showing all if need be."""
        if not self.browser.reveal(photo_ids):
            self._chips.set_checked(frozenset())
            self.show_rows()
            self.browser.reveal(photo_ids)

    def _make_main(self) -> QVBoxLayout:
        self._chips = FilterChips(self.tr("Show"))
        self._advance = QCheckBox(self.tr("Auto-advance"))
        self._advance.setObjectName("autoAdvanceToggle")
        self._advance.setToolTip(self.tr("After a grade, go on to the next photo"))
        above = frame("bar")
        bar = QHBoxLayout(above)
        bar.setContentsMargins(16, 8, 16, 8)
        bar.addWidget(self._chips, 1)
        bar.addWidget(self._advance)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(above)
        main.addWidget(self.browser, 1)
        return main

    def _make_side(self) -> QWidget:
        side = SidePanel()
        self._starters = label(self.tr("Starter set"), "section")
        self._meters = StarterMeters()
        self._advice = label("", "muted", wrap=True)
        self._exam = ExamPanel()
        self._agreement = AgreementLine()
        self._train = push_button(self.tr("Train"), "trainButton", "primary")
        side.body.addWidget(self._inspector)
        side.body.addSpacing(8)
        side.body.addWidget(self._starters)
        side.body.addWidget(self._meters)
        side.body.addWidget(self._advice)
        side.body.addWidget(self._exam)
        side.body.addWidget(self._agreement)
        side.body.addStretch(1)
        side.foot.addWidget(self._train)
        return side

    def _listen(self) -> None:
        self._chips.changed.connect(self._choose)
        self._advance.toggled.connect(self._set_advance)
        self._train.clicked.connect(self.trainWanted)
        self._exam.wanted.connect(self._set_aside)
        self.browser.verdictGiven.connect(self._give)
        self.browser.proposalsAccepted.connect(self._accept)
        self._inspector.photosDropped.connect(self._give)
        self._collection.changed.connect(self._show_changes)
        self._collection.grown.connect(self._show_grown)
        self._collection.counted.connect(self._show_status)
        self._workbench.suggested.connect(self._take_suggestions)
        self._workbench.busyChanged.connect(self._show_busy)

    def _choose(self, checked: frozenset[str]) -> None:
        """Show what the chips say; a list of its own is begun with its first photo."""
        self.show_rows()
        if checked & {EXAM, AGAIN, DOUBTFUL, UNLIKE}:
            self.browser.begin()

    def set_auto_advance(self, on: bool) -> None:
        """Set the toggle."""
        self._advance.setChecked(on)

    def _set_advance(self, on: bool) -> None:
        self.browser.grid.auto_advance = on
        self.autoAdvanceChanged.emit(on)

    def _give(self, photo_ids: list[PhotoId], verdict: Verdict, advance: bool = False) -> None:
        if AGAIN in self._chips.checked:
            self._look_again(photo_ids, verdict)
        elif self._collection.do(GradePhotos(photo_ids, verdict)) and advance:
            self.browser.go_on()

    def _accept(self, photo_ids: list[PhotoId]) -> None:
        if DOUBTFUL in self._chips.checked:
            self._keep(photo_ids)
        elif AGAIN not in self._chips.checked and self._collection.do(AcceptProposals(photo_ids)):
            self.browser.go_on()

    def _look_again(self, photo_ids: list[PhotoId], verdict: Verdict) -> None:
        """Write down the second opinion; to clear it would be none."""
        new = [one for one in photo_ids if one not in self._lists.looked]
        if verdict is not None and new:
            self._lists.looked.update(new)
            if self._collection.note(LookAgain(new, verdict)):
                self.browser.go_on()

    def _keep(self, photo_ids: list[PhotoId]) -> None:
        self._lists.kept.update(photo_ids)
        if self._collection.note(KeepGrades(photo_ids)):
            self.browser.go_on()

    def _set_aside(self) -> None:
        if self._collection.note(SetAsideForExam()):
            self._lists.refresh()
            self._chips.set_chips(self._make_chips(self._collection.status))
            self._chips.set_checked(frozenset({EXAM}))
            self.show_rows()
            self.browser.begin()

    def _show_changes(self, rows: object) -> None:
        self._model.rows_changed(np.asarray(rows))
        self._inspector.refresh()

    def _show_grown(self) -> None:
        """Photos that have just joined are shown last: nothing else moves under the hands."""
        checked = self._chips.checked
        matches = self._lists.matches(checked)
        wanted = matches(self._collection.table)
        wanted[self._model.rows] = False
        rows = np.concatenate([self._model.rows, np.flatnonzero(wanted)])
        self._model.set_rows(rows, matches, self._lists.telling(checked))
        self._inspector.refresh()

    def _show_status(self, status: Status) -> None:
        graded = dict(zip(GRADES, status.graded, strict=True))
        self._meters.set_goal(starters(status.photos))
        self._meters.set_counts(graded)
        for part in (self._starters, self._meters):  # what is behind one takes no room
            part.setVisible(status.quality is None or bool(self._meters.missing))
        self._inspector.grade_bar.set_counts(graded)
        self._advice.setText(step_in_words(status.advice))
        self._exam.show_exam(status.exam)
        self._agreement.show_agreement(status.consistency)
        self._train.setText(train_in_words(sum(status.learnable)))
        self._chips.set_chips(self._make_chips(status))
        self._show_busy(self._workbench.busy)

    def _show_busy(self, busy: bool) -> None:
        status = self._collection.status
        self._train.setEnabled(status.can_train and not busy)

    def _make_chips(self, status: Status) -> list[Chip]:
        waiting = int(np.count_nonzero(self._collection.table.ungraded))
        chips = [
            Chip("notGraded", self.tr("Not graded"), waiting),
            Chip("graded", self.tr("Graded"), status.human),
        ]
        if self._lists.suggested:
            chips.insert(0, Chip(SUGGESTED, self.tr("Suggested"), self._lists.count(SUGGESTED)))
        chips += self._make_checks(status)
        if status.unsure:
            chips.append(Chip("unsure", self.tr("Unsure"), status.unsure))
        if status.not_gradable:
            chips.append(Chip("notGradable", self.tr("Not gradable"), status.not_gradable))
        return chips

    def _make_checks(self, status: Status) -> list[Chip]:
        """Return the chips of photos that are looked at to learn how good the grades are."""
        exam, down, chips = status.exam, self._chips.checked, []
        if self._lists.unlike:
            chips.append(
                Chip(
                    UNLIKE,
                    self.tr("New kinds"),
                    self._lists.count(UNLIKE),
                    self.tr("New photos that look unlike those learnt from"),
                    alone=True,
                )
            )
        if exam.reserved:
            chips.append(
                Chip(
                    EXAM,
                    self.tr("Exam {n} of {all}").format(n=exam.answered, all=exam.wanted),
                    tip=self.tr(
                        "Random photos, graded without seeing a proposal and never learnt from: "
                        "they tell how good the proposals are"
                    ),
                    alone=True,
                )
            )
        if self._lists.again or AGAIN in down:
            chips.append(
                Chip(
                    AGAIN,
                    self.tr("Show again"),
                    self._lists.count(AGAIN),
                    self.tr(
                        "Photos you graded a while ago, without your grade: how alike do you "
                        "grade? What you say changes no grade"
                    ),
                    alone=True,
                )
            )
        if self._lists.doubts or DOUBTFUL in down:
            chips.append(
                Chip(
                    DOUBTFUL,
                    self.tr("Doubtful grades"),
                    self._lists.count(DOUBTFUL),
                    self.tr(
                        "Grades of yours that look like slips, the worst first: Enter keeps a "
                        "grade, a digit changes it"
                    ),
                    alone=True,
                )
            )
        return chips

    def _take_suggestions(self, photo_ids: list[PhotoId]) -> None:
        first = not self._lists.suggested and not self._chips.checked
        self._lists.suggested = photo_ids
        self._show_status(self._collection.status)
        if first and not self._collection.status.human:
            self._chips.set_checked(frozenset({SUGGESTED}))
            self.show_rows()
