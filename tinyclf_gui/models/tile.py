"""What is told of a photo of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tinyclf.domain import NO_VERDICT, Grade, PhotoId


class Tile(NamedTuple):
    """What one tile shows.

    Attributes:
        photo_id: Whose tile it is.
        name: The file's name without folder and suffix.
        code: A person's verdict (see ``tinyclf.domain``).
        verified: That verdict is a signed proposal.
        proposed: The classifier's grade, 0 without one.
        confidence: In that grade, 0 to 1.
        runner_up: The second likeliest grade, 0 without a proposal.
        dimmed: The photo no longer matches what the list shows.
        in_bulk: It was accepted with the rest of a wall, and nobody looked at it singly since.
        believed: What the classifier holds likelier than the verdict, where that is asked; else 0.
        blind: Verdict and proposal are hidden: they stand here as if there were none.
        gone_from: The folder in which the photo was but is not; empty where it is in its place.
        faults: What is wrong with the photo itself, as bits; 0 where it is fine.
        duplicates: How many near-duplicates belong together, itself included; 0 where it has none.
        pinned: It is an example of its grade.
        for_exam: A person's grade stands on it that counts for the exam; before there is one,
            nobody is told which photos are the exam's.
    """

    photo_id: PhotoId
    name: str
    code: int
    verified: bool
    proposed: int
    confidence: float
    runner_up: int
    dimmed: bool
    in_bulk: bool = False
    believed: int = 0
    blind: bool = False
    gone_from: str = ""
    faults: int = 0
    duplicates: int = 0
    pinned: bool = False
    for_exam: bool = False

    @classmethod
    def blind_of(
        cls, photo_id: PhotoId, name: str, *, dimmed: bool, gone_from: str, duplicates: int
    ) -> Tile:
        """Return the tile of a photo of which neither verdict nor proposal is told."""
        return cls(
            photo_id,
            name,
            code=NO_VERDICT,
            verified=False,
            proposed=0,
            confidence=0.0,
            runner_up=0,
            dimmed=dimmed,
            blind=True,
            gone_from=gone_from,
            duplicates=duplicates,
        )


@dataclass(frozen=True)
class Telling:
    """What a list tells of its photos.

    Attributes:
        blind: Neither their verdicts nor the proposals.
        believed: What the classifier holds likeliest, of the photos where that is asked.
    """

    blind: bool = False
    believed: Mapping[PhotoId, Grade] = field(default_factory=dict)


ALL_TOLD = Telling()
