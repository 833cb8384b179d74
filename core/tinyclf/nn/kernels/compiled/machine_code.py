"""Machine code on disk, which may be damaged, or find the disk full: then it is made anew."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from tinyclf.nn.kernels.compiled.sealed_files import sealed


class MachineCode:
    """numba's files of one kernel, whose troubles are never the caller's.

    Args:
        files: numba's ``FunctionCache``.
    """

    def __init__(self, files: Any) -> None:
        self._files = files
        files._cache_file = sealed(files)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._files, name)

    def load_overload(self, signature: Any, target: Any) -> Any:
        """Return the machine code for a signature, or None to have it compiled."""
        try:
            code = self._files.load_overload(signature, target)
            # Another process may have put other code into the file that the index named.
            fits = code is not None and tuple(code.signature.args) == tuple(signature)
            return code if fits else None
        except Exception:  # what is read from damaged bytes can be anything
            self._forget()
            return None

    def save_overload(self, signature: Any, code: Any) -> None:
        """Keep machine code on disk, if the disk lets it."""
        try:
            self._files.save_overload(signature, code)
        except Exception:  # the disk is full, or the index was damaged since it was read
            self._forget()

    def _forget(self) -> None:
        """Delete the index, which may name files that are not whole; a full disk allows that."""
        with suppress(OSError, AttributeError):
            Path(self._files._cache_file._index_path).unlink(missing_ok=True)
