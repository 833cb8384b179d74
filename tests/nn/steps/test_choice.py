"""Steps are recorded where that pays: for small nets of linear layers, on a card."""

import numpy as np
import pytest

from tests.nn.card.stand_in import card_backend
from tinyclf.nn.architecture import mlp
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.layers import Flatten, Linear
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.optimizers import Adam
from tinyclf.nn.steps import CapturedStep, LaunchedStep, choose_step

BACKENDS = {
    "processor": lambda: NumpyBackend(compiled=False),
    "card": lambda: card_backend("stand-in"),
}
SMALL = mlp(4, (6,), 3, dropout=0.5)
PICTURES = Network((2, 2), (Flatten(), Linear(4, 3)))


@pytest.mark.parametrize(
    ("network", "examples", "place", "kind"),
    [
        (SMALL, 8, "card", CapturedStep),
        (SMALL, 8, "processor", LaunchedStep),
        (SMALL, 2**22, "card", LaunchedStep),
        (PICTURES, 8, "card", LaunchedStep),
    ],
    ids=["small on a card", "processor", "large", "other layers"],
)
def test_the_step_that_pays_is_chosen(network, examples, place, kind):
    backend = BACKENDS[place]()
    objective = Objective(network, SoftmaxCrossEntropy(3))
    theta = objective.initialize(
        np.arange(3), np.random.default_rng(0), np.float32, backend=backend
    )

    step = choose_step(
        objective,
        Adam().start(theta, backend=backend),
        theta,
        examples=examples,
        limit=1.0,
        noise=backend.generator(0),
        backend=backend,
    )

    assert type(step) is kind
