"""What the machine can do at all: contenders that do only what cannot be avoided."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.benchmarks.speed.contender import Contender, Prepared, threads
from tests.benchmarks.speed.row import Row

READ = "reading the weights"
PEAK = "gemm peak"
PRODUCTS = "the bare products"

BANDWIDTH, SPEED = "{rate:.1f} GB/s", "{rate:.0f} GFLOP/s"
"""Their checks in words: a limit checks how much it did, in 10⁹."""

PEERS_SIDE = 1024
"""Of the square matrices that show what a peer's library does at most."""

Shape = tuple[int, int, int]
"""(m, k, n): (m, k) times (k, n)."""


def reading(read_bytes: int) -> Prepared:
    """Read so much memory once, as a benchmark of the program finds out how fast that goes."""
    from tinyclf.benchmark.kinds import Reading
    from tinyclf.benchmark.settings import Performance

    limit = Reading(read_bytes=read_bytes, performance=Performance(threads=threads()))
    run = limit.prepare().run
    return Prepared(
        lambda _: run(),
        lambda _: read_bytes / 1e9,
        share=read_bytes / limit.work().read_bytes,
    )


def peak(work: float | None = None) -> Prepared:
    """Do so many operations as such a benchmark's product of two large matrices does; or that."""
    from tinyclf.benchmark.kinds import Product
    from tinyclf.benchmark.settings import Performance

    limit = Product(performance=Performance(threads=threads()))
    run, most = limit.prepare().run, limit.work().operations
    work = work or most
    return Prepared(lambda _: run(), lambda _: work / 1e9, loops=3, share=work / most)


def peers_peak() -> Prepared:
    """A product of two matrices by PyTorch, which brings its own library for it."""
    import torch

    torch.set_num_threads(threads())
    a, b, out = (torch.ones(PEERS_SIDE, PEERS_SIDE) for _ in range(3))
    work = _operations([(PEERS_SIDE, PEERS_SIDE, PEERS_SIDE)])
    return Prepared(lambda _: torch.mm(a, b, out=out), lambda _: work / 1e9, loops=5)


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
    return Contender(READ, reading, {"read_bytes": numbers * 4}, check=BANDWIDTH)


def peak_contender(shapes: list[Shape], times: int = 1) -> Contender:
    """Return the limit of a work made of these products, so many times over."""
    return Contender(PEAK, peak, {"work": times * _operations(shapes)}, check=SPEED)


def products_contender(shapes: list[Shape], times: int = 1) -> Contender:
    """Return the products themselves: nearer than the peak, where matrices are small."""
    return Contender(PRODUCTS, products, {"shapes": shapes, "times": times}, check=SPEED)


def _operations(shapes: list[Shape]) -> int:
    return sum(2 * m * k * n for m, k, n in shapes)


def _product(shape: Shape) -> Callable[[], object]:
    m, k, n = shape
    a, b, out = np.ones((m, k), "f4"), np.ones((k, n), "f4"), np.empty((m, n), "f4")
    return lambda: np.matmul(a, b, out=out)


def rows() -> tuple[Row, ...]:
    """Return the limits as rows of their own: what the machine gave in this run."""
    return (
        Row(
            "read",
            "reading 400 MB",
            (Contender(READ, reading, {"read_bytes": 400_000_000}),),
            check=BANDWIDTH,
            quick=True,
        ),
        Row(
            "gemm",
            "product of two large matrices, f4",
            (Contender(PEAK, peak), Contender("PyTorch's gemm", peers_peak, peer=True)),
            check=SPEED,
            quick=True,
        ),
    )
