from __future__ import annotations

from pathlib import Path

import apsw
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPushButton, QTableView

from tinyclf.project.schema import USER_VERSION
from tinyclf.session import Session
from tinyclf_gui.dialogs.problems import ProblemsDialog


def cell(table, column):
    """Return what stands in the first line of a table."""
    return table.model().index(0, column).data()


def test_the_window_opens_where_one_left(collector, sit_down):
    path = collector.session.path
    collector.window.close()
    next_evening = sit_down()
    next_evening.desk.begin(None)
    next_evening.wait_until_idle()
    assert next_evening.session.path == path


def test_what_was_closed_is_not_opened_again_by_itself(collector, sit_down):
    path = collector.session.path
    collector.choose("close")
    collector.window.close()
    next_evening = sit_down()
    next_evening.desk.begin(None)
    assert next_evening.desk.workspace is None
    assert next_evening.settings.recent() == [path]
    next_evening.desk.open_collection(path)
    next_evening.wait_until_idle()
    next_evening.window.close()
    third = sit_down()
    third.desk.begin(None)
    third.wait_until_idle()
    assert third.session.path == path


def test_after_a_training_that_is_the_review_page(trained, sit_down):
    trained.window.close()
    next_evening = sit_down()
    next_evening.desk.begin(None)
    next_evening.wait_until_idle()
    assert next_evening.window.page == "review"


def test_the_first_time_it_is_welcome(welcome):
    welcome.desk.begin(None)
    assert welcome.window.page is None


def test_a_folder_on_the_command_line_becomes_a_collection(welcome, folder):
    welcome.desk.begin(folder)
    welcome.wait_until_idle()
    assert len(welcome.session.table) == 20


def test_the_same_folder_opens_the_same_collection(collector, folder):
    path = collector.session.path
    collector.choose("close")
    collector.desk.take_folder(folder)
    collector.wait_until_idle()
    assert collector.session.path == path


def test_another_folder_of_this_name_gets_its_own(collector, tmp_path, photo):
    other = tmp_path / "other" / "photos"
    other.mkdir(parents=True)
    photo(other / "z1.png")
    collector.choose("close")
    collector.desk.take_folder(other)
    collector.wait_until_idle()
    assert collector.session.path.name == "photos 2.tinyclf"


def newer(path: Path) -> None:
    Session.create(path).close()
    connection = apsw.Connection(str(path))
    connection.execute(f"PRAGMA user_version = {USER_VERSION + 1}")
    connection.close()


def foreign(path: Path) -> None:
    path.write_bytes(b"no collection at all" * 100)


def missing(path: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (newer, "newer version"),
        (foreign, "is no Tiny Classifier collection"),
        (missing, "There is no"),
    ],
)
def test_a_file_that_cannot_be_opened_is_named_and_why(welcome, tmp_path, make, words):
    make(tmp_path / "x.tinyclf")
    welcome.desk.open_collection(tmp_path / "x.tinyclf")
    assert words in welcome.job_words()
    assert "x.tinyclf" in welcome.job_words()
    assert welcome.window.page is None


def test_what_was_open_stays_open_then(collector, tmp_path):
    foreign(tmp_path / "x.tinyclf")
    collector.desk.open_collection(tmp_path / "x.tinyclf")
    assert collector.window.page == "label"
    assert len(collector.session.table) == 20


def test_a_collection_that_is_open_here_stays_as_it_is(collector):
    workspace = collector.workspace
    collector.desk.open_collection(collector.session.path)
    assert collector.workspace is workspace


def test_a_folder_without_photos_is_named(welcome, tmp_path, qtbot):
    empty = tmp_path / "empty"
    empty.mkdir()
    welcome.desk.take_folder(empty)
    qtbot.waitUntil(lambda: "empty" in welcome.job_words())


def test_where_no_collection_can_be_made_is_named(welcome, folder, home):
    (home / "Documents").write_text("a file, not a folder")
    welcome.desk.take_folder(folder)
    assert "Documents" in welcome.job_words()
    assert welcome.window.page is None


def test_files_that_could_not_be_read_are_counted_and_listed(welcome, folder):
    (folder / "broken.jpg").write_bytes(b"")
    welcome.desk.take_folder(folder)
    welcome.wait_until_idle()
    welcome.click("problemsButton")
    dialog = welcome.window.findChild(ProblemsDialog)
    table = dialog.findChild(QTableView)
    assert cell(table, 0) == "broken.jpg"
    assert cell(table, 1) == "the file is empty"
    dialog.reject()


def test_exact_copies_are_told_for_what_they_are(welcome, folder):
    (folder / "again.png").write_bytes((folder / "a1.png").read_bytes())
    welcome.desk.take_folder(folder)
    welcome.wait_until_idle()
    assert welcome.find(QPushButton, "problemsButton").text() == "1 exact copy"
    welcome.click("problemsButton")
    dialog = welcome.window.findChild(ProblemsDialog)
    assert dialog.findChild(QTableView, "problemsTable") is None
    table = dialog.findChild(QTableView, "copiesTable")
    assert [cell(table, k) for k in range(2)] == ["again.png", "a1.png"]
    welcome.click("copyProblemsButton")
    assert QGuiApplication.clipboard().text() == f"{folder}/again.png: copy of {folder}/a1.png"
    dialog.reject()


