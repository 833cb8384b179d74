"""What is wrong in a file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tinyclf.errors import ConfigError


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a file.

    Attributes:
        line: From 1.
        column: From 1.
    """

    line: int
    column: int


TOP = Place(1, 1)


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing that is wrong in a file.

    Attributes:
        place: Where.
        message: What is wrong and what is allowed, as a sentence that begins small.
    """

    place: Place
    message: str

    @property
    def line(self) -> int:
        """From 1."""
        return self.place.line

    @property
    def column(self) -> int:
        """From 1."""
        return self.place.column

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class PlanFileError(ConfigError):
    """A file of benchmarks has mistakes; the message has a line for each.

    Attributes:
        mistakes: All of them, in the order of the file.
    """

    def __init__(self, file: str, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        many = len(self.mistakes)
        self._sentence = f"{file} has {many:,} mistake{'' if many == 1 else 's'}:"
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """A sentence that names the file, and a line for each mistake."""
        return (self._sentence, *map(str, self.mistakes))
