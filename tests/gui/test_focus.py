"""Wherever Tab leads, one sees where the keyboard is."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from tinyclf_gui import theme
from tinyclf_gui.dialogs.keys_page import KeysPage

LEAST_PIXELS, LEAST_CONTRAST = 12, 24
"""So many pixels look that much different, of 255, where the keyboard is."""


def around(window: QWidget, widget: QWidget) -> NDArray[np.int_]:
    """Return what is seen of a widget and a little around it."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
    place = place.intersected(window.rect())
    assert not place.isEmpty(), f"{widget.objectName()} is out of sight"
    image = window.grab(place).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(bytes(image.constBits()), np.uint8)
    return pixels.reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def bring_into_view(widget: QWidget) -> None:
    QApplication.processEvents()  # what was just unfolded is laid out
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def unseen(person, window: QWidget) -> list[str]:
    """Walk once around a window by Tab; return what does not show the focus."""
    reached: list[QWidget] = []
    for _ in range(80):
        person.qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        if widget is None or widget in reached:
            break
        reached.append(widget)
    assert len(reached) > 1
    return [widget.objectName() for widget in reached if not shows_focus(window, widget)]


def opened(person) -> QWidget:
    """Return the dialog that has just opened."""
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.activateWindow()
    person.qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def shows_focus(window: QWidget, widget: QWidget) -> bool:
    bring_into_view(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    focused = around(window, widget)
    widget.clearFocus()
    changed = np.abs(focused - around(window, widget)).max(axis=2) > LEAST_CONTRAST
    return np.count_nonzero(changed) >= LEAST_PIXELS


@pytest.fixture(params=["dark", "light"])
def look(request, qapp):
    themes = {"dark": theme.DARK, "light": theme.LIGHT}
    yield lambda: theme.apply(qapp, themes[request.param])
    theme.apply(qapp, theme.DARK)


def test_on_every_page(trained, look):
    look()
    for page in ("label", "train", "review"):
        trained.go_to(page)
        assert unseen(trained, trained.window) == []


def test_with_all_details_unfolded(trained):
    trained.go_to("train")
    for name in ("morePresetsButton", "detailsButton", "moreDetailsButton"):
        trained.click(name)
    assert unseen(trained, trained.window) == []


def test_in_the_loupe(collector, look):
    look()
    collector.choose("loupe")
    assert unseen(collector, collector.window) == []


@pytest.mark.parametrize("name", ["shortcuts", "settings", "export", "problems", "about"])
def test_in_every_dialog(collector, look, name):
    look()
    collector.choose(name)
    dialog = opened(collector)
    assert unseen(collector, dialog) == []
    dialog.close()


def test_where_keys_are_bound(collector, look):
    look()
    collector.desk.settings_pages.show("keys")
    dialog = opened(collector)
    assert dialog.findChild(KeysPage).isVisible()
    assert unseen(collector, dialog) == []
    dialog.close()


def test_while_comparing(collector, look):
    look()
    collector.choose("compare-photos")
    assert unseen(collector, collector.window) == []
