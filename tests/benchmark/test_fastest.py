from datetime import UTC, datetime

import pytest

from tinyclf.benchmark.fastest import fastest
from tinyclf.benchmark.kinds import Features, Inference, Training
from tinyclf.benchmark.kinds.inference import Math, Shape
from tinyclf.benchmark.kinds.settings import Performance
from tinyclf.benchmark.machine import Machine
from tinyclf.benchmark.report import Measurement, Report, Turn
from tinyclf.benchmark.speed import Speed


def case(threads=1, precision="f4", device="cpu", dimension=64, **more):
    return Inference(
        shape=Shape(layers=2, dimension=dimension),
        math=Math(precision=precision, activation="sign" if precision == "1bit" else "tanh"),
        performance=Performance(threads=threads, device=device),
        **more,
    )


def took(seconds, case, spread=0.01, failed=""):
    turns = [
        Turn(warm_up=seconds, passes=(seconds * (1 + spread * k / 3),), checksum="1")
        for k in range(-3, 4)
    ]
    return Measurement(case=case, turns=() if failed else turns, failed=failed)


def chosen(*measurements, cores=4):
    return fastest(
        Report(
            started=datetime.now(UTC),
            seconds=1,
            machine=Machine(cores=cores),
            rounds=6,
            done=6,
            measurements=measurements,
        )
    )


def test_the_fastest_is_chosen():
    assert chosen(took(2, case(1)), took(1, case(2)), took(3, case(2, "f8"))) == Speed(2)
    assert chosen(took(2, case(1)), took(1, case(1, device="cuda"))) == Speed(1, "f4", "cuda")


def test_one_case_is_the_fastest_of_one():
    assert chosen(took(1, case(None, "f8"))) == Speed(None, "f8")


@pytest.mark.parametrize(
    ("greedy", "modest"),
    [
        (case(2), case(1)),
        (case(1, "f8"), case(1, "f4")),
        (case(1, device="cuda"), case(1)),
        (case(None), case(3)),
        (case(None), case(4)),
        (case(2), case(1, "f8", "cuda")),
    ],
)
def test_a_tie_goes_to_what_asks_for_less(greedy, modest):
    speed = chosen(took(1, greedy, spread=0.1), took(1.05, modest, spread=0.1))
    assert speed == chosen(took(1, modest))
    assert speed == chosen(took(1.05, modest, spread=0.1), took(1, greedy, spread=0.1))


def test_works_of_any_size_count_alike():
    """By the sum the large work would decide alone."""
    small, large = {"dimension": 8}, {"dimension": 800}
    speed = chosen(
        took(0.001, case(1, **small)),
        took(1.1, case(1, **large)),
        took(0.004, case(2, **small)),
        took(1.0, case(2, **large)),
    )
    assert speed == Speed(1)


def test_settings_are_compared_only_over_all_works():
    measured = [took(1, case(2)), took(9, case(2, dimension=800)), took(5, case(1))]
    assert chosen(*measured) == Speed(2)
    assert chosen(measured[1], measured[2]) is None


def test_a_name_makes_no_other_work():
    assert chosen(took(2, case(1, name="slow")), took(1, case(2, name="fast"))) == Speed(2)


def test_what_failed_is_not_chosen():
    assert chosen(took(2, case(1)), took(1, case(2), failed="The memory is full.")) == Speed(1)
    assert chosen(took(2, case(1), failed="The memory is full.")) is None


def test_what_the_app_cannot_work_with_is_passed_over():
    others = [case(precision="f2"), case(precision="int8"), case(precision="1bit")]
    others += [case(library="pytorch"), Features()]
    assert chosen(*[took(0.1, other) for other in others], took(1, case(2))) == Speed(2)
    assert chosen(*[took(0.1, other) for other in others]) is None


def test_trainings_count_too():
    def trained(precision):
        return Training(precision=precision, performance=Performance(threads=1))

    assert chosen(took(2, trained("f8")), took(1, trained("f4"))) == Speed(1)
    assert chosen(took(1, trained("f8")), took(2, trained("f4"))) == Speed(1, "f8")
