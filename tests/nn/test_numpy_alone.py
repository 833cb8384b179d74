"""The neural core needs NumPy, and safetensors for its checkpoints.

Two rooms of it need more: the loops need numba, and whoever writes or reads ONNX files needs onnx.
"""

import importlib.metadata
import importlib.util
import re
import subprocess
import sys

import pytest

from tinyclf.nn.backend import NumpyBackend

IMPORT_ALL = """
import pkgutil, sys

HERE = {"tinyclf", "numpy", "safetensors", *sys.stdlib_module_names}
NEEDS_MORE = ("tinyclf.nn.kernels.compiled.", "tinyclf.nn.onnx_model")

class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in HERE:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)

sys.meta_path.insert(0, Nothing())
import tinyclf.nn
for module in pkgutil.walk_packages(tinyclf.nn.__path__, "tinyclf.nn."):
    if not module.name.startswith(NEEDS_MORE):
        __import__(module.name)
"""


def test_all_other_rooms_import_where_nothing_else_is():
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_ALL],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, "")


@pytest.fixture
def lock(pytestconfig):
    """The packages of the installation that has NumPy alone, where this runs on it."""
    if pytestconfig.inipath.name != "numpy-only.ini":
        pytest.skip("make numpy-only runs it")
    return pytestconfig.inipath.with_suffix(".lock").read_text(encoding="utf-8")


def test_nothing_else_is_installed_here(lock):
    wanted = set(re.findall(r"^(\S+)==", lock, re.MULTILINE))
    installed = {each.name.lower() for each in importlib.metadata.distributions()}

    assert installed - wanted <= {"pip", "setuptools"}
    assert importlib.util.find_spec("numba") is None


@pytest.mark.usefixtures("lock")
def test_numpy_runs_every_kernel_here():
    assert NumpyBackend().lane.name == "plain"
