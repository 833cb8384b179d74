"""numba's files of one kernel, each with a hash at its end: damaged machine code is never run.

numba keeps no checksum, and one wrong bit in machine code can end the process.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from numba.core.caching import IndexDataCacheFile

SEAL_SIZE = 16
"""Bytes."""


class SealedFiles(IndexDataCacheFile):  # type: ignore[misc]  # numba has no types
    """An index and the machine code for each signature; what is not whole raises ValueError."""

    def _load_index(self) -> Any:
        _require_whole(Path(self._index_path))
        return super()._load_index()

    def _load_data(self, name: str) -> Any:
        _require_whole(Path(self._data_path(name)))
        return super()._load_data(name)

    @contextmanager
    def _open_for_write(self, filepath: str) -> Iterator[io.BytesIO]:
        with super()._open_for_write(filepath) as file, io.BytesIO() as content:
            yield content
            file.write(content.getvalue() + _seal(content.getvalue()))


def sealed(files: Any) -> SealedFiles:
    """Return the files of numba's ``FunctionCache`` with a seal each; numba reads past it."""
    stamp = files._impl.locator.get_source_stamp()
    return SealedFiles(files.cache_path, files._impl.filename_base, stamp)


def _require_whole(path: Path) -> None:
    """Check the seal of a file, if it is there.

    Raises:
        ValueError: it does not fit, or there is none.
    """
    if not path.exists():
        return
    content = path.read_bytes()
    if _seal(content[:-SEAL_SIZE]) != content[-SEAL_SIZE:]:
        raise ValueError(f"{path} is damaged")


def _seal(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=SEAL_SIZE).digest()
