"""What a recorded step reads stays in its place."""

import numpy as np
import pytest

from tests.nn.card.stand_in import CARDS, card_backend
from tinyclf.nn.steps.recordable_backend import RecordableBackend


@pytest.fixture(params=CARDS)
def backend(request):
    return RecordableBackend(card_backend(request.param))


def test_a_constant_is_moved_to_the_card_once_for_each_dtype(backend):
    first, wide = (backend.constant((1.0, 2.0), dtype) for dtype in (np.float32, np.float64))

    assert backend.constant((1.0, 2.0), "f4") is first
    assert (first.dtype, wide.dtype) == (np.float32, np.float64)
    assert backend.to_numpy(first).tolist() == [1, 2]
    assert backend.to_numpy(backend.constant((3.0,), "f4")).tolist() == [3]


def test_noise_comes_in_its_order_and_is_renewed_in_its_place(backend):
    rng = backend.generator(0)
    one, other = backend.noise(rng, (50,)), backend.noise(rng, (4, 5))
    before = backend.to_numpy(one).copy()

    backend.renew(rng)

    assert backend.noise(rng, (50,)) is one
    assert backend.noise(rng, (4, 5)) is other
    assert (backend.to_numpy(one) != before).any()
