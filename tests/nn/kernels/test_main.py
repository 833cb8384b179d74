"""``python -m tinyclf.nn.kernels`` leaves nothing to compile for a first training."""

import subprocess
import sys

import pytest

WHAT_IS_LEFT = """
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.kernels.__main__ import main
from tinyclf.nn.kernels.kernel import COMPILED
from tinyclf.nn.kernels.registry import KERNELS

main()
backend = NumpyBackend(compiled=True)
for kernel in KERNELS:
    if COMPILED in kernel.lanes:
        if not backend.kernel(kernel).signatures:
            print(kernel.name)
"""

WITHOUT_NUMBA = """
import sys

sys.modules["numba"] = None
from tinyclf.nn.kernels.__main__ import main

main()
"""


def lines_of(script):
    command = [sys.executable, "-W", "error", "-c", script]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def test_no_kernel_is_left_to_compile():
    pytest.importorskip("numba", reason="there is nothing to compile without numba")

    line, *left = lines_of(WHAT_IS_LEFT)

    assert line.startswith("The kernels are compiled")
    assert left == []


def test_without_numba_there_is_one_line_that_says_so():
    [line] = lines_of(WITHOUT_NUMBA)
    assert line.startswith("Compiled kernels need numba")
