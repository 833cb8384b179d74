"""The named configurations, one of them chosen, some of them ticked for a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tinyclf_gui.models.config_shelf import OWN
from tinyclf_gui.widgets.fold_button import fold_button
from tinyclf_gui.widgets.styled import push_button

TITLE_LETTERS = 26
"""So much of a file's name is shown."""
TICK_WIDTH = 22


@dataclass(frozen=True)
class Offer:
    """A configuration to choose.

    Attributes:
        title: On its button.
        words: What it is good for, in one sentence.
        everyday: Whether it is in view and ticked at once, not folded away.
    """

    title: str
    words: str
    everyday: bool = True


@dataclass(frozen=True)
class _Row:
    widget: QWidget
    button: QPushButton
    tick: QCheckBox


class PresetList(QWidget):
    """A column of buttons, exactly one chosen; ``OWN`` is the last, below the user's files.

    Signals:
        chosen(str): A person chose this key.
        ticked(): A person made another choice of what is compared.
    """

    chosen = Signal(str)
    ticked = Signal()

    def __init__(self, offers: Mapping[str, Offer], parent: QWidget | None = None) -> None:
        """Make a button for each offer.

        Args:
            offers: By key, the default first.
            parent: Qt's.
        """
        super().__init__(parent)
        self.setObjectName("presetList")
        self.setAccessibleName(self.tr("Configurations"))
        self._buttons = QButtonGroup(self)
        self._rows: dict[str, _Row] = {}
        self._everyday, self._curious, self._owns = _column(), _column(), _column()
        self._more = fold_button(self.tr("More of them"), "morePresetsButton")
        self._more.setToolTip(self.tr("Larger networks on bare pixels, for the curious"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self._everyday, self._more, self._curious, self._owns):
            layout.addWidget(part)
        self._curious.hide()
        self._more.toggled.connect(self._curious.setVisible)
        for key, offer in offers.items():
            self._put(key, offer, self._everyday if offer.everyday else self._curious)
        self._more.setVisible(not all(offer.everyday for offer in offers.values()))
        own = Offer(self.tr("Your own"), self.tr("Change any detail below."), everyday=False)
        self._put(OWN, own, self._owns)
        self._buttons.buttonClicked.connect(self._tell)
        next(iter(self._rows.values())).button.setChecked(True)

    @property
    def current(self) -> str:
        """The chosen key."""
        return next(key for key, row in self._rows.items() if row.button.isChecked())

    @property
    def compared(self) -> list[str]:
        """The keys that are ticked, from top to bottom."""
        return [key for key, row in self._rows.items() if row.tick.isChecked()]

    def set_current(self, key: str) -> None:
        """Choose a key, without a signal; it is unfolded."""
        row = self._rows[key]
        row.button.setChecked(True)
        if row.widget.parent() is self._curious:
            self._more.setChecked(True)

    def tick(self, key: str) -> None:
        """Have a configuration compared, too."""
        self._rows[key].tick.setChecked(True)

    def add(self, key: str, offer: Offer) -> None:
        """Offer one more, of a user's file; or the same again in other words."""
        if key in self._rows:
            self._rows[key].button.setToolTip(offer.words)
            return
        self._put(key, offer, self._owns)
        own = self._rows.pop(OWN)  # it stays the last
        self._rows[OWN] = own
        column = self._owns.layout()
        if column is not None:
            column.addWidget(own.widget)

    def _put(self, key: str, offer: Offer, column: QWidget) -> None:
        role = "".join(filter(str.isalnum, key))
        button = push_button(_short(offer.title), f"{role}Preset")
        button.setAccessibleName(offer.title)
        button.setToolTip(offer.words)
        button.setAccessibleDescription(offer.words)
        button.setCheckable(True)
        tick = QCheckBox()
        tick.setObjectName(f"{role}Tick")
        tick.setAccessibleName(self.tr("Compare {0}").format(offer.title))
        tick.setToolTip(self.tr("Part of the comparison"))
        tick.setFixedWidth(TICK_WIDTH)
        tick.setChecked(offer.everyday)
        tick.toggled.connect(self.ticked)
        widget = QWidget()
        layout = QHBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(button, 1)
        layout.addWidget(tick)
        self._buttons.addButton(button)
        self._rows[key] = _Row(widget, button, tick)
        below = column.layout()
        if below is not None:
            below.addWidget(widget)

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.current)


def _column() -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    return column


def _short(title: str) -> str:
    return title if len(title) <= TITLE_LETTERS else f"{title[: TITLE_LETTERS - 1]}…"
