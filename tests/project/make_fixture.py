"""Writes a small collection as this version of the program does: ``python make_fixture.py OUT``.

Run it when the schema's version goes up, and keep the file beside those of earlier versions.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

from tinyclf.domain import ActKind, Copy, Grade, Interval, Mark, Photo, PhotoId, Problem, Quality
from tinyclf.project import CollectionStore, StoredNovelty
from tinyclf.training.gate import Gate

FOLDER = Path("/photos/stamps")
NAMES = [b"1.jpg", b"2.jpg", b"album/3.jpg", "4 é.jpg".encode(), b"5 caf\xe9.jpg", b"6.jpg"]
IDS = [PhotoId(f"{number:032x}") for number in range(1, 7)]
EVEN = Interval(0.5, 0.25, 0.75)


def main(out: Path) -> None:
    with CollectionStore.create(out) as store:
        photos = [
            Photo(photo_id, FOLDER / os.fsdecode(name), 400, 300, 1000, 1_700_000_000_000_000_000)
            for photo_id, name in zip(IDS, NAMES, strict=True)
        ]
        empty = Problem(FOLDER / "empty.jpg", "the file is empty")
        again = Copy(FOLDER / "again.jpg", IDS[2], photos[2].path)
        store.add_photos(FOLDER, photos, [empty], [again])
        store.record(ActKind.GRADE, [(IDS[0], Grade.BARELY_VISIBLE), (IDS[1], Grade.POOR)])
        store.record(ActKind.GRADE, [(IDS[5], Mark.NOT_GRADABLE)])
        model = store.save_model(
            b"weights",
            preset="balanced",
            config={"hidden": [64]},
            quality=Quality(EVEN, EVEN, EVEN, EVEN, ((1, 0, 0, 0, 0),) * 5, "exam", 5),
            extractor_key="encoder-1",
            seconds=2.5,
            cross_validated=0.4,
            gate=Gate(is_open=True, gain=0.25, error=0.125),
            opinions=(IDS[:2], np.array([1, 2]), np.full((2, 5), 0.2)),
        )
        store.save_proposals(model.number, IDS[2:5], np.eye(5)[[2, 3, 4]])
        store.reserve_exam([IDS[4]])
        store.save_audit(Grade.GOOD, model.number, 1, [IDS[3]], [1])
        store.record(ActKind.ACCEPT, [(IDS[2], Grade.FAIR)])
        store.record_second_looks([(IDS[0], Grade.POOR)])
        store.record_second_looks([(IDS[1], Grade.POOR)], blind=False)
        store.save_novelty(model.number, StoredNovelty(3, 0.5, 0.1, is_unlike=True), [IDS[3]])
        store.set_groups("user", {IDS[0]: "front and back", IDS[1]: "front and back"})
        store.set_groups("duplicate", {IDS[1]: IDS[1], IDS[2]: IDS[1]})
        store.set_fine([IDS[5]])
        store.record(ActKind.CORRECT, [(IDS[3], Grade.FLAWLESS)])
        store.undo()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
