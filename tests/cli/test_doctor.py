"""What `tinyclf doctor` says of how fast this computer can be."""

import importlib.metadata
import sys

import numba
import pytest


@pytest.fixture
def diagnosis(tinyclf):
    return lambda: tinyclf("doctor", "--json").json


def test_numba_is_told_by_its_version(diagnosis):
    assert diagnosis()["numba"] == numba.__version__


def test_without_numba_numpy_computes_alone(diagnosis, monkeypatch):
    def version(package):
        raise importlib.metadata.PackageNotFoundError(package)

    monkeypatch.setattr(importlib.metadata, "version", version)
    monkeypatch.setitem(sys.modules, "numba", None)

    assert diagnosis()["numba"] == "not installed: NumPy alone"


def test_a_numba_that_does_not_import_says_why(diagnosis, monkeypatch):
    monkeypatch.setitem(sys.modules, "numba", None)

    told = diagnosis()["numba"]

    assert told.startswith(f"{numba.__version__}, unusable (import of numba halted")
    assert told.endswith("): NumPy alone")


def test_a_numba_whose_compiler_is_broken_says_why(diagnosis, monkeypatch):
    class Broken:
        def __init__(self):
            raise OSError("Could not find/load shared object file: libllvmlite.so")

    monkeypatch.setattr("tinyclf.cli.doctor.CompiledLane", Broken)

    told = diagnosis()["numba"]

    assert told.endswith(
        "unusable (Could not find/load shared object file: libllvmlite.so): NumPy alone"
    )


def test_the_library_of_matrix_products_is_told_with_its_kernels_and_threads(diagnosis):
    told = diagnosis()["blas"]
    assert "kernels for" in told
    assert "threads" in told


def test_the_processor_s_features_are_told(diagnosis):
    assert diagnosis()["simd"].split()
