"""No kernel is left out of the registry, or out of these tests."""

import importlib
from pathlib import Path

import pytest

import tinyclf.nn.kernels as room
from tinyclf.nn.kernels.registry import KERNELS

FOLDER = Path(room.__file__).parent

NO_KERNELS = {"__init__", "activations", "kernel", "places", "registry"}


def test_they_stand_in_the_order_of_their_names():
    names = [kernel.name for kernel in KERNELS]

    assert names == sorted(set(names))


@pytest.mark.parametrize("kernel", KERNELS, ids=lambda kernel: kernel.name)
def test_a_kernel_is_where_its_name_says(kernel):
    module = importlib.import_module(f"tinyclf.nn.kernels.{kernel.name}")

    assert getattr(module, kernel.name) is kernel
    assert {
        lane for lane in ("compiled", "cuda") if (FOLDER / lane / f"{kernel.name}.py").exists()
    } == kernel.lanes
    assert (Path(__file__).parent / f"test_{kernel.name}.py").exists()


def test_every_formula_is_registered():
    formulas = {path.stem for path in FOLDER.glob("*.py")}

    assert formulas - NO_KERNELS == {k.name for k in KERNELS}
