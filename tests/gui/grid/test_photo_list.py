import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextDocumentFragment

from tinyclf.domain import Grade, Mark, PhotoId
from tinyclf_gui.models import photo_mime
from tinyclf_gui.models.filters import not_graded
from tinyclf_gui.models.photo_list import PhotoListModel, Role
from tinyclf_gui.models.runs import runs
from tinyclf_gui.models.tile import Telling


@pytest.fixture
def notices(model):
    """Every change notice as (first, last)."""
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, bottom: told.append((top.row(), bottom.row())))
    return told


def test_rows_are_shown_in_the_order_given(model, table) -> None:
    model.set_rows(np.array([7, 3, 5]))
    assert model.rowCount() == 3
    assert model.photo_id(0) == table.ids[7]
    assert model.position_of(table.ids[5]) == 2
    assert model.position_of(table.ids[0]) is None
    assert model.position_of(PhotoId("of another collection")) is None


def test_one_notice_tells_of_each_run_of_changed_photos(model, table, notices) -> None:
    model.rows_changed(np.array([9, 4, 3, 5]))
    assert notices == [(3, 5), (9, 9)]


@pytest.mark.parametrize("table", [400], indirect=True)
def test_very_scattered_changes_are_told_in_one_notice(model, notices) -> None:
    model.rows_changed(np.arange(0, 400, 2))
    assert notices == [(0, 398)]


def test_changes_of_photos_that_are_not_shown_are_not_told(model, notices) -> None:
    model.set_rows(np.array([1, 2]))
    model.rows_changed(np.array([5, 39]))
    assert notices == []


def test_the_same_rows_again_do_not_start_anew(qtbot, model, notices) -> None:
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_rows(np.arange(40))
    assert notices == [(0, 39)]


def test_a_photo_that_stops_matching_stays_dimmed(model, table) -> None:
    model.set_rows(np.array([0, 1, 2]), not_graded)
    table.codes[1] = 4
    model.rows_changed(np.array([1]))
    assert [model.tile(position).dimmed for position in range(3)] == [False, True, False]
    assert model.next_matching(0) == 2
    assert model.next_matching(2) is None


def test_a_name_that_looks_like_markup_is_shown_as_it_is(model, table) -> None:
    table.names[3] = "<b>IMG<br>7.png"
    tip = model.data(model.index(3), Qt.ItemDataRole.ToolTipRole)
    shown = QTextDocumentFragment.fromHtml(tip).toPlainText()
    assert shown == str(table.path(3))


def test_photos_that_came_in_later_are_simply_not_shown_yet(model, table) -> None:
    table.ids.append(PhotoId("new"))
    table.row_of[PhotoId("new")] = 40
    assert model.position_of(PhotoId("new")) is None
    assert model.positions_of(np.array([40, 2])).tolist() == [-1, 2]


def test_a_screen_reader_hears_the_verdict(model, table) -> None:
    table.codes[:4] = [4, 5, Mark.UNSURE, Mark.NOT_GRADABLE]
    table.verified[1] = True
    table.propose(4, 0, 0, 0.3, 0.52, 0.18)
    spoken = [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(6)]
    assert spoken == [
        "photo_0, your grade 4",
        "photo_1, your grade 5, accepted",
        "photo_2, you are unsure",
        "photo_3, not gradable",
        "photo_4, proposed 4, 52 per cent, or 3",
        "photo_5, not graded",
    ]


def test_the_model_names_and_identifies_its_photos(model, table) -> None:
    index = model.index(3)
    assert model.data(index) == "photo_3"
    assert model.data(index, Role.PHOTO_ID) == table.ids[3]
    assert model.data(index, Role.TILE) == model.tile(3)
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == str(table.path(3))
    assert model.data(model.index(99)) is None


def test_a_proposal_tells_on_hover_all_grades_it_could_be(model, table) -> None:
    table.propose(3, 0, 0.001, 0.3, 0.6, 0.099)
    path = str(table.path(3))
    hover = lambda: model.data(model.index(3), Qt.ItemDataRole.ToolTipRole)
    assert hover() == f"{path}\n4: 60 %, 3: 30 %, 5: 10 %"
    table.codes[3] = 4
    assert hover() == path


def test_a_drag_carries_photo_ids(model, table) -> None:
    carried = model.mimeData([model.index(1), model.index(2)])
    assert model.mimeTypes() == [photo_mime.MIME]
    assert photo_mime.photo_ids_of(carried) == table.ids[1:3]


def test_a_drag_of_bytes_that_are_no_ids_is_no_error() -> None:
    carried = QMimeData()
    carried.setData(photo_mime.MIME, b"\xff\xfe\n")
    assert len(photo_mime.photo_ids_of(carried)) == 1


def test_runs_join_neighbours() -> None:
    assert runs(np.array([4, 2, 3, 9])) == [(2, 4), (9, 9)]
    assert runs(np.array([], np.intp)) == []


def test_a_blind_list_tells_neither_grade_nor_proposal(model, table) -> None:
    table.codes[3] = 4
    table.propose(3, 0, 0, 0, 0.9, 0.1)
    model.set_rows(np.array([3]), telling=Telling(blind=True))
    tile = model.tile(0)
    assert (tile.code, tile.proposed, tile.verified, tile.blind) == (0, 0, False, True)
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "without your grade" in spoken
    assert "4" not in spoken
    model.set_rows(np.array([3]))
    assert model.tile(0).code == 4


def test_what_the_classifier_believes_is_told_where_that_is_asked(model, table) -> None:
    table.codes[3] = 4
    model.set_rows(np.array([3, 4]), telling=Telling(believed={table.ids[3]: Grade.POOR}))
    assert [model.tile(k).believed for k in range(2)] == [2, 0]
    assert "looks like 2" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_was_accepted_in_bulk_is_told_apart(qtbot, table) -> None:
    table.codes[:2] = 4
    table.verified[:2] = True
    table.in_bulk[1] = True
    model = PhotoListModel(table)
    model.set_rows(np.array([0, 1, 2]))
    assert [model.tile(k).in_bulk for k in range(3)] == [False, True, False]
    assert "accepted with the rest" in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_photos_are_found_in_the_order_shown_without_those_that_are_not(model, table) -> None:
    model.set_rows(np.array([7, 3, 5]))
    wanted = [table.ids[5], PhotoId("of another"), table.ids[2], table.ids[7]]
    assert model.positions_of_photos(wanted).tolist() == [0, 2]
