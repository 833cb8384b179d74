"""Every grade that was on the screen is there again, even if the program is killed with -9."""

from __future__ import annotations

import queue
import random
import subprocess
from pathlib import Path
from time import sleep

import pytest
from PIL import Image

from tinyclf.domain import verdict_code
from tinyclf.session import Session

pytestmark = [pytest.mark.window, pytest.mark.timeout(400)]

KILLS = 20
PHOTOS = 60
MOST_GRADES = 30


@pytest.fixture
def collection(tmp_path: Path, home: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(PHOTOS):
        Image.new("RGB", (40, 30), (4 * number, 80, 90)).save(folder / f"photo_{number:02}.png")
    path = home / "photos.tinyclf"
    with Session.create(path, home / "caches") as session:
        for _ in session.import_photos(folder):
            pass
    return path


def grade_until_killed(person, screen, chance):
    """Kill while keys come in, after some grades were seen; return all that were seen."""
    seen, enough = [], chance.randint(1, MOST_GRADES)
    person.wait_for(lambda view: len(view["photos"]) > 5)
    person.watch()
    digits = [str(chance.randint(1, 5)) for _ in range(PHOTOS)]
    keys = ["xdotool", "key", "--delay", "25", *digits]
    with subprocess.Popen(keys, env=screen.env) as hands:
        while len(seen) < enough:
            seen += told(person.painted.get(timeout=60))
        sleep(chance.random() / 10)
        person.kill()
        hands.terminate()
    while True:
        try:
            seen += told(person.painted.get_nowait())
        except queue.Empty:
            return seen


def told(painted):
    return [(name, code) for name, code in painted.items() if code]


def test_every_grade_that_was_seen_is_there(sit_down, screen, collection):
    chance = random.Random(7)
    for _ in range(KILLS):
        person = sit_down(str(collection))
        seen = grade_until_killed(person, screen, chance)
        with Session.open(collection) as session:
            assert set(seen) <= set(given(session))


def given(session):
    """Return every verdict ever given, as (name, code)."""
    table = session.table
    return [
        (table.path(table.row_of[photo_id]).stem, verdict_code(act.verdict))
        for act in session.history(limit=10**6)
        for photo_id in act.photo_ids
    ]
