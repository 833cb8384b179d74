from __future__ import annotations

import pytest

from tinyclf.benchmark import plan
from tinyclf.benchmark.kinds import Inference, Product, Reading
from tinyclf.benchmark.kinds.inference import Math, Shape
from tinyclf.benchmark.machine import Card
from tinyclf.benchmark.plan import Plan, require_memory
from tinyclf.benchmark.settings import Performance
from tinyclf.errors import ConfigError

ON_THE_CARD = Performance(device="cuda")


def test_a_plan_measures_something() -> None:
    with pytest.raises(ConfigError, match="nothing to measure"):
        Plan(())


def test_a_limit_that_two_cases_share_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "cores", lambda: 2)
    cases = (Inference(nepochs=10), Inference(nepochs=20))

    assert Plan(cases).limits == (
        Reading(read_bytes=100 * (128**2 + 128) * 4, performance=Performance(threads=1)),
        Product(precision="f4", performance=Performance(threads=2)),
    )


def test_more_threads_than_there_are_cores_share_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "cores", lambda: 2)
    cases = (Inference(batch=8, performance=Performance(threads=n)) for n in (None, 2, 5))

    assert [each.performance.threads for each in Plan(tuple(cases)).limits] == [2, 2]


def test_what_does_not_fit_onto_the_card_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    card = Card(name="GTX 1650", memory=4_000_000_000, driver="12.4", cupy="13.6")
    monkeypatch.setattr(plan, "available_bytes", lambda: 10**15)
    monkeypatch.setattr(plan, "this_card", lambda: card)
    large = Shape(layers=1000, dimension=2000)

    Plan((Inference(shape=large), Inference(performance=ON_THE_CARD))).check_memory()
    with pytest.raises(ConfigError, match=r"GB of memory, but GTX 1650 has 4\.0 GB"):
        Plan((Inference(shape=large, performance=ON_THE_CARD),)).check_memory()


def test_without_a_card_none_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError

    monkeypatch.setattr(plan, "this_card", refuse)
    Plan((Inference(),)).check_memory()
    monkeypatch.setattr(plan, "this_card", lambda: None)
    Plan((Inference(performance=ON_THE_CARD),)).check_memory()


def test_what_does_not_fit_into_memory_is_refused_with_both_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plan, "available_bytes", lambda: 3_000_000_000)
    terabyte = Inference(shape=Shape(layers=10_000, dimension=5000), math=Math(precision="f4"))

    with pytest.raises(ConfigError, match=r"needs 2,00\d\.\d GB of memory, but 3\.0 GB"):
        require_memory(terabyte)
    require_memory(Inference())
