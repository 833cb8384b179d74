import numpy as np
import pytest

from tests.walking import finished, walked
from tinyclf.data.datasets.columns import parts_of_feature
from tinyclf.data.datasets.labelled_table import read_table
from tinyclf.data.datasets.table import TableOptions
from tinyclf.errors import InputError

FLOWERS = """length,width,species
5.1,3.5,setosa
7.0,3.2,versicolor
6.3,3.3,virginica
4.9,3.0,setosa
"""
NUMBERS = [[5.1, 3.5], [7.0, 3.2], [6.3, 3.3], [4.9, 3.0]]
KINDS = [0, 1, 2, 0]


@pytest.fixture
def read(tmp_path):
    def read(content, **options):
        path = tmp_path / "t.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return finished(read_table(path, TableOptions(**options)))

    return read


@pytest.fixture
def refusal(read):
    def refusal(content, **options):
        with pytest.raises(InputError) as refused:
            read(content, **options)
        return str(refused.value)

    return refusal


def is_flowers(parts):
    np.testing.assert_array_equal(parts.train.x, NUMBERS)
    assert parts.train.y.tolist() == KINDS
    return parts.train.classes == ("setosa", "versicolor", "virginica")


def test_a_table_has_columns_labels_and_names(read):
    parts = read(FLOWERS)
    assert is_flowers(parts)
    assert parts.train.features == ("length", "width")
    assert parts.test is None
    assert parts.notes == ("The first row names the columns.", "The labels are in 'species'.")


WRITTEN = {
    "without a header": FLOWERS.split("\n", 1)[1],
    "semicolons": FLOWERS.replace(",", ";"),
    "tabs": FLOWERS.replace(",", "\t"),
    "bars": FLOWERS.replace(",", "|"),
    "decimal commas": FLOWERS.replace(",", ";").replace(".", ","),
    "decimal commas without a header": FLOWERS.split("\n", 1)[1]
    .replace(",", ";")
    .replace(".", ","),
    "Windows lines": FLOWERS.replace("\n", "\r\n"),
    "old Mac lines": FLOWERS.replace("\n", "\r"),
    "no last line end": FLOWERS.rstrip(),
    "a mark of UTF-8": b"\xef\xbb\xbf" + FLOWERS.encode(),
    "UTF-16": FLOWERS.encode("utf-16"),
    "quotes": '"' + FLOWERS.strip().replace(",", '","').replace("\n", '"\n"') + '"',
    "blanks": FLOWERS.replace(",", " , "),
    "empty lines": FLOWERS.replace("\n", "\n\n"),
    "Excel's statement": "sep=,\n" + FLOWERS,
    "empty last cells": FLOWERS.replace("\n", ",\n"),
    "numbers of rows": "".join(
        f"{k - 1 if k else ''},{line}\n" for k, line in enumerate(FLOWERS.splitlines())
    ),
}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_table_is_read_however_it_is_written(read, written):
    assert is_flowers(read(WRITTEN[written]))


def test_latin_1_is_read_where_it_is_no_utf_8(read):
    assert read("a,b\n1,Köln\n2,Bonn\n".encode("latin-1")).train.classes == ("Bonn", "Köln")


def test_quoted_cells_hold_separators_and_lines(read):
    parts = read('a,b\n1,"x, y"\n2,"two\nlines"\n3,"x, y"\n')
    assert parts.train.classes == ("two\nlines", "x, y")
    assert parts.train.y.tolist() == [1, 0, 1]


def test_the_label_is_where_it_is_said_to_be(read):
    parts = read("kind,a,b\nx,1,2\ny,3,4\n", label="kind")
    assert parts.train.features == ("a", "b")
    assert read("kind,a,b\nx,1,2\ny,3,4\n", label=1).train.features == ("a", "b")
    assert read("a,kind,b\n1,x,2\n3,y,4\n", label="-2").train.classes == ("x", "y")


@pytest.mark.parametrize("name", ["label", "Class", "species", "TARGET", "grade", "y"])
def test_a_column_called_like_a_label_is_one(read, name):
    assert read(f"a,{name},b\n1,x,2\n3,y,4\n").train.features == ("a", "b")


def test_the_y_of_a_place_is_no_label(read):
    assert read("X,y,kind\n1,2,a\n2,3,b\n").train.classes == ("a", "b")
    assert read("x,y\n1,a\n2,b\n").train.classes == ("a", "b")


def test_two_columns_called_like_labels_are_asked_about(refusal):
    assert "'label', 'class' could all be" in refusal("label,class,a\nx,y,1\nx,z,2\n")


def test_numeric_labels_are_classes_in_the_order_of_numbers(read):
    parts = read("a,y\n1,10\n2,9\n3,10.0\n4,-1\n")
    assert parts.train.classes == ("-1", "9", "10")
    assert parts.train.y.tolist() == [2, 1, 2, 0]


