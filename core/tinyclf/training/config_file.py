"""A training configuration as a YAML file."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from tinyclf.errors import ConfigError
from tinyclf.settings_file import settings_text
from tinyclf.training.config import TrainingConfig
from tinyclf.training.feature_names import FEATURES
from tinyclf.whole_file import whole_file


def read_config(path: Path) -> TrainingConfig:
    """Return the configuration a YAML file describes; what it omits is default.

    The path of an encoder is meant from the file's own folder, and comes back absolute.

    Raises:
        ConfigError: the file is missing, is no YAML mapping, or holds a setting that is unknown or
            out of its range; the message names the file and, where there is one, the line.
    """
    text = settings_text(path)
    try:
        mapping = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError) as error:
        raise ConfigError(f"{path} is no YAML file: {_first_line(error)}.") from error
    except RecursionError as error:
        raise ConfigError(
            f"{path} is nested too deep; write lines such as 'epochs: 30'."
        ) from error
    if not isinstance(mapping, dict):
        raise ConfigError(f"{path} holds no settings; write lines such as 'epochs: 30'.")
    try:
        config = TrainingConfig.from_mapping(mapping)
    except ConfigError as error:
        raise ConfigError(f"{path}{_line_of_mistake(text, mapping)}: {error}") from error
    return config if config.features in FEATURES else with_encoder(config, path.parent)


def with_encoder(config: TrainingConfig, folder: Path) -> TrainingConfig:
    """Return the configuration with its encoder's path absolute, as meant from a folder."""
    place = os.path.abspath(folder / config.features)  # noqa: PTH100 (resolve() would follow links)
    return replace(config, features=place)


def write_config(config: TrainingConfig, path: Path) -> None:
    """Write a configuration as YAML; the file appears whole or not at all.

    Raises:
        StorageError: the folder cannot be written.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = None
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    with whole_file(path) as part, part.open("w", encoding="utf-8") as stream:
        yaml.dump(config.to_mapping(), stream)


def _line_of_mistake(text: str, mapping: dict[str, Any]) -> str:
    """Return ``", line 3"`` for the first setting that would be refused alone."""
    keys = [key for key, _ in YAML(typ="safe", pure=True).compose(text).value]
    if any(key.value == "<<" for key in keys):  # what it merges in stands elsewhere
        return ""
    for key, (name, value) in zip(keys, mapping.items(), strict=True):
        try:
            TrainingConfig.from_mapping({name: value})
        except ConfigError:
            return f", line {key.start_mark.line + 1}"
    return ""


def _first_line(error: Exception) -> str:
    if isinstance(error, MarkedYAMLError) and error.problem and error.problem_mark:
        return f"{error.problem} in line {error.problem_mark.line + 1}"
    lines = str(error).splitlines() or ["nothing readable in it"]
    return lines[0].rstrip(".")
