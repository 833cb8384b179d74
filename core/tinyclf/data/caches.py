"""Where what can be made again is kept."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from tinyclf.errors import StorageError

ENVIRONMENT_VARIABLE = "TINYCLF_CACHE"


def cache_folder(override: Path | None = None) -> Path:
    """Return the folder of all caches, made if missing.

    Args:
        override: Use this one; else ``$TINYCLF_CACHE``, else the platform's place for caches.

    Raises:
        StorageError: it cannot be made.
    """
    named = override or os.environ.get(ENVIRONMENT_VARIABLE)
    folder = Path(named) if named else platformdirs.user_cache_path("tiny-classifier", False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The cache folder {folder} cannot be made ({error.strerror}): "
            f"set {ENVIRONMENT_VARIABLE} to a folder you may write to."
        ) from error
    return folder
