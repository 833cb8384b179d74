"""What the machine can do at all: contenders that do only what cannot be avoided."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from tests.benchmarks.speed.contender import Contender, Prepared, threads
from tests.benchmarks.speed.row import Row

SIDE = 1024
"""Of the square matrices that show the peak of multiplication."""

PEAK_WORK = 2 * SIDE**3
"""Floating-point operations in the product of two of them."""

READ = "reading the weights"
PEAK = "gemm peak"
PRODUCTS = "the bare products"

READ_AT_LEAST = 300.0
"""Megabytes of a repetition: what a cache holds is read over and over, as a network reads it."""

BANDWIDTH, SPEED = "{rate:.1f} GB/s", "{rate:.0f} GFLOP/s"
"""Their checks in words: a limit checks how much it did, in 10⁹."""

Shape = tuple[int, int, int]
"""(m, k, n): (m, k) times (k, n)."""


def reading(megabytes: float) -> Prepared:
    """Read so much memory once, by whichever reader is the fastest here."""
    numbers = np.ones(int(megabytes * 1e6) // 4, np.float32)
    reader = min(_readers(numbers), key=_seconds)
    loops = max(3, round(READ_AT_LEAST / megabytes))
    return Prepared(lambda _: reader(), lambda _: numbers.nbytes / 1e9, loops=loops)


def peak(work: float = PEAK_WORK) -> Prepared:
    """Do so many operations as NumPy's product of two large matrices does."""
    product = _product((SIDE, SIDE, SIDE))
    return Prepared(
        lambda _: product(),
        lambda _: work / 1e9,
        loops=5,
        share=work / PEAK_WORK,
    )


def peers_peak() -> Prepared:
    """The same product by PyTorch, which brings its own library for it."""
    import torch

    torch.set_num_threads(threads())
    a, b, out = (torch.ones(SIDE, SIDE) for _ in range(3))
    return Prepared(lambda _: torch.mm(a, b, out=out), lambda _: PEAK_WORK / 1e9, loops=5)


def products(shapes: list[Shape], times: int) -> Prepared:
    """Only the matrix products of a work, so many times over, with nothing between them."""
    work = [_product(shape) for shape in shapes]

    def once(_: int) -> None:
        for product in work:
            product()

    return Prepared(
        once,
        lambda _: times * _operations(shapes) / 1e9,
        loops=max(1, times // 10),
        share=times,
    )


def read_contender(numbers: int) -> Contender:
    """Return the limit of a work that must read so many weights (f4) once."""
    return Contender(READ, reading, {"megabytes": numbers * 4 / 1e6}, check=BANDWIDTH)


def peak_contender(shapes: list[Shape], times: int = 1) -> Contender:
    """Return the limit of a work made of these products, so many times over."""
    return Contender(PEAK, peak, {"work": times * _operations(shapes)}, check=SPEED)


def products_contender(shapes: list[Shape], times: int = 1) -> Contender:
    """Return the products themselves: nearer than the peak, where matrices are small."""
    return Contender(PRODUCTS, products, {"shapes": shapes, "times": times}, check=SPEED)


def _operations(shapes: list[Shape]) -> int:
    return sum(2 * m * k * n for m, k, n in shapes)


def _readers(numbers: np.ndarray) -> list[Callable[[], object]]:
    """Return ways to touch every number once."""
    ones = np.ones(SIDE, np.float32)
    table = numbers[: len(numbers) // SIDE * SIDE].reshape(-1, SIDE)
    out = np.empty(len(table), np.float32)
    return [
        numbers.max,
        lambda: np.dot(numbers, numbers),
        lambda: np.vecdot(table, ones, out=out),
        lambda: np.dot(table, ones, out=out),
    ]


def _product(shape: Shape) -> Callable[[], object]:
    m, k, n = shape
    a, b, out = np.ones((m, k), "f4"), np.ones((k, n), "f4"), np.empty((m, n), "f4")
    return lambda: np.matmul(a, b, out=out)


def _seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the best of three runs."""
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def rows() -> tuple[Row, ...]:
    """Return the limits as rows of their own: what the machine gave in this run."""
    return (
        Row(
            "read",
            "reading 400 MB",
            (Contender(READ, reading, {"megabytes": 400.0}),),
            check=BANDWIDTH,
            quick=True,
        ),
        Row(
            "gemm",
            f"product of two {SIDE}², f4",
            (Contender(PEAK, peak), Contender("PyTorch's gemm", peers_peak, peer=True)),
            check=SPEED,
            quick=True,
        ),
    )
