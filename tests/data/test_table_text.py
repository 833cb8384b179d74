import os

import pytest

from tinyclf.data.table_text import decoded, read_content, stated_separator
from tinyclf.errors import GradesError, InputError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_any_of_a_spreadsheets_encodings(encoding):
    assert decoded("Köln,切手".encode(encoding), "latin-1") == "Köln,切手"


def test_what_is_no_utf_8_is_latin_1_or_kept_as_it_is():
    content = "Köln".encode("latin-1")
    assert decoded(content, "latin-1") == "Köln"
    assert os.fsencode(decoded(content, "surrogateescape")) == content


@pytest.mark.parametrize(
    ("text", "separator"),
    [("sep=;\na;b", ";"), ("\nSEP=,\n", ","), ("a;b", None), ("sep=x\n", None), ("", None)],
)
def test_excels_statement_is_heard(text, separator):
    assert stated_separator(text, ",;|\t") == separator


def test_a_file_is_read_up_to_a_size(tmp_path):
    (tmp_path / "t").write_bytes(b"12345")
    assert read_content(tmp_path / "t", 5, "Cut it.") == b"12345"
    with pytest.raises(InputError, match=r"larger than 0 MB\. Cut it\."):
        read_content(tmp_path / "t", 4, "Cut it.")


def test_the_error_is_of_the_kind_wanted(tmp_path):
    with pytest.raises(GradesError, match="There is no file"):
        read_content(tmp_path / "t", 5, "", GradesError)
    with pytest.raises(GradesError, match="no file of text"):
        read_content(tmp_path, 5, "", GradesError)
