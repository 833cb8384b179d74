"""What cases are called: alone, and beside each other, where no two are called the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tinyclf.benchmark.kinds import AnyCase, Inference, Training


def label(case: AnyCase) -> str:
    """Return a line: name, words, library, and what the machine may use if that is unusual."""
    parts = [f"{case.name}: {case.words()}" if case.name else case.words()]
    if isinstance(case, Inference | Training) and not case.is_ours:
        parts.append(case.library)
    usual, given = type(case.performance)(), case.performance
    if given.threads != usual.threads:
        parts.append("1 thread" if given.threads == 1 else f"{given.threads} threads")
    if given.device != usual.device:
        parts.append(given.device)
    return ", ".join(parts)


def labels(cases: Sequence[AnyCase]) -> list[str]:
    """Return a line for each case; where lines would be the same, with the settings that differ."""
    lines = [label(case) for case in cases]
    alike: dict[str, list[AnyCase]] = {}
    for line, case in zip(lines, cases, strict=True):
        alike.setdefault(line, []).append(case)
    return [
        ", ".join([line, *_apart(case, alike[line])])
        for line, case in zip(lines, cases, strict=True)
    ]


def _apart(case: AnyCase, alike: Sequence[AnyCase]) -> list[str]:
    """Return the settings of a case that are others in one of those like it."""
    settings = [_flat(each.model_dump()) for each in alike]
    return [
        f"{name} {value}"
        for name, value in _flat(case.model_dump()).items()
        if any(each.get(name) != value for each in settings)
    ]


def _flat(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings and those of groups among them, each by its own name."""
    flat: dict[str, Any] = {}
    for name, value in settings.items():
        flat |= _flat(value) if isinstance(value, Mapping) else {name: value}
    return flat
