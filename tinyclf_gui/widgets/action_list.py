"""All actions by group with their keys, to be searched and chosen from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from tinyclf_gui import theme as themes
from tinyclf_gui.models.actions import Entry, groups
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.cheat_sheet import either

NAME = Qt.ItemDataRole.UserRole
ACTION_WIDTH = 340
"""So much for what an action is called, in pixels; what is left is for its keys."""


class ActionList(QTreeWidget):
    """Follows when keys are bound anew.

    Signals:
        chosen(str): This action is in focus.
        keyWanted(str): Enter or a double click: this action is to have another key.
    """

    chosen = Signal(str)
    keyWanted = Signal(str)

    def __init__(self, keys: KeyBindings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("actionList")
        self.setAccessibleName(self.tr("Actions"))
        self.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.header().resizeSection(0, ACTION_WIDTH)
        self.header().setSectionsClickable(False)
        self._keys = keys
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        for title, entries in groups():
            self._add(title, entries)
        self.expandAll()
        self._show_keys()
        keys.changed.connect(self._show_keys)
        self.currentItemChanged.connect(self._tell)
        self.itemActivated.connect(self._want)

    def choose(self, name: str) -> None:
        """Put the focus on an action."""
        self.setCurrentItem(self._items[name])
        self.scrollToItem(self._items[name])

    def search(self, words: str) -> int:
        """Show only actions whose group, name or keys have these words; return how many."""
        wanted = words.casefold().split()
        found = []
        for group, items in self._groups:
            fitting = [item for item in items if _fits(item, group, wanted)]
            group.setHidden(not fitting)
            for item in items:
                item.setHidden(item not in fitting)
            found += fitting
        if found and self.currentItem() not in found:
            self.setCurrentItem(found[0])
        return len(found)

    def _add(self, title: str, entries: list[Entry]) -> None:
        group = QTreeWidgetItem(self, [title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        group.setFont(0, font)
        group.setForeground(0, themes.current().muted)
        group.setFirstColumnSpanned(True)
        for entry in entries:
            item = self._items[entry.key] = QTreeWidgetItem(group, [entry.name])
            item.setData(0, NAME, entry.key)
        self._groups.append((group, [self._items[entry.key] for entry in entries]))

    def _show_keys(self) -> None:
        for name, item in self._items.items():
            item.setText(1, either(self._keys, name))
            font = self.font()
            font.setBold(not self._keys.is_usual(name))
            item.setFont(1, font)

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and (name := item.data(0, NAME)):
            self.chosen.emit(name)

    def _want(self, item: QTreeWidgetItem) -> None:
        if name := item.data(0, NAME):
            self.keyWanted.emit(name)


def _fits(item: QTreeWidgetItem, group: QTreeWidgetItem, wanted: list[str]) -> bool:
    told = f"{group.text(0)} {item.text(0)} {item.text(1)}".casefold()
    return all(word in told for word in wanted)
