"""What takes long to work out, kept until what it rests on has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Remembered:
    """One answer to each question, the newest; for a single thread."""

    def __init__(self) -> None:
        self._answers: dict[str, tuple[Hashable, Any]] = {}

    def get(self, question: str, basis: Hashable, work_out: Callable[[], T]) -> T:
        """Return the answer; it is worked out anew only if the basis is not what it was."""
        kept = self._answers.get(question)
        if kept is None or kept[0] != basis:
            kept = (basis, work_out())
            self._answers[question] = kept
        answer: T = kept[1]
        return answer
