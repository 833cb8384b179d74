"""The walls as pictures: contact sheets to look at, print or send."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from tinyclf.domain import GRADES, Grade, Job, Progress
from tinyclf.errors import InputError, StorageError
from tinyclf.export.originals import require_apart
from tinyclf.export.rows import ExportRow
from tinyclf.export.wall_look import LOOKS, WallLook
from tinyclf.export.wall_sheet import SheetTitle, WallSheet
from tinyclf.whole_file import make_folder, whole_file

SUFFIXES = (".jpg", ".png")
_SHEET = re.compile(r"wall_[1-5](_[1-9][0-9]*_of_[1-9][0-9]*)?")


def wall_sheets(
    rows: Iterable[ExportRow],
    folder: Path,
    thumbnail: Callable[[ExportRow], bytes | None],
    *,
    theme: str = "dark",
    columns: int = 10,
    per_sheet: int = 200,
    suffix: str = ".jpg",
) -> Job[list[Path]]:
    """Draw the five walls, the proposed photos first, else in the order given.

    A wall is ``wall_4.jpg``, or ``wall_4_1_of_3.jpg`` and so on where it needs several sheets.
    Other sheets of these names, which an earlier export has left there, are removed.

    Args:
        rows: The photos; those without a grade hang nowhere.
        folder: Where the pictures go; it is made where it is missing.
        thumbnail: Gives a photo's encoded thumbnail, or ``None`` where the photo is missing.
        theme: ``dark`` or ``light``.
        columns: Photos side by side, at most.
        per_sheet: Photos on a sheet, at most.
        suffix: ``.jpg`` or ``.png``.

    Returns:
        The pictures, worst grade first.

    Raises:
        InputError: the folder holds the photos, or theme or suffix is none of these.
        StorageError: a picture cannot be written.
    """
    _require_known(theme, suffix)
    rows = list(rows)
    require_apart(rows, [folder])
    make_folder(folder)
    plans = [plan for grade in GRADES for plan in _plans(rows, grade, per_sheet, suffix)]
    yield from _drawn(plans, folder, thumbnail, LOOKS[theme], columns)
    _remove_older(folder, {plan.name for plan in plans}, suffix)
    return [folder / plan.name for plan in plans]


@dataclass(frozen=True)
class _Plan:
    """What one sheet is to show, and its file's name."""

    name: str
    title: SheetTitle
    photos: Sequence[ExportRow]


def _require_known(theme: str, suffix: str) -> None:
    if theme not in LOOKS or suffix not in SUFFIXES:
        raise InputError(
            f"No wall can be drawn {theme} as {suffix}: choose dark or light, .jpg or .png."
        )


def _plans(rows: Sequence[ExportRow], grade: Grade, per_sheet: int, suffix: str) -> Iterator[_Plan]:
    wall = sorted((row for row in rows if row.grade == grade), key=_is_human)
    parts = [wall[k : k + per_sheet] for k in range(0, len(wall), per_sheet)] or [[]]
    for number, photos in enumerate(parts, start=1):
        of_several = f"_{number}_of_{len(parts)}" if len(parts) > 1 else ""
        title = SheetTitle(grade, _headline(grade, len(wall), number, len(parts)), _note(wall))
        yield _Plan(f"wall_{grade:d}{of_several}{suffix}", title, photos)


def _drawn(
    plans: Sequence[_Plan],
    folder: Path,
    thumbnail: Callable[[ExportRow], bytes | None],
    look: WallLook,
    columns: int,
) -> Job[None]:
    done, total = 0, sum(len(plan.photos) for plan in plans)
    for plan in plans:
        sheet = WallSheet(plan.title, len(plan.photos), look, columns)
        for index, row in enumerate(plan.photos):
            yield Progress("Drawing walls", done, total)
            sheet.put(index, row, thumbnail(row))
            done += 1
        _save(sheet, folder / plan.name)
    yield Progress("Drawing walls", total, total)


def _remove_older(folder: Path, names: Set[str], suffix: str) -> None:
    """Remove the sheets that an earlier export of more of them, or fewer, has left."""
    for path in folder.iterdir():
        ours = path.suffix == suffix and _SHEET.fullmatch(path.stem)
        if ours and path.name not in names and path.is_file():
            _remove(path)


def _remove(sheet: Path) -> None:
    try:
        sheet.unlink()
    except OSError as error:
        raise StorageError(
            f"The older sheet {sheet} cannot be removed: {error.strerror or error}. Choose another "
            "folder."
        ) from error


def _is_human(row: ExportRow) -> bool:
    return row.human is not None


def _headline(grade: Grade, photos: int, number: int, sheets: int) -> str:
    count = "1 photo" if photos == 1 else f"{photos:,} photos"
    sheet = f" · sheet {number} of {sheets}" if sheets > 1 else ""
    return f"Grade {grade:d} · {count}{sheet}"


def _note(wall: Sequence[ExportRow]) -> str:
    proposals = [row.proposal for row in wall if row.human is None and row.proposal]
    accepted, unseen = sum(row.verified for row in wall), [row for row in wall if row.in_bulk]
    parts = []
    if proposals:
        wrong = sum(1 - proposal.confidence for proposal in proposals)
        parts.append(f"{len(proposals):,} proposed, about {wrong:.0f} of them wrong")
    if by_hand := len(wall) - len(proposals) - accepted:
        parts.append(f"{by_hand:,} by hand")
    if looked_at := accepted - len(unseen):
        parts.append(f"{looked_at:,} accepted")
    if unseen:
        parts.append(f"{len(unseen):,} accepted unseen")
    return " · ".join(parts)


def _save(sheet: WallSheet, target: Path) -> None:
    with whole_file(target) as part:
        if target.suffix == ".png":
            sheet.image.save(part, "PNG")
        else:
            sheet.image.save(part, "JPEG", quality=90, subsampling=0)
