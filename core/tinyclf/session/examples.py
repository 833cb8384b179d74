"""The graded photos of a collection as a dataset, for networks of any kind beside its classifier.

It stands here, not among the readers of ``tinyclf.data.datasets``: which photos may be learnt from
(not those of the exam, nor bad ones), and which belong together, only a session knows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from tinyclf.data.datasets.content import require_room
from tinyclf.data.datasets.dataset import Dataset, Parts
from tinyclf.data.datasets.sized_pictures import (
    LARGEST_SIDE,
    SIDE,
    Pixels,
    picture_in,
    read_pictures,
    stacked,
)
from tinyclf.data.identity import open_imported
from tinyclf.domain import GRADES, Job, Photo, Problem
from tinyclf.errors import InputError, PhotoError
from tinyclf.project import PhotoTable
from tinyclf.session.exams import learnable
from tinyclf.session.graded_photos import GradedPhotos, examined_of, graded_among
from tinyclf.trust.exam import EXAM_PHOTOS

WORKERS = 2
"""Threads that decode photos."""

Sound = Callable[[GradedPhotos, PhotoTable], Job[GradedPhotos]]


def read_examples(table: PhotoTable, sound: Sound, name: str, side: int | None) -> Job[Parts]:
    """Read the graded photos as pictures of five classes, the grades.

    They are the ones that a training of the collection learns from: none of the exam or of a unit
    with one of it, none that is not gradable, no bad one. Photos that belong together, such as
    near-duplicates, are one group. The exam is the test part, as soon as it counts: from
    ``EXAM_PHOTOS`` graded photos on.

    Args:
        table: The collection, with its groups.
        sound: Leaves out bad photos.
        name: Of the collection.
        side: To how many pixels the middle of each is brought, both ways; else 32.

    Raises:
        InputError: no photo is graded, or none can be read. One that cannot is a problem of the
            result.
    """
    if side is not None and not 1 <= side <= LARGEST_SIDE:
        raise InputError(f"Pictures can be 1 to {LARGEST_SIDE:,} pixels wide, not {side}.")
    graded = graded_among(table, learnable(table, bad_too=True))
    learnt = yield from sound(graded, table)
    exam = examined_of(table)
    tested = exam if len(exam) >= EXAM_PHOTOS else exam.only(np.zeros(len(exam), np.bool_))
    if not len(learnt):
        raise InputError(f"No photo of {name} that can be learnt from is graded. Grade some first.")
    size = (side or SIDE, side or SIDE)
    photos = [*learnt.photos, *tested.photos]
    require_room(name, len(photos) * 3 * math.prod(size))
    read = yield from read_pictures(photos, partial(_read, size=size), WORKERS)
    return _parts(learnt, tested, *read, name, _notes(graded, learnt, exam, tested, side))


def _read(photo: Photo, size: tuple[int, int]) -> Pixels | Problem:
    try:
        with open_imported(photo) as file:
            return picture_in(file, size)
    except PhotoError as error:
        return Problem(photo.path, str(error))


def _parts(
    learnt: GradedPhotos,
    tested: GradedPhotos,
    pictures: list[Pixels | None],
    problems: list[Problem],
    name: str,
    notes: tuple[str, ...],
) -> Parts:
    is_read = np.array([picture is not None for picture in pictures])
    is_test = np.arange(len(pictures)) >= len(learnt)
    if not is_read[~is_test].any():
        raise InputError(
            f"None of the graded photos of {name} can be read "
            f"({problems[0].path}: {problems[0].reason})."
        )
    every = Dataset(
        x=stacked([picture for picture in pictures if picture is not None]),
        y=np.concatenate([learnt.classes, tested.classes])[is_read].astype(np.int64),
        classes=tuple(str(int(grade)) for grade in GRADES),
        source=f"the graded photos of {name}",
        names=tuple(
            str(photo.path)
            for photo, ok in zip([*learnt.photos, *tested.photos], is_read, strict=True)
            if ok
        ),
        groups=np.concatenate([learnt.units, tested.units])[is_read].astype(np.int64),
    )
    for_test = is_test[is_read]
    test = every.take(for_test) if for_test.any() else None
    return Parts(every.take(~for_test), test, notes, tuple(problems))


def _notes(
    graded: GradedPhotos,
    learnt: GradedPhotos,
    exam: GradedPhotos,
    tested: GradedPhotos,
    side: int | None,
) -> tuple[str, ...]:
    notes = []
    if side is None:
        notes.append(f"The middle of each photo became {SIDE} × {SIDE} pixels.")
    if bad := len(graded) - len(learnt):
        notes.append(f"Of the graded photos {bad:,} look bad and were left out.")
    if len(tested):
        notes.append(f"The exam is the test part: {len(tested):,} photos.")
    elif len(exam):
        notes.append(
            f"The {len(exam):,} graded photos of the exam were left out: it counts from "
            f"{EXAM_PHOTOS} on."
        )
    return tuple(notes)
