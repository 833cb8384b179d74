"""An evening with the program: every state of the window, one after another, and its pictures."""

from __future__ import annotations

from pathlib import Path

from photographed_stage import PhotographedStage
from PySide6.QtWidgets import QAbstractButton, QWidget
from spoilt_stamps import STAMPS, draw_spoilt_stamps
from stage import REPORT, child

from tinyclf.benchmark.report import read_report
from tinyclf.domain import Grade, Progress
from tinyclf.session import Session
from tinyclf_gui import theme
from tinyclf_gui.commands import AcceptRest
from tinyclf_gui.dialogs.benchmark_page import BenchmarkPage
from tinyclf_gui.dialogs.settings import SettingsDialog
from tinyclf_gui.main_window import LABEL, REVIEW, TRAIN
from tinyclf_gui.models.benchmark_bench import BenchmarkBench, Measured
from tinyclf_gui.models.label_lists import DISAGREE, DUPLICATES

SLIPS = 17
"""Every so many-th grade is a slip."""


class Evening(PhotographedStage):
    """Goes from state to state and takes their pictures."""

    def go(self) -> None:
        """Take all pictures, in the order of an evening."""
        self.take("welcome")
        self.focus("welcome-focus", "sampleButton", "openFolderButton")
        draw_spoilt_stamps(self.photos)
        self.first_hour()
        self.label()
        self.train()
        self.review()
        self.label_trained()
        self.large()
        self.footer()
        self.dialogs()
        self.missing()
        self.window.close()

    # The stops

    def first_hour(self) -> None:
        """Nothing yet; importing; the first thumbnails; suggestions."""
        empty = self.home / "Nothing here"
        empty.mkdir()
        self.desk.take_folder(empty)
        self.take("welcome-refused")
        self.desk.open_collection(make_empty(self.home / "New.tinyclf"))
        self.take("label-empty")
        self.desk.close()
        self.desk.take_folder(self.photos)
        self.until(lambda: len(self.workspace.collection.table) > 0)
        self.take("label-importing")
        self.wait()
        self.take("label-suggested")

    def label(self) -> None:
        """Graded photos and what is found among them."""
        self.grade(self.suggested())
        table = self.workspace.collection.table
        free = [i for row, i in enumerate(table.ids) if not table.codes[row]]
        self.grade(free[: STAMPS // 3], slips=SLIPS)
        self.ask("show-all")
        self.browser.grid.show_photo(table.ids[9])
        self.browser.pin()
        self.take("label-graded")
        self.browser.grid.show_photo(free[-1])
        self.take("label-not-graded-in-focus")
        self.select(7)
        self.take("label-selection")
        theme.apply(self.app, theme.DARK)
        self.browser.grid.scrollToBottom()
        self.snap("label-thumbnails-loading")
        self.press("gradedChip")
        self.take("label-filtered")
        self.search("stamp 01", "label-search")
        self.search("no such name", "label-without-match")
        self.ask("show-all")
        self.browser.grid.show_photo(table.ids[30])
        self.focus("label-focus-chip", "notGradedChip")
        self.focus("label-focus-search", "searchField")
        self.focus("label-focus-order", "orderButton")
        self.focus("label-focus-advance", "autoAdvanceToggle")
        self.focus("label-focus-grade", "gradeBar")
        self.focus("label-focus-train", "trainButton")
        self.focus("label-focus-page", "pageControl")
        self.ask("bad")
        self.take("label-bad")
        self.ask("show-all")
        self.tick(DUPLICATES)
        self.take("label-near-duplicates")
        self.ask("show-all")
        self.browser.grid.show_photo(table.ids[0])
        self.browser.grid.select_duplicates()
        self.take("label-duplicates-selected")

    def train(self) -> None:
        """Nothing trained yet, at work, trained, compared."""
        self.window.show_page(TRAIN)
        self.take("train-idle")
        self.focus("train-focus-preset", "presetList")
        self.workspace.pages.train.train()
        theme.apply(self.app, theme.DARK)
        self.rest(1.5)
        self.snap("train-running")
        self.wait()
        self.take("train-trained")
        self.focus("train-focus-cell", "confusionCell11")
        self.press("compareButton")
        self.wait()
        self.take("train-compared")
        self.press("thoroughPreset")
        self.workspace.pages.train.train()  # what it looks at can be shown of this one
        self.wait()

    def review(self) -> None:
        """The walls."""
        wall = self.show_fullest_wall()
        self.take("review-to-check")
        self.focus("review-focus-tab", f"wallTab{int(wall)}")
        self.focus("review-focus-accept", "acceptRestButton")
        self.browser.setFocus()
        self.answer(6, wall)
        self.take("review-toast")
        self.workspace.pages.review.say_learnt("12 corrections learnt: 31 proposals changed")
        self.take("review-learnt")
        self.press("referencesFold")
        self.take("review-examples")
        self.press("referencesFold")
        self.press("allChip")
        self.take("review-whole-wall")
        self.press("toCheckChip")
        self.ask("audit")
        self.take("review-audit")
        self.answer(400, wall, checking=True)
        self.take("review-certificate")
        table = self.workspace.collection.table
        rest = [i for row, i in enumerate(table.ids) if table.current[row] == wall]
        self.workspace.collection.do(AcceptRest(rest))
        self.rest()
        self.take("review-accepted")
        self.press("unseenChip")
        self.take("review-accepted-unseen")
        self.press("toCheckChip")
        self.take("review-empty-wall")

    def label_trained(self) -> None:
        """What a training tells of the grades given, and the photos graded blind."""
        for key in ("doubtful", "again"):
            self.ask(key)
            self.take(f"label-{key}")
        self.ask("show-all")
        self.tick(DISAGREE)
        self.take("label-disagreements")
        self.workspace.pages.label.shown.show_mistakes(Grade(4), Grade(5))
        self.take("label-cell")
        self.ask("exam")
        self.take("label-exam")
        self.ask("show-all")

    def large(self) -> None:
        """Loupe and comparison."""
        self.window.show_page(LABEL)
        self.ask("show-all")
        table = self.workspace.collection.table
        proposed = next(i for row, i in enumerate(table.ids) if not table.codes[row])
        self.browser.grid.show_photo(proposed)
        self.browser.open_loupe()
        self.take("loupe-fit")
        self.browser.loupe.view.toggle_zoom()
        self.take("loupe-full-size")
        self.browser.loupe.view.toggle_zoom()
        self.browser.loupe.beside.set_wished(True)
        self.take("loupe-examples")
        self.browser.loupe.beside.set_wished(False)
        self.browser.loupe.attention.toggle()
        self.rest(3.0)
        self.take("loupe-where-it-looks")
        self.browser.loupe.attention.toggle()
        self.browser.close_loupe()
        for count in (2, 3, 4):
            self.select(count)
            self.browser.open_compare()
            self.take(f"compare-{count}")
            self.browser.close_loupe()
        self.browser.grid.clearSelection()

    def footer(self) -> None:
        """Two jobs and the last act; an error."""
        self.grade(self.browser.targets())
        job, reading = self.window.job_bar, self.window.reading_bar
        job.begin("Training")
        job.report(Progress("Training", 12, 40))
        reading.begin("Preparing photos")
        reading.report(Progress("Preparing photos", 3200, 100_000))
        self.take("footer-two-jobs")
        reading.end()
        self.take("footer-one-job")
        job.fail(
            "The disk is full: /home/collector/Pictures/Stamps/Germany.tinyclf could not be "
            "written. Free some space, then grade on: nothing graded so far is lost.",
            "OSError: [Errno 28] No space left on device",
        )
        self.take("footer-error")
        job.end()

    def dialogs(self) -> None:
        """Everything that opens in front."""
        for key in ("history", "shortcuts", "about", "export", "problems"):
            with self.opened(key) as dialog:
                self.take(f"dialog-{key}", dialog)
        with self.opened("settings") as dialog:
            assert isinstance(dialog, SettingsDialog)  # noqa: S101
            self.take("settings-general", dialog)
            for page in ("keysPage", "storagePage"):
                dialog.show_page(child(dialog, QWidget, page))
                self.rest(1.0)
                self.take(f"settings-{page}", dialog)
            benchmark = child(dialog, BenchmarkPage)
            dialog.show_page(benchmark)
            self.take("settings-benchmark", dialog)
            child(benchmark, QAbstractButton, "benchmarkTryCheck").click()
            child(self.desk, BenchmarkBench).measured.emit(Measured(read_report(REPORT)))
            self.take("settings-benchmark-measured", dialog)

    def missing(self) -> None:
        """The folder is gone."""
        gone = self.photos.with_name("On a drive that is not there")
        self.photos.rename(gone)
        self.workspace.moved_photos.missing.look()
        self.until(lambda: not self.workspace.moved_photos.missing.busy)
        self.window.show_page(LABEL)
        self.take("label-missing")
        self.browser.open_loupe()
        self.take("loupe-missing")
        self.browser.close_loupe()
        self.window.show_page(REVIEW)
        self.take("review-missing")
        gone.rename(self.photos)


def make_empty(path: Path) -> Path:
    """Make a collection without photos."""
    with Session.create(path):
        return path
