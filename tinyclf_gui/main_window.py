"""The window: bars, menu and pages laid out and connected; it decides nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from tinyclf.session import Status
from tinyclf_gui.models.actions import Scope
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.pages.label import LabelPage
from tinyclf_gui.pages.review import ReviewPage
from tinyclf_gui.pages.train import TrainPage
from tinyclf_gui.pages.welcome import WelcomePage
from tinyclf_gui.widgets.act_toast import ActToast
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.footer import Footer
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.job_bar import JobBar
from tinyclf_gui.widgets.keys_to_photos import press_button
from tinyclf_gui.widgets.main_menu import MainMenu
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.quality_words import quality_at_length, quality_in_brief, quality_in_words
from tinyclf_gui.widgets.segmented_control import SegmentedControl
from tinyclf_gui.widgets.styled import frame, label, push_button, scrolling
from tinyclf_gui.widgets.whole_area import room_on_screen

ROOMY = 1120
"""From this width on the top bar has room for all words."""
SMALLEST, TIGHTEST = QSize(880, 560), QSize(880, 380)
"""The smallest window, in pixels, and what bars and pages need: on a screen too small for that,
they scroll."""
LABEL, TRAIN, REVIEW = "label", "train", "review"


@dataclass(frozen=True)
class Pages:
    """The three screens of an open collection."""

    label: LabelPage
    train: TrainPage
    review: ReviewPage

    def by_key(self) -> dict[str, QWidget]:
        """Return them by the key of their segment."""
        return {LABEL: self.label, TRAIN: self.train, REVIEW: self.review}

    def keyboard(self, key: str) -> QWidget:
        """Return what has the keyboard when a page comes into view: its photos, if it has some."""
        return self.browser(key) or self.train

    def browser(self, key: str | None) -> PhotoBrowser | None:
        """Return the photos of a page, if it has some."""
        return {LABEL: self.label.browser, REVIEW: self.review.browser}.get(key or "")

    def browsers(self) -> tuple[PhotoBrowser, PhotoBrowser]:
        """Return the photos of all pages that have some."""
        return self.label.browser, self.review.browser


class _Central(QWidget):
    """As high as the window, whatever height its pages would like at their width."""

    def heightForWidth(self, _width: int) -> int:
        return -1


class MainWindow(QMainWindow):
    """Welcome, or the three pages of the open collection.

    Attributes:
        keys: Which keys ask for what, everywhere in the window.

    Signals:
        pageChosen(str): ``"label"``, ``"train"`` or ``"review"`` is in view now.
        folderDropped(object): A folder (``Path``) was dropped on the window.
        wanted(str): A menu entry was chosen: its key in ``MENUS``.
        aboutToClose(): The window goes.
    """

    pageChosen = Signal(str)
    folderDropped = Signal(object)
    wanted = Signal(str)
    aboutToClose = Signal()

    def __init__(self, keys: KeyBindings | None = None) -> None:
        super().__init__()
        self.keys = keys or KeyBindings(parent=self)
        self.setObjectName("mainWindow")
        self.setWindowTitle("Tiny Classifier")
        self.setMinimumSize(SMALLEST.boundedTo(room_on_screen(self)))
        self.resize(self._usual_size())
        self.setAcceptDrops(True)
        self.welcome = WelcomePage()
        self.job_bar = JobBar()
        self.toast = ActToast(self.keys)
        self.menu = MainMenu(self.menuBar(), self, self.keys)
        self.reading_bar = JobBar(gives_way=True)
        self.menu.wanted.connect(self.wanted)
        self._pages: Pages | None = None
        self._standing = "", ""
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._lay_out()
        self.show_welcome()

    @property
    def pages(self) -> Pages | None:
        """The open collection's pages, if any."""
        return self._pages

    @property
    def page(self) -> str | None:
        """The page in view, ``None`` on Welcome."""
        return self._segments.current if self._pages else None

    def show_welcome(self) -> None:
        """Show Welcome; the pages of a closed collection go."""
        self._stack.setCurrentWidget(self.welcome)
        if self._pages is not None:
            for page in self._pages.by_key().values():
                self._stack.removeWidget(page)
                page.deleteLater()
        self._pages = None
        self._set_open(False)
        self.setWindowTitle("Tiny Classifier")

    def show_pages(self, pages: Pages, name: str, page: str = LABEL) -> None:
        """Show an open collection's pages."""
        self._pages = pages
        for widget in pages.by_key().values():
            self._stack.addWidget(widget)
        self._set_open(True)
        self._name.setText(name)
        self.setWindowTitle(f"{name} — Tiny Classifier")
        self.show_page(page)

    def show_page(self, key: str) -> None:
        """Bring a page into view; it is not entered anew if it is there already."""
        if self._pages is None:
            return
        self._segments.set_current(key)
        page = self._pages.by_key()[key]
        is_there = self._stack.currentWidget() is page
        self._stack.setCurrentWidget(page)
        self._pages.keyboard(key).setFocus()
        if is_there:
            return
        self.menu.set_grid(key != TRAIN)
        self.pageChosen.emit(key)

    def take_keyboard(self) -> None:
        """Give the keyboard to the page in view."""
        self.activateWindow()
        if self._pages is not None:
            self._pages.keyboard(self._segments.current).setFocus()

    def show_status(self, status: Status) -> None:
        """Show how many photos there are, and how good the classifier honestly is."""
        self._count.setText(self.tr("{n} photos").format(n=number(status.counts.photos)))
        files = status.files
        unread = self.tr("{n} could not be read").format(n=number(files.problems))
        copies = self.tr("1 exact copy") if files.copies == 1 else self.tr("{n} exact copies")
        copies = copies.format(n=number(files.copies))
        self._problems.setText(unread if files.problems else copies)
        self._problems.setVisible(files.problems + files.copies > 0)
        quality = status.quality
        if quality is None:
            graded = self.tr("{n} graded").format(n=number(status.counts.human))
            self._standing = graded, graded
            self._quality.setToolTip("")
        else:
            self._standing = quality_in_words(quality), quality_in_brief(quality)
            self._quality.setToolTip(quality_at_length(quality))
        self._quality.setAccessibleName(self._standing[0])
        self._make_room()

    def _make_room(self) -> None:
        """Leave the name its room in the top bar where there is little."""
        roomy = self.width() >= ROOMY
        self._quality.setText(self._standing[0 if roomy else 1])
        self._count.setVisible(roomy or self._problems.isHidden())

    # Layout

    def _usual_size(self) -> QSize:
        """Return a comfortable size that fits on this screen, frame and title included."""
        return QSize(1440, 900).boundedTo(room_on_screen(self)).expandedTo(self.minimumSize())

    def _lay_out(self) -> None:
        central = _Central()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._top = self._make_top_bar()
        layout.addWidget(self._top)
        layout.addWidget(self._stack, 1)
        layout.addWidget(Footer((self.reading_bar, self.job_bar), self.toast))
        central.setMinimumSize(TIGHTEST)
        area = scrolling(central)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setCentralWidget(area)

    def _make_top_bar(self) -> QWidget:
        bar = frame("bar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(16)
        self._name = ElidedLabel("", "strong")
        self._count = label("", "muted")
        self._problems = push_button("", "problemsButton", "link")
        self._problems.setToolTip(self.tr("Files that are no photos of their own here, and why"))
        self._problems.clicked.connect(lambda: self.wanted.emit("problems"))
        self._segments = SegmentedControl(
            [(LABEL, self.tr("Label")), (TRAIN, self.tr("Train")), (REVIEW, self.tr("Review"))],
            self.tr("Page"),
        )
        self._segments.setObjectName("pageControl")
        self._segments.chosen.connect(self.show_page)
        self._quality = label("", "muted")
        self._quality.setObjectName("qualityLabel")
        settings = push_button(self.tr("Settings"), "settingsButton", "pill")
        settings.clicked.connect(lambda: self.wanted.emit("settings"))
        export = push_button(self.tr("Export"), "exportButton", "pill")
        export.clicked.connect(lambda: self.wanted.emit("export"))
        left, right = QHBoxLayout(), QHBoxLayout()
        left.setSpacing(12)
        right.setSpacing(16)
        left.addWidget(self._name)
        left.addWidget(self._count)
        left.addWidget(self._problems)
        left.addStretch(1)
        right.addStretch(1)
        right.addWidget(self._quality)
        right.addWidget(export)
        right.addWidget(settings)
        layout.addLayout(left, 1)
        layout.addWidget(self._segments)
        layout.addLayout(right, 1)
        return bar

    def _set_open(self, is_open: bool) -> None:
        self._top.setVisible(is_open)
        self.menu.set_open(is_open)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out words of the top bar where there is little room."""
        super().resizeEvent(event)
        self._make_room()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders."""
        if _dropped_folder(event) is not None:
            event.setDropAction(Qt.DropAction.LinkAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which folder was dropped."""
        folder = _dropped_folder(event)
        if folder is not None:
            event.setDropAction(Qt.DropAction.LinkAction)
            event.accept()
            self.folderDropped.emit(folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button in focus, or do what the key asks of the photos or of the menu.

        Of the menu's keys Qt knows most itself, but not on every layout.
        """
        browser = self._pages.browser(self.page) if self._pages else None
        if press_button(event, self.focusWidget()) or (browser and browser.take_key(event)):
            return
        name = self.keys.action_of(event, Scope.WINDOW)
        action = None if name is None else self.menu.action(name)
        if action is not None and action.isEnabled():
            if action.autoRepeat() or not event.isAutoRepeat():
                action.trigger()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell, then go."""
        self.aboutToClose.emit()
        super().closeEvent(event)


def _dropped_folder(event: QDropEvent) -> Path | None:
    for url in event.mimeData().urls():
        path = Path(url.toLocalFile())
        with suppress(OSError):  # a name no file can have
            if url.isLocalFile() and path.exists():
                return path if path.is_dir() else path.parent
    return None
