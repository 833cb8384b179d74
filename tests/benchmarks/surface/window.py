"""In the measuring process: a real window over the large collection, used by hands and timed.

What is timed ends when the photos are painted and handed to the screen, whatever else the window
found to do meanwhile.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEventLoop, QItemSelectionModel, QSettings, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication

from tests.benchmarks.pausing import pause
from tinyclf.domain import GRADES, Progress
from tinyclf.project import CollectionStore
from tinyclf_gui import app as program
from tinyclf_gui import theme
from tinyclf_gui.desk import Desk
from tinyclf_gui.jobs.garbage import CollectHere
from tinyclf_gui.jobs.runner import JobRunner
from tinyclf_gui.main_window import LABEL, REVIEW, MainWindow
from tinyclf_gui.settings import Settings
from tinyclf_gui.widgets.photo_grid import PhotoGrid

SIZE = QSize(1440, 900)
PATIENCE = 120.0
"""Seconds until what is waited for surely does not come."""
STEPS = 400
"""Notches of the wheel."""
JUMPS = 60
BEAT_MS = 20
PAGES = 7
TIMES = 12
"""How often all else is done."""
MANY = 10_000
SINGLES = 30
TICK_MS, KEY_MS, SCROLL_MS, BUSY_MS = 5, 125, 40, 30_000
"""Of the timer, between two keys, between two steps of the scroll bar, and in all."""
BYTES_A_KIB = 1024

Times = list[float]
"""Milliseconds."""
_Select = QItemSelectionModel.SelectionFlag
_STEP = QAbstractSlider.SliderAction.SliderSingleStepAdd
_PLAIN = Qt.KeyboardModifier.NoModifier


class Watch:
    """Sees when grids paint, and how long verdicts take to be on disk."""

    def __init__(self) -> None:
        self.paints = 0
        self.disk_ms = 0.0
        self._count_paints()
        self._time_disk()
        self._beat = QTimer(interval=BEAT_MS)  # so that no wait lasts for ever
        self._beat.start()

    def _count_paints(self) -> None:
        paint = PhotoGrid.paintEvent

        def counted(grid, event) -> None:
            paint(grid, event)
            self.paints += grid.model().rowCount() > 0

        PhotoGrid.paintEvent = counted

    def _time_disk(self) -> None:
        record = CollectionStore.record

        def timed(*arguments, **options):
            began = perf_counter()
            try:
                return record(*arguments, **options)
            finally:
                self.disk_ms += (perf_counter() - began) * 1000

        CollectionStore.record = timed

    def wait_for_events(self) -> None:
        """Sleep until there is something to do, as the program does; then do it."""
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def until_painted(self, act: Callable[[], object]) -> float:
        """Return how long it takes from an act until photos are painted, in milliseconds."""
        before, began = self.paints, perf_counter()
        act()
        while self.paints == before:
            self.wait_for_events()
            if perf_counter() - began > PATIENCE:
                raise SystemExit(f"nothing was painted within {PATIENCE:.0f} s")
        return (perf_counter() - began) * 1000


class Hands:
    """Use an open window over and over, and time it."""

    def __init__(self, window: MainWindow, desk: Desk, watch: Watch) -> None:
        self._window = window
        self._desk = desk
        self._watch = watch

    @property
    def grid(self) -> PhotoGrid:
        return self._desk.workspace.browser.grid

    def open(self, path: Path) -> dict[str, Times]:
        """Open the collection: to the first paint, and from there until no thumbnail lacks."""
        first = self._watch.until_painted(lambda: self._desk.open_collection(path))
        began = perf_counter()
        while not self._is_complete():
            self._watch.wait_for_events()
            if perf_counter() - began > PATIENCE:
                raise SystemExit(f"thumbnails were missing for {PATIENCE:.0f} s")
        return {"first paint": [first], "thumbnails": [(perf_counter() - began) * 1000]}

    def _is_complete(self) -> bool:
        pool = self._desk.workspace.pictures.thumbnails
        grid, photos = self.grid, self.grid.model()
        return all(pool.pixmap(photos.photo_id(p)) for p in grid.visible_positions())

    def scroll(self) -> Times:
        """A notch of the wheel."""
        bar = self.grid.verticalScrollBar()
        step = 3 * bar.singleStep()
        return [self._timed(lambda: bar.setValue(bar.value() + step)) for _ in range(STEPS)]

    def jump(self) -> Times:
        """Seven pages at once: most photos there have never been seen."""
        bar = self.grid.verticalScrollBar()
        far = PAGES * bar.pageStep()
        return [
            self._timed(lambda: bar.setValue((bar.value() + far) % bar.maximum()), rest_ms=30)
            for _ in range(JUMPS)
        ]

    def select_all(self) -> Times:
        def once() -> float:
            self.grid.go_to(0)
            rest()
            return self._timed(lambda: self._key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier))

        return [once() for _ in range(TIMES)]

    def grade_many(self) -> dict[str, Times]:
        """Grade 10,000 selected photos, each time with a grade that most do not have."""
        self._window.show_page(LABEL)
        whole, without = [], []
        for turn in range(TIMES):
            start = (turn % 4) * MANY
            self.grid.go_to(start)
            self.grid.select_positions([(start, start + MANY - 1)], _Select.ClearAndSelect)
            rest()
            self._watch.disk_ms = 0.0
            key = (Qt.Key.Key_1, Qt.Key.Key_5)[turn // 4 % 2]
            took = self._timed(lambda key=key: self._key(key))
            whole.append(took)
            without.append(took - self._watch.disk_ms)
        return {"grade 10,000": without, "… on disk": whole}

    def undo_many(self) -> Times:
        """Take back a bulk act, and do it again."""

        def once() -> float:
            rest()
            return self._timed(lambda: self._window.menu.action("undo").trigger())

        return [once() for _ in range(TIMES)]

    def grade_one(self) -> Times:
        """A digit on one photo, going on to the next."""
        self.grid.go_to(50_000)
        keys = (Qt.Key.Key_1, Qt.Key.Key_4, Qt.Key.Key_2)
        return [self._timed(lambda k=k: self._key(keys[k % 3]), rest_ms=20) for k in range(60)]

    def accept_one(self) -> dict[str, Times]:
        """Enter on photos of a wall and take each back, the rest of the fullest being signed."""
        wait_until_idle(self._desk)
        table = self._desk.workspace.collection.table
        hung = np.bincount(table.proposed[table.codes == 0], minlength=1 + len(GRADES))
        *_, other, fullest = sorted(GRADES, key=lambda grade: hung[grade])
        self._window.show_page(REVIEW)
        review = self._window.pages.review
        undo, redo = (self._window.menu.action(name).trigger for name in ("undo", "redo"))
        review.show_wall(fullest)
        for act in (review.accept_rest, undo, redo):  # signed by an act that was done again
            rest()
            act()
        rest()
        if np.count_nonzero(table.verified) < MANY:
            raise SystemExit(f"too few photos are signed to tell: {hung[fullest]}")
        review.show_wall(other)
        rest()
        accepted = [self._timed(lambda: self._key(Qt.Key.Key_Return), 60) for _ in range(SINGLES)]
        undone = [self._timed(undo, 60) for _ in accepted]
        undo()  # and the fullest hangs as before
        rest()
        return {"accept one": accepted, "undo one": undone}

    def filter(self) -> Times:
        """Press a chip, and again."""
        chips = self._window.pages.label.findChild(object, "notGradedChip")
        return [self._timed(chips.click, rest_ms=60) for _ in range(TIMES)]

    def change_wall(self) -> Times:
        self._window.show_page(REVIEW)
        rest()
        tabs = self._window.pages.review.findChild(object, "wallTabs").tabs
        return [self._timed(tab.click, rest_ms=60) for tab in [*tabs.values()] * 3]

    def resize(self) -> Times:
        sizes = [SIZE - QSize(k * 7, k * 3) for k in range(1, 1 + TIMES * 2)]
        return [self._timed(lambda size=size: self._window.resize(size)) for size in sizes]

    def count(self) -> Times:
        """Count everything anew, as a moment after each key."""
        collection = self._desk.workspace.collection
        times = []
        for _ in range(TIMES):
            self._key(Qt.Key.Key_3)
            began = perf_counter()
            collection.recount()
            times.append((perf_counter() - began) * 1000)
            rest()
        return times

    def while_busy(self, new: Path) -> dict[str, Times]:
        """How late each tick of a 5 ms timer is: trained over and over, photos read, keys typed."""
        workspace, loop, late, last = self._desk.workspace, QEventLoop(), [], [perf_counter()]
        keys = cycle((Qt.Key.Key_1, Qt.Key.Key_4, Qt.Key.Key_2, Qt.Key.Key_5))
        self._window.show_page(LABEL)
        self.grid.go_to(0)

        def tick() -> None:
            now = perf_counter()
            late.append(max(0.0, (now - last[0]) * 1000 - TICK_MS))
            last[0] = now

        timers = []
        for interval, act in (
            (TICK_MS, tick),
            (KEY_MS, lambda: self._key(next(keys))),
            (SCROLL_MS, lambda: self.grid.verticalScrollBar().triggerAction(_STEP)),
        ):
            timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=interval)
            timer.timeout.connect(act)
            timers.append(timer)
        with self._work_done() as done:
            workspace.train()
            self._desk.take_folder(new)
            QTimer.singleShot(BUSY_MS, loop.quit)
            for timer in timers:
                timer.start()
            loop.exec()
        for timer in timers:
            timer.stop()
        workspace.workbench.cancel()
        if not (done["Training"] and done["Reading photos"]):
            raise SystemExit(f"too little was done to tell: {dict(done)}")
        return {"lateness": late[1:]} | {f"{what} …": [steps] for what, steps in done.items()}

    @contextmanager
    def _work_done(self) -> Iterator[Counter[str]]:
        """Count the steps of what is done, by its name; train again when trained."""
        workspace, done, before = self._desk.workspace, Counter(), {}

        def count(report: Progress) -> None:
            done[report.what] += max(0, report.done - before.get(report.what, 0))
            before[report.what] = report.done

        again = workspace.workbench.trained.connect(lambda _: workspace.train())
        counting = [runner.reported.connect(count) for runner in workspace.findChildren(JobRunner)]
        yield done
        for connection in (again, *counting):
            workspace.disconnect(connection)

    def _key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        QTest.keyClick(self.grid, key, modifier)

    def _timed(self, act: Callable[[], object], rest_ms: int = 5) -> float:
        took = self._watch.until_painted(act)
        pause(rest_ms)
        return took


def rest() -> None:
    """Let what follows an act be done, so that it is not counted to the next."""
    pause(300)


@contextmanager
def desk_over(home: Path) -> Iterator[tuple[MainWindow, Desk]]:
    """A window as the program makes it, with nothing open."""
    app = program.make_application()
    theme.apply(app, theme.DARK)
    CollectHere(app)
    window = MainWindow()
    window.resize(SIZE)
    settings = Settings(QSettings(str(home / "s.ini"), QSettings.Format.IniFormat))
    desk = Desk(window, settings)
    window.show()
    QTest.qWaitForWindowExposed(window)
    try:
        yield window, desk
    finally:
        window.close()  # which stops what is running and waits for its thread


def resident() -> tuple[float, float]:
    """Return this process's resident memory now, and the most it ever was, in MiB."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return tuple(int(status[key].split()[0]) / BYTES_A_KIB for key in ("VmRSS", "VmHWM"))


