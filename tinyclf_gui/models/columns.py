"""What models, filters and orders need of a collection: one array a fact, one row a photo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tinyclf.domain import PhotoId

Rows: TypeAlias = NDArray[np.intp]
"""Row numbers of a table, in the order shown."""
Mask: TypeAlias = NDArray[np.bool_]
"""One truth value a row."""


class PhotoColumns(Protocol):
    """The columns of a collection, as ``tinyclf.project.PhotoTable`` holds them.

    ``codes`` are a person's verdicts (see ``tinyclf.domain``), ``current`` the grade a photo hangs
    under: the person's, else the proposed one, else 0. ``group`` is the row of the first photo that
    a photo belongs together with, itself included, else ``NO_GROUP``; ``taken`` when it was taken,
    in seconds. ``faults`` are bits of `PhotoFault`, but a person may have said that the photo is
    ``fine``; ``in_bulk`` are photos accepted with the rest of a wall. ``names`` are paths within
    the photo folder; ``places`` are that and the path within. Arrays may be replaced by longer
    ones; ``names`` and ``places`` are, when any is another now.
    """

    @property
    def ids(self) -> Sequence[PhotoId]: ...  # noqa: D102
    @property
    def row_of(self) -> Mapping[PhotoId, int]: ...  # noqa: D102
    @property
    def names(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def places(self) -> Sequence[tuple[str, str]]: ...  # noqa: D102
    @property
    def group(self) -> NDArray[np.int32]: ...  # noqa: D102
    @property
    def taken(self) -> NDArray[np.int64]: ...  # noqa: D102
    @property
    def codes(self) -> NDArray[np.int8]: ...  # noqa: D102
    @property
    def verified(self) -> NDArray[np.bool_]: ...  # noqa: D102
    @property
    def has_proposal(self) -> NDArray[np.bool_]: ...  # noqa: D102
    @property
    def proposed(self) -> NDArray[np.int8]: ...  # noqa: D102
    @property
    def runner_up(self) -> NDArray[np.int8]: ...  # noqa: D102
    @property
    def probabilities(self) -> NDArray[np.float32]: ...  # noqa: D102
    @property
    def confidence(self) -> NDArray[np.float32]: ...  # noqa: D102
    @property
    def expected_grade(self) -> NDArray[np.float32]: ...  # noqa: D102
    @property
    def current(self) -> NDArray[np.int8]: ...  # noqa: D102
    @property
    def exam(self) -> NDArray[np.bool_]: ...  # noqa: D102
    @property
    def faults(self) -> NDArray[np.uint8]: ...  # noqa: D102
    @property
    def fine(self) -> NDArray[np.bool_]: ...  # noqa: D102
    @property
    def bad(self) -> NDArray[np.bool_]: ...  # noqa: D102
    @property
    def in_bulk(self) -> NDArray[np.bool_]: ...  # noqa: D102
    def path(self, row: int) -> Path: ...  # noqa: D102
    def __len__(self) -> int: ...


NumberedRows: TypeAlias = NDArray[np.integer[Any]]
"""Row numbers of any integer type, as callers have them."""
