from __future__ import annotations

import numpy as np
import pytest

from tinyclf.samples.fields import Field, Pixels
from tinyclf.samples.stamp import fresh


@pytest.fixture(scope="session")
def stamps() -> list[tuple[Pixels, Field]]:
    """Return a few undamaged stamps: pixels and cover."""
    return [fresh(1, index) for index in range(6)]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)
