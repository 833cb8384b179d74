from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import numpy as np
import pytest
import threadpoolctl
from threadpoolctl import threadpool_limits

from tinyclf.benchmark.kinds import CASES, Limit, Product, Reading
from tinyclf.benchmark.kinds import limits as room
from tinyclf.benchmark.kinds.limits import LEAST_ON_A_CARD, LEAST_PART, MOST_BYTES, READERS, SIDE
from tinyclf.benchmark.settings import Performance
from tinyclf.benchmark.speed import MOST_THREADS
from tinyclf.benchmark.work import Work

CARD = Performance(device="cuda")


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passes that are over at once, in a process that keeps its threads."""
    for name in ("LEAST_PASS", "LEAST_CACHED_PASS", "TRIAL"):
        monkeypatch.setattr(room, name, 1 << 20)
    monkeypatch.setattr(room, "SIDE", 64)
    with threadpool_limits():  # a limit is for good, and the process of a case soon ends
        yield


@pytest.mark.parametrize("threads", [1, 2, None])
@pytest.mark.parametrize("read_bytes", [1, LEAST_PART, 1_000_003, 3_000_000])
def test_a_pass_reads_what_it_says(read_bytes: int, threads: int | None) -> None:
    reading = Reading(read_bytes=read_bytes, performance=Performance(threads=threads))

    assert reading.prepare().run() == reading.work().read_bytes >= 1 << 20


@pytest.mark.parametrize(
    ("read_bytes", "performance", "measured"),
    [
        (1, Performance(), LEAST_PART),
        (1_000_003, Performance(), 1_000_000),
        (10**13, Performance(), MOST_BYTES),
        (1, CARD, LEAST_ON_A_CARD),
        (10**13, CARD, MOST_BYTES),
    ],
)
def test_neither_too_little_is_read_nor_too_much(
    read_bytes: int, performance: Performance, measured: int
) -> None:
    reading = Reading(read_bytes=read_bytes, performance=performance)

    assert reading.measured_bytes == measured
    assert reading.work().needed_bytes == measured


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_looks_at_every_number_of_every_row(reader: object) -> None:
    rows = np.ones((3, 1000), np.float32)
    rows[-1, 777] = 1e10  # the last row counts, too

    assert callable(reader)
    assert np.max(reader(rows)) != np.max(reader(np.ones((3, 1000), np.float32)))


@pytest.mark.parametrize("precision", ["f4", "f8"])
def test_a_product_gives_the_same_number_every_time(precision: str) -> None:
    product = CASES.validate_python({"kind": "product", "precision": precision})
    workload = product.prepare()

    assert workload.checksum(workload.run()) == workload.checksum(workload.run())
    assert product.work().operations == 2 * 64**3


def test_no_more_threads_are_used_than_there_are_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "cores", lambda: 3)

    assert [room._threads(Performance(threads=n)) for n in (None, 2, 200)] == [3, 2, 3]


@pytest.mark.parametrize("quick", [1, 3])
def test_a_product_takes_one_thread_or_all_whichever_is_faster(
    quick: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []

    def limit(threads: int, user_api: str) -> nullcontext[None]:
        taken.append(threads)
        return nullcontext()

    monkeypatch.setattr(threadpoolctl, "threadpool_limits", limit)
    monkeypatch.setattr(room, "cores", lambda: 3)
    monkeypatch.setattr(room, "_seconds", lambda _: 1.0 if taken[-1] == quick else 2.0)

    Product().prepare()

    assert sorted(taken[:-1]) == [1, 3]
    assert taken[-1] == quick


def test_on_a_machine_all_threads_have_a_number() -> None:
    limit = Reading(read_bytes=1)
    threads = [Performance(threads=n) for n in (None, 4, 200)]

    assert {limit.model_copy(update={"performance": each}).on(4) for each in threads} == {
        Reading(read_bytes=LEAST_PART, performance=Performance(threads=4))
    }
    assert limit.on(1000).performance.threads == MOST_THREADS
    assert Product(performance=CARD).on(4) == Product(performance=CARD)


def test_more_threads_do_more_in_a_pass() -> None:
    def work(threads: int) -> tuple[Work, Work]:
        performance = Performance(threads=threads)
        reading = Reading(read_bytes=LEAST_PART, performance=performance)
        return reading.work(), Product(performance=performance).work()

    (little, small), (much, large) = work(2), work(16)

    assert work(1) == (little, small)
    assert much.read_bytes == 8 * little.read_bytes
    assert large.operations == 8 * small.operations


@pytest.mark.parametrize("limit", [Reading(read_bytes=1_000_000), Product(precision="f8")])
def test_a_limit_has_words_and_none_of_its_own(limit: Limit) -> None:
    assert limit.words()
    assert limit.limits() == ()
    assert CASES.validate_json(limit.model_dump_json()) == limit


def test_words_tell_how_much() -> None:
    assert Reading(read_bytes=419_840_000).words() == "reading 420 MB"
    assert Product(performance=CARD).words() == "product of two 4096², f4"
    assert SIDE == 1536


def test_what_is_measured_by_the_same_reading_is_the_same_limit() -> None:
    least, less = Reading(read_bytes=LEAST_PART), Reading(read_bytes=2176)

    assert less.on(2) == least.on(2)
    assert least.on(1) != Reading(read_bytes=2 * LEAST_PART).on(1)