def measure(home: Path) -> dict[str, Times]:
    """Do it all once."""
    with desk_over(home) as (window, desk):
        hands = Hands(window, desk, Watch())
        figures = hands.open(home / "large.tinyclf")
        wait_until_idle(desk)
        window.show_page(LABEL)
        figures["memory, opened"] = [resident()[0]]
        figures["scroll a notch"] = hands.scroll()
        figures["jump 7 pages"] = hands.jump()
        figures["select all"] = hands.select_all()
        figures |= hands.grade_many()
        figures["undo 10,000"] = hands.undo_many()
        figures["grade one"] = hands.grade_one()
        figures |= hands.accept_one()
        window.show_page(LABEL)
        figures["filter"] = hands.filter()
        figures["change wall"] = hands.change_wall()
        figures["resize"] = hands.resize()
        figures["count"] = hands.count()
        figures["memory, at the end"], figures["memory, at most"] = ([mib] for mib in resident())
    return figures


def measure_busy(home: Path) -> dict[str, Times]:
    """Train and import at once, and go on grading and scrolling."""
    with desk_over(home) as (window, desk):
        hands = Hands(window, desk, Watch())
        hands.open(home / "large.tinyclf")
        wait_until_idle(desk)
        figures = hands.while_busy(home / "new")
        figures["memory, at most"] = [resident()[1]]
    return figures


def wait_until_idle(desk: Desk) -> None:
    """Let what is done in idle time come to its end."""
    began = perf_counter()
    while not desk.workspace.workbench.idle:
        pause(50)
        if perf_counter() - began > PATIENCE:
            raise SystemExit(f"what is done in idle time took more than {PATIENCE:.0f} s")


if __name__ == "__main__":
    kinds = {"hands": measure, "busy": measure_busy}
    json.dump(kinds[sys.argv[2]](Path(sys.argv[1])), sys.stdout)
