from datetime import UTC, datetime
from pathlib import Path

import pytest

from tinyclf.benchmark.fastest import LEAST_TURNS, alternatives, fastest, speed_of
from tinyclf.benchmark.kinds import Features, Inference, Training
from tinyclf.benchmark.kinds.inference import Math, Shape
from tinyclf.benchmark.machine import Machine
from tinyclf.benchmark.report import Measurement, Report, Turn, read_report
from tinyclf.benchmark.settings import Performance
from tinyclf.benchmark.speed import Speed


def case(threads=1, precision="f4", device="cpu", dimension=64, batch=64, **more):
    return Inference(
        batch=batch,
        shape=Shape(layers=2, dimension=dimension),
        math=Math(precision=precision, activation="sign" if precision == "1bit" else "tanh"),
        performance=Performance(threads=threads, device=device),
        **more,
    )


def took(seconds, case, spread=0.01, failed="", rounds=7):
    """Return turns that become slower from round to round; with a spread below 0, faster."""
    turns = [
        Turn(warm_up=seconds, passes=(seconds * (1 + spread * (k / 3 - 1)),), checksum="1")
        for k in range(rounds)
    ]
    return Measurement(case=case, turns=() if failed else turns, failed=failed)


def chosen(*measurements, cores=4):
    return fastest(
        Report(
            started=datetime.now(UTC),
            seconds=1,
            machine=Machine(cores=cores),
            rounds=7,
            done=6,
            measurements=measurements,
        )
    )


def test_the_fastest_is_chosen():
    assert chosen(took(2, case(1)), took(1, case(2)), took(3, case(2, "f8"))) == Speed(2)
    assert chosen(took(2, case(1)), took(1, case(1, device="cuda"))) == Speed(1, "f4", "cuda")


def test_one_setting_is_not_the_fastest_of_anything():
    assert chosen(took(1, case(None, "f8"))) is None
    assert chosen(took(1, case(2)), took(3, case(2, dimension=800))) is None


def test_of_few_turns_nothing_is_known():
    few = {"rounds": LEAST_TURNS - 1}
    assert chosen(took(2, case(1), **few), took(1, case(2), **few)) is None
    assert chosen(took(2, case(1)), took(1, case(2), **few)) is None
    assert chosen(took(2, case(1)), took(1, case(2), rounds=LEAST_TURNS)) == Speed(2)


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
    fast, near = took(1, greedy, spread=0.1), took(1.04, modest, spread=-0.1)
    assert chosen(fast, near) == chosen(near, fast) == speed_of(modest)


def test_what_is_slower_in_every_round_is_no_tie():
    assert chosen(took(1, case(2), spread=0.1), took(1.04, case(1), spread=0.1)) == Speed(2)


def test_threads_that_cannot_tell_are_not_asked():
    """A single input is computed by one core: whatever is between them is noise."""
    single = {"batch": 1}
    assert chosen(took(2, case(1, **single)), took(1, case(None, **single))) == Speed(1)
    cases = [case(2, **single), case(1, **single), case(1, "f8", **single)]
    assert chosen(took(2, cases[0]), took(3, cases[1]), took(1, cases[2])) == Speed(1, "f8")
    mixed = took(2, case(1, **single)), took(1, case(2, **single)), took(2, case(1))
    assert chosen(*mixed, took(1.9, case(2), spread=-0.1)) == Speed(1)
    assert chosen(*mixed, took(1.5, case(2))) == Speed(2)


def test_noise_is_no_merit():
    """Its best rounds are faster than any, but not the one in the middle."""
    assert chosen(took(1, case(2)), took(1.2, case(1), spread=0.9)) == Speed(2)


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
    large = {"dimension": 800}
    both = [
        took(1, case(2)),
        took(9, case(2, **large)),
        took(1, case(3)),
        took(8, case(3, **large)),
    ]
    assert chosen(*both, took(0.5, case(1))) == Speed(3)
    assert chosen(both[1], took(0.5, case(1))) is None


def test_a_name_makes_no_other_work():
    assert chosen(took(2, case(1, name="slow")), took(1, case(2, name="fast"))) == Speed(2)


def test_what_failed_is_not_chosen():
    full = "The memory is full."
    rest = took(2, case(1)), took(3, case(3))
    assert chosen(*rest, took(1, case(2), failed=full)) == Speed(1)
    assert chosen(took(2, case(1)), took(1, case(2), failed=full)) is None


def test_what_the_app_cannot_work_with_is_passed_over():
    others = [case(precision="f2"), case(precision="int8"), case(precision="1bit")]
    others += [case(library="pytorch"), Features()]
    measured = [took(0.1, other) for other in others]
    assert chosen(*measured, took(1, case(2)), took(2, case(1))) == Speed(2)
    assert chosen(*measured) is None


def test_trainings_count_too():
    def trained(precision):
        return Training(precision=precision, performance=Performance(threads=1))

    assert chosen(took(2, trained("f8")), took(1, trained("f4"))) == Speed(1)
    assert chosen(took(1, trained("f8")), took(2, trained("f4"))) == Speed(1, "f8")


@pytest.mark.parametrize("precision", ["f4", "f8"])
@pytest.mark.parametrize("threads", [1, None])
def test_the_alternatives_of_a_case_are_what_the_app_could_use(threads, precision):
    found = {speed_of(each) for each in alternatives(case(threads, precision, batch=3))}
    assert found == {Speed(1), Speed(None), Speed(1, "f8"), Speed(None, "f8")}
    assert {each.batch for each in alternatives(case(batch=3))} == {3}


def test_the_case_itself_is_among_its_alternatives():
    assert case(3) in alternatives(case(3))
    assert case(precision="int8") in alternatives(case(precision="int8"))


def test_bits_have_no_alternative():
    assert alternatives(case(precision="1bit")) == (case(precision="1bit"),)


def test_in_a_report_of_a_real_machine_there_is_a_fastest():
    """That of the screenshots, by which reports of its version are also seen to open."""
    report = read_report(Path(__file__).parents[2] / "packaging" / "benchmark.json")
    assert [one.case for one in report.measurements] == list(alternatives(Inference()))
    assert fastest(report) == Speed(1)


def test_alternatives_are_compared_with_each_other():
    times = enumerate(alternatives(case()), start=1)
    assert chosen(*[took(seconds, each) for seconds, each in times]) == Speed(1)
