"""What things are called in an ONNX file of ours: writing and reading agree here."""

from __future__ import annotations

from tinyclf.nn.objective import Objective

INPUTS = "inputs"
SCORES = "scores"
PROBABILITIES = "probabilities"

CLASSES = "classes"
"""The metadata that holds the classes' names, a JSON list, for other programs."""

MEMBERS = "members"
"""The metadata that holds how many networks the bag has."""

SECOND = "second"
"""The array of a checkpoint that holds another one's bytes, of which a file has the parts."""

OF_SECOND = "second."
"""Before the names of all that belongs to it, arrays and metadata."""


def parameter_names(objective: Objective, member: int, prefix: str = "") -> list[dict[str, str]]:
    """Return the names of one network's parameters, part by part of the objective's layout."""
    *layers, _ = objective.layout.parts
    places = [f"layer.{number}" for number in range(1, len(layers) + 1)] + ["loss"]
    return [
        {name: f"{prefix}member.{member}.{place}.{name}" for name in shapes}
        for place, shapes in zip(places, objective.layout.parts, strict=True)
    ]
