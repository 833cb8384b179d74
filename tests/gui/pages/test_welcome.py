from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tinyclf.session import Session

ACTION, BUTTON, NO_KEY = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)


def drop(target, *paths):
    """Drop files on a widget; return whether they were taken."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(QPoint(9, 9), ACTION, carried, BUTTON, NO_KEY)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), ACTION, carried, BUTTON, NO_KEY))
    return enter.isAccepted()


def test_welcome_says_what_this_is_for(welcome):
    assert "Grade a folder of photos in an evening" in welcome.words()
    assert "Your photos stay where they are" in welcome.words()


def test_a_dropped_folder_becomes_a_collection(welcome, folder):
    assert drop(welcome.window, folder)
    welcome.wait_until_idle()
    assert len(welcome.session.table) == 20
    assert welcome.window.page == "label"


def test_a_dropped_photo_stands_for_its_folder(welcome, folder):
    assert drop(welcome.window, folder / "a1.png")
    welcome.wait_until_idle()
    assert len(welcome.session.table) == 20


def test_what_is_no_file_is_not_taken(welcome, tmp_path):
    assert not drop(welcome.window, tmp_path / "gone")


def test_a_folder_dropped_on_an_open_collection_joins_it(collector, tmp_path, photo):
    more = tmp_path / "more"
    more.mkdir()
    photo(more / "z1.png")
    assert drop(collector.window, more)
    collector.wait_until_idle()
    assert len(collector.session.table) == 21
    assert collector.session.folders == [tmp_path / "photos", more]


def test_recent_collections_open_with_a_click(collector, folder):
    path = collector.session.path
    collector.choose("close")
    assert collector.find(QPushButton, "recentButton1").text() == path.stem
    collector.click("recentButton1")
    collector.wait_until_idle()
    assert collector.session.path == path


def test_nothing_recent_is_not_shown(welcome):
    assert "Recent collections" not in [
        label.text() for label in welcome.window.findChildren(QLabel) if label.isVisible()
    ]


def test_the_sample_stamps_open_with_a_click(welcome, monkeypatch, home):
    monkeypatch.setattr("tinyclf_gui.desk.SAMPLES", 3)
    welcome.click("openSampleButton")
    welcome.wait_until_idle()
    assert len(welcome.session.table) == 3
    assert (welcome.session.folders[0] / "truth.csv").exists()


def test_a_sample_that_was_cut_short_is_finished(welcome, monkeypatch):
    monkeypatch.setattr("tinyclf_gui.desk.SAMPLES", 2)
    welcome.click("openSampleButton")
    welcome.wait_until_idle()
    (welcome.session.folders[0] / "truth.csv").unlink()
    welcome.choose("close")
    monkeypatch.setattr("tinyclf_gui.desk.SAMPLES", 3)
    welcome.click("openSampleButton")
    welcome.wait_until_idle()
    assert len(welcome.session.table) == 3


def test_a_new_collection_never_lies_beside_the_photos(collector, folder):
    assert collector.session.path.parent != folder
    assert {path.suffix for path in folder.iterdir()} == {".png"}
    assert isinstance(collector.session, Session)
