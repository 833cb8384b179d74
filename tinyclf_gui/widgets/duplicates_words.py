"""What came of selecting the near-duplicates of photos, in a sentence."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from tinyclf_gui.widgets.grade_words import number


class Duplicates(NamedTuple):
    """How many near-duplicates there are of the photos that were selected.

    Attributes:
        taken: Those selected too.
        done: Those left alone, as they are done with: dimmed in this list.
        hidden: Those that this list does not show.
    """

    taken: int
    done: int = 0
    hidden: int = 0


def duplicates_in_words(duplicates: Duplicates, photos: int) -> str:
    """Return what was selected, and what was not.

    Args:
        duplicates: How many there are.
        photos: Of how many photos.
    """
    if not any(duplicates):
        one = _tr("No near-duplicates of this photo.")
        return one if photos == 1 else _tr("No near-duplicates of these photos.")
    parts = [_tr("No other near-duplicate here")]
    if duplicates.taken:
        several = _tr("{n} near-duplicates selected too").format(n=number(duplicates.taken))
        parts = [_tr("1 near-duplicate selected too") if duplicates.taken == 1 else several]
    if duplicates.done:
        parts.append(_tr("{n} done already, left alone").format(n=number(duplicates.done)))
    if duplicates.hidden:
        words = _tr("{n} more not shown here: Show all has them")
        parts.append(words.format(n=number(duplicates.hidden)))
    return " · ".join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DuplicatesWords", text)
