from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tinyclf.domain import Copy, Grade, Mark, Photo, PhotoId
from tinyclf.errors import GradesError
from tinyclf.project import CollectionStore, PhotoTable, photo_csv
from tinyclf.project.grades_csv import GradesTable, read_grades

FOLDER = Path("/photos/stamps")
OTHER = Path("/photos/letters")
PATHS = [
    FOLDER / "one.jpg",
    FOLDER / "12" / "two.jpg",
    FOLDER / "13" / "two.jpg",
    FOLDER / "a, b.jpg",
    FOLDER / "Köln.jpg",
    FOLDER / os.fsdecode(b"caf\xe9.jpg"),
    OTHER / "one.jpg",
    OTHER / "12" / "three.jpg",
]


@pytest.fixture
def table(store: CollectionStore, make_store: Callable[[int], CollectionStore]) -> PhotoTable:
    store = make_store(0)
    for folder in (FOLDER, OTHER):
        store.add_photos(
            folder,
            [
                Photo(PhotoId(str(k)), path, 1, 1, 1, 1)
                for k, path in enumerate(PATHS)
                if path.is_relative_to(folder)
            ],
        )
    return PhotoTable.load(store)


@pytest.fixture
def read(table: PhotoTable, tmp_path: Path) -> Callable[[str | bytes], GradesTable]:
    def read(content: str | bytes) -> GradesTable:
        path = tmp_path / "grades.csv"
        path.write_bytes(content if isinstance(content, bytes) else os.fsencode(content))
        return read_grades(path, table, [FOLDER, OTHER])

    return read


Read = Callable[[str | bytes], GradesTable]


def test_grades_in_the_order_of_the_file(read: Read) -> None:
    table = read("photo,grade\nKöln.jpg,5\n12/two.jpg,1\n")
    assert table.require_all() == [("4", Grade.FLAWLESS), ("1", Grade.BARELY_VISIBLE)]


@pytest.mark.parametrize(
    ("name", "photo_id"),
    [
        ("12/two.jpg", "1"),
        ("./12/two.jpg", "1"),
        ("12\\two.jpg", "1"),
        ("/photos/stamps/13/two.jpg", "2"),
        ("/photos/letters/one.jpg", "6"),
        ("three.jpg", "7"),
        ('"a, b.jpg"', "3"),
        (" Köln.jpg ", "4"),
        (unicodedata.normalize("NFD", "Köln.jpg"), "4"),
    ],
)
def test_a_photo_goes_by_several_names(read: Read, name: str, photo_id: str) -> None:
    assert read(f"photo,grade\n{name},3\n").require_all() == [(photo_id, Grade.FAIR)]


@pytest.mark.parametrize(
    "content",
    [
        "photo,grade\nKöln.jpg,4\n".encode("utf-8-sig"),
        "photo;grade\r\nKöln.jpg;4\r\n".encode("cp1252"),
        "photo\tgrade\r\nKöln.jpg\t4\r\n".encode("utf-16"),
        "sep=;\r\nphoto;grade\r\nKöln.jpg;4\r\n".encode(),
        " Photo , GRADE \n Köln.jpg , 4 \n".encode(),
        '"photo","grade"\n"Köln.jpg","4"'.encode(),
        "who,grade,photo,when\nme,4,Köln.jpg\n".encode(),
        "photo,grade\r\n\r\n,\r\nKöln.jpg,4\r\n\r\n".encode(),
        "photo,grade\rKöln.jpg,4\r".encode(),
    ],
    ids=["BOM", "ANSI", "UTF-16", "sep", "spaces", "quoted", "columns", "blank", "old Mac"],
)
def test_spreadsheets_write_it_in_many_ways(read: Read, content: bytes) -> None:
    assert read(content).require_all() == [("4", Grade.GOOD)]


def test_a_name_that_is_no_unicode_is_found(read: Read) -> None:
    assert read(b"photo,grade\ncaf\xe9.jpg,4\n").require_all() == [("5", Grade.GOOD)]


@pytest.mark.parametrize("grade", ["0", "6", "4.0", "", "-1", "four", "4,5", "１", "1e0"])
def test_a_grade_is_a_whole_number_from_1_to_5(read: Read, grade: str) -> None:
    [bad] = read(f'photo,grade\none.jpg,"{grade}"\n').bad
    assert bad.line == 2
    assert "is no grade" in bad.reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("two.jpg", "2 photos go by 'two.jpg'"),
        ("one.jpg", "2 photos go by 'one.jpg'"),
        ("nine.jpg", "there is no photo 'nine.jpg'"),
        ("/photos/three.jpg", "there is no photo"),
        ("14/three.jpg", "there is no photo"),
        ("", "names no photo"),
    ],
)
def test_a_row_that_names_no_single_photo_is_bad(read: Read, name: str, reason: str) -> None:
    [bad] = read(f"photo,grade\n{name},3\n").bad
    assert reason in bad.reason


