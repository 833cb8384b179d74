"""What was freed can be given back, where the system knows how."""

import sys
from pathlib import Path

import numpy as np
import pytest

from tinyclf.spare_memory import give_back


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


def test_elsewhere_nothing_happens(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    give_back()
