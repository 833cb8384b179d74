"""Bad photos in words and in JSON."""

from __future__ import annotations

from tinyclf.cli.words import count_of
from tinyclf.domain import PhotoFault
from tinyclf.session.photo_gate import BadPhotos

_WORDS = {
    PhotoFault.BLURRED: "blurred",
    PhotoFault.DARK: "too dark",
    PhotoFault.GLARE: "glare",
    PhotoFault.TINY: "tiny",
    PhotoFault.CUT_OFF: "cut off",
}


def bad_in_words(bad: BadPhotos) -> str:
    """Return how many photos look bad, and what is wrong: "12 look bad: 9 blurred, 3 glare"."""
    faults = ", ".join(f"{count:,} {_WORDS[fault]}" for fault, count in bad.by_fault)
    verb = "looks bad" if bad.photos == 1 else "look bad"
    left_out = f"; {bad.graded:,} of them graded, and not learnt from" if bad.graded else ""
    return f"{bad.photos:,} {verb} ({faults}){left_out}"


def left_out_in_words(count: int) -> str:
    """Return what is said of a training that left out bad photos."""
    return (
        f"{count_of(count, 'graded photo')} not learnt from: they look blurred, dark or otherwise "
        "bad. All the same: --use-bad-photos."
    )


def bad_json(bad: BadPhotos) -> dict[str, object]:
    """Return the same as JSON."""
    return {
        "bad_photos": bad.photos,
        "bad_graded": bad.graded,
        "fine_photos": bad.fine,
        "faults": {
            str(fault.name).lower(): dict(bad.by_fault).get(fault, 0) for fault in PhotoFault
        },
    }
