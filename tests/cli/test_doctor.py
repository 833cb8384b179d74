"""What `tinyclf doctor` says of how fast this computer can be."""

import importlib.metadata
import sys

import numba
import pytest


@pytest.fixture
def diagnosis(tinyclf):
    return lambda: tinyclf("doctor", "--json").json


def test_whoever_compiles_the_kernels_is_told(diagnosis):
    facts = diagnosis()
    assert facts["numba"] == numba.__version__
    assert facts["cpu"] == f"kernels compiled by numba {numba.__version__}"


def test_without_numba_the_cure_is_told(diagnosis, monkeypatch):
    def version(package):
        raise importlib.metadata.PackageNotFoundError(package)

    monkeypatch.setattr(importlib.metadata, "version", version)
    monkeypatch.setitem(sys.modules, "numba", None)

    facts = diagnosis()

    assert facts["numba"] == "not installed"
    assert facts["cpu"] == (
        "numba is not installed; without it NumPy computes alone, more slowly. "
        "Install it with pip install 'tiny-classifier[fast]'."
    )


def test_without_cupy_the_cure_is_told(diagnosis, monkeypatch):
    monkeypatch.setitem(sys.modules, "cupy", None)

    assert "Install it with pip install 'tiny-classifier[cuda12]'" in diagnosis()["cuda"]


@pytest.mark.parametrize("fault", [ImportError, OSError, RuntimeError, AssertionError])
def test_a_numba_that_does_not_work_says_why(diagnosis, monkeypatch, fault):
    def broken():
        raise fault("Could not find libllvmlite.so")

    monkeypatch.setattr("tinyclf.cli.doctor.CompiledLane", broken)

    facts = diagnosis()

    assert facts["numba"] == numba.__version__
    assert facts["cpu"] == (
        "numba does not work here (Could not find libllvmlite.so); without it NumPy computes "
        "alone, more slowly. Install it anew with pip install --force-reinstall numba."
    )


def test_the_library_of_matrix_products_is_told_with_its_kernels_and_threads(diagnosis):
    told = diagnosis()["blas"]
    assert "kernels for" in told
    assert "threads" in told


def test_the_processor_s_features_are_told(diagnosis):
    assert diagnosis()["simd"].split()
