"""The processor, by files as Linux shows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from pydantic import ValidationError

from tinyclf.benchmark.machine import processor
from tinyclf.benchmark.machine.processor import Cache

Describe = Callable[[str, str], None]


@pytest.fixture
def describe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Describe:
    """Writes a file as Linux describes a processor, whose cores 2, 3 and 6 may be used."""
    monkeypatch.setattr(processor, "CPUS", tmp_path)
    monkeypatch.setattr(processor, "CPUINFO", tmp_path / "cpuinfo")
    monkeypatch.setattr(processor, "processors", lambda: (2, 3, 6))
    monkeypatch.setattr(processor, "cores", lambda: 3)
    monkeypatch.setattr("sys.platform", "linux")

    def write(name: str, content: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{content}\n")

    return write


def describe_cache(describe: Describe, index: int, *facts: str) -> None:
    for name, fact in zip(("level", "type", "size", "shared_cpu_list"), facts, strict=True):
        describe(f"cpu2/cache/index{index}/{name}", fact)


def test_the_caches_that_hold_data_are_those_of_the_first_core_to_use(describe: Describe) -> None:
    describe_cache(describe, 0, "1", "Data", "48K", "2")
    describe_cache(describe, 1, "1", "Instruction", "32K", "2")
    describe_cache(describe, 2, "2", "Unified", "1024K", "2,6")
    describe_cache(describe, 3, "3", "Unified", "32M", "0-3,8-9")

    assert processor.caches() == (
        Cache(level=1, size=48 << 10, cores=1),
        Cache(level=2, size=1 << 20, cores=2),
        Cache(level=3, size=32 << 20, cores=6),
    )


@pytest.mark.parametrize("facts", [("2", "Unified", "?", "2"), ("2", "Unified", "1024K", "")])
def test_caches_described_in_another_way_are_not_known(
    describe: Describe, facts: tuple[str, ...]
) -> None:
    describe_cache(describe, 0, *facts)

    assert processor.caches() == ()


def test_a_cache_of_no_level_or_size_is_none() -> None:
    with pytest.raises(ValidationError):
        Cache(level=0, size=1)
    with pytest.raises(ValidationError):
        Cache(level=1, size=0)


def test_caches_are_told_in_words() -> None:
    assert (Cache(level=2, size=1 << 20).name, str(Cache(level=2, size=1 << 20))) == (
        "second-level cache",
        "L2 1 MiB",
    )
    assert str(Cache(level=1, size=48 << 10)) == "L1 48 KiB"


def test_a_core_that_runs_two_threads_is_one_core(
    describe: Describe, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, core in ((2, 2), (3, 3), (6, 2)):
        describe(f"cpu{number}/topology/physical_package_id", "0")
        describe(f"cpu{number}/topology/core_id", str(core))

    assert processor.physical_cores() == 2
    monkeypatch.setattr(processor, "cores", lambda: 1)  # a container's share
    assert processor.physical_cores() == 1


def test_without_a_description_the_system_counts_the_cores(
    describe: Describe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(psutil, "cpu_count", lambda logical: 2)

    assert processor.physical_cores() == 2


def test_the_name_is_that_of_the_first_core(describe: Describe) -> None:
    describe("cpuinfo", "processor\t: 0\nmodel name\t: Fast 9000 @ 2 GHz\nmodel name\t: other")

    assert processor.processor_name() == "Fast 9000 @ 2 GHz"


def test_a_processor_that_nobody_names_has_a_family(describe: Describe) -> None:
    assert processor.processor_name()


def test_instruction_sets_are_words() -> None:
    assert all(isinstance(each, str) for each in processor.instruction_sets())
