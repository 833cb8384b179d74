"""What is kept to save work: told, limited, cleaned."""

import pytest


@pytest.fixture(autouse=True)
def own_cache(environment, monkeypatch, tmp_path):
    monkeypatch.setenv("TINYCLF_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def filled(tinyclf, stamps, file):
    tinyclf("new", file, "--photos", stamps)
    return file


def test_each_cache_is_told_with_its_size_and_limit(tinyclf, filled, tmp_path):
    told = tinyclf("caches", "--json").json
    assert told["folder"] == str(tmp_path / "cache")
    assert told["caches"]["thumbnails"]["bytes"] > 100_000
    assert told["caches"]["thumbnails"]["limit_bytes"] == 4 * 10**9
    assert told["caches"]["measures"]["bytes"] > 0
    assert told["caches"]["measures"]["limit_bytes"] is None
    assert told["caches"]["encoder"] == {"bytes": 0, "limit_bytes": None}
    assert "of 4.0 GB at most, small pictures" in tinyclf("caches").out
    assert "kB, what was measured in photos" in tinyclf("caches").out
    assert "of 4.0 GB" in tinyclf("doctor", "--json").json["cache"]


def test_cleaning_frees_the_space_and_keeps_the_collection(tinyclf, filled):
    before = tinyclf("caches", "--json").json["caches"]["thumbnails"]["bytes"]
    told = tinyclf("caches", "--clean", "thumbnails", "--json").json
    assert told["freed_bytes"] > before / 2
    assert told["caches"]["thumbnails"]["bytes"] < before / 2
    assert tinyclf("status", filled, "--json").json["photos"] == 30


def test_all_can_be_cleaned_when_there_is_nothing(tinyclf):
    told = tinyclf("caches", "--clean", "all")
    assert (told.code, told.out.splitlines()[-1]) == (0, "0 kB freed.")


def test_a_limit_is_kept_from_one_command_to_the_next(tinyclf, filled):
    assert "of 200 MB at most" in tinyclf("caches", "--limit", "thumbnails=0.2").out
    assert tinyclf("caches", "--json").json["caches"]["thumbnails"]["limit_bytes"] == 2 * 10**8


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("thumbnails", "Write NAME=GB"),
        ("thumbnails=much", "Write NAME=GB"),
        ("thumbnails=nan", "Write NAME=GB"),
        ("thumbnails=0.001", "too small"),
        ("encoder=2", "encoder has no limit. Choose among thumbnails, features."),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(tinyclf, limit, words):
    told = tinyclf("caches", "--limit", limit)
    assert told.code == 2
    assert words in told.complaint
