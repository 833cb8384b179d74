"""The Storage page: what the program keeps to save work, how large it is, and how it is cleaned."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tinyclf.data.storage import BENCHMARK, ENCODER, FEATURES, KEYS, MEASURES, THUMBNAILS, Kept
from tinyclf_gui.models.cache_shelf import CacheShelf, Told
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.styled import frame, label, push_button, restyle

GIGABYTE = 10**9
LIMITS = tuple(size * GIGABYTE for size in (1, 2, 4, 8, 16, 32, 64))
TEXT_WIDTH = 560


class StoragePage(QWidget):
    """A line for each cache: what it is, its size, its limit, a button that cleans it; and for all.

    Args:
        shelf: The caches; it is stopped by whoever made it.
    """

    def __init__(self, shelf: CacheShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("storagePage")
        self._shelf = shelf
        self._rows = {key: _Row(key, *self._words(key), self) for key in KEYS}
        self._total = label("…", "strong")
        self._total.setObjectName("totalSize")
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bound = label("", "muted")
        self._bound.setObjectName("totalLimit")
        self._clean_all = push_button(self.tr("Clean all"), "cleanAllButton")
        self._clean_all.clicked.connect(lambda: self._clean(KEYS))
        self._outcome = label("", "muted", wrap=True)
        self._outcome.setObjectName("storageOutcome")
        self._lay_out()
        shelf.told.connect(self._show)
        shelf.failed.connect(self._complain)
        shelf.busyChanged.connect(self._show_busy)
        shelf.look()

    def _words(self, key: str) -> tuple[str, str]:
        return {
            THUMBNAILS: (
                self.tr("Small pictures"),
                self.tr("For the grids; made anew as you scroll"),
            ),
            FEATURES: (
                self.tr("What it has seen in photos"),
                self.tr("To learn from; seeing all anew takes minutes"),
            ),
            MEASURES: (
                self.tr("What was measured in photos"),
                self.tr("Faults, wear, near-duplicates; made anew in minutes"),
            ),
            ENCODER: (
                self.tr("The network that looks at photos"),
                self.tr("Unpacked for use; made anew within seconds"),
            ),
            BENCHMARK: (
                self.tr("Photos drawn for benchmarks"),
                self.tr("Drawn anew when they are needed"),
            ),
        }[key]

    def _lay_out(self) -> None:
        teach = label(
            self.tr(
                "What is kept here saves work, and can be thrown away at any time: your photos, "
                "grades and collections lie elsewhere. Beyond its limit, what was not used for "
                "longest goes first."
            ),
            "muted",
            wrap=True,
        )
        teach.setFixedWidth(TEXT_WIDTH)  # so that its height is known: else small windows cut rows
        teach.setMinimumHeight(teach.heightForWidth(TEXT_WIDTH))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for number, row in enumerate(self._rows.values()):
            if number:
                grid.addWidget(frame("hairline"), 3 * number - 1, 0, 1, 4)
            row.put_into(grid, 3 * number)
            row.button.clicked.connect(lambda _=False, key=row.key: self._clean([key]))
            row.limit.activated.connect(lambda _=0, row=row: self._limit(row))
        last = 3 * len(self._rows)
        grid.addWidget(frame("hairline"), last - 1, 0, 1, 4)
        total = (label(self.tr("Together"), "strong"), self._total, self._bound, self._clean_all)
        for column, widget in enumerate(total):
            grid.addWidget(widget, last, column)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(label(self.tr("Kept in"), "muted"))
        folder = ElidedLabel(str(self._shelf.folder), mode=Qt.TextElideMode.ElideMiddle)
        folder.setObjectName("storagePlace")
        where.addWidget(folder, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 8)
        layout.setSpacing(16)
        layout.addWidget(teach)
        layout.addLayout(grid)
        layout.addLayout(where)
        layout.addStretch(1)
        layout.addWidget(self._outcome)

    def _clean(self, keys: list[str] | tuple[str, ...]) -> None:
        self._say(self.tr("Cleaning…"))
        self._shelf.clean(keys)

    def _limit(self, row: _Row) -> None:
        self._say(self.tr("Setting the limit…"))
        self._shelf.set_limit(row.key, int(row.limit.currentData()))

    @Slot(object)
    def _show(self, told: Told) -> None:
        for kept in told.kept:
            self._rows[kept.key].show_kept(kept)
        total = sum(kept.size for kept in told.kept)
        bound = sum(kept.size if kept.limit is None else kept.limit for kept in told.kept)
        self._total.setText(size_in_words(total) if total else self.tr("empty"))
        self._bound.setText(self.tr("at most {size}").format(size=size_in_words(bound)))
        if told.freed is not None:
            freed = self.tr("{size} freed.").format(size=size_in_words(told.freed))
            self._say(freed if told.freed else self.tr("Nothing had to go."))

    @Slot(str)
    def _complain(self, message: str) -> None:
        self._say(message, "danger")

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        self._clean_all.setEnabled(not busy)
        for row in self._rows.values():
            row.set_busy(busy)

    def _say(self, words: str, kind: str = "muted") -> None:
        self._outcome.setText(words)
        self._outcome.setAccessibleName(words)
        if self._outcome.property("kind") != kind:
            restyle(self._outcome, kind)


class _Row:
    """The widgets of one cache."""

    def __init__(self, key: str, name: str, use: str, page: StoragePage) -> None:
        self.key = key
        self._size = 0
        self._words = label(name, "strong")
        self._use = label(use, "muted", wrap=True)
        self._told = label("…")
        self._told.setObjectName(f"{key}Size")
        self._told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._told.setMinimumWidth(64)
        self.limit = QComboBox()
        self.limit.setObjectName(f"{key}LimitBox")
        self.limit.setAccessibleName(page.tr("{name}: limit").format(name=name))
        self.limit.hide()
        self._offer(LIMITS, page)
        self.button = push_button(page.tr("Clean"), f"{key}CleanButton")
        self.button.setAccessibleName(page.tr("Clean: {name}").format(name=name))
        self.button.setEnabled(False)
        self._page = page

    def put_into(self, grid: QGridLayout, row: int) -> None:
        """Stand in two rows of a grid."""
        grid.addWidget(self._words, row, 0)
        grid.addWidget(self._use, row + 1, 0, 1, 2)
        grid.addWidget(self._told, row, 1)
        grid.addWidget(self.limit, row, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.button, row, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def show_kept(self, kept: Kept) -> None:
        """Show how large it is, and its limit."""
        self._size = kept.size
        words = size_in_words(kept.size) if kept.size else self._page.tr("empty")
        self._told.setText(words)
        self.limit.setVisible(kept.limit is not None)
        if kept.limit is not None:
            if self.limit.findData(kept.limit) < 0:
                self._offer(sorted({*LIMITS, kept.limit}), self._page)
            self.limit.setCurrentIndex(self.limit.findData(kept.limit))
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """Let go of the hands while something is being cleaned."""
        self.button.setEnabled(not busy and self._size > 0)
        self.limit.setEnabled(not busy)

    def _offer(self, limits: tuple[int, ...] | list[int], page: StoragePage) -> None:
        self.limit.clear()
        for limit in limits:
            words = page.tr("at most {size}").format(size=size_in_words(limit, 0))
            self.limit.addItem(words, limit)


def size_in_words(size: int, decimals: int = 1) -> str:
    """Return bytes as a person counts them: "1.2 GB"."""
    return QLocale().formattedDataSize(
        size, decimals if size >= 10**6 else 0, QLocale.DataSizeFormat.DataSizeSIFormat
    )
