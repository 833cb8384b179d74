"""The kinds of benchmark, one file each, all alike."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias, cast

from pydantic import Field, TypeAdapter

from tinyclf.benchmark.kinds.features import Features
from tinyclf.benchmark.kinds.inference import Inference
from tinyclf.benchmark.kinds.limits import Limit, Product, Reading
from tinyclf.benchmark.kinds.store import Store
from tinyclf.benchmark.kinds.thumbnails import Thumbnails
from tinyclf.benchmark.kinds.training import Training

Case: TypeAlias = Inference | Training | Features | Thumbnails | Store
"""What a person can ask for."""

AnyCase = Annotated[Case | Limit, Field(discriminator="kind")]
"""A case or a limit, told apart by its ``kind``."""

# A union is no class to mypy before PEP 747.
CASES: TypeAdapter[Case | Limit] = TypeAdapter(cast(Any, AnyCase))

__all__ = [
    "CASES",
    "AnyCase",
    "Case",
    "Features",
    "Inference",
    "Limit",
    "Product",
    "Reading",
    "Store",
    "Thumbnails",
    "Training",
]
