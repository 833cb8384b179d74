"""The stand-in is as strict as CuPy, and offers nothing that CuPy lacks."""

import numpy as np
import pytest

from tests.nn.card import names
from tests.nn.card.stand_in import CUDARuntimeError, stand_in_backend


@pytest.fixture
def card():
    return stand_in_backend().xp


@pytest.fixture
def recording(card):
    """A stream that records."""
    stream = card.cuda.Stream(non_blocking=True)
    with card.cuda.using_allocator(card.cuda.MemoryPool().malloc), stream:
        stream.begin_capture()
        yield stream
        if card.nodes is not None:
            stream.end_capture()


@pytest.mark.parametrize(
    "mix",
    [
        lambda card, here, there: there + here,
        lambda card, here, there: here + there,
        lambda card, here, there: there[here],
        lambda card, here, there: there.__setitem__(0, here),
        lambda card, here, there: card.maximum(there, here),
        lambda card, here, there: card.exp(here),
        lambda card, here, there: np.exp(there),
        lambda card, here, there: np.asarray(there),
        lambda card, here, there: np.concatenate([there, there]),
    ],
)
def test_arrays_of_main_memory_and_of_the_card_do_not_mix(card, mix):
    here, there = np.arange(3), card.asarray([1.0, 2.0, 3.0])

    with pytest.raises(TypeError):
        mix(card, here, there)


@pytest.mark.parametrize("method", ["permutation", "choice", "normal", "shuffle", "permuted"])
def test_a_generator_has_cupy_s_methods_only(card, method):
    with pytest.raises(AttributeError, match=method):
        getattr(card.random.default_rng(0), method)


def test_a_random_number_for_an_array_is_one_number(card):
    out = card.empty(5)

    card.random.default_rng(0).random(out=out)

    assert len(set(out.tolist())) == 1  # CuPy draws as much as size says, and spreads it


def test_a_recording_computes_nothing_until_it_is_launched(card):
    pool, stream = card.cuda.MemoryPool(), card.cuda.Stream(non_blocking=True)
    x = card.ones(3)
    with card.cuda.using_allocator(pool.malloc), stream:
        stream.begin_capture()
        y = (x + 1) * 2
        x += 1
        graph = stream.end_capture()
    before = y.tolist(), x.tolist()

    graph.launch()
    graph.launch()

    assert (np.isnan(before[0]).all(), before[1]) == (True, [1, 1, 1])
    assert (y.tolist(), x.tolist()) == ([6, 6, 6], [3, 3, 3])


@pytest.mark.parametrize(
    ("forbidden", "error"),
    [
        (lambda card, x: float(x.sum()), RuntimeError),
        (lambda card, x: x[x > 0], RuntimeError),
        (lambda card, x: card.flatnonzero(x), RuntimeError),
        (lambda card, x: card.asarray([1.0]), RuntimeError),
        (lambda card, x: x @ x, RuntimeError),
        (lambda card, x: card.dot(x, x), RuntimeError),
        (lambda card, x: card.random.default_rng(0).random(3), RuntimeError),
        (lambda card, x: card.cuda.get_current_stream().synchronize(), CUDARuntimeError),
    ],
)
def test_a_recording_is_spoiled_by_what_waits_or_asks_cublas(card, forbidden, error, request):
    x = card.ones(3)
    stream = request.getfixturevalue("recording")

    with pytest.raises(error):
        forbidden(card, x)
    with pytest.raises(CUDARuntimeError, match="Invalidated"):
        stream.end_capture()


def test_cupy_has_all_that_the_stand_in_has():
    cupy = pytest.importorskip("cupy", reason="CuPy is not installed")
    offered = {
        cupy: {*names.FUNCTIONS, *names.DTYPES, "asarray", "asnumpy"},
        cupy.random.Generator: names.GENERATOR,
        cupy.ndarray: {m for m in dir(np.ndarray) if m[0] != "_"} - names.NOT_METHODS,
        cupy.cuda: {"MemoryPool", "Stream", "get_current_stream", "using_allocator"},
        cupy.cuda.Stream: {"begin_capture", "end_capture", "synchronize"},
        cupy.cuda.Graph: {"launch"},
        cupy.lib.stride_tricks: {"sliding_window_view"},
    }

    lacking = [name for where, ours in offered.items() for name in ours - set(dir(where))]

    assert lacking == []
