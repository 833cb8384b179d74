"""Every backend that a training can happen on."""

from collections.abc import Callable

import pytest

from tests.nn.card.stand_in import card_backend
from tinyclf.nn.backend import Backend, NumpyBackend

BACKENDS: dict[str, Callable[[], Backend]] = {
    "numpy": lambda: NumpyBackend(compiled=False),
    "compiled": lambda: NumpyBackend(compiled=True),
    "card": lambda: card_backend("stand-in"),
}


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> Backend:
    """The processor in plain NumPy and in compiled loops, and a stand-in for a card."""
    if request.param == "compiled":
        pytest.importorskip("numba", reason="compiled loops need numba")
    return BACKENDS[request.param]()
