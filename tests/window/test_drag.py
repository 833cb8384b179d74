"""Photos are dragged onto a grade or a wall, and a folder onto the window, in a real window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.window.conftest import make_album
from tinyclf.domain import GRADES, ActKind
from tinyclf.session import Session
from tinyclf.training.config import TrainingConfig

pytestmark = [pytest.mark.window, pytest.mark.timeout(400)]

PHOTOS = 40
GRADED = 20
CONFIG = TrainingConfig(features="pixels", hidden=(), least_steps=60, folds=2)


@pytest.fixture
def trained(tmp_path, home, finish):
    """A collection of which half is graded, and the other half hangs on walls."""
    album = tmp_path / "album"
    truth = make_album(album, PHOTOS)
    path = home / "album.tinyclf"
    with Session.create(path, home / "caches") as session:
        finish(session.import_photos(album))
        session.refresh()
        for row in range(GRADED):
            grade = truth[session.table.path(row).stem]
            session.grade([session.table.ids[row]], GRADES[grade - 1])
        finish(session.train(CONFIG, "own"))
        finish(session.propose())
    return path


def test_photos_are_dragged_onto_a_wall_and_onto_a_grade(sit_down, trained, home):
    person = sit_down(str(trained))
    wall = fullest_wall(person)
    to_wall = 1 if wall > 1 else 3
    first, *_ = person.look()["photos"]
    person.drag_photo(first, f"wallTab{to_wall}")
    person.wait_for(lambda view: code(view, first) == to_wall)
    person.press("ctrl+1")
    second, third, *_ = person.wait_for(lambda view: view["page"] == "label")["photos"]
    before = code(person.look(), second), code(person.look(), third)
    assert 4 not in before
    person.click_photo(second)
    person.press("ctrl+Right", "ctrl+space")
    person.drag_photo(third, "gradeButton4")  # a press where one has just clicked is a double click
    person.wait_for(lambda view: code(view, second) == 4)
    person.wait_for(lambda view: code(view, third) == 4)
    person.press("ctrl+z")
    person.wait_for(lambda view: (code(view, second), code(view, third)) == before)
    person.press("ctrl+q")
    assert person.wait_until_gone() == 0
    assert person.complaints() == ""
    with Session.open(trained) as session:
        kinds = [(act.kind, len(act.photo_ids)) for act in session.history(3)]
    assert kinds == [(ActKind.UNDO, 2), (ActKind.GRADE, 2), (ActKind.CORRECT, 1)]


def code(view, photo):
    return view["photos"].get(photo, {}).get("code")


def fullest_wall(person):
    """Show the first wall that has three photos left; return its grade."""
    person.wait_for_widget("wallTab1")
    for wall in range(1, 6):
        person.click(f"wallTab{wall}")
        person.wait_for(lambda view, wall=wall: view["widgets"][f"wallTab{wall}"]["checked"])
        if len(person.look()["photos"]) >= 3:
            return wall
    raise AssertionError("no wall has three photos")


def test_a_folder_dropped_on_the_window_is_opened(sit_down, screen, tmp_path):
    album = tmp_path / "album"
    make_album(album, 6)
    person = sit_down()
    target = person.wait_for_widget("openFolderButton")["widgets"]["openFolderButton"]["place"]
    source = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("folder_to_drag.py")), str(album)],
        stdout=subprocess.PIPE,
        env={name: value for name, value in screen.env.items() if name != "QT_QPA_PLATFORM"},
        text=True,
    )
    assert source.stdout is not None
    with source:
        place = [int(number) for number in source.stdout.readline().split()]
        person.drag(place, target)
        person.wait_for(lambda view: len(view["photos"]) == 6)
        source.terminate()
    person.press("ctrl+q")
    assert person.wait_until_gone() == 0
    assert person.complaints() == ""
