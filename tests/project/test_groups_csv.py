from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tinyclf.domain import Photo, PhotoId
from tinyclf.errors import GroupsError
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.project.groups_csv import GroupsTable, read_groups

FOLDER = Path("/photos/stamps")
NAMES = ["front.jpg", "back.jpg", "12/two.jpg", "13/two.jpg", "14/three.jpg"]


@pytest.fixture
def read(
    make_store: Callable[[int], CollectionStore], tmp_path: Path
) -> Callable[[str], GroupsTable]:
    store = make_store(0)
    store.add_photos(
        FOLDER, [Photo(PhotoId(str(k)), FOLDER / name, 1, 1, 1, 1) for k, name in enumerate(NAMES)]
    )
    table = PhotoTable.load(store)

    def read(content: str) -> GroupsTable:
        path = tmp_path / "groups.csv"
        path.write_bytes(os.fsencode(content))
        return read_groups(path, table, [FOLDER])

    return read


Read = Callable[[str], GroupsTable]


def test_a_photo_goes_by_several_names(read: Read) -> None:
    table = read(f"photo,group\nfront.jpg,A\n{FOLDER}/back.jpg, A \n12/two.jpg,b\nthree.jpg,b\n")
    assert table.require_all() == [("0", "A"), ("1", "A"), ("2", "b"), ("4", "b")]


def test_what_was_read_can_be_stored(
    read: Read, make_store: Callable[[int], CollectionStore]
) -> None:
    store = make_store(0)
    store.add_photos(FOLDER, [Photo(PhotoId("0"), FOLDER / "front.jpg", 1, 1, 1, 1)])
    store.set_groups("user", dict(read("photo,group\nfront.jpg,K\udcf6ln\n").require_all()))
    assert store.groups() == {"0": "K\ufffdln"}


def test_spreadsheets_write_it_in_their_way(read: Read) -> None:
    assert read("sep=;\r\nGrade;Group;Photo\r\n3;7;front.jpg\r\n").require_all() == [("0", "7")]


def test_an_empty_group_says_nothing(read: Read) -> None:
    assert read("photo,group\nfront.jpg,\nnowhere.jpg, \nback.jpg\n").require_all() == []


def test_a_photo_in_two_groups_is_in_none(read: Read) -> None:
    table = read("photo,group\nfront.jpg,A\nback.jpg,A\n./front.jpg,B\nback.jpg,A\n")
    assert table.said == [("1", "A")]
    assert [(row.line, row.reason) for row in table.bad] == [
        (2, "in group 'A' here but in 'B' in line 4"),
        (4, "in group 'B' here but in 'A' in line 2"),
    ]


def test_bad_rows_are_named_and_nothing_is_given(read: Read) -> None:
    table = read("photo,group\ntwo.jpg,A\nfront.jpg,A\nnine.jpg,A\n,A\n")
    with pytest.raises(
        GroupsError,
        match=r"3 rows of .*groups.csv cannot be used, so none was applied. Correct the file: "
        r"line 2: 2 photos go by 'two.jpg', write the whole path; "
        r"line 4: there is no photo 'nine.jpg' in this collection; line 5: it names no photo\.",
    ):
        table.require_all()


def test_a_table_needs_its_columns(read: Read) -> None:
    with pytest.raises(GroupsError, match=r"no column group\. .* photo,group"):
        read("photo,grade\nfront.jpg,3\n")
    with pytest.raises(GroupsError, match="no column photo and no column group"):
        read("path,human_grade\nfront.jpg,3\n")


def test_a_missing_table_is_named(read: Read, tmp_path: Path) -> None:
    with pytest.raises(GroupsError, match="There is no file"):
        read_groups(tmp_path / "none.csv", PhotoTable())
