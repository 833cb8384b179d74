"""What is wrong in a file of benchmarks."""

from pathlib import Path

import pytest

from tinyclf.benchmark.file import Mistake, PlanFileError, plan_of_text


def mistakes_in(text: str) -> tuple[Mistake, ...]:
    """Return the mistakes that a file is refused for."""
    with pytest.raises(PlanFileError) as caught:
        plan_of_text(text, Path(), "my.yaml")
    return caught.value.mistakes
