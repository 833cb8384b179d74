"""The Storage page: what is kept, its limits, and cleaning it while a collection is open."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from tinyclf.data.storage import THUMBNAILS, kept_in
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.data.wear_cache import WearCache
from tinyclf.errors import StorageError
from tinyclf_gui.dialogs.storage_page import StoragePage, size_in_words
from tinyclf_gui.models.cache_shelf import CacheShelf

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def folder(tmp_path):
    with ThumbnailCache(tmp_path) as cache:
        for number in range(60):
            cache.put(f"{number}", os.urandom(30_000))
    return tmp_path


@pytest.fixture
def page(qtbot, folder):
    shelf = CacheShelf(folder)
    page = StoragePage(shelf)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not shelf.busy)
    yield page
    shelf.stop()


def text(page, name):
    return page.findChild(QLabel, name).text()


def press(qtbot, page, name):
    with qtbot.waitSignal(page._shelf.told):
        qtbot.mouseClick(page.findChild(QPushButton, name), LEFT)


def test_each_cache_is_told_in_plain_words(page, folder):
    words = {one.text() for one in page.findChildren(QLabel)}
    assert {"Small pictures", "What it has seen in photos", "What was measured in photos"} <= words
    assert text(page, "thumbnailsSize").endswith(" MB")
    assert text(page, "featuresSize") == "empty"
    assert text(page, "storagePlace") == str(folder)


def test_all_of_it_is_told_with_its_bound(page, folder):
    kept = kept_in(folder)
    assert text(page, "totalSize") == size_in_words(sum(one.size for one in kept))
    bound = sum(one.limit or one.size for one in kept)
    assert text(page, "totalLimit") == f"at most {size_in_words(bound)}"


def test_only_what_holds_something_can_be_cleaned(page):
    assert page.findChild(QPushButton, "thumbnailsCleanButton").isEnabled()
    assert not page.findChild(QPushButton, "encoderCleanButton").isEnabled()


def test_cleaning_frees_the_space_and_says_how_much(qtbot, page, folder):
    press(qtbot, page, "thumbnailsCleanButton")
    assert kept_in(folder)[0].size < 200_000
    assert text(page, "storageOutcome").endswith(" MB freed.")


def test_what_was_measured_is_cleaned_without_a_limit_to_choose(qtbot, page, folder):
    with WearCache(folder) as cache:
        cache.put_many("encoder", {f"{number:032}": 1.0 for number in range(9_000)})
        with qtbot.waitSignal(page._shelf.told):
            page._shelf.look()
        assert not page.findChild(QComboBox, "measuresLimitBox").isVisible()
        qtbot.waitUntil(page.findChild(QPushButton, "measuresCleanButton").isEnabled)
        press(qtbot, page, "measuresCleanButton")
        assert cache.get_many("encoder", [f"{0:032}"]) == {}
    assert text(page, "storageOutcome").endswith(" freed.")


def test_another_limit_is_kept(qtbot, page, folder):
    box = page.findChild(QComboBox, "thumbnailsLimitBox")
    assert box.currentText() == "at most 4 GB"
    with qtbot.waitSignal(page._shelf.told):
        box.setCurrentIndex(0)
        box.activated.emit(0)
    kept = {one.key: one for one in kept_in(folder)}
    assert kept[THUMBNAILS].limit == 10**9
    assert text(page, "storageOutcome") == "Nothing had to go."


def test_what_cannot_be_cleaned_is_said(qtbot, page, monkeypatch):
    def refuse(*_):
        raise StorageError("The cache cannot be used: the disk is gone.")
        yield

    monkeypatch.setattr("tinyclf_gui.models.cache_shelf.clean", refuse)
    with qtbot.waitSignal(page._shelf.failed):
        qtbot.mouseClick(page.findChild(QPushButton, "cleanAllButton"), LEFT)
    assert "the disk is gone" in text(page, "storageOutcome")
    qtbot.waitUntil(page.findChild(QPushButton, "cleanAllButton").isEnabled)
