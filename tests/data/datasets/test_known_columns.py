import numpy as np
import pytest

from tests.walking import finished
from tinyclf.data.datasets.known_columns import as_features, columns_of_texts, read_rows
from tinyclf.data.datasets.labelled_table import read_table
from tinyclf.data.datasets.table import TableOptions
from tinyclf.errors import InputError

LEARNT = ("a", "colour=blue", "colour=red")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "t.csv"


def test_columns_come_in_the_order_learnt_whatever_else_is_there(path):
    path.write_text("id,colour,a\nz9,red,1\nz8,blue,2\n")
    inputs = finished(read_rows(path, LEARNT))
    np.testing.assert_array_equal(inputs.x, [[1, 0, 1], [2, 1, 0]])
    assert inputs.lines.tolist() == [2, 3]


def test_a_text_that_no_row_has_is_0(path):
    path.write_text("colour,a\nred,1\nred,2\n")
    np.testing.assert_array_equal(finished(read_rows(path, LEARNT)).x, [[1, 0, 1], [2, 0, 1]])


def test_rows_with_missing_cells_are_refused_or_dropped(path):
    path.write_text("colour,a\nred,1\n,2\n")
    with pytest.raises(InputError, match="line 3 in 'colour'"):
        finished(read_rows(path, LEARNT))
    inputs = finished(read_rows(path, LEARNT, TableOptions(missing="drop")))
    assert inputs.lines.tolist() == [2]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("colour,b\nred,1\n", "no column 'a'"),
        ("a,b\n1,1\n", "no column 'colour'"),
        ("colour,a\ngreen,1\n", "'green' in column 'colour'"),
        ("colour,a\nred,x\n", "texts in column 'a'"),
        ("b,c\n1,2\n", "no column 'a', which the model learnt from. It has 'b', 'c'"),
    ],
)
def test_what_the_model_does_not_know_is_refused(path, table, words):
    path.write_text(table)
    with pytest.raises(InputError, match=words):
        finished(read_rows(path, LEARNT, TableOptions(header=True)))


def test_a_text_may_hold_an_equals_sign(path):
    path.write_text("colour,a\nr=1,1\nblue,2\n")
    inputs = finished(read_rows(path, ("colour=r=1", "colour=blue", "a")))
    np.testing.assert_array_equal(inputs.x, [[1, 0, 1], [0, 1, 2]])


def test_a_labelled_table_is_brought_to_the_columns_of_a_model(path):
    path.write_text("colour,a,kind\nblue,5,x\nblue,6,y\n")
    dataset = as_features(finished(read_table(path)).train, LEARNT)
    np.testing.assert_array_equal(dataset.x, [[5, 1, 0], [6, 1, 0]])
    assert dataset.features == LEARNT


def test_a_column_of_numbers_is_no_column_of_texts(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("colour,size\nred,1\nblue,2\n")
    with pytest.raises(InputError, match=r"texts in column 'colour', where .* from numbers"):
        finished(read_rows(path, ("colour", "size")))


def test_a_column_of_texts_is_no_column_of_numbers(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("colour,a\n1,1\n2,2\n")
    with pytest.raises(InputError, match=r"'1' in column 'colour', which no row had"):
        finished(read_rows(path, LEARNT))


@pytest.mark.parametrize(
    ("cells", "told"),
    [("1 1", [[1, 0], [1, 0]]), ("1 1 1 A", [[1, 0], [1, 0], [1, 0], [0, 1]])],
)
def test_texts_that_look_like_numbers_stay_the_texts_that_were_learnt(path, cells, told):
    path.write_text("code,kind\n" + "".join(f"{cell},x\n" for cell in cells.split()))
    features = ("code=1", "code=A")
    np.testing.assert_array_equal(finished(read_rows(path, features)).x, told)
    options = TableOptions(label="kind", texts=columns_of_texts(features))
    dataset = as_features(finished(read_table(path, options)).train, features)
    np.testing.assert_array_equal(dataset.x, told)


@pytest.mark.parametrize(
    ("table", "features"),
    [
        ("5,red\n6,blue\n", LEARNT),
        ("a,b\n5,red\n6,blue\n", ("column 2", "column 3=blue", "column 3=red")),
        ("5,red\n6,blue\n", ("column 2", "column 3=blue", "column 3=red")),
    ],
)
def test_columns_without_names_are_told_by_their_order(path, table, features):
    path.write_text(table)
    rows = finished(read_rows(path, features))
    np.testing.assert_array_equal(rows.x, [[5, 0, 1], [6, 1, 0]])
    assert "told by their order" in rows.notes[0]


def test_columns_of_other_names_are_not_told_by_their_order(path):
    path.write_text("b,c\n5,red\n6,blue\n")
    with pytest.raises(InputError, match="no column 'a'"):
        finished(read_rows(path, LEARNT))


def test_another_number_of_columns_without_names_is_refused(path):
    path.write_text("5,red,1\n6,blue,2\n")
    with pytest.raises(InputError, match=r"no column 'a', .* It has 'column 1', 'column 2'"):
        finished(read_rows(path, LEARNT))
