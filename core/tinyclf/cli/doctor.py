"""What to paste into a bug report."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
from collections.abc import Callable

import apsw
import click
import numpy as np
import threadpoolctl  # type: ignore[import-untyped]
from PIL import Image

from tinyclf import __version__
from tinyclf.cli.options import json_option
from tinyclf.cli.speech import say, say_json
from tinyclf.cli.words import bytes_in_words
from tinyclf.data.caches import cache_folder
from tinyclf.data.encoder.builtin import builtin_encoder
from tinyclf.data.storage import kept_in
from tinyclf.errors import TinyClfError
from tinyclf.nn.backend import choose_backend, why_not_compiled
from tinyclf.nn.kernels.kernel import CompiledLane

PACKAGES = (
    *("numpy", "onnxruntime", "onnx", "pillow", "apsw", "PySide6-Essentials"),
    *("numba", "cupy-cuda12x", "cupy-cuda13x", "matplotlib", "fastapi", "uvicorn"),
)


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Tell what to paste into a bug report.

    Versions, devices, BLAS, SQLite, Qt, caches, and whether they can be used.
    """
    facts = {
        "tiny-classifier": __version__,
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "processors": str(os.cpu_count()),
        **{name: _version(name) for name in PACKAGES},
        "sqlite": apsw.sqlite_lib_version(),
        "blas": _blas(),
        "simd": _simd(),
        "cpu": _cpu(),
        "cuda": _outcome(lambda: choose_backend("cuda").device),
        "display": os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or "none",
        "cache": _outcome(_cache),
        "encoder": _outcome(_encoder),
    }
    if as_json:
        say_json(facts)
        return
    for name, fact in facts.items():
        say(f"{name + ':':22}{fact}")


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _blas() -> str:
    np.ones((2, 2)) @ np.ones((2, 2))  # loads it
    pools = [pool for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
    return "; ".join(
        f"{pool['internal_api']} {pool['version']}, kernels for "
        f"{pool.get('architecture', 'this processor')}, {pool['num_threads']} threads"
        for pool in pools
    )


def _simd() -> str:
    """Return the processor's features that NumPy has loops for, beside those it always needs."""
    features = np.show_config(mode="dicts").get("SIMD Extensions", {})
    return " ".join(features.get("baseline", []) + features.get("found", [])) or "none"


def _cpu() -> str:
    """Return who compiles the kernels, or why nobody does, and the cure."""
    try:
        return f"kernels compiled by numba {CompiledLane().version}"
    except Exception as error:  # a broken numba fails in any way
        return why_not_compiled(error)


def _cache() -> str:
    folder = cache_folder()
    parts = (
        f"{one.key} {bytes_in_words(one.size)}"
        + (f" of {bytes_in_words(one.limit)}" if one.limit is not None else "")
        for one in kept_in(folder)
    )
    return f"{folder} ({', '.join(parts)})"


def _encoder() -> str:
    encoder = builtin_encoder(cache_folder())
    encoder.extract(Image.new("RGB", (64, 64)))  # it may sleep well and not wake
    return encoder.key


def _outcome(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except TinyClfError as error:
        return str(error)


COMMANDS = (doctor,)
