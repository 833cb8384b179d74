import pytest

from tinyclf.data.caches import ENVIRONMENT_VARIABLE, cache_folder
from tinyclf.errors import StorageError


def test_the_argument_goes_before_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "environment"))
    assert cache_folder(tmp_path / "argument") == tmp_path / "argument"
    assert (tmp_path / "argument").is_dir()


def test_the_environment_goes_before_the_platform(tmp_path, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "a" / "b"))
    assert cache_folder() == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


def test_the_platform_has_a_place(tmp_path, monkeypatch):
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, author: tmp_path / name)
    assert cache_folder() == tmp_path / "tiny-classifier"


def test_a_place_that_cannot_be_made_is_named_with_the_cure(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=ENVIRONMENT_VARIABLE):
        cache_folder(tmp_path / "file" / "cache")
