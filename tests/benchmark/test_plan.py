from __future__ import annotations

import pytest

from tinyclf.benchmark import plan
from tinyclf.benchmark.kinds import Inference, Product, Reading
from tinyclf.benchmark.kinds.inference import Math, Shape
from tinyclf.benchmark.plan import Plan, require_memory
from tinyclf.errors import ConfigError


def test_a_plan_measures_something() -> None:
    with pytest.raises(ConfigError, match="nothing to measure"):
        Plan(())


def test_a_limit_that_two_cases_share_is_measured_once() -> None:
    cases = (Inference(nepochs=10), Inference(nepochs=20))

    assert Plan(cases).limits == (
        Reading(read_bytes=100 * (128**2 + 128) * 4),
        Product(precision="f4"),
    )


def test_what_does_not_fit_into_memory_is_refused_with_both_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plan, "available_bytes", lambda: 3_000_000_000)
    terabyte = Inference(shape=Shape(layers=10_000, dimension=5000), math=Math(precision="f4"))

    with pytest.raises(ConfigError, match=r"needs 3,0\d\d\.\d GB of memory, but 3\.0 GB"):
        require_memory(terabyte)
    require_memory(Inference())
