"""Encoders' graphs as files in the cache: each is built once and then read, if it is whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from tinyclf.errors import StorageError
from tinyclf.whole_file import whole_file


def graph_in(folder: Path, name: str, build: Callable[[], bytes]) -> bytes:
    """Return a graph from the cache, where it is written the first time.

    Args:
        folder: The caches', see ``caches.cache_folder``.
        name: What identifies the graph.
        build: Makes it; what cannot be written is made again the next time.
    """
    path = folder / f"{name}.onnx"
    network = _kept(path)
    if network is None:
        network = build()
        with suppress(StorageError):
            _keep(path, network)
    return network


def graph_source(
    folder: Path, name: str, build: Callable[[], bytes]
) -> bytes | Callable[[], bytes]:
    """Return what reads a graph whenever it is wanted: kept in memory it would take 27 MB.

    If it is in the cache, it is read, and made sure of, only then. Where it cannot be written, the
    graph itself is returned. Arguments as of `graph_in`.
    """
    path, source = folder / f"{name}.onnx", partial(graph_in, folder, name, build)
    if _is_there(path):
        return source
    network = source()
    return source if _is_there(path) else network


def _is_there(path: Path) -> bool:
    return path.is_file() and path.with_suffix(".sha256").is_file()


def _kept(path: Path) -> bytes | None:
    """Return the graph in the cache; ``None`` if it is not there whole."""
    try:
        contents = path.read_bytes()
        stated = path.with_suffix(".sha256").read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return None
    return contents if hashlib.sha256(contents).hexdigest() == stated else None


def _keep(path: Path, network: bytes) -> None:
    checksum = hashlib.sha256(network).hexdigest().encode()
    for suffix, contents in ((".onnx", network), (".sha256", checksum)):
        with whole_file(path.with_suffix(suffix)) as part:
            part.write_bytes(contents)
