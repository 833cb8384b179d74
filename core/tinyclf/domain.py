"""The words of this program as types: frozen, without behaviour that needs a file or a screen.

A person's verdict on a photo is a grade 1 to 5, a mark, or nothing yet. Stored and in arrays it is
one small integer, its *code*: ``0`` nothing yet, ``1``…``5`` the grade, ``-1`` unsure, ``-2`` not
gradable.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, IntFlag, StrEnum
from pathlib import Path
from typing import NamedTuple, NewType, TypeAlias, TypeVar

PhotoId = NewType("PhotoId", str)
"""BLAKE2b-128 of a photo's bytes, as 32 hexadecimal digits: moving or renaming loses nothing."""


class Grade(IntEnum):
    """What a photo is worth, from barely visible to flawless."""

    BARELY_VISIBLE = 1
    POOR = 2
    FAIR = 3
    GOOD = 4
    FLAWLESS = 5


GRADES: tuple[Grade, ...] = tuple(Grade)
"""All grades, worst first: column ``k`` of a probability matrix belongs to ``GRADES[k]``."""


class Mark(IntEnum):
    """A verdict that is no grade; never trained on, never proposed for."""

    UNSURE = -1
    NOT_GRADABLE = -2


Verdict: TypeAlias = Grade | Mark | None
"""A person's verdict; ``None`` is no verdict (yet, or cleared)."""

NO_VERDICT = 0
"""The code of ``None``."""


def verdict_code(verdict: Verdict) -> int:
    """Return the integer that stands for a verdict in arrays and in the collection file."""
    return NO_VERDICT if verdict is None else int(verdict)


def verdict_of(code: int) -> Verdict:
    """Return the verdict a code stands for.

    Raises:
        ValueError: the code stands for none.
    """
    if code == NO_VERDICT:
        return None
    return Grade(code) if code > 0 else Mark(code)


class FileStamp(NamedTuple):
    """By what a file is known without being read; while it is the same, so is the file.

    Attributes:
        size: Bytes.
        modified_ns: When it was last changed as whoever wrote it says, in nanoseconds since 1970.
        changed_ns: When the system says the file came to be what it is (its ctime), likewise;
            ``None`` where that is not known. No program can set it, as a modification time.
    """

    size: int
    modified_ns: int
    changed_ns: int | None

    @classmethod
    def of(cls, status: os.stat_result) -> FileStamp:
        """Return the stamp of a file of which the system told.

        A time that a collection's file cannot hold (after 2262, before 1677) is the nearest it can.
        """
        return cls(status.st_size, _kept(status.st_mtime_ns), _kept(status.st_ctime_ns))

    def is_as_large_and_old(self, other: FileStamp) -> bool:
        """Tell whether two stamps are equal but for what the system alone says."""
        return self.size == other.size and self.modified_ns == other.modified_ns


def _kept(nanoseconds: int) -> int:
    return max(-(2**63), min(nanoseconds, 2**63 - 1))


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture on disk.

    Attributes:
        photo_id: The hash of its bytes.
        path: Where it lies, absolute.
        width: Pixels across, after the camera's orientation is applied.
        height: Pixels down, likewise.
        file_size: Bytes.
        modified_ns: The file's modification time in nanoseconds since 1970, as at import.
        taken: When it was taken by the camera's clock, in seconds since 1970; ``None`` where that
            is unknown, or was not asked.
        changed_ns: When the system says the file came to be what it is, as at import: see
            `FileStamp`.
    """

    photo_id: PhotoId
    path: Path
    width: int
    height: int
    file_size: int
    modified_ns: int
    taken: int | None = None
    changed_ns: int | None = None

    @property
    def stamp(self) -> FileStamp:
        """By what its file was known when it was last found."""
        return FileStamp(self.file_size, self.modified_ns, self.changed_ns)

    def found_at(self, path: Path, stamp: FileStamp) -> Photo:
        """Return the photo as it lies in a place, perhaps another one than before."""
        return replace(
            self,
            path=path,
            file_size=stamp.size,
            modified_ns=stamp.modified_ns,
            changed_ns=stamp.changed_ns,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was found but is not in the collection, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds the very bytes of a photo of the collection, in another place.

    It is no photo of its own: what is said of the photo is said of it.

    Attributes:
        path: Where it lies, absolute.
        photo_id: Of which photo it is a copy.
        original: Where that photo lies, absolute.
        stamp: By what its file is known; ``None`` where that was not written down.
    """

    path: Path
    photo_id: PhotoId
    original: Path
    stamp: FileStamp | None = field(default=None, compare=False)


class PhotoFault(IntFlag):
    """What is wrong with a photo, not with what is on it."""

    BLURRED = 1
    DARK = 2
    GLARE = 4
    TINY = 8
    CUT_OFF = 16


class ActKind(StrEnum):
    """What a person did in one stroke; each act is one step of the undo history."""

    GRADE = "grade"
    CORRECT = "correct"
    ACCEPT = "accept"
    ACCEPT_REST = "accept-rest"
    CLEAR = "clear"
    IMPORT = "import-grades"
    LOOK_AGAIN = "second-look"
    KEEP = "keep"
    FINE = "fine"
    NOT_FINE = "not-fine"
    UNDO = "undo"
    REDO = "redo"