def test_a_photo_deleted_since_shows_its_reason(collector, folder, qtbot, sit_down):
    path = collector.session.path
    collector.window.close()
    (folder / "a1.png").unlink()
    later = sit_down()
    later.desk.open_collection(path)
    later.wait_until_idle()
    later.focus("a1")
    later.press(later.key("E"))
    reason = later.workspace.pictures.photos.problem
    qtbot.waitUntil(lambda: "gone" in (reason(later.photo("a1")) or ""))


def test_a_note_of_photos_to_add_joins_them(collector, folder, photo, monkeypatch):
    photo(folder / "e1.png")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    collector.choose("add-photos")
    collector.wait_until_idle()
    assert len(collector.session.table) == 21


def test_opening_a_folder_puts_the_open_collection_away(collector, tmp_path, photo, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    photo(other / "z1.png")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    collector.choose("open-folder")
    collector.wait_until_idle()
    assert collector.session.name == "other"
    assert len(collector.session.table) == 1


def test_a_question_left_unanswered_changes_nothing(collector, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    workspace = collector.workspace
    for entry in ("open-folder", "open-collection", "add-photos"):
        collector.choose(entry)
    assert collector.workspace is workspace


def starts_of_dialogs(monkeypatch, answer=""):
    """Answer what asks for a folder; return where each began."""
    starts = []

    def ask(_parent, _title, start=""):
        starts.append(start)
        return answer

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
    return starts


def test_the_dialog_begins_with_the_pictures_then_with_the_folder_used_last(
    welcome, home, folder, monkeypatch
):
    (home / "Pictures").mkdir()
    starts = starts_of_dialogs(monkeypatch, str(folder))
    welcome.choose("open-folder")
    welcome.wait_until_idle()
    welcome.choose("add-photos")
    welcome.wait_until_idle()
    assert starts == [str(home / "Pictures"), str(folder)]


def test_where_that_folder_is_gone_it_begins_as_near_as_can_be(welcome, tmp_path, monkeypatch):
    welcome.settings.folder = tmp_path / "gone" / "stamps"
    starts = starts_of_dialogs(monkeypatch)
    welcome.choose("open-folder")
    assert starts == [str(tmp_path)]


def recent_entries(person):
    """Open the menu; return what it offers by its words."""
    person.window.menu.recent.asked.emit()
    return {action.text(): action for action in person.window.menu.recent.actions()}


def test_the_menu_opens_collections_of_before_each_by_a_digit(collector, tmp_path):
    path = collector.session.path
    assert recent_entries(collector) == {}  # it is open
    assert not collector.window.menu.recent.menuAction().isEnabled()
    Session.create(tmp_path / "Cards & coins.tinyclf").close()
    collector.desk.open_collection(tmp_path / "Cards & coins.tinyclf")
    assert list(recent_entries(collector)) == [f"&1  {path.stem}"]
    recent_entries(collector)[f"&1  {path.stem}"].trigger()
    assert collector.session.path == path
    assert list(recent_entries(collector)) == ["&1  Cards && coins"]


def test_a_collection_that_is_gone_is_not_offered_and_it_is_said_why(welcome, tmp_path):
    for number in range(1, 12):
        welcome.settings.remember(tmp_path / f"gone {number}.tinyclf")
    entries = recent_entries(welcome)
    assert len(entries) == 10
    assert next(iter(entries)) == f"&1  gone 11: not found in {tmp_path}"
    assert list(entries)[-1].startswith("&0  ")
    assert not any(action.isEnabled() for action in entries.values())


def test_nothing_of_a_collection_is_told_on_the_start_page(collector):
    collector.focus("a1")
    collector.press(collector.key("4"))
    assert "a1 graded 4" in collector.window.menu.action("undo").text()
    collector.window.job_bar.complain("It went wrong.")
    collector.choose("close")
    assert "It went wrong." not in collector.words()
    assert "a1 graded 4" not in collector.window.menu.action("undo").text()


@pytest.mark.parametrize("entry", ["export", "settings", "shortcuts", "about", "problems"])
def test_dialogs_open_and_close(collector, entry):
    collector.choose(entry)
    dialog = next(one for one in collector.window.findChildren(QDialog) if one.isVisible())
    assert dialog.objectName()
    dialog.reject()


def test_exports_are_offered_beside_the_collection(welcome, tmp_path):
    Session.create(tmp_path / "Stamps.tinyclf").close()
    welcome.desk.open_collection(tmp_path / "Stamps.tinyclf")
    welcome.choose("export")
    assert welcome.find(QLineEdit, "onnxPath").text() == str(tmp_path / "Stamps.onnx")


def test_tiles_grow_and_shrink_from_the_menu(collector):
    side = collector.grid.side
    collector.choose("larger")
    assert collector.grid.side > side
    collector.choose("smaller")
    assert collector.grid.side == side
    assert collector.settings.tile_pixels == side


def test_the_window_closes_while_a_job_runs(collector):
    collector.grade_truly("abc")
    collector.choose("train-now")
    workbench = collector.workspace.workbench
    assert workbench.busy
    collector.window.close()
    assert workbench.idle
    assert not collector.window.isVisible()
    with Session.open(collector.session.path) as session:
        assert session.status().counts.human == 15


def test_the_window_closes_with_counts_outstanding(collector, qtbot):
    collector.grade_truly("a")
    collector.focus("b1")
    collector.press(collector.key("1"))
    collector.window.close()
    qtbot.wait(200)  # longer than counts take


def test_closing_a_collection_lets_others_have_it(collector):
    path = collector.session.path
    collector.choose("close")
    assert collector.desk.workspace is None
    with Session.open(path) as session:
        assert len(session.table) == 20
