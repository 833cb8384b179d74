"""The list of unread files and copies, which may be as long as the collection."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from tinyclf.domain import Copy, PhotoId, Problem
from tinyclf_gui.dialogs.problems import ProblemsDialog
from tinyclf_gui.models.file_lines import FileLines

TIP = Qt.ItemDataRole.ToolTipRole


def test_a_line_tells_the_name_and_on_hover_the_place(qtmodeltester):
    lines = FileLines([Problem(Path("/photos/a.png"), "empty")], ("File", "Reason"))
    qtmodeltester.check(lines)
    assert [lines.index(0, column).data() for column in range(2)] == ["a.png", "empty"]
    assert "/photos/a.png" in lines.index(0, 0).data(TIP)
    assert lines.headerData(1, Qt.Orientation.Horizontal) == "Reason"


def test_a_copy_far_from_its_photo_names_the_whole_path(qtmodeltester):
    near = Copy(Path("/a/2.png"), PhotoId("1"), Path("/a/1.png"))
    far = Copy(Path("/b/2.png"), PhotoId("1"), Path("/a/1.png"))
    lines = FileLines([near, far], ("File", "Copy of"))
    qtmodeltester.check(lines)
    assert [lines.index(row, 1).data() for row in range(2)] == ["1.png", "/a/1.png"]


def test_of_many_files_only_those_near_the_view_are_asked_for(qtbot):
    class Files(list[Problem]):
        asked = 0

        def __getitem__(self, at):
            self.asked += 1
            return super().__getitem__(at)

    files = Files([Problem(Path(f"/photos/{number}.png"), "empty") for number in range(20_000)])
    dialog = ProblemsDialog(files)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert dialog.findChild(QTableView, "problemsTable").model().rowCount() == 20_000
    assert 0 < files.asked < 10_000


def test_its_title_is_what_the_menu_calls_it(qtbot):
    for problems in ([], [Problem(Path("/photos/a.png"), "empty")]):
        dialog = ProblemsDialog(problems)
        qtbot.addWidget(dialog)
        assert dialog.windowTitle() == "Unread files and exact copies"
