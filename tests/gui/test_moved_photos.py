"""Photos that are not where they were: told, waited for, found again; nothing is mislabelled."""

import shutil

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QTableView

from tinyclf.errors import StorageError
from tinyclf_gui.dialogs.problems import ProblemsDialog
from tinyclf_gui.widgets.missing_banner import MissingBanner


def cell(table, column):
    """Return what stands in the first line of a table."""
    return table.model().index(0, column).data()


@pytest.fixture
def unplugged(collector, folder):
    """A person who graded some photos, and then their drive went away."""
    collector.grade_truly("ab")
    collector.qtbot.waitUntil(lambda: all_thumbnails(collector))
    folder.rename(folder.with_name("elsewhere"))
    look(collector)
    return collector


def all_thumbnails(collector):
    pool = collector.workspace.pictures.thumbnails
    return all(pool.pixmap(photo_id) for photo_id in collector.session.table.ids)


def look(collector):
    """Try again, and wait for what comes of it."""
    missing = collector.workspace.moved_photos.missing
    with collector.qtbot.waitSignal(missing.looked):
        missing.look()


def relink(collector, where):
    workbench = collector.workspace.workbench
    with collector.qtbot.waitSignal(workbench.relinked):
        workbench.relink(where)
    collector.wait_until_idle()
    collector.qtbot.waitUntil(lambda: not collector.workspace.moved_photos.missing.busy)


def banner(collector):
    return collector.find(MissingBanner, "missingBanner")


def said(collector):
    return banner(collector).findChild(QLabel, "missingWords").text()


def is_told(collector):
    return any(one.isVisible() for one in collector.window.findChildren(MissingBanner))


def tile_of(collector, name):
    model = collector.grid.model()
    return model.tile(model.position_of(collector.photo(name)))


def test_nothing_is_told_where_all_photos_are_in_place(collector):
    look(collector)
    assert not is_told(collector)
    assert "All photos are in their places" in collector.words()


def test_a_drive_that_is_gone_is_told_on_both_pages(unplugged, folder):
    assert said(unplugged) == f"20 photos are not where they were. {folder} is not there."
    unplugged.go_to("review")
    unplugged.window.pages.review._stack.setCurrentIndex(1)
    assert "20 photos" in said(unplugged)


def test_a_photo_that_is_gone_keeps_its_thumbnail_and_says_where_it_was(unplugged, folder):
    assert all_thumbnails(unplugged)
    assert tile_of(unplugged, "a1").gone_from == str(folder)
    index = unplugged.grid.model().index(0)
    spoken = unplugged.grid.model().data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(f"not found in {folder}")
    hover = unplugged.grid.model().data(index, Qt.ItemDataRole.ToolTipRole)
    assert hover.startswith(f"Not found: {folder}")


@pytest.fixture
def edited(collector, folder):
    """A person who turned c3 in another program, and had the folder read again."""
    Image.open(folder / "c3.png").rotate(180).save(folder / "c3.png")
    collector.workspace.workbench.import_folder(folder)
    collector.wait_until_idle()
    look(collector)
    return collector


def test_of_an_edited_photo_the_former_picture_is_missing(edited):
    assert said(edited).startswith("1 photo is not where it was: another picture has its name.")
    assert [tile_of(edited, "c3").gone_from != "", len(edited.shown())] == [True, 21]


def test_besides_others_that_are_missing_it_is_counted(edited, folder):
    (folder / "b4.png").unlink()
    look(edited)
    assert said(edited).startswith("2 photos are not where they were. They were in ")
    assert said(edited).endswith("Other pictures have the names of 1 of them.")


def test_it_is_put_aside_by_marking_it_not_gradable(edited, qtbot):
    edited.focus("c3")  # the first of this name is the former one
    edited.press(Qt.Key.Key_X)
    qtbot.waitUntil(lambda: not is_told(edited))
    edited.choose("undo")
    qtbot.waitUntil(lambda: is_told(edited))


def test_grading_goes_on_while_the_drive_is_away(unplugged):
    unplugged.focus("c3")
    unplugged.press(unplugged.key("3"))
    assert unplugged.code("c3") == 3


def test_the_loupe_says_which_file_is_not_there(unplugged, folder):
    unplugged.focus("d1")
    unplugged.workspace.browser.open_loupe()
    photos = unplugged.workspace.pictures.photos
    photo_id = unplugged.photo("d1")
    unplugged.qtbot.waitUntil(lambda: photos.problem(photo_id) is not None)
    assert photos.problem(photo_id).startswith(f"{folder / 'd1.png'}\n")