ACCEPTING = frozenset({ActKind.ACCEPT, ActKind.ACCEPT_REST})
"""The acts by which a person signs the classifier's proposal: their labels count as verified."""

LOOKING_AGAIN = frozenset({ActKind.LOOK_AGAIN, ActKind.KEEP})
"""The acts that change no verdict: shown a photo again, blind or not, a person says what it is."""

OF_THE_PHOTO = frozenset({ActKind.FINE, ActKind.NOT_FINE})
"""The acts that speak of the photo itself: it looks bad, and is fine all the same, or is not."""


@dataclass(frozen=True, slots=True)
class Act:
    """One stroke of a person, as the journal keeps it.

    Attributes:
        number: Its place in the journal.
        kind: What was done.
        when: When, in UTC.
        photo_ids: The photos whose verdict changed, in the order given; those looked at again, or
            called fine.
        verdict: The verdict given, where all changed photos got the same one, else ``None``.
        undoes: The number of the act that this one takes back (undo) or does again (redo).
        steps: It stands for so many acts, one after the other, of which it is the last.
    """

    number: int
    kind: ActKind
    when: datetime
    photo_ids: tuple[PhotoId, ...]
    verdict: Verdict = None
    undoes: int | None = None
    steps: int = 1


@dataclass(frozen=True, slots=True)
class Stroke:
    """What an act of a person tells of their pace.

    Attributes:
        kind: Of the act: an `ActKind`, or what a person does beside them.
        when: When it was done, in UTC.
        photos: On how many photos it changed the verdict.
    """

    kind: str
    when: datetime
    photos: int


@dataclass(frozen=True, slots=True)
class Label:
    """A person's verdict on one photo."""

    photo_id: PhotoId
    verdict: Grade | Mark
    verified: bool
    """It was the classifier's proposal, and a person signed it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The classifier's opinion of one photo: a probability for each grade, worst grade first."""

    photo_id: PhotoId
    probabilities: tuple[float, float, float, float, float]

    @property
    def grade(self) -> Grade:
        """The likeliest grade; of equals the lower."""
        return GRADES[self.probabilities.index(max(self.probabilities))]

    @property
    def confidence(self) -> float:
        """The probability of the proposed grade, 0 to 1."""
        return max(self.probabilities)

    @property
    def expected_grade(self) -> float:
        """The mean grade under the probabilities, 1 to 5."""
        return sum(g * p for g, p in zip(GRADES, self.probabilities, strict=True))

    @property
    def runner_up(self) -> Grade:
        """The second likeliest grade."""
        others = [g for g in GRADES if g is not self.grade]
        return max(others, key=lambda g: self.probabilities[g - 1])


@dataclass(frozen=True, slots=True)
class Wall:
    """All photos whose current grade (a person's, else the proposed one) is ``grade``.

    Attributes:
        grade: The wall's grade.
        photos: How many hang on it.
        human: How many of them a person graded, accepted ones included.
        verified: How many of those are accepted proposals.
        expected_wrong: How many of the merely proposed ones are expected to be wrong.
    """

    grade: Grade
    photos: int
    human: int
    verified: int
    expected_wrong: float


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and its 95 % confidence interval."""

    value: float
    low: float
    high: float


class JudgedOn(StrEnum):
    """What a quality was measured on."""

    CROSS_VALIDATION = "cross-validation"
    EXAM = "exam"


@dataclass(frozen=True)
class Quality:
    """How good a classifier is on photos it has not seen.

    Attributes:
        exact: Share of photos whose grade is right, 0 to 1.
        within_one: Share whose grade is at most one off.
        kappa: Cohen's kappa with quadratic weights: 0 guessing, 1 perfect.
        calibration_error: Mean gap between stated and true confidence, 0 to 1.
        confusion: ``confusion[truth][proposed]``, counts, worst grade first.
        judged_on: On what it was measured.
        photos: On how many photos it was judged.
    """

    exact: Interval
    within_one: Interval
    kappa: Interval
    calibration_error: Interval
    confusion: tuple[tuple[int, ...], ...]
    judged_on: JudgedOn
    photos: int


@dataclass(frozen=True)
class Progress:
    """What a long job says of itself now and then.

    Attributes:
        what: What it is doing, in a few words ("Reading photos").
        done: How much is done.
        total: Of how much; 0 while not known.
    """

    what: str
    done: int
    total: int


@dataclass(frozen=True)
class ImportReport:
    """What an import found; ``found == imported + len(copies) + len(problems)`` always.

    Attributes:
        found: Files looked at.
        imported: Of these, how many are in the collection now.
        new: Of the imported, how many were not in it before.
        moved: Of the imported, how many were known from another place, now gone.
        problems: Those that cannot be read, each with its reason.
        copies: Those that hold the bytes of a photo that lies elsewhere.
    """

    found: int
    imported: int
    new: int
    moved: int
    problems: tuple[Problem, ...] = field(default=())
    copies: tuple[Copy, ...] = field(default=())


R = TypeVar("R")

Job: TypeAlias = Generator[Progress, None, R]
"""Long core work: yields frozen reports, returns its result, cleans up in ``finally``."""
