"""A person's own configurations: settings changed in the window, and files of settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from tinyclf.errors import ConfigError
from tinyclf.training.config import TrainingConfig
from tinyclf.training.config_file import read_config
from tinyclf.training.presets import PRESETS

OWN = "own"
"""The key of the settings changed in the window."""

Take = Callable[[Path], TrainingConfig]
"""Reads settings from a file, or writes them there; returns them."""


class ConfigShelf:
    """Configurations by key: `OWN`, or a name made of a file's; no key is a preset's."""

    def __init__(self) -> None:
        self._configs: dict[str, TrainingConfig] = {}
        self._files: dict[str, Path] = {}
        self._unread: list[tuple[Path, str]] = []

    @property
    def files(self) -> dict[str, Path]:
        """The files by key, as they came."""
        return dict(self._files)

    @property
    def unread(self) -> str:
        """Why a remembered file could not be read, the first of them; empty if all could."""
        return self._unread[0][1] if self._unread else ""

    def config(self, key: str) -> TrainingConfig | None:
        """Return a configuration, ``None`` where there is none of that key."""
        return self._configs.get(key)

    def keep_own(self, config: TrainingConfig) -> None:
        """Keep the settings changed in the window."""
        self._configs[OWN] = config

    def offer(self, path: Path, take: Take = read_config) -> str:
        """Put the settings of a file in; return under which key.

        Raises:
            ConfigError: the file cannot be read, or has a mistake.
            StorageError: it cannot be written.
        """
        config, path = take(path), path.absolute()
        self._unread = [one for one in self._unread if one[0] != path]
        key = self._key_of(path)
        self._files[key], self._configs[key] = path, config
        return key

    def offer_again(self, paths: Sequence[Path]) -> None:
        """Put the files of the evening before in; remember why one cannot be read."""
        for path in paths:
            try:
                self.offer(path)
            except ConfigError as error:
                self._unread.append((path.absolute(), str(error)))

    def forget_unread(self) -> Path:
        """Look no longer for the file of which `unread` tells; return it."""
        path, _ = self._unread.pop(0)
        return path

    def _key_of(self, path: Path) -> str:
        name = path.stem
        key = _tr("{0} (file)").format(name) if name in PRESETS or name == OWN else name
        if self._files.get(key, path) != path:
            key = _tr("{0} (in {1})").format(name, path.parent)
        return key


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConfigShelf", text)
