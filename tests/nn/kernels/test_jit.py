"""Machine code is kept on disk where it can be, and made all the same where it cannot."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("numba", reason="there is nothing to compile without numba")

WITHOUT_A_FILE = "def twice(x):\n    return 2 * x"


def test_loops_are_compiled_where_no_folder_can_be_written():
    from tinyclf.nn.kernels.compiled.jit import jit

    loops = {}
    exec(WITHOUT_A_FILE, loops)  # noqa: S102

    assert jit(loops["twice"])(3) == 6


SCALED = """
import builtins, errno, sys
import numpy as np

if "full" in sys.argv:
    usual = builtins.open

    def full(path, mode="r", *arguments, **settings):
        if "w" in mode and ".nb" in str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        return usual(path, mode, *arguments, **settings)

    builtins.open = full

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.kernels.gather_rows import gather_rows

gather = NumpyBackend(compiled=True).kernel(gather_rows)
dtype = np.float64 if "double" in sys.argv else np.float32
out = np.empty((2, 3), dtype)
gather(np.ones((4, 3), dtype), np.array([3, 1]), 2.0, out)
assert (out == 2).all()
print(sum(gather.stats.cache_hits.values()))
"""


def scaled(folder, *words):
    """Run a kernel in a process with this cache; return how often its code was on disk."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCALED, *words],
        env=os.environ | {"NUMBA_CACHE_DIR": str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
def test_damaged_machine_code_is_made_anew(tmp_path: Path, ending: str):
    assert scaled(tmp_path) == 0
    [file] = tmp_path.rglob(f"gather_rows*.{ending}")

    for damaged in (b"", file.read_bytes()[: file.stat().st_size // 2], b"no machine code"):
        file.write_bytes(damaged)
        assert scaled(tmp_path) == 0
        assert scaled(tmp_path) == 1


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("ending", ["nbi", "nbc"])
def test_machine_code_with_a_single_wrong_bit_is_not_run(tmp_path: Path, ending: str, seed: int):
    scaled(tmp_path)
    chosen = random.Random(seed)
    for file in tmp_path.rglob(f"*.{ending}"):
        content = bytearray(file.read_bytes())
        content[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
        file.write_bytes(content)

    assert scaled(tmp_path) == 0
    assert scaled(tmp_path) == 1


def test_machine_code_for_other_numbers_is_not_run(tmp_path: Path):
    scaled(tmp_path)
    [single] = tmp_path.rglob("gather_rows*.nbc")
    scaled(tmp_path, "double")
    [double] = {*tmp_path.rglob("gather_rows*.nbc")} - {single}

    single.write_bytes(double.read_bytes())

    assert scaled(tmp_path) == 0
    assert scaled(tmp_path) == 1


def test_a_full_disk_keeps_no_machine_code_and_computes_all_the_same(tmp_path: Path):
    assert scaled(tmp_path, "full") == 0
    assert not [*tmp_path.rglob("gather_rows*")]
    assert scaled(tmp_path) == 0
    assert scaled(tmp_path) == 1
