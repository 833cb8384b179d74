"""Before an export it is said whose grades go out; after it, where they are."""

from pathlib import Path

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from tinyclf.domain import Mark
from tinyclf_gui.dialogs.export import ExportDialog


def export_dialog(person) -> ExportDialog:
    person.choose("export")
    return person.window.findChild(ExportDialog)


def test_the_dialog_says_how_many_grades_are_unchecked(trained):
    dialog = export_dialog(trained)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Grades: 10 checked by you, 10 as proposed." in words


def test_the_dialog_says_why_photos_have_no_grade(trained):
    trained.session.reserve_exam(2, seed=1)
    table = trained.session.table
    [unsure, *_] = (one for row, one in enumerate(table.ids) if not table.exam[row])
    trained.session.grade([unsure], Mark.UNSURE)
    trained.workspace.collection.recount()
    words = [label.text() for label in export_dialog(trained).findChildren(QLabel)]
    assert any(line.endswith(", 3 without a grade.") for line in words)
    assert (
        "Without a grade: 2 of the exam, for which nothing is proposed until you grade them, "
        "1 unsure."
    ) in words


def test_the_news_names_the_folder_once_and_opens_it(trained, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    paths = [Path("/home/a/evening/stamps.csv"), Path("/home/a/evening/stamps by grade")]
    trained.workspace.workbench.exported.emit(paths)
    words = "Exported to “evening”: stamps.csv, stamps by grade"
    assert trained.window.toast.accessibleDescription() == words
    trained.find(QPushButton, "toastWay").click()
    assert opened == ["/home/a/evening"]


def test_the_way_to_the_folder_goes_with_its_news(trained):
    trained.workspace.workbench.exported.emit([Path("/home/a/evening/stamps.csv")])
    trained.window.toast.show_act("graded 4")
    assert not any(
        button.isVisible() for button in trained.window.findChildren(QPushButton, "toastWay")
    )


def test_files_that_are_others_by_now_are_told(trained, folder, tmp_path, qtbot):
    for name, other in (("a1", "t"), ("a2", "a1"), ("t", "a2")):
        (folder / f"{name}.png").rename(folder / f"{other}.png")
    trained.workspace.workbench.export(tmp_path / "out.csv", None, None, None, None)
    trained.wait_until_idle()
    told = trained.job_words()
    assert "2 photos not exported. The first, a1.png: the file is another one than was" in told
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1 + 18
