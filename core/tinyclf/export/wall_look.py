"""The colours and sizes of a wall that is drawn as a picture."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]


def colour(code: str) -> Colour:
    """Return the colour of a code such as ``#1e1f22``."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


@dataclass(frozen=True)
class WallLook:
    """The surfaces, neutral greys, so that paper and fading are judged rightly."""

    window: Colour
    panel: Colour
    text: Colour
    muted: Colour


DARK = WallLook(*map(colour, ("#1e1f22", "#26282c", "#e6e7e9", "#9a9ea6")))
LIGHT = WallLook(*map(colour, ("#ececee", "#f7f7f8", "#1d1f23", "#666b73")))
LOOKS = {"dark": DARK, "light": LIGHT}

GRADE_COLOURS = tuple(map(colour, ("#d55e00", "#e69f00", "#9a9ea6", "#009e73", "#0072b2")))
"""Safe for the colour-blind, worst grade first; the digit always stands in the mark."""

LEGIBLE = 4.5
"""The contrast that text needs (WCAG 2.1, 1.4.3)."""


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def legible(ink: Colour, ground: Colour, text: Colour) -> Colour:
    """Return a colour, moved towards the text's until it can be read on the ground."""
    for share in (k / 20 for k in range(21)):
        red, green, blue = (round(a + (b - a) * share) for a, b in zip(ink, text, strict=True))
        if contrast((red, green, blue), ground) >= LEGIBLE:
            return red, green, blue
    return text


def ink_on(ground: Colour) -> Colour:
    """Return white or near-black, whichever reads better on the ground."""
    return max(((255, 255, 255), (23, 24, 26)), key=lambda ink: contrast(ink, ground))


def _luminance(of: Colour) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in of)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
