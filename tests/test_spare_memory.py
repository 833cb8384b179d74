"""What was freed can be given back, where the system knows how."""

import ctypes
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tinyclf.spare_memory import ARENAS, give_back, share_arenas


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells so")
def test_what_lies_free_between_things_in_use_is_given_back():
    blocks = [np.ones(2_500) for _ in range(4_000)]  # 20 kB each, too small to be mapped alone
    del blocks[::2]
    before = resident()
    give_back()
    assert resident() < before - 20 * 2**20


COUNT_ARENAS = """
import ctypes, sys, threading, tempfile
from tinyclf.spare_memory import share_arenas
if "share" in sys.argv:
    share_arenas()
gate = threading.Barrier(9)
def work():
    block = ctypes.CDLL(None).malloc(1000)
    gate.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
[one.start() for one in threads]
gate.wait()
[one.join() for one in threads]
with tempfile.NamedTemporaryFile() as told:
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    file = libc.fopen(told.name.encode(), b"w")
    libc.malloc_info(0, ctypes.c_void_p(file))
    libc.fclose(ctypes.c_void_p(file))
    print(told.read().count(b"<heap"))
"""


def arenas(*wishes):
    command = [sys.executable, "-c", COUNT_ARENAS, *wishes]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_many_threads_share_two_arenas():
    assert arenas("share") <= ARENAS < arenas()


def test_elsewhere_nothing_happens(monkeypatch):
    def no_such_library(_name):
        pytest.fail("glibc was looked for")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "CDLL", no_such_library)
    share_arenas()
    give_back()
