"""What a motif paints, before any press has seen it."""

from __future__ import annotations

from dataclasses import dataclass

from tinyclf.samples.fields import Field


@dataclass(frozen=True)
class Painting:
    """A picture in tones, without a line; every field (height, width).

    Attributes:
        key: Darkness for the plate that draws, 0 to 1.
        tint: Amount of the second colour, 0 to 1.
        accent: Amount of the third colour, 0 to 1.
        form: How high the surface stands, in pixels; the engraver's lines bend over it.
    """

    key: Field
    tint: Field
    accent: Field
    form: Field

    def in_one_ink(self) -> Field:
        """Return the darkness when all must be said with one plate."""
        tone: Field = 1 - (1 - self.key) * (1 - 0.45 * self.tint) * (1 - 0.3 * self.accent)
        return tone

    def mirrored(self) -> Painting:
        """Return it looking the other way."""
        key, tint, accent, form = (
            field[:, ::-1] for field in (self.key, self.tint, self.accent, self.form)
        )
        return Painting(key, tint, accent, form)
