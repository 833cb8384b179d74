"""What the window says where there is nothing to show, or something went wrong, and the way out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from tinyclf.session import Session
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.empty_grid import EmptyGrid


@pytest.fixture
def empty(welcome, tmp_path):
    """A person who has opened a collection without photos."""
    Session.create(tmp_path / "empty.tinyclf").close()
    welcome.desk.open_collection(tmp_path / "empty.tinyclf")
    return welcome


def way_out(collector):
    return collector.find(QPushButton, "wayOutButton")


def sentence(collector):
    return collector.find(QLabel, "emptyWords").text()


def test_an_empty_collection_offers_to_add_photos(empty, folder, monkeypatch):
    assert sentence(empty).startswith("This collection has no photos yet.")
    assert way_out(empty).text() == "Add photos…"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    empty.click("wayOutButton")
    empty.wait_until_idle()
    assert len(empty.session.table) == 20
    assert not empty.window.pages.label.browser.grid.findChild(EmptyGrid).isVisible()


def test_an_empty_collection_shows_no_tools_for_photos(empty):
    assert not [name for name in ("notGradedChip", "gradeButton1") if is_seen(empty, name)]


def is_seen(collector, name):
    return any(one.isVisible() for one in collector.window.findChildren(QPushButton, name))


def test_while_the_first_photos_are_read_there_is_only_a_sentence(empty, folder):
    empty.workspace.workbench.import_folder(folder)
    assert sentence(empty) == "Photos appear here as they are read."
    assert not is_seen(empty, "wayOutButton")
    empty.wait_until_idle()


def test_a_folder_without_photos_is_told_and_opens_nothing(welcome, tmp_path):
    (tmp_path / "nothing").mkdir()
    welcome.desk.take_folder(tmp_path / "nothing")
    assert welcome.desk.workspace is None
    assert welcome.job_words().startswith("There is no photo in")


def test_an_evening_without_a_disk_for_caches(collector, tmp_path, monkeypatch):
    path = collector.session.path
    collector.choose("close")
    (tmp_path / "file").touch()
    monkeypatch.setenv("TINYCLF_CACHE", str(tmp_path / "file"))
    collector.desk.open_collection(path)
    collector.wait_until_idle()
    told = collector.job_words()
    assert "forgotten when this collection is closed" in told
    assert "cannot be made" in told
    collector.focus("a1")
    collector.press(Qt.Key.Key_4)
    assert collector.code("a1") == 4


def test_where_nothing_matches_one_button_shows_all(collector):
    collector.click("gradedChip")
    assert sentence(collector) == "No photo matches what is chosen above."
    assert way_out(collector).text() == "Show all"
    collector.click("wayOutButton")
    assert len(collector.shown()) == 20


def test_a_wall_that_is_done_offers_to_show_it_whole(trained):
    trained.workspace.pages.review.accept_rest()
    trained.workspace.collection.recount()
    trained.workspace.pages.review.shown.show_rows()
    assert sentence(trained) == "Nothing is left to check on this wall."
    trained.click("wayOutButton")
    assert trained.shown()


def test_a_grade_that_the_full_disk_refuses_is_said_and_not_painted(collector):
    connection = collector.session._store._connection
    connection.pragma("max_page_count", connection.pragma("page_count"))
    collector.workspace.collection.do(_GradeAllTillItFails(collector))
    names = [collector.name_of(one) for one in collector.session.table.ids]
    on_disk = {one.photo_id: int(one.verdict) for one in collector.session._store.labels()}
    for name in names:
        assert collector.code(name) == on_disk.get(collector.photo(name), 0)
    assert "is full, so the last act was not kept. Free some space" in collector.job_words()


class _GradeAllTillItFails:
    """Grades all photos again and again."""

    def __init__(self, collector):
        self._ids = list(collector.session.table.ids)

    def do(self, session):
        from tinyclf.domain import GRADES

        for number in range(10_000):
            session.grade(self._ids, GRADES[number % 5])


def test_a_collection_that_is_open_elsewhere_is_told_with_the_cure(welcome, tmp_path):
    with Session.create(tmp_path / "mine.tinyclf"):
        welcome.desk.open_collection(tmp_path / "mine.tinyclf")
        assert welcome.desk.workspace is None
        assert "Close it there, then open it here." in welcome.job_words()
    welcome.desk.open_collection(tmp_path / "mine.tinyclf")
    assert welcome.desk.workspace is not None


def test_a_long_error_is_read_whole_in_a_small_window(welcome):
    welcome.window.resize(880, 560)
    words = (
        "Another window or program has /home/a person/Documents/Tiny Classifier/Stamps.tinyclf "
        "open. Close it there, then open it here."
    )
    welcome.window.job_bar.fail(words, "")
    welcome.qtbot.wait(10)
    shown = welcome.find(ElidedLabel, "messageWords").shown_text()
    assert shown.replace("\n", " ") == words
    assert not is_seen(welcome, "copyDetailsButton")


def test_an_error_is_read_beside_a_job_and_a_long_last_act(welcome):
    welcome.window.resize(900, 600)
    welcome.window.job_bar.begin("Training")
    welcome.window.toast.show_act("Looking at the whole wall is as quick as a check at random.")
    welcome.window.job_bar.fail("The disk is full. " * 9, "details")
    welcome.qtbot.wait(10)
    assert welcome.find(ElidedLabel, "messageWords").width() >= 400
    assert is_seen(welcome, "cancelButton")
    welcome.window.job_bar.end()
    welcome.qtbot.wait(10)
    assert welcome.find(ElidedLabel, "messageWords").width() >= 600


def test_a_photo_that_changed_says_so_in_a_few_words(collector, folder):
    path = folder / "a1.png"
    path.write_bytes(b"x" * path.stat().st_size)
    pictures = collector.workspace.pictures
    photo_id = collector.photo("a1")
    collector.focus("a1")
    collector.workspace.browser.open_loupe()
    collector.qtbot.waitUntil(lambda: pictures.photos.problem(photo_id) is not None)
    assert "another one than was imported: import its folder again" in pictures.photos.problem(
        photo_id
    )
