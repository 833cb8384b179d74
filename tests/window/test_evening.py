"""The whole evening in a real window: from Welcome to a retrained wall, by mouse and keys."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from tinyclf.domain import ActKind
from tinyclf.samples import draw_samples
from tinyclf.session import Session

pytestmark = [pytest.mark.window, pytest.mark.timeout(400)]

STAMPS = 48
STARTERS = 24


@pytest.fixture
def stamps(tmp_path: Path) -> Path:
    folder = tmp_path / "stamps"
    for _ in draw_samples(folder, STAMPS, seed=3):
        pass
    return folder


@pytest.fixture
def truth(stamps: Path) -> dict[str, int]:
    with (stamps / "truth.csv").open(newline="") as table:
        return {Path(row["photo"]).stem: int(row["grade"]) for row in csv.DictReader(table)}


def open_folder(person, folder):
    """Open a folder from Welcome: its path is typed into the question."""
    person.click("openFolderButton")
    person.wait_for_widget("fileNameEdit")
    person.press("ctrl+a")
    person.type(f"{folder}")
    person.wait_for_widget("fileNameEdit", str(folder))
    person.press("Return")


def grade_starters(person, truth):
    """Grade what has the focus by what one sees of it."""
    for _ in range(STARTERS):
        name = person.look()["focused"]
        person.press(str(truth[name]))
        person.wait_for(lambda view, name=name: view["focused"] != name)


def fullest_wall(view):
    """Return the wall where most is left to check, by what its tab tells."""

    def left(grade):
        photos, graded = map(
            int, re.findall(r": (\d+)", view["widgets"][f"wallTab{grade}"]["told"])
        )
        return photos - graded

    return max(range(1, 6), key=left)


def correct(person, wall):
    """Correct two photos, one by key, one by dragging; sign one, then the rest of the wall."""
    other = 1 if wall > 2 else 5
    first, second, third, *_ = person.look()["photos"]
    person.click_photo(first)
    person.press(str(other))
    person.wait_for(lambda view: view["photos"][first]["code"] == other)
    person.drag_photo(second, f"wallTab{other}")
    person.wait_for(lambda view: view["photos"][second]["code"] == other)
    person.wait_for_widget("retrainButton", "2 corrections")
    person.click_photo(third)
    person.press("Return")
    person.wait_for(lambda view: view["photos"][third]["code"] == wall)
    person.click("acceptRestButton")
    person.wait_for(lambda view: not view["widgets"]["acceptRestButton"]["enabled"])
    return {first: other, second: other, third: wall}


def test_an_evening(sit_down, stamps, truth, home):
    person = sit_down()
    assert person.look()["page"] == "welcome"
    open_folder(person, stamps)
    person.wait_for_widget("suggestedChip", "48")
    grade_starters(person, truth)
    person.wait_for_widget("trainButton", f"Train on {STARTERS} grades")
    person.click("trainButton")
    person.click("seeProposalsButton")
    view = person.wait_for_widget("wallTab1")
    wall = fullest_wall(view)
    person.click(f"wallTab{wall}")
    person.wait_for(lambda view: len(view["photos"]) >= 3)
    corrected = correct(person, wall)
    person.click("retrainButton")
    person.wait_for(lambda view: view["widgets"]["retrainButton"]["words"] == "Retrain")
    person.wait_for(lambda view: "cancelButton" not in view["widgets"])
    person.press("ctrl+q")
    assert person.wait_until_gone() == 0
    assert person.complaints() == ""
    check_what_is_left(home, truth, corrected)


def check_what_is_left(home, truth, corrected):
    """The file holds what was seen, and nothing else."""
    with Session.open(home / "Documents" / "Tiny Classifier" / "stamps.tinyclf") as session:
        table = session.table
        acts = session.history()
        code = {table.path(row).stem: int(table.codes[row]) for row in range(len(table))}
        assert len(table) == STAMPS
        assert [act.kind for act in reversed(acts)] == [
            *[ActKind.GRADE] * STARTERS,
            ActKind.CORRECT,
            ActKind.CORRECT,
            ActKind.ACCEPT,
            ActKind.ACCEPT_REST,
        ]
        graded = {table.path(table.row_of[act.photo_ids[0]]).stem for act in acts[4:]}
        assert {name: code[name] for name in graded} == {name: truth[name] for name in graded}
        assert {name: code[name] for name in corrected} == corrected
        assert session.model.number == 2
        assert (table.ungraded == (table.ungraded & table.has_proposal)).all()
        assert np.count_nonzero(table.verified) == 1 + len(acts[0].photo_ids)


def test_the_sample_stamps_come_with_one_click(sit_down):
    person = sit_down()
    person.click("openSampleButton")
    person.wait_for(lambda view: len(view["photos"]) >= 10)
    person.press("4")
    person.wait_for(lambda view: 4 in [photo["code"] for photo in view["photos"].values()])
    person.press("ctrl+w")
    person.wait_for(lambda view: view["page"] == "welcome")
    person.press("ctrl+q")
    assert person.wait_until_gone() == 0
    assert person.complaints() == ""
