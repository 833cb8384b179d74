"""Figures beside limits, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest

from tinyclf.benchmark.figures import Figures, figures
from tinyclf.benchmark.kinds import CASES, AnyCase, Case, Features, Inference, Product, Training
from tinyclf.benchmark.machine import Machine
from tinyclf.benchmark.machine.processor import Cache
from tinyclf.benchmark.report import Measurement, Report, Turn

MACHINE = Machine(
    cores=2,
    caches=(
        Cache(level=1, size=48 << 10),
        Cache(level=2, size=1 << 20),
        Cache(level=3, size=32 << 20, cores=2),
    ),
)
GB, GFLOP = 40.0, 200.0
"""What this machine does at most, in 10⁹ a second."""


def inference(layers: int = 100, n: int = 1024, **fields: Any) -> Inference:
    math = {
        key: fields.pop(key) for key in ("precision", "activation", "epsilons") if key in fields
    }
    performance = {key: fields.pop(key) for key in ("threads", "device") if key in fields}
    case = CASES.validate_python(
        fields
        | {"kind": "inference", "nepochs": 10, "shape": {"layers": layers, "dimension": n}}
        | {"math": math, "performance": performance}
    )
    assert isinstance(case, Inference)
    return case


def measured(case: AnyCase, seconds: Iterable[float]) -> Measurement:
    turns = tuple(Turn(warm_up=1.0, passes=(each,), checksum="0123abcd") for each in seconds)
    return Measurement(case=case, turns=turns)


def limit(case: AnyCase) -> Measurement:
    work = case.work()
    seconds = work.read_bytes / GB / 1e9 + work.operations / GFLOP / 1e9
    return measured(case, [seconds])


def judged(
    case: Case,
    seconds: Iterable[float],
    machine: Machine = MACHINE,
    limits: tuple[Measurement, ...] | None = None,
) -> Figures:
    report = Report(
        started=datetime(2026, 11, 22, tzinfo=UTC),
        seconds=1.0,
        machine=machine,
        rounds=6,
        done=6,
        measurements=(measured(case, seconds),),
        limits=tuple(limit(each) for each in case.limits()) if limits is None else limits,
    )
    return figures(report.measurements[0], report)


def at(case: Case, *, reading: float = 0.0, products: float = 0.0, **more: Any) -> Figures:
    """Return the figures of a case that takes so long that these are its shares of the limits."""
    work = case.work()
    amount = work.read_bytes / GB / reading if reading else work.operations / GFLOP / products
    return judged(case, [amount / 1e9], **more)


def test_figures_are_those_of_the_median_pass() -> None:
    case = inference()
    seconds = [0.2, 0.1, 0.3, 0.2, 0.2, 0.2]

    found = judged(case, seconds)

    assert (found.total_ms, found.total_ms_low, found.total_ms_high) == (200.0, 100.0, 300.0)
    assert (found.epoch_ms, found.epoch_ms_low, found.epoch_ms_high) == (20.0, 10.0, 30.0)
    assert (found.units_per_s, found.unit) == (pytest.approx(50), "inference")
    read = 10 * 100 * (1024**2 + 1024) * 4
    assert found.gb_per_s == pytest.approx(read / 0.2 / 1e9)
    assert found.limit_gb_per_s == pytest.approx(GB)
    assert found.read_share == pytest.approx(read / 0.2 / 1e9 / GB)
    assert found.gflop_per_s == pytest.approx(10 * 2 * 100 * 1024**2 / 0.2 / 1e9)
    assert found.limit_gflop_per_s == pytest.approx(GFLOP)
    assert found.place == "memory"


def test_every_figure_is_a_plain_value() -> None:
    values = asdict(judged(inference(), [0.1])).values()

    assert all(value is None or isinstance(value, str | float) for value in values)


def test_an_epoch_of_training_is_a_way_through_the_examples() -> None:
    found = judged(Training(epochs=4, examples=1000), [2.0])

    assert found.epoch_ms == 500.0
    assert found.units_per_s == 2000
    assert found.gb_per_s is None


def test_a_kind_without_limits_has_neither_shares_nor_advice() -> None:
    found = judged(Features(), [2.0])

    assert found.units_per_s == 12
    assert {found.epoch_ms, found.gb_per_s, found.gflop_per_s, found.place} == {None}
    assert found.advice == ""


@pytest.mark.parametrize(
    ("layers", "n", "fields", "place"),
    [
        (1, 100, {}, "first-level cache"),
        (10, 128, {}, "second-level cache"),
        (25, 128, {}, "third-level cache"),
        (25, 128, {"batch": 8}, "second-level cache"),  # those of both cores
        (25, 128, {"batch": 8, "threads": 1}, "third-level cache"),
        (25, 128, {"batch": 8, "threads": 200}, "second-level cache"),
        (100, 1024, {}, "memory"),
        (100, 1024, {"precision": "1bit", "activation": "sign"}, "third-level cache"),
        (1, 100, {"device": "cuda"}, "card memory"),
    ],
)
def test_weights_are_read_from_where_they_fit(
    layers: int, n: int, fields: dict[str, Any], place: str
) -> None:
    assert judged(inference(layers, n, **fields), [0.1]).place == place


def test_without_known_caches_nobody_says_where_weights_lie() -> None:
    found = at(inference(), reading=0.9, machine=Machine(cores=2))

    assert found.place is None
    assert found.advice.startswith("90 % of reading bandwidth of one core: ")


BITS = {"precision": "1bit", "activation": "sign"}
NO_NUMBA = MACHINE.model_copy(update={"versions": {"numba": "not installed"}})


@pytest.mark.parametrize(
    ("fields", "reading", "advice"),
    [
        (
            {},
            0.78,
            "78 % of memory bandwidth of one core: more threads will not help; "
            "a smaller precision will.",
        ),
        (
            {"threads": 1},
            0.95,
            "95 % of memory bandwidth of one core: more threads will not help; "
            "a smaller precision will.",
        ),
        (
            {"precision": "int8"},
            0.6,
            "60 % of memory bandwidth of one core: reading the weights takes most of the time; "
            "a smaller precision will help most.",
        ),
        (
            {},
            0.4,
            "40 % of memory bandwidth of one core: most of the time goes between the layers; "
            "a larger batch will help.",
        ),
        (
            {},
            0.001,
            "less than 1 % of memory bandwidth of one core: most of the time goes between the "
            "layers; a larger batch will help.",
        ),
        (
            {},
            1.3,
            "130 % of memory bandwidth of one core: the machine was busy with something else; "
            "measure again when it is idle.",
        ),
        (
            BITS,
            0.8,
            "80 % of third-level cache bandwidth of one core: more threads will not help; "
            "fewer or narrower layers will.",
        ),
        (
            BITS,
            0.4,
            "40 % of third-level cache bandwidth of one core: the rest goes into counting bits; "
            "fewer or narrower layers will help.",
        ),
        (
            {"batch": 2, "threads": 1},
            0.8,
            "80 % of memory bandwidth of one core: more threads may help, and a larger batch will.",
        ),
        (
            {"device": "cuda"},
            0.8,
            "80 % of card memory bandwidth: only a larger batch will help.",
        ),
        (
            {"device": "cuda"},
            0.1,
            "10 % of card memory bandwidth: most of the time goes between the layers; "
            "a larger batch will help.",
        ),
    ],
)
def test_what_it_means_to_stand_so_beside_reading(
    fields: dict[str, Any], reading: float, advice: str
) -> None:
    assert at(inference(**fields), reading=reading).advice == advice


@pytest.mark.parametrize(
    ("fields", "products", "advice"),
    [
        (
            {},
            0.9,
            "more threads will not help; "
            "a network trained in 1 bit, or fewer or narrower layers, will.",
        ),
        (
            {"threads": 1},
            0.9,
            "more threads may help, "
            "and a network trained in 1 bit, or fewer or narrower layers, will.",
        ),
        ({"precision": "f8"}, 0.9, "more threads will not help; the precision f4 will."),
        (
            {"precision": "f8"},
            0.6,
            "multiplying takes most of the time; the precision f4 will help most.",
        ),
        ({"device": "cuda"}, 0.9, "only fewer or narrower layers will help."),
        ({"precision": "int8"}, 0.4, "the weights are widened to f4 every time; f4 will help."),
        (
            {},
            0.4,
            "most of the time goes between the products; relu, or fewer layers, will help, "
            "and a single thread may.",
        ),
        (
            {"activation": "relu"},
            0.4,
            "most of the time goes between the products; fewer layers will help, "
            "and a single thread may.",
        ),
        (
            {"device": "cuda"},
            0.4,
            "most of the time goes between the layers; a larger batch will help.",
        ),
    ],
)
def test_what_it_means_to_stand_so_beside_the_peak_of_products(
    fields: dict[str, Any], products: float, advice: str
) -> None:
    found = at(inference(batch=1024, **fields), products=products).advice

    assert found == f"{100 * products:.0f} % of the peak of matrix products: {advice}"


@pytest.mark.parametrize(
    ("precision", "cure"), [("f4", "a network trained in 1 bit"), ("f8", "the precision f4")]
)
def test_without_numba_fewer_bits_are_advised_only_where_they_help(
    precision: str, cure: str
) -> None:
    found = at(inference(precision=precision), reading=0.8, machine=NO_NUMBA)

    assert found.advice.endswith(f"more threads will not help; {cure} will.")


@pytest.mark.parametrize(
    ("fields", "products", "advice"),
    [
        ({}, 0.8, "more threads will not help; fewer or narrower layers will."),
        ({"precision": "f8"}, 0.8, "more threads will not help; the precision f4 will."),
        (
            {},
            0.3,
            "most of the time goes between the products; a larger batch will help, "
            "if it learns as well.",
        ),
        (
            {"batch": 4096},
            0.3,
            "most of the time goes between the products; fewer layers will help.",
        ),
    ],
)
def test_what_it_means_for_a_training(fields: dict[str, Any], products: float, advice: str) -> None:
    found = at(Training(**fields), products=products).advice

    assert found == f"{100 * products:.0f} % of the peak of matrix products: {advice}"


def test_bits_are_not_held_against_the_peak_of_products() -> None:
    found = judged(inference(**BITS), [0.001])

    assert found.limit_gflop_per_s == pytest.approx(GFLOP)
    assert found.product_share is None


def test_the_settings_of_other_libraries_are_theirs() -> None:
    found = at(inference(library="pytorch"), reading=0.8)

    assert found.read_share == pytest.approx(0.8)
    assert found.advice == ""


def test_without_numba_more_cores_than_one_may_read() -> None:
    found = at(inference(), reading=1.6, machine=NO_NUMBA)

    assert "busy with something else" not in found.advice


@pytest.mark.parametrize(
    ("fields", "threads"),
    [
        ({}, 1),
        ({"threads": 200}, 1),
        ({"batch": 2}, None),
        ({"batch": 2, "threads": 200}, 200),
        ({"activation": "gelu"}, None),
        ({"library": "pytorch"}, None),
    ],
)
def test_what_one_core_computes_is_held_against_what_one_core_reads(
    fields: dict[str, Any], threads: int | None
) -> None:
    reading, product = inference(**fields).limits()

    assert reading.performance.threads == threads
    assert product.performance.threads == fields.get("threads")


def test_as_many_threads_as_there_are_cores_are_all_of_them() -> None:
    case = inference(batch=2, threads=5)

    limits = tuple(limit(each) for each in inference(batch=2).limits())

    assert judged(case, [0.1], limits=limits).limit_gb_per_s == pytest.approx(GB)


def test_shares_are_of_the_same_rounds() -> None:
    """The machine is three times as slow in some rounds, for the limit, too."""
    case, slow = inference(), (1.0, 3.0, 1.0, 1.0, 3.0, 3.0)
    limits = tuple(
        measured(
            each.case, [turn * slowness for turn in [each.seconds.median] for slowness in slow]
        )
        for each in map(limit, case.limits())
    )

    found = judged(case, [0.1 * slowness for slowness in slow], limits=limits)

    assert found.read_share_low == pytest.approx(found.read_share)
    assert found.read_share_high == pytest.approx(found.read_share)
    assert found.product_share_low == pytest.approx(found.product_share)
    assert found.nearest_limit == "reading"
    assert found.total_ms_high == pytest.approx(3 * found.total_ms_low)


def test_a_limit_that_failed_is_said_so_and_not_guessed() -> None:
    case = inference()
    reading, product = case.limits()
    failed = Measurement(case=reading, failed="The memory is full.")

    found = at(case, products=0.1, limits=(failed, limit(product)))

    assert found.limit_gb_per_s is None
    assert found.advice == "How fast this machine reads at most is not known. The memory is full."


def test_near_the_one_limit_that_is_known_it_is_told_as_well() -> None:
    case = inference()
    reading, _ = case.limits()

    found = at(case, reading=0.8, limits=(limit(reading),))

    assert found.advice == (
        "80 % of memory bandwidth of one core: more threads will not help; "
        "a smaller precision will. "
        "How fast this machine multiplies at most is not known."
    )


def test_a_limit_in_other_threads_is_another() -> None:
    found = judged(inference(threads=1), [0.1], limits=(limit(Product()),))

    assert found.limit_gflop_per_s is None
