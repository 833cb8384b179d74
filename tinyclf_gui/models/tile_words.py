"""A tile in words: as a screen reader says it, and as its tool tip tells more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from tinyclf.domain import GRADES, NO_VERDICT, Mark
from tinyclf_gui.models.fault_words import faults_in_words
from tinyclf_gui.models.tile import Tile

LEAST_TOLD = 0.005
"""Of a grade that is less likely, 0 % would be told."""


def spoken(tile: Tile) -> str:
    """Return a tile as a screen reader says it."""
    words = [tile.name, _verdict(tile)]
    if tile.verified:
        words.append(_tr("accepted with the rest") if tile.in_bulk else _tr("accepted"))
    if tile.believed:
        words.append(_tr("looks like {grade}").format(grade=tile.believed))
    if tile.faults:
        words.append(_tr("bad photo: {0}").format(faults_in_words(tile.faults)))
    if tile.pinned:
        words.append(_tr("pinned as an example"))
    if tile.for_exam:
        words.append(_tr("counts for the exam"))
    if tile.duplicates:
        words.append(_tr("one of {n} near-duplicates").format(n=tile.duplicates))
    if tile.dimmed:
        words.append(_tr("no longer matches"))
    if tile.gone_from:
        words.append(_tr("not found in {folder}").format(folder=tile.gone_from))
    return ", ".join(words)


def tip(tile: Tile, path: str, shares: Sequence[float]) -> str:
    """Return what more there is to know than the tile shows.

    Args:
        tile: What it shows.
        path: Where the photo's file is, or was.
        shares: How likely each grade is, (5,).
    """
    if tile.gone_from:
        path = _tr("Not found: {path}").format(path=path)
    if tile.faults:
        told = _tr("Bad photo, not learnt from: {faults}")
        path = f"{path}\n{told.format(faults=faults_in_words(tile.faults))}"
    if tile.for_exam:
        path = f"{path}\n{_tr('Counts for the exam, not learnt from')}"
    if tile.in_bulk:
        return f"{path}\n{_tr('Accepted with the rest of its wall, not looked at singly')}"
    if tile.proposed and tile.code == NO_VERDICT:
        return f"{path}\n{_could_be(shares)}"
    return path


def _verdict(tile: Tile) -> str:
    if tile.blind:
        return _tr("shown again without your grade")
    if tile.code > NO_VERDICT:
        return _tr("your grade {grade}").format(grade=tile.code)
    if tile.code != NO_VERDICT:
        unsure = tile.code == Mark.UNSURE
        return _tr("you are unsure") if unsure else _tr("not gradable")
    if tile.proposed:
        return _tr("proposed {grade}, {percent} per cent, or {other}").format(
            grade=tile.proposed, percent=round(100 * tile.confidence), other=tile.runner_up
        )
    return _tr("not graded")


def _could_be(shares: Sequence[float]) -> str:
    """Return all grades that a photo could be, the likeliest first: "4: 62 %, 3: 30 %"."""
    likely = [one for one in zip(GRADES, shares, strict=True) if one[1] >= LEAST_TOLD]
    told = _tr("{grade}: {percent} %")
    return ", ".join(
        told.format(grade=int(grade), percent=round(100 * share))
        for grade, share in sorted(likely, key=lambda one: -one[1])
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("TileWords", text)
