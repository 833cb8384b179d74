"""What assistive tools are told as it happens; nothing is done while none of them listens."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget

FEW = 8
"""More items than these are told of as one change of the selection."""


def tell_item(view: QWidget, event: QAccessible.Event, item: int) -> None:
    """Tell that something happened to an item of a view, by its number among all items."""
    if QAccessible.isActive():
        told = QAccessibleEvent(view, event)
        told.setChild(item)
        QAccessible.updateAccessibility(told)


def tell_names(view: QWidget, items: range, focused: int | None) -> None:
    """Tell that items of a list are called otherwise now; of many, only the focused one is told."""
    if len(items) > FEW:
        items = range(focused, focused + 1) if focused is not None else range(0)
    for item in items:
        tell_item(view, QAccessible.Event.NameChanged, item)


def tell_selection(view: QWidget, selected: QItemSelection, deselected: QItemSelection) -> None:
    """Tell which items of a list joined the selection, and which left it."""
    if not QAccessible.isActive():
        return
    parts = [
        (event, part)
        for event, selection in (
            (QAccessible.Event.SelectionRemove, deselected),
            (QAccessible.Event.SelectionAdd, selected),
        )
        for part in selection.toList()
    ]
    if sum(part.height() for _, part in parts) > FEW:
        QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.SelectionWithin))
        return
    for event, part in parts:
        for item in range(part.top(), part.bottom() + 1):
            tell_item(view, event, item)


def announce(widget: QWidget, words: str) -> None:
    """Have something read out as soon as nothing else is."""
    if QAccessible.isActive() and words:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
