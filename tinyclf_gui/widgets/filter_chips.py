"""Chips that narrow down which photos are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QSizePolicy, QWidget

from tinyclf_gui.widgets.flow_layout import FlowLayout
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.styled import push_button


@dataclass(frozen=True)
class Chip:
    """One chip.

    Attributes:
        key: What the program calls it.
        text: What a person reads.
        count: How many photos it lets through; ``None`` shows no number.
        tip: What it means, in a sentence.
        alone: It is down alone: what it shows is not to be mixed with what others show.
    """

    key: str
    text: str
    count: int | None = None
    tip: str = ""
    alone: bool = False


class FilterChips(QWidget):
    """A row of chips, or several rows where it is narrow.

    Args:
        words: What is filtered here, for screen readers.
        one: Exactly one chip is down, as on a wall; else any number, none included.

    Signals:
        changed(object): A person chose; carries the keys of the chips that are down, a frozenset.
    """

    changed = Signal(object)

    def __init__(self, words: str, one: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterChips")
        self.setAccessibleName(words)
        self._chips: dict[str, Chip] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(one)
        self._group.buttonClicked.connect(self._tell)
        self._flow = FlowLayout(self)
        self._behind: tuple[QWidget, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def checked(self) -> frozenset[str]:
        """The keys of the chips that are down."""
        return frozenset(key for key, button in self._buttons.items() if button.isChecked())

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show these chips; those that were down stay down, without a signal."""
        if list(self._chips) != [chip.key for chip in chips]:
            self._rebuild(chips)
        for chip in chips:
            self._show(chip)

    def put_behind(self, *widgets: QWidget) -> None:
        """Let these follow the last chip, in its row where there is room."""
        self._behind = widgets
        for widget in widgets:
            self._flow.addWidget(widget)

    def set_checked(self, keys: Iterable[str]) -> None:
        """Have exactly these chips down, without a signal."""
        wanted = set(keys)
        for key, button in self._buttons.items():
            if key in wanted or not self._group.exclusive():
                button.setChecked(key in wanted)

    def _rebuild(self, chips: Sequence[Chip]) -> None:
        """Keep the buttons of chips that stay: one of them may just be pressed."""
        down, before, wanted = self.checked, self._buttons, {chip.key for chip in chips}
        for key, button in before.items():
            self._flow.removeWidget(button)
            if key not in wanted:
                self._group.removeButton(button)
                button.hide()
                button.deleteLater()
        self._chips = {}
        self._buttons = {
            chip.key: before.get(chip.key) or self._make_button(chip) for chip in chips
        }
        for button in self._buttons.values():
            self._flow.addWidget(button)
            button.show()
        for widget in self._behind:
            self._flow.removeWidget(widget)
            self._flow.addWidget(widget)
        for one, following in pairwise([*self._buttons.values(), *self._behind]):
            self.setTabOrder(one, following)
        self.set_checked(down)
        if self._group.exclusive() and self._buttons and not self.checked:
            next(iter(self._buttons.values())).setChecked(True)

    def _make_button(self, chip: Chip) -> QPushButton:
        button = push_button(chip.text, f"{chip.key}Chip", "chip", self)
        button.setCheckable(True)
        self._group.addButton(button)
        return button

    def _show(self, chip: Chip) -> None:
        self._chips[chip.key] = chip
        button = self._buttons[chip.key]
        text = chip.text if chip.count is None else _with_count(chip.text, chip.count)
        button.setText(text.replace("&", "&&"))
        button.setToolTip(chip.tip)
        button.setAccessibleName(text)
        button.setAccessibleDescription(chip.tip)
        self._flow.invalidate()

    @Slot(QAbstractButton)
    def _tell(self, button: QAbstractButton) -> None:
        chosen = next(key for key, one in self._buttons.items() if one is button)
        for key, other in self._buttons.items():
            if key != chosen and (self._chips[chosen].alone or self._chips[key].alone):
                other.setChecked(False)
        self.changed.emit(self.checked)


def _with_count(text: str, count: int) -> str:
    """Return a text and its count, which is not to be taken for the text's own number."""
    told = number(count)
    return f"{text} ({told})" if text[-1:].isdigit() else f"{text} {told}"
