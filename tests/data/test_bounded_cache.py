"""Caches that stay within a limit, whoever else is using them."""

import os
import subprocess
import sys
import threading

import apsw
import pytest

from tests.walking import finished, walked
from tinyclf.data.bounded_cache import BoundedCache, Shelf
from tinyclf.data.thumbnails import ThumbnailCache
from tinyclf.errors import StorageError

SHELF = Shelf("blobs", ("kind", "name"), "blob")
LIMIT = 2_000_000
BLOB = bytes(20_000)


class Clock:
    """Tells the time it is set to."""

    hours = 0

    def __call__(self):
        return 3600.0 * self.hours


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(tmp_path, clock):
    with BoundedCache(tmp_path / "c", 1, SHELF, LIMIT, clock) as cache:
        yield cache


def keep(cache, *names):
    for name in names:
        cache.keep([(("k", str(name)), BLOB)])


def names(cache):
    return {name for (name,) in cache.execute("SELECT name FROM blobs")}


def test_it_never_grows_far_beyond_its_limit(cache):
    keep(cache, *range(400))
    assert LIMIT / 2 < cache.used() < 1.1 * LIMIT
    assert cache.size() < 4 * LIMIT  # with what is still in the log


def test_what_was_not_used_for_longest_goes_first(cache, clock):
    for clock.hours, name in enumerate(range(60)):
        keep(cache, name)
    clock.hours += 1
    cache.note_use([("k", str(name)) for name in range(5)])
    keep(cache, *range(60, 100))
    left = names(cache)
    assert {"0", "1", "2", "3", "4"} <= left
    assert "5" not in left


@pytest.mark.parametrize("use", ["read", "keep", "close"])
def test_a_file_damaged_while_open_is_begun_anew(cache, tmp_path, use):
    keep(cache, *range(60))
    cache.note_use([("k", "7")])
    for path in tmp_path.iterdir():  # with the log and its index
        path.write_bytes(os.urandom(path.stat().st_size))
    match use:
        case "read":
            cache.execute("SELECT blob FROM blobs WHERE name = '7'")
        case "keep":
            keep(cache, "x")
        case "close":
            cache.close()
    keep(cache, "y")
    assert names(cache) == {"y"} | ({"x"} if use == "keep" else set())


def test_uses_are_noted_without_writing_a_blob_again(cache, clock):
    keep(cache, "a")
    before = cache.execute("SELECT rowid FROM blobs")
    clock.hours = 9
    cache.note_use([("k", "a")])
    cache.close()
    assert cache.execute("SELECT hour FROM uses") == [(9,)]
    assert cache.execute("SELECT rowid FROM blobs") == before


def test_a_lower_limit_is_kept_and_the_file_shrinks(cache, tmp_path):
    keep(cache, *range(80))
    cache.set_limit(400_000)
    full = cache.size()
    freed, reports = walked(cache.trim())
    assert cache.used() <= 400_000
    assert cache.size() < 800_000
    assert 10**6 < freed <= full - cache.size()
    assert len(reports) > 2
    with BoundedCache(tmp_path / "c", 1, SHELF, LIMIT) as other:
        assert other.limit == 400_000


def test_cleaning_makes_the_file_small_while_others_use_it(cache, tmp_path):
    keep(cache, *range(80))
    with BoundedCache(tmp_path / "c", 1, SHELF, LIMIT) as other:
        keep(other, "of the other")
        finished(cache.clean())
        assert names(other) == set()
        keep(other, "new")
        assert names(cache) == {"new"}
        assert cache.size() < 400_000


def test_a_trim_that_is_stopped_leaves_a_whole_cache(cache):
    keep(cache, *range(80))
    cache.set_limit(400_000)
    job = cache.trim()
    next(job)
    next(job)
    job.close()
    left = names(cache)
    assert 0 < len(left) < 80
    assert cache.execute("SELECT count(*) FROM uses") == [(len(left),)]


def test_a_cache_of_an_earlier_program_is_taken_over_and_shrinks(tmp_path):
    path = tmp_path / "thumbnails-320.sqlite"
    with apsw.Connection(str(path)) as old:
        old.execute("CREATE TABLE thumbnails (photo TEXT PRIMARY KEY, jpeg BLOB NOT NULL)")
        rows = [(f"{k}", b"\xff\xd8" + BLOB) for k in range(80)]
        old.executemany("INSERT INTO thumbnails VALUES (?, ?)", rows)
        old.pragma("user_version", 1)
    old.close()
    with ThumbnailCache(tmp_path) as cache:
        assert cache.get("7") == b"\xff\xd8" + BLOB
        cache.put("new", b"\xff\xd8")
        cache.set_limit(400_000)
        finished(cache.trim())
        assert cache.get("new") == b"\xff\xd8"
        assert cache.size() < 800_000


def test_a_full_disk_leaves_what_was_there(cache):
    keep(cache, "a")
    [(pages,)] = cache.execute("PRAGMA page_count")
    cache.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StorageError, match="full"):
        cache.keep([(("k", "b"), BLOB), (("k", "c"), BLOB)])
    assert names(cache) == {"a"}
    assert cache.execute("SELECT name FROM uses") == [("a",)]


def test_many_threads_of_two_programs_share_it(cache, tmp_path):
    with BoundedCache(tmp_path / "c", 1, SHELF, LIMIT) as other:
        threads = [
            threading.Thread(target=keep, args=(one, *range(start, start + 60)))
            for one in (cache, other)
            for start in (0, 100)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert cache.used() < 1.2 * LIMIT
    assert cache.execute("PRAGMA integrity_check") == [("ok",)]


WRITE_FOREVER = """
import itertools, pathlib, sys
from tinyclf.data.thumbnails import ThumbnailCache

cache = ThumbnailCache(pathlib.Path(sys.argv[1]))
cache.set_limit(1_000_000)
for number in itertools.count(int(sys.argv[2])):
    cache.put(f"{number}", number.to_bytes(4, "big") * 5000)
    print(number, flush=True)
"""


def test_a_writer_that_is_killed_leaves_whole_blobs_only(tmp_path):
    for start in (0, 1000, 2000):
        command = [sys.executable, "-c", WRITE_FOREVER, str(tmp_path), str(start)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            for _ in range(70):
                child.stdout.readline()
            child.kill()
        with ThumbnailCache(tmp_path) as cache:
            assert cache.execute("PRAGMA integrity_check") == [("ok",)]
            kept = cache.execute("SELECT photo, jpeg FROM thumbnails")
            assert kept
            assert all(jpeg == int(name).to_bytes(4, "big") * 5000 for name, jpeg in kept)
            counts = "SELECT count(*) FROM thumbnails t LEFT JOIN uses u USING (photo) WHERE hour"
            assert cache.execute(counts) == [(len(kept),)]
