"""All rows of the table, in its order."""

from __future__ import annotations

import functools

from tests.benchmarks.speed import (
    bits,
    cifar_epoch,
    cnn,
    few_grades,
    forward,
    limits,
    mnist_epoch,
    mnist_time_to,
)
from tests.benchmarks.speed.row import Row

FAMILIES = (limits, forward, mnist_epoch, mnist_time_to, cnn, cifar_epoch, few_grades, bits)


@functools.cache
def rows() -> tuple[Row, ...]:
    """Return the rows of all families."""
    return tuple(row for family in FAMILIES for row in family.rows())
