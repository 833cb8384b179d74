"""Cleaning the small pictures while their collection is open."""

from PySide6.QtWidgets import QPushButton

from tinyclf_gui.dialogs.settings import SettingsDialog
from tinyclf_gui.dialogs.storage_page import StoragePage


def test_small_pictures_are_made_anew_after_they_were_cleaned(collector):
    photo_id = collector.photo("a1")
    thumbnails = collector.session.thumbnails
    assert thumbnails.get(photo_id) is not None
    collector.choose("settings")
    dialog = collector.window.findChild(SettingsDialog)
    page = dialog.findChild(StoragePage)
    dialog.show_page(page)
    button = dialog.findChild(QPushButton, "thumbnailsCleanButton")
    collector.qtbot.waitUntil(button.isEnabled)
    with collector.qtbot.waitSignal(page._shelf.told):
        button.click()
    assert thumbnails.get(photo_id) is None
    dialog.accept()
    assert collector.workspace.pictures.thumbnails._load(photo_id)
    assert thumbnails.get(photo_id) is not None
