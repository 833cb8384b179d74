"""Files on disk, and how their mistakes are shown."""

import os
from pathlib import Path

import pytest

from tests.benchmark.file.test_version_1 import AS_PRINTED, HELLO
from tinyclf.benchmark.file import PlanFileError, read_plan
from tinyclf.cli import main
from tinyclf.errors import ConfigError


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(AS_PRINTED)
    assert read_plan(tmp_path / "mine.yaml").cases == (HELLO,)


def test_paths_are_meant_from_the_files_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep").mkdir()
    path = Path("deep", "mine.yaml")
    (tmp_path / path).write_text("version: 2\nbenchmark: {kind: thumbnails, folder: ../photos}\n")
    monkeypatch.chdir(tmp_path)
    (case,) = read_plan(path).cases
    assert case.kind == "thumbnails"
    assert case.folder == str(tmp_path / "photos")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"#" * 100_001, r"mine\.yaml is larger than 100,000 bytes"),
        (b"version: 2\nname: \xff\n", r"mine\.yaml is no text in UTF-8 \(see line 2\)"),
        ("version: 2".encode("utf-16"), r"mine\.yaml is no text in UTF-8 \(see line 1\)"),
    ],
)
def test_a_file_that_holds_no_settings_is_named(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "mine.yaml").write_bytes(content)
    with pytest.raises(ConfigError, match=sentence):
        read_plan(tmp_path / "mine.yaml")


@pytest.mark.parametrize("name", ["none.yaml", "a\0b.yaml", "a" * 300])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read: .* Check its name\."):
        read_plan(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path / "pipe.yaml", Path("/dev/zero"), tmp_path):
        with pytest.raises(ConfigError, match="is no ordinary file"):
            read_plan(path)


def test_a_command_shows_a_line_for_each_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd\nname.yaml"
    path.write_text("version: 2\nrounds: 0\nbenchmark: {batch: 0}\n")
    monkeypatch.setattr(main, "_command", lambda arguments: read_plan(path))
    assert main.run([]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"tinyclf: {tmp_path}/odd\\nname.yaml has 2 mistakes:",
        "line 2: rounds must be a whole number from 1 to 1,000, not 0.",
        "line 3: batch must be a whole number from 1 to 65,536, not 0.",
    ]


def test_mistakes_are_an_error_of_the_input() -> None:
    assert issubclass(PlanFileError, ConfigError)