def test_quantities_are_no_labels(refusal):
    rows = "".join(f"{k},{k + 0.5}\n" for k in range(5))
    assert "regression" in refusal("a,y\n" + rows)
    many = "".join(f"{k},{k // 2}\n" for k in range(2_002))
    assert "regression" in refusal("a,y\n" + many)


def test_labels_that_are_all_different_are_none(refusal):
    rows = "".join(f"{k % 3},n{k}\n" for k in range(20))
    assert "Each of the 20 rows" in refusal("a,name\n" + rows)


def test_a_few_texts_become_columns_of_0_and_1(read):
    parts = read("colour,a,kind\nred,1,x\nblue,2,y\nred,3,x\n")
    assert parts.train.features == ("colour=blue", "colour=red", "a")
    np.testing.assert_array_equal(parts.train.x, [[0, 1, 1], [1, 0, 2], [0, 1, 3]])


def test_many_texts_are_refused_with_their_column(refusal, read):
    table = "name,a,kind\n" + "".join(f"n{k},{k},{k % 2}\n" for k in range(60))
    assert "Column 'name' of" in (said := refusal(table))
    assert "'n0' in line 2" in said
    assert read(table, without=("name",)).train.features == ("a",)


def test_a_text_among_numbers_is_refused_with_line_and_column(refusal):
    said = refusal("a,b,kind\n1,2,x\n3,4,y\n\n5,six,x\n", header=True)
    assert "Line 5 of" in said
    assert "'six' in column 'b'" in said


@pytest.mark.parametrize("cell", ["1e999", "0x1", "1_0", "١", "1,2", "1.2.3", "inf"])
def test_what_only_looks_like_a_number_is_none(refusal, cell):
    assert "Line 4 of" in refusal(f'a,b,kind\n1,2,x\n3,4,y\n5,"{cell}",x\n')


@pytest.mark.parametrize("cell", ["", "?", "NA", "n/a", "NaN", "null", " "])
def test_a_missing_cell_is_refused_with_line_and_column_or_its_row_dropped(read, refusal, cell):
    table = f"a,b,kind\n1,2,x\n3,{cell},y\n5,6,y\n"
    assert "line 3 in 'b'" in refusal(table)
    parts = read(table, missing="drop")
    np.testing.assert_array_equal(parts.train.x, [[1, 2], [5, 6]])
    assert parts.train.y.tolist() == [0, 1]
    assert "1 of 3 rows" in parts.notes[-1]


def test_a_missing_label_is_refused(refusal):
    assert "line 3 in 'kind'" in refusal("a,kind\n1,x\n2,\n3,y\n")


def test_a_class_all_of_whose_rows_are_dropped_is_none(read):
    assert read("a,b,kind\n1,2,x\n3,,y\n4,5,z\n", missing="drop").train.classes == ("x", "z")


def test_groups_are_kept_and_not_learnt_from(read):
    parts = read("stamp,a,kind\ns2,1,x\ns1,2,y\ns2,3,y\n", group="stamp")
    groups = parts.train.groups.tolist()
    assert groups[0] == groups[2] != groups[1]
    assert parts.train.features == ("a",)


def test_columns_without_names_are_numbered(read):
    assert read("5.1,3.5,x\n7,3,y\n").train.features == ("column 1", "column 2")


def test_a_first_column_without_a_name_is_told_to_be_left_out(read):
    assert "numbers of rows" in read(WRITTEN["numbers of rows"]).notes[1]


@pytest.mark.parametrize(
    ("table", "header"),
    [
        ("a,b,c\n1,2,x\n", True),
        ("1,2,x\n3,4,y\n", False),
        ("p,x,s\np,x,t\ne,y,s\n", False),
        ("edible,cap,odour\np,x,t\ne,y,s\ne,x,s\n", True),
        ("label,0,1\n3,5,6\n4,7,8\n", True),
        ("label,1,2\n3,5,6\n4,7,8\n", True),
        ("1,2,3\n4,5,6\n7,8,6\n", False),
    ],
)
def test_a_header_is_found_out_and_said(read, table, header):
    words = "names the columns" if header else "There is no row of column names"
    parts = read(table)
    assert words in parts.notes[0]
    assert len(parts.train) == len(table.splitlines()) - header


def test_a_header_that_cannot_be_told_is_asked_about(refusal, read):
    table = "five,3.5,x\n7,3,y\n6,2,x\n"
    assert "(--header, --no-header)" in refusal(table)
    assert len(read(table, header=True).train) == 2


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "no two columns"),
        ("\n\n", "no two columns"),
        ("a\n1\n2\n", "no two columns"),
        ("a,b\n", "no rows below"),
        ("a,kind\n1,x,3\n2,y\n", "Line 2 of"),
        ('a,kind\n1,"x\n2,y\n', "is no table from line 2 on"),
        ("kind,other\n,\n", "no rows below"),
        ("kind,b\nx,\ny,\n", "no column but the label"),
        (b"\0\1\2\3" * 20, "no two columns"),
        (b"\xff\xfe\0", "no two columns"),
    ],
)
def test_what_is_no_table_is_refused(refusal, table, words):
    header = True if table == "a,b\n" or table == "kind,other\n,\n" else None
    assert words in refusal(table, header=header)


