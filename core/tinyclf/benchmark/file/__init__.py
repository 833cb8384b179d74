"""Benchmarks as YAML files: :func:`read_plan` returns the plan that a file describes.

A file of version 1 holds one ``benchmark`` (:mod:`~tinyclf.benchmark.file.version_1`). One of
version 2 holds several, of all kinds, and any of its values may be a list: then every combination
is measured (:mod:`~tinyclf.benchmark.file.version_2`). All mistakes of a file are told at once.
"""

from tinyclf.benchmark.file.mistakes import Mistake, PlanFileError
from tinyclf.benchmark.file.reading import plan_of_text, read_plan

__all__ = ["Mistake", "PlanFileError", "plan_of_text", "read_plan"]
