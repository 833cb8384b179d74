"""What was measured on, and with what: the fingerprint of a report."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import re
from typing import Any

import numpy as np
import threadpoolctl  # type: ignore[import-untyped]
from pydantic import Field

from tinyclf import __version__
from tinyclf.benchmark.machine.memory import cores, total_bytes
from tinyclf.benchmark.machine.processor import (
    Cache,
    caches,
    instruction_sets,
    physical_cores,
    processor_name,
)
from tinyclf.benchmark.settings import Bytes, Count, Settings
from tinyclf.errors import DeviceError
from tinyclf.nn.backend import choose_backend

LIBRARIES = ("numpy", "numba", "onnxruntime", "torch", "scikit-learn")
"""Whose versions are told, by the names they are installed by."""

STEERING = (
    *("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "MKL_ENABLE_INSTRUCTIONS", "BLIS_ARCH_TYPE"),
    *("NPY_DISABLE_CPU_FEATURES", "NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES", "NUMBA_DISABLE_JIT"),
    *("OMP_PROC_BIND", "OMP_PLACES", "GLIBC_TUNABLES", "CUPY_TF32", "CUDA_VISIBLE_DEVICES"),
)
"""Variables of the environment that change how fast a case runs. Those of threads do not: each case
brings its own."""

NOT_INSTALLED = "not installed"


class Blas(Settings):
    """The library that NumPy multiplies matrices with.

    Attributes:
        name: As in "openblas".
        version: Its version.
        kernels: For which processors the code is that it chose; empty if it does not tell.
        threads: How many it uses for a case that does not limit them.
    """

    name: str
    version: str = ""
    kernels: str = ""
    threads: Count = 1

    def __str__(self) -> str:
        kernels = f" ({self.kernels} kernels)" if self.kernels else ""
        threads = "1 thread" if self.threads == 1 else f"{self.threads} threads"
        return f"{self.name} {self.version}{kernels}, {threads}"


class Card(Settings):
    """The NVIDIA card that CuPy computes on.

    Attributes:
        name: What the maker calls it.
        memory: In bytes.
        driver: The newest CUDA that its driver knows, as in "12.4".
        cupy: The version of CuPy.
    """

    name: str
    memory: Bytes
    driver: str
    cupy: str

    def __str__(self) -> str:
        memory = f"{_gigabytes(self.memory)} of its own"
        return f"{self.name}, {memory}, driver for CUDA {self.driver}, CuPy {self.cupy}"


class Machine(Settings):
    """The fingerprint; what is not known is empty.

    Attributes:
        processor: What the maker calls it.
        instruction_sets: Those beyond the least that NumPy needs, as far as it has loops for them.
        physical_cores: How many this process may keep busy.
        cores: As many as the system counts: a core that runs two threads counts twice.
        caches: Of one core, from the first level on.
        memory: For this process, in bytes, to 0.1 GB: the system itself takes now more, now less.
        blas: What NumPy multiplies matrices with.
        card: An NVIDIA card, if CuPy is installed and one answers.
        system: The operating system.
        versions: Of Python, of this program and of libraries, by name.
        environment: Variables that change how fast a case runs, by name; only those that are set.
    """

    processor: str = ""
    instruction_sets: tuple[str, ...] = ()
    physical_cores: Count | None = None
    cores: Count | None = None
    caches: tuple[Cache, ...] = ()
    memory: Bytes | None = None
    blas: Blas | None = None
    card: Card | None = None
    system: str = ""
    versions: dict[str, str] = Field(default_factory=dict)
    environment: dict[str, str] = Field(default_factory=dict)

    def words(self) -> str:
        """Return the most of it in two lines or three."""
        chip = [self.processor, *self._cores(), *(str(cache) for cache in self.caches)]
        if self.memory is not None:
            chip.append(f"{_gigabytes(self.memory)} of memory")
        if self.card is not None:
            chip.append(str(self.card))
        libraries = [f"{k} {v}" for k, v in self.versions.items() if v != NOT_INSTALLED]
        if self.blas is not None:
            libraries.insert(0, str(self.blas))
        lines = [_listed(chip), _listed([*libraries, self.system])]
        if self.environment:
            lines.append(f"Set in the environment: {_settings(self.environment)}")
        return "\n".join(line for line in lines if line)

    def _cores(self) -> list[str]:
        if self.cores is None:
            return []
        count = "1 core" if self.cores == 1 else f"{self.cores} cores"
        if self.physical_cores in (None, self.cores):
            return [count]
        return [f"{count} ({self.physical_cores} physical)"]


def this_machine() -> Machine:
    """Return the fingerprint of this one."""
    return Machine(
        processor=processor_name(),
        instruction_sets=instruction_sets(),
        physical_cores=physical_cores(),
        cores=cores(),
        caches=caches(),
        memory=round(total_bytes(), -8),
        blas=_blas(),
        card=this_card(),
        system=platform.platform(),
        versions=_versions(),
        environment={name: os.environ[name] for name in STEERING if name in os.environ},
    )


def this_card() -> Card | None:
    """Return the card that CuPy computes on, if there is one; without CuPy nothing is imported."""
    if importlib.util.find_spec("cupy") is None:
        return None
    try:
        cupy = choose_backend("cuda").xp
    except DeviceError:
        return None
    runtime = cupy.cuda.runtime
    properties = runtime.getDeviceProperties(runtime.getDevice())
    major, rest = divmod(runtime.driverGetVersion(), 1000)
    return Card(
        name=properties["name"].decode(),
        memory=properties["totalGlobalMem"],
        driver=f"{major}.{rest // 10}",
        cupy=cupy.__version__,
    )


def _blas() -> Blas | None:
    """Return NumPy's; None if nothing is known of it, as of Apple's Accelerate."""
    pools = [pool for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
    pools.sort(key=lambda pool: "numpy" not in pool["filepath"])  # SciPy brings another
    if not pools:
        name = _built_with().get("name")
        return Blas(name=name, threads=cores()) if name else None
    pool = pools[0]
    return Blas(
        name=pool["internal_api"],
        version=pool["version"] or "",
        kernels=pool.get("architecture") or "",
        threads=min(cores(), _most_threads()),
    )


def _most_threads() -> int:
    """Return how many NumPy's BLAS was built for; a huge number if it does not tell."""
    found = re.search(r"MAX_THREADS=(\d+)", _built_with().get("openblas configuration", ""))
    return int(found[1]) if found else 1 << 30


def _built_with() -> dict[str, Any]:
    """Return what NumPy tells of its BLAS."""
    told: dict[str, Any] = dict(np.show_config(mode="dicts"))
    blas: dict[str, Any] = told.get("Build Dependencies", {}).get("blas", {})
    return blas


def _versions() -> dict[str, str]:
    ours = {"Python": platform.python_version(), "tinyclf": __version__}
    return ours | {name: _version(name) for name in LIBRARIES}


def _version(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return NOT_INSTALLED


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.0f} GB"


def _listed(facts: list[str]) -> str:
    return ", ".join(fact for fact in facts if fact)


def _settings(environment: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in environment.items())
