"""Requests of about the same time are predicted together, and answered as if alone."""

import asyncio
import threading

import numpy as np
import pytest

from tinyclf.server.batching import Batcher


def doubled(x):
    return x.astype(float) * 2


def ask(batcher, parts):
    async def all_at_once():
        try:
            return await asyncio.gather(*map(batcher.predict, parts), return_exceptions=True)
        finally:
            batcher.close()

    return asyncio.run(all_at_once())


def test_each_gets_its_own_answer():
    parts = [np.full((n, 2), n) for n in (1, 3, 2)]
    for part, told in zip(parts, ask(Batcher(doubled), parts), strict=True):
        np.testing.assert_array_equal(told, part * 2)


def test_those_that_come_together_are_predicted_at_once():
    sizes = []

    def predict(x):
        sizes.append(len(x))
        return doubled(x)

    ask(Batcher(predict, most=8, wait_s=10), [np.ones((1, 2))] * 8)
    assert sizes == [8]


def test_what_comes_during_a_prediction_makes_the_next_batch():
    sizes, gate = [], threading.Event()

    def predict(x):
        sizes.append(len(x))
        gate.wait(10)
        return doubled(x)

    batcher = Batcher(predict, most=4, wait_s=0)

    async def scene():
        first = asyncio.ensure_future(batcher.predict(np.ones((1, 2))))
        while not sizes:
            await asyncio.sleep(0.001)
        rest = [asyncio.ensure_future(batcher.predict(np.ones((1, 2)))) for _ in range(6)]
        await asyncio.sleep(0)
        assert batcher.waiting == 6
        gate.set()
        await asyncio.gather(first, *rest)
        batcher.close()

    asyncio.run(scene())
    assert sizes == [1, 4, 2]


def test_one_that_fails_harms_no_other():
    def predict(x):
        if (x < 0).any():
            raise ValueError("less than nothing")
        return doubled(x)

    one, bad, two = ask(Batcher(predict), [np.ones((1, 2)), -np.ones((1, 2)), np.ones((2, 2))])
    assert isinstance(bad, ValueError)
    np.testing.assert_array_equal(one, [[2, 2]])
    np.testing.assert_array_equal(two, [[2, 2], [2, 2]])


def test_who_went_away_is_not_predicted():
    seen = []

    def predict(x):
        seen.append(x[0, 0])
        return doubled(x)

    batcher = Batcher(predict, wait_s=0.02)

    async def scene():
        gone = asyncio.ensure_future(batcher.predict(np.full((1, 2), 7)))
        await asyncio.sleep(0)
        gone.cancel()
        await batcher.predict(np.full((1, 2), 8))
        batcher.close()

    asyncio.run(scene())
    assert seen == [8]


def test_a_model_tells_in_a_batch_what_it_tells_alone(bars):
    x = np.random.default_rng(0).integers(0, 256, (50, 1, 4, 3)).astype(np.uint8)
    told = ask(Batcher(bars.predict), [x[k : k + 1] for k in range(50)])
    alone = [bars.predict(x[k : k + 1]) for k in range(50)]
    np.testing.assert_allclose(np.concatenate(told), np.concatenate(alone), rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("most", [1, 3])
def test_a_request_larger_than_a_batch_is_predicted_whole(most):
    [told] = ask(Batcher(doubled, most=most), [np.ones((10, 2))])
    assert told.shape == (10, 2)