def test_a_drive_that_comes_back_needs_but_try_again(unplugged, folder):
    unplugged.workspace.pictures.thumbnails._problems["x"] = "gone"
    folder.with_name("elsewhere").rename(folder)
    with unplugged.qtbot.waitSignal(unplugged.workspace.moved_photos.missing.looked):
        unplugged.click("tryAgainButton")
    assert not is_told(unplugged)
    assert tile_of(unplugged, "a1").gone_from == ""
    assert unplugged.workspace.pictures.thumbnails.problem("x") is None


def test_trying_again_in_vain_is_told(unplugged):
    look(unplugged)
    assert "Still not there: 20 photos" in unplugged.words()
    assert is_told(unplugged)


def test_moved_photos_are_found_and_keep_their_grades(unplugged, folder, monkeypatch):
    where = folder.with_name("elsewhere")
    (where / "a1.png").rename(where / "renamed.png")
    graded = unplugged.session.table.codes.tolist()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(where))
    with unplugged.qtbot.waitSignal(unplugged.workspace.workbench.relinked):
        unplugged.click("findMovedButton")
    unplugged.qtbot.waitUntil(lambda: not is_told(unplugged))
    unplugged.wait_until_idle()
    assert "20 photos found again" in unplugged.words()
    assert unplugged.session.table.codes.tolist() == graded
    assert unplugged.code("renamed") == 1


def test_some_found_and_an_impostor_are_told(unplugged, folder):
    where = folder.with_name("elsewhere")
    (where / "b2.png").write_bytes((where / "b2.png").read_bytes() + b"edited")
    relink(unplugged, where)
    assert "19 photos found again, 1 still missing" in unplugged.words()
    unplugged.qtbot.waitUntil(lambda: "1 photo is not where it was" in said(unplugged))
    dialog = unplugged.window.findChild(ProblemsDialog)
    table = dialog.findChild(QTableView, "problemsTable")
    assert (table.model().rowCount(), cell(table, 0)) == (1, "b2.png")
    assert cell(table, 1) == "the same name, but another picture"
    dialog.accept()


def test_a_folder_without_any_of_them_changes_nothing(unplugged, tmp_path):
    (tmp_path / "empty").mkdir()
    relink(unplugged, tmp_path / "empty")
    assert "None of the missing photos is there" in unplugged.words()
    assert is_told(unplugged)


def test_the_banner_can_be_put_away(unplugged):
    unplugged.qtbot.mouseClick(
        next(
            one for one in banner(unplugged).children() if one.objectName() == "closeMissingButton"
        ),
        Qt.MouseButton.LeftButton,
    )
    assert not is_told(unplugged)


def test_a_picture_that_cannot_be_read_makes_it_look_again(collector, folder):
    missing = collector.workspace.moved_photos.missing
    look(collector)
    missing._pause.stop()
    (folder / "a1.png").unlink()
    with collector.qtbot.waitSignal(missing.changed):
        collector.focus("a1")
        collector.workspace.browser.open_loupe()
    assert is_told(collector)


def test_a_look_that_comes_to_nothing_is_told_to_who_asked(collector, monkeypatch):
    def broken():
        raise StorageError("The drive does not answer.")

    monkeypatch.setattr(collector.session, "find_missing", broken)
    missing = collector.workspace.moved_photos.missing
    with collector.qtbot.waitSignal(missing.failed) as told:
        missing.look()
    assert told.args == ["The drive does not answer."]


def test_after_the_end_nothing_is_looked_for(collector, qapp):
    missing = collector.workspace.moved_photos.missing
    missing.stop()
    missing.stop()
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert not missing.busy


@pytest.fixture
def copy(collector, folder, tmp_path):
    """A copy of a1, in another photo folder."""
    copies = tmp_path / "copies"
    copies.mkdir()
    path = shutil.copy(folder / "a1.png", copies / "again.png")
    collector.workspace.workbench.import_folder(copies)
    collector.wait_until_idle()
    collector.qtbot.waitUntil(lambda: not collector.workspace.moved_photos.missing.busy)
    return path


def test_a_photo_is_shown_where_a_copy_of_it_lies(collector, folder, copy):
    photo_id = collector.photo("a1")
    (folder / "a1.png").unlink()
    look(collector)
    assert not is_told(collector)
    assert collector.photo("again") == photo_id


def test_a_copy_that_is_gone_is_counted_no_longer(collector, copy):
    problems = collector.find(QPushButton, "problemsButton")
    assert problems.text() == "1 exact copy"
    copy.unlink()
    with collector.qtbot.waitSignal(collector.workspace.collection.counted):
        look(collector)
    assert not problems.isVisible()


@pytest.mark.parametrize("other", ["forgotten", "moved"])
def test_a_banner_that_was_put_away_stays_so_when_only_copies_differ(
    collector, folder, copy, other
):
    (folder / "b1.png").unlink()
    look(collector)
    banner(collector).hide()
    (copy if other == "forgotten" else folder / "a1.png").unlink()
    look(collector)
    assert not is_told(collector)
