"""Runs CUDA sources on the processor, thread by thread: slow, but the same text and arithmetic."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from tests.nn.card.cuda_sources import signature_of

HEADER = Path(__file__).with_name("cuda_on_cpu.hpp")
CTYPES = {
    "bool": ctypes.c_bool,
    "int": ctypes.c_int,
    "long long": ctypes.c_longlong,
    "double": ctypes.c_double,
}

_libraries = tempfile.TemporaryDirectory(prefix="tinyclf-cuda-on-cpu-")


def compiler() -> str | None:
    """The C++ compiler, if there is one."""
    return shutil.which("g++")


def launch(
    source: str, name: str, grid: tuple[int, ...], block: tuple[int, ...], args: list[Any]
) -> None:
    """Run every thread of a grid; ``args`` are NumPy arrays and numbers."""
    kinds = signature_of(source, name)
    assert len(kinds) == len(args), f"{name} takes {len(kinds)} arguments, not {len(args)}"
    passed = [_passed(kind, arg) for (kind, _), arg in zip(kinds, args, strict=True)]
    sizes = [*_three(grid), *_three(block)]
    assert all(sizes), f"{name}: CUDA refuses an empty grid {grid} or block {block}"
    assert np.prod(sizes[3:]) <= 1024, f"{name}: no card runs blocks of {block}"
    assert max(sizes[1:3]) <= 65535, f"{name}: no card runs a grid of {grid}"
    met = _function(source, name)(*map(ctypes.c_uint, sizes), *passed)
    assert met, f"{name}: threads of one block wait at different barriers"


@functools.cache
def _function(source: str, name: str) -> Any:
    kinds = signature_of(source, name)
    kept = "\n".join(f"static {kind} kept_{own};" for kind, own in kinds)
    keep = " ".join(f"kept_{own} = {own};" for _, own in kinds)
    declared = ", ".join(f"{kind} {own}" for kind, own in kinds)
    text = f"""#include "{HEADER}"
{source}
{kept}
static void thread_body() {{ {name}({", ".join(f"kept_{own}" for _, own in kinds)}); }}
extern "C" bool launch_it(unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by,
                          unsigned bz, {declared})
{{
    {keep}
    return run_grid({{gx, gy, gz}}, {{bx, by, bz}}, thread_body);
}}
"""
    stem = Path(_libraries.name) / f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    stem.with_suffix(".cpp").write_text(text)
    command = [str(compiler()), "-O1", "-w", "-shared", "-fPIC", "-std=c++17"]
    files = [f"{stem}.cpp", "-o", f"{stem}.so"]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    function = ctypes.CDLL(f"{stem}.so").launch_it
    function.restype = ctypes.c_bool
    return function


def _passed(kind: str, argument: Any) -> Any:
    if not kind.endswith("*"):
        assert not isinstance(argument, np.ndarray), f"an array for a {kind}"
        return CTYPES[kind](argument)
    assert isinstance(argument, np.ndarray), f"{argument!r} for a {kind}"
    return ctypes.c_void_p(argument.ctypes.data)


def _three(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return (*sizes, 1, 1)[:3]
