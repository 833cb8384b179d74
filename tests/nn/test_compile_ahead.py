"""``python -m tinyclf.nn.compile_ahead`` leaves nothing to compile for a first training."""

import importlib.util
import subprocess
import sys

import pytest

from tinyclf.nn.kernels.registry import KERNELS

WHAT_IS_LEFT = """
import sys

import numpy as np

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.compile_ahead import main
from tinyclf.training.config import TrainingConfig
from tinyclf.training.examples import Examples
from tinyclf.training.recipe import build_objective
from tinyclf.training.trainer import Trainer

ROOM = "tinyclf.nn.kernels.compiled."


def compiled():
    return {
        (name.removeprefix(ROOM), str(signature))
        for name, module in sys.modules.items()
        if name.startswith(ROOM)
        for loops in vars(module).values()
        if not isinstance(loops, type)
        for signature in getattr(loops, "signatures", ())
    }


def train(x, scale=1.0, **settings):
    y = np.arange(len(x)) % 5
    config = TrainingConfig(epochs=1, least_steps=1, hidden=(8,), **settings)
    objective = build_objective(config, x.shape[1], y, 5)
    backend = NumpyBackend(compiled=True)
    examples = Examples(x, y, scale)
    for _ in Trainer(objective, config, backend).train(examples, np.random.default_rng(0)):
        pass


main()
ahead = compiled()
floats = np.random.default_rng(0).random((40, 12), np.float32)
train(floats)
train((floats * 255).astype(np.uint8), 1 / 255, loss="softmax", optimizer="adam", mixup=0.0)
train(floats, activation="tanh", loss="corn", optimizer="sgd")
print(*sorted({name for name, _ in ahead}))
print(*sorted(compiled() - ahead))
"""

WITHOUT_NUMBA = """
import sys

sys.modules["numba"] = None
from tinyclf.nn.compile_ahead import main

main()
"""


def lines_of(script):
    command = [sys.executable, "-W", "error", "-c", script]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


@pytest.fixture(scope="module")
def told():
    pytest.importorskip("numba", reason="there is nothing to compile without numba")
    return lines_of(WHAT_IS_LEFT)


def test_every_kernel_is_compiled(told):
    before, after, ahead, _ = told

    assert before == "Compiling the kernels to machine code (up to a minute, once)"
    assert after.startswith("The kernels are compiled")
    assert {kernel.name for kernel in KERNELS if has_loops(kernel)} <= set(ahead.split())


def test_trainings_then_compile_nothing(told):
    *_, compiled_by_them = told

    assert compiled_by_them == ""


def test_without_numba_there_is_one_line_that_says_so():
    [line] = lines_of(WITHOUT_NUMBA)
    assert line.startswith("numba is not installed; without it NumPy computes alone")


def has_loops(kernel):
    return importlib.util.find_spec(f"tinyclf.nn.kernels.compiled.{kernel.name}") is not None
