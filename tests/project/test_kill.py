"""What was on the screen is on the disk, even when the program is killed with -9."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tinyclf.domain import ActKind, Grade, PhotoId
from tinyclf.project import CollectionStore

KILLS = 20

GRADE_FOREVER = """
import itertools, pathlib, sys
from tinyclf.domain import ActKind, Grade, PhotoId
from tinyclf.project.store import CollectionStore

store = CollectionStore.open(pathlib.Path(sys.argv[1]))
for number in itertools.count(int(sys.argv[2])):
    photo_id = PhotoId(f"{number % 4000:032x}")
    store.record(ActKind.GRADE, [(photo_id, Grade(number % 5 + 1))])
    print(number, flush=True)
"""


def grade_until_killed(path: Path, start: int, grades: int) -> list[int]:
    with subprocess.Popen(
        [sys.executable, "-c", GRADE_FOREVER, str(path), str(start)], stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        seen = [int(child.stdout.readline()) for _ in range(grades)]
        child.kill()
        return seen + [int(line) for line in child.stdout if line.endswith(b"\n")]


def test_every_grade_that_was_seen_is_there(make_store: Callable[[int], CollectionStore]) -> None:
    store = make_store(4000)
    store.close()
    chance = random.Random(2)
    seen: list[int] = []
    for _ in range(KILLS):
        start = seen[-1] + 2 if seen else 0
        seen += grade_until_killed(store.path, start, chance.randint(1, 60))
        with CollectionStore.open(store.path) as opened:
            labels = {label.photo_id: label.verdict for label in opened.labels()}
            assert len(opened.history(limit=10**9)) - len(seen) in range(KILLS + 1)
        expected = {PhotoId(f"{n % 4000:032x}"): Grade(n % 5 + 1) for n in seen}
        assert expected.items() <= labels.items()


def test_undo_goes_on_after_a_kill(make_store: Callable[[int], CollectionStore]) -> None:
    store = make_store(4000)
    store.record(ActKind.GRADE, [(PhotoId(f"{3999:032x}"), Grade.POOR)])
    store.close()
    grade_until_killed(store.path, 0, 5)
    with CollectionStore.open(store.path) as opened:
        while len(opened.labels()) > 1:
            assert opened.undo()
        assert opened.labels()[0].verdict == Grade.POOR