def test_lines_are_counted_from_where_a_row_begins(read: Read) -> None:
    table = read('photo,grade\n"no\nwhere",3\n\nnowhere,4\n')
    assert [row.line for row in table.bad] == [2, 5]


def test_the_same_grade_twice_is_one(read: Read) -> None:
    assert read("photo,grade\nthree.jpg,3\n12/three.jpg,3\n").require_all() == [("7", Grade.FAIR)]


def test_different_grades_for_one_photo_are_both_bad(read: Read) -> None:
    table = read("photo,grade\nthree.jpg,3\nKöln.jpg,1\n12/three.jpg,4\n")
    assert table.said == [("4", Grade.BARELY_VISIBLE)]
    assert [(row.line, row.reason) for row in table.bad] == [
        (2, "graded 3 here but 4 in line 4"),
        (4, "graded 4 here but 3 in line 2"),
    ]


def test_all_bad_rows_are_named_at_once(read: Read) -> None:
    table = read("photo,grade\n" + "x.jpg,3\n" * 25 + "three.jpg,3\n")
    assert len(table.bad) == 25
    with pytest.raises(
        GradesError, match=r"25 rows of .*line 2: .*line 21: .*and 5 more\."
    ) as error:
        table.require_all()
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "content", ["", "\n", "one.jpg,4\n", "photo\none.jpg\n", "path,grade\n", b"\x89PNG\r\n\0\0"]
)
def test_a_table_needs_its_columns(read: Read, content: str | bytes) -> None:
    with pytest.raises(GradesError, match="has no column"):
        read(content)


def test_an_exported_table_is_read_back(read: Read) -> None:
    table = read(
        "path,human_grade,verified,grade\n"
        "/photos/stamps/one.jpg,3,no,3\n"
        "/photos/stamps/12/two.jpg,unsure,no,\n"
        "/photos/stamps/13/two.jpg,Not gradable,no,\n"
        "/photos/letters/one.jpg,,no,5\n"
    )
    assert table.require_all() == [
        ("0", Grade.FAIR),
        ("1", Mark.UNSURE),
        ("2", Mark.NOT_GRADABLE),
    ]


def test_an_exported_table_where_nobody_spoke_says_nothing(read: Read) -> None:
    assert read("path,human_grade\nnine.jpg,\none.jpg, \n").require_all() == []


def test_a_person_may_write_marks_too(read: Read) -> None:
    table = read("photo,grade\nthree.jpg,unsure\nKöln.jpg,not gradable\n")
    assert table.require_all() == [("7", Mark.UNSURE), ("4", Mark.NOT_GRADABLE)]


def test_a_grade_and_a_mark_for_one_photo_are_both_bad(read: Read) -> None:
    table = read("photo,grade\nthree.jpg,unsure\n12/three.jpg,4\n")
    assert [row.reason for row in table.bad] == [
        "graded unsure here but 4 in line 3",
        "graded 4 here but unsure in line 2",
    ]


def test_a_table_too_large_is_named(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_csv, "LARGEST", 1000)
    assert len(read("photo,grade\n" + "three.jpg,3\n" * 80).said) == 1
    with pytest.raises(GradesError, match="is larger than"):
        read("photo,grade\n" + "three.jpg,3\n" * 90)


