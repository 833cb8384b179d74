from __future__ import annotations

import importlib.util
import os
import sys
from types import SimpleNamespace

import pytest
import threadpoolctl

from tinyclf.benchmark.machine import Blas, Card, Machine, fingerprint, this_machine
from tinyclf.benchmark.machine.processor import Cache
from tinyclf.errors import DeviceError

WHOLE = Machine(
    processor="Fast 9000",
    physical_cores=4,
    cores=8,
    caches=(Cache(level=1, size=32 << 10), Cache(level=3, size=16 << 20)),
    memory=16_200_000_000,
    blas=Blas(name="openblas", version="0.3", kernels="Zen", threads=8),
    card=Card(name="GTX 1650", memory=4_300_000_000, driver="12.4", cupy="13.6"),
    system="Linux",
    versions={"Python": "3.11", "numba": "not installed"},
    environment={"OPENBLAS_CORETYPE": "Zen"},
)


def test_this_machine_is_known_and_comes_back_from_json() -> None:
    here = this_machine()

    assert here.cores
    assert here.memory
    assert here.processor
    assert here.blas is None or here.blas.threads <= here.cores
    assert {"Python", "tinyclf", "numpy", "numba", "onnxruntime"} <= here.versions.keys()
    assert Machine.model_validate_json(here.model_dump_json()) == here


def test_the_same_machine_has_the_same_fingerprint() -> None:
    assert this_machine() == this_machine()


def test_words_are_three_lines() -> None:
    assert WHOLE.words().splitlines() == [
        "Fast 9000, 8 cores (4 physical), L1 32 KiB, L3 16 MiB, 16 GB of memory, "
        "GTX 1650, 4 GB of its own, driver for CUDA 12.4, CuPy 13.6",
        "openblas 0.3 (Zen kernels), 8 threads, Python 3.11, Linux",
        "Set in the environment: OPENBLAS_CORETYPE=Zen",
    ]


def test_what_is_not_known_has_no_words() -> None:
    assert Machine().words() == ""
    assert Machine(processor="Fast 9000", cores=1).words() == "Fast 9000, 1 core"


def test_only_variables_that_steer_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name in fingerprint.STEERING:
            monkeypatch.delenv(name)
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    monkeypatch.setenv("SECRET", "word")

    assert this_machine().environment == {"OPENBLAS_CORETYPE": "Haswell"}


def test_the_blas_is_numpys_and_not_scipys(monkeypatch: pytest.MonkeyPatch) -> None:
    pools = [
        {"user_api": "openmp", "filepath": "numpy.libs/gomp"},
        {"user_api": "blas", "internal_api": "mkl", "version": "1", "filepath": "scipy.libs/a"},
        {
            "user_api": "blas",
            "internal_api": "openblas",
            "version": None,
            "filepath": "numpy.libs/b",
        },
    ]
    monkeypatch.setattr(threadpoolctl, "threadpool_info", lambda: pools)
    monkeypatch.setattr(fingerprint, "cores", lambda: 1)

    assert this_machine().blas == Blas(name="openblas")


def test_without_cupy_none_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "cupy", raising=False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    assert this_machine().card is None
    assert "cupy" not in sys.modules


def test_a_card_is_asked_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {"name": b"GTX 1650", "totalGlobalMem": 4_300_000_000}
    runtime = SimpleNamespace(
        getDevice=lambda: 0,
        getDeviceProperties=lambda device: facts,
        driverGetVersion=lambda: 12040,
    )
    cupy = SimpleNamespace(cuda=SimpleNamespace(runtime=runtime), __version__="13.6")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(fingerprint, "choose_backend", lambda device: SimpleNamespace(xp=cupy))

    assert this_machine().card == WHOLE.card


def test_a_card_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(device: str) -> None:
        raise DeviceError("No NVIDIA card answers.")

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(fingerprint, "choose_backend", refuse)

    assert this_machine().card is None
