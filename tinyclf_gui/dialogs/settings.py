"""Habits: colours, sizes, what a key does next. Everything applies at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QSlider,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tinyclf_gui.settings import TILE_RANGE, Settings
from tinyclf_gui.widgets.styled import label, push_button
from tinyclf_gui.widgets.whole_area import WholeArea, fit_on_screen

MARGIN = 24
TILE_STEP = 8
FORM_WIDTH = 520
FULL_SIZE = QSize(1080, 720)
"""With pages that need room."""


class SettingsDialog(QDialog):
    """Pages of settings under tabs; others can be added.

    Args:
        settings: Read at the start, written at each change.

    Signals:
        themeChanged(str): ``"system"``, ``"light"`` or ``"dark"``.
        tilePixelsChanged(int): The new side of a tile.
        autoAdvanceChanged(bool): Whether grading moves on to the next photo.
        learnMeanwhileChanged(bool): Whether corrections are learnt from while a person works.
    """

    themeChanged = Signal(str)
    tilePixelsChanged = Signal(int)
    autoAdvanceChanged = Signal(bool)
    learnMeanwhileChanged = Signal(bool)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self._areas: dict[QWidget, WholeArea] = {}
        self._settings = settings
        self._holds: list[Callable[[], bool]] = []
        self._pages = QTabWidget()
        self._pages.setObjectName("settingsPages")
        self._pages.setTabBarAutoHide(True)
        general = self._general_page()
        self._areas[general] = WholeArea(general)
        self._pages.addTab(self._areas[general], self.tr("&General"))
        self._close = push_button(self.tr("Close"), "closeButton")
        self._close.clicked.connect(self.accept)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, 16)
        whole.setSpacing(12)
        self._headline = label(self.tr("Settings"), "headline")
        whole.addWidget(self._headline)
        whole.addWidget(self._pages, 1)
        whole.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)

    def add_page(self, page: QWidget, title: str, holds: Callable[[], bool] | None = None) -> None:
        """Add a page under a tab of its own.

        Args:
            page: Which.
            title: Of its tab.
            holds: Asked when Escape is pressed; if it returns True, the dialog stays.
        """
        last = page.previousInFocusChain() or page
        self._areas[page] = area = WholeArea(page)
        self._pages.addTab(area, title)
        QWidget.setTabOrder(last, self._close)
        self._headline.hide()  # tabs and the window's title say it
        self._whole.setContentsMargins(MARGIN, 12, MARGIN, 12)
        if holds is not None:
            self._holds.append(holds)
        fit_on_screen(self, FULL_SIZE)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._pages.setCurrentWidget(self._areas[page])

    def reject(self) -> None:
        """Close, unless a page has something to stop first."""
        held = [holds() for holds in self._holds]
        if not any(held):
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once: a click on the window's cross is no Escape."""
        self.accept()
        event.accept()

    def _general_page(self) -> QWidget:
        page, fields = QWidget(), QWidget()
        page.setObjectName("generalPage")
        fields.setMaximumWidth(FORM_WIDTH)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(fields)
        row.addStretch(0)
        form = QFormLayout(fields)
        form.setContentsMargins(0, 16, 0, 8)
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(16)
        form.addRow(self.tr("Colours"), self._theme_box())
        form.addRow(self.tr("Photo size"), self._tile_slider())
        form.addRow(self.tr("Grading"), self._advance_check())
        form.addRow(self.tr("Learning"), self._learn_check())
        return page

    def _theme_box(self) -> QComboBox:
        self._theme = QComboBox()
        self._theme.setObjectName("themeBox")
        self._theme.addItem(self.tr("Like the system"), "system")
        self._theme.addItem(self.tr("Light"), "light")
        self._theme.addItem(self.tr("Dark"), "dark")
        self._theme.setCurrentIndex(self._theme.findData(self._settings.theme))
        self._theme.activated.connect(self._change_theme)
        return self._theme

    def _tile_slider(self) -> QWidget:
        self._tile = QSlider(Qt.Orientation.Horizontal)
        self._tile.setObjectName("tileSlider")
        self._tile.setAccessibleName(self.tr("Photo size"))
        self._tile.setRange(*TILE_RANGE)
        self._tile.setSingleStep(TILE_STEP)
        self._tile.setPageStep(4 * TILE_STEP)
        self._tile.setValue(self._settings.tile_pixels)
        self._pixels = label("", "muted")
        self._pixels.setMinimumWidth(56)
        self._pixels.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._show_pixels(self._tile.value())
        self._tile.valueChanged.connect(self._change_tile)
        field = QWidget()
        row = QHBoxLayout(field)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._tile, 1)
        row.addWidget(self._pixels)
        return field

    def _advance_check(self) -> QCheckBox:
        self._advance = QCheckBox(self.tr("Auto-advance: after a grade, go on to the next photo"))
        self._advance.setObjectName("autoAdvanceCheck")
        self._advance.setChecked(self._settings.auto_advance)
        self._advance.toggled.connect(self._change_advance)
        return self._advance

    def _learn_check(self) -> QCheckBox:
        self._learn = QCheckBox(self.tr("Learn from corrections while I work"))
        self._learn.setObjectName("learnMeanwhileCheck")
        self._learn.setToolTip(
            self.tr(
                "Every few corrections the proposals out of sight are made anew; in a pause "
                "everything is trained. Your own grades never change."
            )
        )
        self._learn.setChecked(self._settings.learn_meanwhile)
        self._learn.toggled.connect(self._change_learning)
        return self._learn

    def _show_pixels(self, pixels: int) -> None:
        self._pixels.setText(self.tr("{0} px").format(pixels))

    @Slot(int)
    def _change_theme(self, _index: int) -> None:
        self._settings.theme = str(self._theme.currentData())
        self.themeChanged.emit(self._settings.theme)

    @Slot(int)
    def _change_tile(self, pixels: int) -> None:
        self._settings.tile_pixels = pixels
        self._show_pixels(pixels)
        self.tilePixelsChanged.emit(pixels)

    @Slot(bool)
    def _change_advance(self, on: bool) -> None:
        self._settings.auto_advance = on
        self.autoAdvanceChanged.emit(on)

    @Slot(bool)
    def _change_learning(self, on: bool) -> None:
        self._settings.learn_meanwhile = on
        self.learnMeanwhileChanged.emit(on)
