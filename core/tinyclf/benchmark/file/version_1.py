"""Files of version 1: one inference benchmark. What they may hold never changes."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AliasChoices, Field

from tinyclf.benchmark.settings import WORDS, Name, Settings, Whole


class Shape1(Settings):
    """Layers of ``dimension`` inputs and as many outputs."""

    layers: Whole = Field(ge=1, le=10_000)
    dimension: Whole = Field(ge=1, le=65_536)


class Epsilons1(Settings):
    """Where sigmoids and hyperbolic tangents cut."""

    epsilon_exp: float = Field(
        default=0.0, ge=0, le=0.1, validation_alias=AliasChoices("epsilon_exp", "exp")
    )
    epsilon_square: float = Field(
        default=0.0, ge=0, le=0.1, validation_alias=AliasChoices("epsilon_square", "square")
    )


class Math1(Settings):
    """How the layers are computed."""

    precision: Literal["f4", "f8"]
    epsilons: Epsilons1 = Epsilons1()
    activation: Literal["sigmoid", "tanh"]


class Performance1(Settings):
    """What the machine may use."""

    threads: Whole | None = Field(default=None, ge=1, le=256)


class Benchmark1(Settings):
    """So many forward passes; all of it is also a benchmark of version 2."""

    name: Name = ""
    nepochs: Whole = Field(ge=1, le=1_000_000)
    shape: Shape1
    math: Math1
    performance: Performance1 = Performance1()


class File1(Settings):
    """A whole file."""

    version: Whole = Field(ge=1, le=1, json_schema_extra={WORDS: "1 or 2"})
    benchmark: Any = Field(json_schema_extra={WORDS: "a group of settings: what is measured"})
