"""What an export knows of a photo: one plain row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tinyclf.domain import Grade, PhotoId, Proposal, Verdict

OTHER_FILE = "the file is another one than was graded: import it again"
"""Why a file has no place in an export."""


@dataclass(frozen=True)
class ExportRow:
    """A photo with what a person and the classifier say of it.

    Attributes:
        path: Where it lies, absolute.
        photo_id: The hash of its bytes.
        human: A person's verdict.
        verified: That verdict is a signed proposal.
        probabilities: The classifier's opinion, worst grade first, if it has one.
        copy_of: Where the photo itself lies, if this file is but a copy of it.
        in_bulk: It was signed with the rest of a wall, and nobody looked at it singly since.
    """

    path: Path
    photo_id: PhotoId
    human: Verdict = None
    verified: bool = False
    probabilities: Sequence[float] | None = None
    copy_of: Path | None = None
    in_bulk: bool = False

    @cached_property
    def proposal(self) -> Proposal | None:
        """The classifier's opinion in the domain's words."""
        if self.probabilities is None:
            return None
        p1, p2, p3, p4, p5 = self.probabilities
        return Proposal(self.photo_id, (p1, p2, p3, p4, p5))

    @property
    def grade(self) -> Grade | None:
        """The grade it hangs under: a person's, else the proposed one; none where it is marked."""
        if self.human is not None:
            return self.human if isinstance(self.human, Grade) else None
        return self.proposal.grade if self.proposal else None

    @property
    def source(self) -> str:
        """Who says so: ``human``, ``proposal``, or nobody (empty)."""
        if self.human is not None:
            return "human"
        return "proposal" if self.proposal else ""
