"""Control groups, by files as Linux shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from tinyclf.benchmark.machine import control_groups, memory

GIB = 1 << 30
UNLIMITED = 9223372036854771712
"""What version 1 says where nothing limits."""

Build = Callable[..., None]


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Makes a machine of 16 GiB, 8 of them available, whose groups are made of these files."""
    monkeypatch.setattr(control_groups, "MEMBERSHIP", tmp_path / "membership")
    monkeypatch.setattr(control_groups, "GROUPS", tmp_path / "groups")
    there = SimpleNamespace(total=16 * GIB, available=8 * GIB)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: there)

    def build(membership: str, files: Mapping[str, object]) -> None:
        (tmp_path / "membership").write_text(membership)
        for name, content in files.items():
            path = tmp_path / "groups" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{content}\n")

    return build


def version_2(folder: str, limit: object, used: int, cached: int = 0) -> dict[str, object]:
    return {
        f"{folder}/memory.max": limit,
        f"{folder}/memory.current": used,
        f"{folder}/memory.stat": f"anon 7\ninactive_file {cached}\nactive_file 0\nfile 5",
    }


def version_1(folder: str, limit: object, used: int, cached: int = 0) -> dict[str, object]:
    return {
        f"memory/{folder}/memory.limit_in_bytes": limit,
        f"memory/{folder}/memory.usage_in_bytes": used,
        f"memory/{folder}/memory.stat": f"cache 7\ntotal_inactive_file {cached}",
    }


def quota(quota_us: int, period_us: int) -> dict[str, object]:
    files = {"quota": quota_us, "period": period_us}
    return {f"cpu/box/cpu.cfs_{name}_us": value for name, value in files.items()}


def test_without_groups_all_that_is_available_can_be_had(group: Build) -> None:
    assert (memory.total_bytes(), memory.available_bytes()) == (16 * GIB, 8 * GIB)


@pytest.mark.parametrize(
    ("membership", "files"),
    [
        ("0::/box\n", version_2("box", 3 * GIB, GIB)),
        ("4:memory:/box\n", version_1("box", 3 * GIB, GIB)),
    ],
    ids=["version 2", "version 1"],
)
def test_a_group_may_have_its_limit_less_what_it_uses(
    group: Build, membership: str, files: Mapping[str, object]
) -> None:
    group(membership, files)

    assert (memory.total_bytes(), memory.available_bytes()) == (3 * GIB, 2 * GIB)


@pytest.mark.parametrize("make", [version_2, version_1])
def test_the_cache_of_files_is_not_in_use(
    group: Build, make: Callable[..., dict[str, object]]
) -> None:
    group("0::/box\n4:cpu,memory:/box\n", make("box", 3 * GIB, 2 * GIB, cached=GIB))

    assert memory.available_bytes() == 2 * GIB


def test_the_tightest_of_nested_groups_counts(group: Build) -> None:
    group(
        "0::/outer/inner\n",
        version_2("outer", 2 * GIB, GIB) | version_2("outer/inner", 4 * GIB, GIB // 2),
    )

    assert (memory.total_bytes(), memory.available_bytes()) == (2 * GIB, GIB)


def test_a_path_as_only_the_host_sees_it_leads_to_the_root(group: Build) -> None:
    group("4:memory:/docker/0123abcd\n", version_1("", 2 * GIB, GIB))

    assert memory.available_bytes() == GIB


def test_a_path_outside_of_the_container_is_not_followed(group: Build) -> None:
    group("0::/../../other\n", version_2("../../other", GIB, 0) | version_2(".", 2 * GIB, GIB))

    assert memory.available_bytes() == GIB


@pytest.mark.parametrize(
    "files",
    [
        version_2("box", "max", GIB),
        version_1("box", UNLIMITED, GIB),
        {"box/memory.max": "much"},
        {},
    ],
)
def test_a_group_without_a_limit_limits_nothing(group: Build, files: Mapping[str, object]) -> None:
    group("0::/box\n4:memory:/box\n", files)

    assert (memory.total_bytes(), memory.available_bytes()) == (16 * GIB, 8 * GIB)


def test_a_group_that_took_more_than_its_limit_has_nothing_left(group: Build) -> None:
    group("0::/box\n", version_2("box", GIB, 2 * GIB))

    assert memory.available_bytes() == 0


@pytest.mark.parametrize(
    ("membership", "files", "cores"),
    [
        ("0::/box\n", {"box/cpu.max": "150000 100000"}, 2),
        ("0::/box\n", {"box/cpu.max": "10000 100000"}, 1),
        ("0::/box\n", {"box/cpu.max": "6400000 100000"}, 8),
        ("0::/box\n", {"box/cpu.max": "max 100000"}, 8),
        ("0::/outer/box\n", {"outer/cpu.max": "300000 100000", "outer/box/cpu.max": "max 1"}, 3),
        ("0::/box\n", {"box/cpu.max": "much"}, 8),
        ("4:cpu,cpuacct:/box\n", quota(400_000, 100_000), 4),
        ("4:cpu,cpuacct:/box\n", quota(-1, 100_000), 8),
        ("4:cpu,cpuacct:/box\n", quota(400_000, 0), 8),
        ("", {}, 8),
    ],
)
def test_a_group_may_keep_so_many_cores_busy(
    group: Build,
    monkeypatch: pytest.MonkeyPatch,
    membership: str,
    files: Mapping[str, object],
    cores: int,
) -> None:
    monkeypatch.setattr(memory, "processors", lambda: tuple(range(8)))
    group(membership, files)

    assert memory.cores() == cores


def test_there_is_at_least_one_core() -> None:
    assert len(set(memory.processors())) >= memory.cores() >= 1