def test_a_pipe_or_device_is_no_table(table: PhotoTable, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(GradesError, match="cannot be read"):
            read_grades(path, table)


def test_a_place_is_the_photo_last_found_there(
    make_store: Callable[[int], CollectionStore], tmp_path: Path
) -> None:
    store = make_store(0)
    for photo_id in ("old", "new"):
        store.add_photos(FOLDER, [Photo(PhotoId(photo_id), FOLDER / "one.jpg", 1, 1, 1, 1)])
    (tmp_path / "g.csv").write_text(f"photo,grade\none.jpg,3\n{FOLDER}/one.jpg,3\n")
    table = read_grades(tmp_path / "g.csv", PhotoTable.load(store))
    assert table.require_all() == [("new", Grade.FAIR)]


@pytest.mark.parametrize("inner", ["", "album/"])
def test_names_that_look_alike_go_by_their_exact_spelling(
    make_store: Callable[[int], CollectionStore], tmp_path: Path, inner: str
) -> None:
    store = make_store(0)
    spelled = [
        unicodedata.normalize("NFC", "café.jpg"),
        unicodedata.normalize("NFD", "café.jpg"),
    ]
    store.add_photos(
        FOLDER,
        [
            Photo(PhotoId(str(k)), FOLDER / inner / name, 1, 1, 1, 1)
            for k, name in enumerate(spelled)
        ],
    )
    (tmp_path / "g.csv").write_text(
        "photo,grade\n" + "".join(f"{name},{k + 3}\n" for k, name in enumerate(spelled))
    )
    table = read_grades(tmp_path / "g.csv", PhotoTable.load(store))
    assert table.require_all() == [("0", Grade.FAIR), ("1", Grade.GOOD)]


def test_a_broken_table_is_named(read: Read) -> None:
    with pytest.raises(GradesError, match="no table from line 2 on"):
        read('photo,grade\n"one.jpg" x,4\n')


def test_a_missing_table_is_named(table: PhotoTable, tmp_path: Path) -> None:
    with pytest.raises(GradesError, match="There is no file"):
        read_grades(tmp_path / "none.csv", table)
    with pytest.raises(GradesError, match="cannot be read"):
        read_grades(tmp_path, table)


def test_a_linked_folder_is_recognised(
    make_store: Callable[[int], CollectionStore], tmp_path: Path
) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    (real / "one.jpg").touch()
    link.symlink_to(real)
    store = make_store(0)
    modified = (real / "one.jpg").stat().st_mtime_ns
    store.add_photos(link, [Photo(PhotoId("1"), link / "one.jpg", 1, 1, 0, modified)])
    (tmp_path / "g.csv").write_text(f"photo,grade\n{real}/one.jpg,3\n")
    table = PhotoTable.load(store)
    assert read_grades(tmp_path / "g.csv", table, [link]).require_all() == [("1", Grade.FAIR)]


def test_a_copy_stands_for_its_photo(table: PhotoTable, tmp_path: Path) -> None:
    copies = [
        Copy(FOLDER / "again" / "one.jpg", PhotoId("0"), PATHS[0]),
        Copy(OTHER / "again.jpg", PhotoId("3"), PATHS[3]),
    ]
    path = tmp_path / "g.csv"
    path.write_text(f"photo,grade\nagain/one.jpg,4\n{OTHER}/again.jpg,2\nagain.jpg,2\n")
    said = read_grades(path, table, [FOLDER, OTHER], copies).require_all()
    assert said == [("0", Grade.GOOD), ("3", Grade.POOR)]


def test_a_place_that_a_copy_has_taken_names_the_copys_photo(
    table: PhotoTable, tmp_path: Path
) -> None:
    copies = [Copy(PATHS[0], PhotoId("3"), PATHS[3])]
    path = tmp_path / "g.csv"
    path.write_text(f"photo,grade\n{PATHS[0]},2\n")
    said = read_grades(path, table, [FOLDER, OTHER], copies).require_all()
    assert said == [("3", Grade.POOR)]


def test_a_photo_of_an_inner_folder_goes_by_its_path_in_the_outer_one(
    make_store: Callable[[int], CollectionStore], tmp_path: Path
) -> None:
    outer = tmp_path / "album"
    store = make_store(0)
    store.add_photos(outer, [Photo(PhotoId("1"), outer / "one.jpg", 1, 1, 1, 1)])
    inner = Photo(PhotoId("2"), outer / "sub/one.jpg", 1, 1, 1, 1)
    store.add_photos(outer / "sub", [inner])
    (tmp_path / "g.csv").write_text(f"photo,grade\nsub/one.jpg,2\n{inner.path},2\n")
    said = read_grades(tmp_path / "g.csv", PhotoTable.load(store), store.folders())
    assert [photo_id for photo_id, _ in said.said] == ["2"]
    assert not said.bad


def test_a_photo_and_its_copy_cannot_have_two_grades(table: PhotoTable, tmp_path: Path) -> None:
    copies = [Copy(OTHER / "again.jpg", PhotoId("3"), PATHS[3])]
    path = tmp_path / "g.csv"
    path.write_text('photo,grade\nagain.jpg,2\n"a, b.jpg",3\n')
    said = read_grades(path, table, [FOLDER, OTHER], copies)
    assert [row.reason for row in said.bad] == [
        "graded 2 here but 3 in line 3",
        "graded 3 here but 2 in line 2",
    ]


def test_an_identity_goes_before_a_name(read: Read) -> None:
    table = read(f"path,photo_id,human_grade\n{PATHS[0]},3,5\nwhere it once was.jpg,4,2\n,1,1\n")
    assert table.require_all() == [
        ("3", Grade.FLAWLESS),
        ("4", Grade.POOR),
        ("1", Grade.BARELY_VISIBLE),
    ]


def test_a_persons_table_may_name_photos_by_identity_too(read: Read) -> None:
    assert read("photo_id,photo,grade\n3,one.jpg,5\n").require_all() == [("3", Grade.FLAWLESS)]


def test_numbers_that_are_no_identities_are_passed_over(read: Read) -> None:
    table = read("photo,photo_id,grade\nthree.jpg,NHM 1871,5\nKöln.jpg,,4\n")
    assert table.require_all() == [("7", Grade.FLAWLESS), ("4", Grade.GOOD)]


def test_an_identity_of_no_photo_here_is_bad_though_the_name_is_known(read: Read) -> None:
    [bad] = read(f"path,photo_id,human_grade\n{PATHS[0]},{'0a' * 16},5\n").bad
    assert "is not in this collection" in bad.reason
    assert "delete the column photo_id" in bad.reason
