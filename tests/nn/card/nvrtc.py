"""NVIDIA's own compiler of CUDA sources, asked without a card (``nvidia-cuda-nvrtc-cu12``)."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
from pathlib import Path


def load() -> ctypes.CDLL | None:
    """Return the library: from its Python package, or as the system has it; None if nowhere."""
    for path in [*_packaged(), ctypes.util.find_library("nvrtc")]:
        if path is not None:
            try:
                return ctypes.CDLL(str(path))
            except OSError:
                continue
    return None


def architectures(nvrtc: ctypes.CDLL) -> list[int]:
    """Return what it can compile for, such as 60 for compute capability 6.0."""
    count = ctypes.c_int()
    nvrtc.nvrtcGetNumSupportedArchs(ctypes.byref(count))
    found = (ctypes.c_int * count.value)()
    nvrtc.nvrtcGetSupportedArchs(found)
    return list(found)


def complaints(nvrtc: ctypes.CDLL, source: str, architecture: int) -> str:
    """Compile to machine code; return what the compiler has to say, "" if nothing.

    That a card is old, it may say.
    """
    program = ctypes.c_void_p()
    nvrtc.nvrtcCreateProgram(ctypes.byref(program), source.encode(), b"kernel.cu", 0, None, None)
    options = [f"--gpu-architecture=sm_{architecture}", "-std=c++17"]
    passed = (ctypes.c_char_p * len(options))(*(option.encode() for option in options))
    status = nvrtc.nvrtcCompileProgram(program, len(options), passed)
    size = ctypes.c_size_t()
    nvrtc.nvrtcGetProgramLogSize(program, ctypes.byref(size))
    log = ctypes.create_string_buffer(size.value)
    nvrtc.nvrtcGetProgramLog(program, log)
    nvrtc.nvrtcDestroyProgram(ctypes.byref(program))
    said = [line for line in log.value.decode().splitlines() if "are deprecated" not in line]
    return "\n".join(said).strip() or (f"nvrtc says {status}" if status else "")


def _packaged() -> list[Path]:
    """Both layouts: nvidia/cuda_nvrtc/lib of CUDA 12, nvidia/cu13/lib of CUDA 13."""
    spec = importlib.util.find_spec("nvidia")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []
    return [
        library
        for folder in folders
        for library in sorted(folder.glob("*/lib/libnvrtc.so.*"))
        if "alt" not in library.name
    ]