def test_a_column_that_is_not_there_is_answered_with_those_that_are(refusal):
    said = refusal(FLOWERS, label="kind")
    assert "no column 'kind'" in said
    assert "'length', 'width', 'species'" in said
    assert "no column 9 (numbers count from 1" in refusal(FLOWERS, label=9)
    assert "cannot be both" in refusal(FLOWERS, label=3, group="species")
    assert "no column '--3'" in refusal(FLOWERS, label="--3")


def test_columns_are_numbered_as_in_the_file(read, refusal):
    table = ",5,1,a\n,6,2,b\n,7,1,a\n"
    parts = read(table, header=False, label="3")
    assert parts.train.classes == ("1", "2")
    assert parts.train.features == ("column 2", "column 4=a", "column 4=b")
    assert "nothing in its column '1'" in refusal(table, header=False, label="1")
    numbered = ",a,kind\n0,5,u\n1,6,v\n2,7,u\n"
    assert "empty, or numbers rows" in refusal(numbered, label="1")


def test_a_column_that_says_nothing_may_be_left_out_by_name_too(read):
    numbered = ",a,b,kind\n0,5,,u\n1,6,,v\n2,7,,u\n"
    assert read(numbered, without=("1", "b")).train.features == ("a",)


def test_what_is_said_to_be_something_else_is_no_label(read, refusal):
    assert read("kind,b,a\nu,1,1\nv,2,2\nu,3,3\n", without=("a",)).train.classes == ("1", "2", "3")
    assert read("a,class,y\n1,u,0\n2,v,1\n", without=("y",)).train.classes == ("u", "v")
    assert "would be in 'y', but" in refusal("kind,y,a\nu,0,1\nv,1,2\n", without=("y",))
    assert "would be in 'y', but" in refusal("kind,a,y\nu,5,0\nv,6,1\n", group="y")
    assert "no column left" in refusal("a,b\n1,2\n3,4\n", without=("a", "b"))


def test_texts_that_tell_rows_apart_are_not_learnt_from(read, refusal):
    rows = "".join(f"{k},Mr {k},{'uv'[k % 2]}\n" for k in range(20))
    said = refusal(f"a,name,kind\n{rows}")
    assert "'name'" in said
    assert "20 different texts in 20 rows, such as 'Mr 0' in line 2" in said
    assert read(f"a,name,kind\n{rows}", without=("name",)).train.features == ("a",)


def test_a_text_among_many_numbers_is_told_by_its_line(refusal):
    rows = "".join(f"{k},{'uv'[k % 2]}\n" for k in range(30))
    assert "Line 32 of" in refusal(f"a,kind\n{rows}oops,u\n")


def test_quantities_of_which_some_are_equal_are_no_labels(refusal):
    rows = "".join(f"{k},{k // 1.5 / 10}\n" for k in range(40))
    assert "that is regression" in refusal(f"a,b\n{rows}")


def test_names_of_columns_may_hold_an_equals_sign(read):
    features = read("a=b,c=d,kind\n1,x,u\n2,y,v\n3,x,u\n").train.features
    assert list(map(parts_of_feature, features)) == [("a=b", None), ("c=d", "x"), ("c=d", "y")]


def test_options_that_mean_nothing_are_refused():
    for options in ({"separator": "x"}, {"separator": ",;"}, {"missing": "guess"}):
        with pytest.raises(InputError):
            TableOptions(**options)


def test_a_cut_anywhere_is_a_table_or_refused(read):
    for content in (FLOWERS.encode(), FLOWERS.encode("utf-16"), WRITTEN["quotes"].encode()):
        for length in range(0, len(content), 7):
            try:
                read(content[:length])
            except InputError:
                continue


def test_bytes_of_any_kind_never_raise_anything_else(read):
    rng = np.random.default_rng(0)
    signs = np.frombuffer(b',;\t|"\r\n\0.5aA?\xff\xfe\xef-', np.uint8)
    for _ in range(500):
        try:
            read(rng.choice(signs, rng.integers(1, 200)).tobytes())
        except InputError:
            continue


def test_a_table_wider_than_any_is_refused(refusal):
    wide = ",".join("1" * 70_000)
    assert "70,000 columns" in refusal(f"{wide}\n{wide}\n")
    assert "4,000,000 characters" in refusal("1," * 2_000_001)


def test_a_long_table_is_read_in_parts_and_says_so(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,y\n" + "".join(f"{k},{k % 2}\n" for k in range(7_000)))
    parts, reports = walked(read_table(path))
    np.testing.assert_array_equal(parts.train.x[:, 0], np.arange(7_000))
    assert [report.done for report in reports] == [0, 999, 2_999, 4_999, 6_999, 7_000]


def test_every_column_has_a_name_of_its_own(read):
    features = read("a,a (column 3),a,kind\n1,2,3,u\n4,5,6,v\n7,8,9,u\n").train.features
    assert features == ("a", "a (column 3)", "a (column 3) (column 3)")
