"""Files of settings that a person wrote: text, small, and read with care."""

from __future__ import annotations

import stat
from pathlib import Path

from tinyclf.errors import ConfigError

LARGEST = 100_000
"""Bytes of a file that is read."""


def settings_text(path: Path) -> str:
    """Return the text of a file of settings.

    Raises:
        ConfigError: the file cannot be read, is no ordinary file, is too large, or is not UTF-8;
            the message names it.
    """
    try:
        content = _content(path)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}. Check its name.") from error
    except ValueError as error:  # a name with a null character
        raise ConfigError(f"{path} cannot be read: {error}. Check its name.") from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"{path} is no text in UTF-8 (see line {line}). Save it in that encoding."
        ) from error


def _content(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, a device never ends
        raise ConfigError(f"{path} is no ordinary file. Name a YAML file.")
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ConfigError(f"{path} is larger than {LARGEST:,} bytes, so it holds no settings.")
    return content
