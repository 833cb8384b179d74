"""Cleaning what can be made again while its collection is open."""

import numpy as np
from PySide6.QtWidgets import QPushButton

from tinyclf.data.duplicates import find_duplicates
from tinyclf.data.encoder.builtin import BUILTIN_KEY
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION
from tinyclf.data.features import FeatureCache
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


def test_wear_and_near_duplicates_are_told_anew_after_they_were_cleaned(collector, finish, home):
    session = collector.session
    vectors = np.ones((len(session.table), BUILTIN_DIMENSION), np.float16)
    with FeatureCache(home / "caches") as cache:
        cache.put_many(BUILTIN_KEY, dict(zip(session.table.ids, vectors, strict=True)))
    worn = finish(session.wear())
    collector.choose("settings")
    dialog = collector.window.findChild(SettingsDialog)
    page = dialog.findChild(StoragePage)
    dialog.show_page(page)
    button = dialog.findChild(QPushButton, "measuresCleanButton")
    collector.qtbot.waitUntil(button.isEnabled)
    with collector.qtbot.waitSignal(page._shelf.told):
        button.click()
    dialog.accept()
    assert session._reader._scores.get_many(BUILTIN_KEY, session.table.ids) == {}
    assert finish(session.wear()) == worn
    photos = session.table.all_photos()
    assert finish(find_duplicates(photos, photos.ids, session.thumbnails, session._poses))
