import os
import stat

import apsw
import pytest

from tinyclf.data.cache_file import CacheFile
from tinyclf.errors import StorageError

SCHEMA = "CREATE TABLE blobs (name TEXT PRIMARY KEY, blob BLOB)"


def opened(path, version=1):
    return CacheFile(path, version, SCHEMA)


def filled(path):
    file = opened(path)
    file.execute_many("INSERT INTO blobs VALUES (?, ?)", [(str(k), bytes(900)) for k in range(300)])
    return file


def count(file):
    return file.execute("SELECT count(*) FROM blobs")[0][0]


def test_rows_are_kept(tmp_path):
    filled(tmp_path / "c").close()
    assert count(opened(tmp_path / "c")) == 300


@pytest.mark.parametrize("damage", [b"no database at all" * 99, b"SQLite format 3\0" + bytes(4000)])
def test_a_damaged_file_is_begun_anew(tmp_path, damage):
    filled(tmp_path / "c").close()
    (tmp_path / "c").write_bytes(damage)
    assert count(opened(tmp_path / "c")) == 0


def test_damage_found_while_reading_is_survived(tmp_path):
    filled(tmp_path / "c").close()
    contents = bytearray((tmp_path / "c").read_bytes())
    contents[4096:] = b"\xaa" * (len(contents) - 4096)
    (tmp_path / "c").write_bytes(contents)
    file = opened(tmp_path / "c")
    assert count(file) == 0
    file.execute("INSERT INTO blobs VALUES ('a', 'b')")
    assert count(file) == 1


def test_another_versions_file_is_begun_anew(tmp_path):
    filled(tmp_path / "c").close()
    assert count(opened(tmp_path / "c", version=2)) == 0


def test_rows_of_one_call_are_kept_together_or_not_at_all(tmp_path):
    file = filled(tmp_path / "c")
    with pytest.raises(StorageError):
        file.execute_many(
            "INSERT INTO blobs VALUES (?, ?)", [("new", b""), ("1", b"there already")]
        )
    assert count(file) == 300


def test_a_closed_file_opens_again_when_used(tmp_path):
    file = filled(tmp_path / "c")
    file.close()
    assert count(file) == 300


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(StorageError, match="missing"):
        opened(tmp_path / "missing" / "c")


def test_a_full_disk_is_a_storage_error(tmp_path):
    file = filled(tmp_path / "c")
    file.execute(f"PRAGMA max_page_count = {file.execute('PRAGMA page_count')[0][0]}")
    with pytest.raises(StorageError, match="full"):
        file.execute("INSERT INTO blobs VALUES ('big', zeroblob(1000000))")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_the_cache_is_the_users_own(tmp_path):
    filled(tmp_path / "c").close()
    assert not stat.S_IMODE((tmp_path / "c").stat().st_mode) & stat.S_IWOTH


def test_it_is_written_ahead(tmp_path):
    file = filled(tmp_path / "c")
    with apsw.Connection(str(tmp_path / "c")) as other:
        assert other.pragma("journal_mode") == "wal"
    file.close()
