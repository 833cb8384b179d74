"""Configurations on disk."""

import os
from pathlib import Path

import pytest

from tinyclf.errors import ConfigError, StorageError
from tinyclf.training.config import TrainingConfig
from tinyclf.training.config_file import read_config, write_config


def test_a_written_configuration_reads_back(tmp_path: Path) -> None:
    config = TrainingConfig(hidden=(), patience=7, learning_rate=1e-5)
    write_config(config, tmp_path / "mine.yaml")
    assert read_config(tmp_path / "mine.yaml") == config
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]


def test_what_a_file_omits_is_default(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("epochs: 7\nhidden: [16, 8]\nlearning_rate: 1e-3\n")
    assert read_config(path) == TrainingConfig(epochs=7, hidden=(16, 8), learning_rate=0.001)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("epoch: 3", r"mine\.yaml, line 1: There is no setting 'epoch': did you mean 'epochs'"),
        (
            "# mine\nloss: corn\n\nepochs: many",
            r"mine\.yaml, line 4: epochs must be a whole number",
        ),
        ("hidden:\n- 4\n- 0\nmixup: 1", r"mine\.yaml, line 1: A width in hidden must be"),
        ("<<: {epochs: 0}\nloss: corn\nfolds: 2", r"mine\.yaml: epochs must be"),
        ("epochs: [", r"mine\.yaml is no YAML file"),
        ("epochs: 1\nepochs: 2", r"mine\.yaml is no YAML file"),
        ("", r"mine\.yaml holds no settings"),
        ("- 1", r"mine\.yaml holds no settings"),
        ("\x00", r"mine\.yaml is no YAML file"),
        ("epochs: " + "9" * 5000, r"mine\.yaml is no YAML file"),
        ("epochs: 0x" + "f" * 5000, r"epochs must be .*, not one of about 6,02\d digits"),
        ("hidden: [0x" + "f" * 5000 + "]", r"hidden must be .*, not one of about 6,02\d digits"),
        ("features: 0x" + "f" * 5000, r"features must be .*, not one of about 6,02\d digits"),
        ("? 0x" + "f" * 5000 + "\n: 1", r"no setting 'one of about 6,02\d digits'"),
        ("epochs: 2026-99-99", r"mine\.yaml is no YAML file"),
    ],
)
def test_a_file_that_says_nothing_usable_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=sentence):
        read_config(path)


def test_an_encoder_is_looked_for_beside_the_file_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "mine.yaml").write_text("features: ../own.onnx")
    monkeypatch.chdir(tmp_path)
    own = str(tmp_path / "own.onnx")
    assert read_config(Path("deep", "mine.yaml")).features == own
    (tmp_path / "mine.yaml").write_text(f"features: {own}")
    assert read_config(tmp_path / "mine.yaml").features == own


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path / "pipe.yaml", Path("/dev/zero"), tmp_path):
        with pytest.raises(ConfigError, match="is no ordinary file"):
            read_config(path)


@pytest.mark.parametrize(
    ("text", "sentence"), [("#" * 200_000, "is larger than"), ("[" * 50_000, "nested too deep")]
)
def test_a_file_that_cannot_be_settings_is_soon_given_up(
    tmp_path: Path, text: str, sentence: str
) -> None:
    (tmp_path / "mine.yaml").write_text(text)
    with pytest.raises(ConfigError, match=sentence):
        read_config(tmp_path / "mine.yaml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml cannot be read"):
        read_config(tmp_path / "none.yaml")


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"mine\.yaml cannot be written"):
        write_config(TrainingConfig(), tmp_path / "gone" / "mine.yaml")
