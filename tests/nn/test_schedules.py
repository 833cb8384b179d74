import pytest

from tinyclf.errors import ConfigError
from tinyclf.nn.schedules import Constant, Cosine, OneCycle


def test_constant_never_changes():
    assert {Constant(0.01)(step) for step in (0, 1, 10**6)} == {0.01}


def test_cosine_falls_from_peak_to_floor():
    schedule = Cosine(0.4, steps=100, floor=0.1)

    assert schedule(0) == pytest.approx(0.4)
    assert schedule(50) == pytest.approx((0.4 + 0.04) / 2)
    assert schedule(100) == pytest.approx(0.04)
    assert schedule(1000) == pytest.approx(0.04)
    assert all(schedule(i) > schedule(i + 1) for i in range(100))


def test_one_cycle_rises_and_then_falls():
    schedule = OneCycle(1.0, steps=100, warmup=0.3)

    assert schedule(0) == pytest.approx(0.04)
    assert schedule(30) == pytest.approx(1.0)
    assert schedule(100) == pytest.approx(1e-4)
    assert all(schedule(i) < schedule(i + 1) for i in range(30))
    assert all(schedule(i) > schedule(i + 1) for i in range(30, 100))


def test_one_cycle_without_warm_up_starts_at_the_peak():
    assert OneCycle(1.0, steps=10, warmup=0.0)(0) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Constant(0.0),
        lambda: Constant(-1.0),
        lambda: Constant(float("nan")),
        lambda: Cosine(0.1, 0),
        lambda: Cosine(0.1, 10, floor=2.0),
        lambda: OneCycle(0.1, 10, warmup=1.0),
        lambda: OneCycle(0.1, 10, start=-1.0),
    ],
)
def test_settings_out_of_range_are_refused(make):
    with pytest.raises(ConfigError, match="must be"):
        make()
