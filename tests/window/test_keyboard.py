"""An evening without a mouse: graded, trained, corrected, taken back, begun anew; all right."""

from __future__ import annotations

import pytest

from tests.window.conftest import make_album
from tinyclf.domain import ActKind
from tinyclf.session import Session

pytestmark = [pytest.mark.window, pytest.mark.timeout(400)]

PHOTOS = 270
GRADED = 200
CORRECTED = 60
BACK = 70
"""So many steps back reach past the training."""
AT_ONCE = 25


@pytest.fixture
def album(tmp_path):
    return tmp_path / "album"


@pytest.fixture
def truth(album):
    return make_album(album, PHOTOS)


def test_an_evening_without_a_mouse(sit_down, album, truth, home):
    person = sit_down()
    open_folder(person, album)
    typed = grade(person, truth)
    train(person)
    typed |= correct(person)
    go_back_and_forth(person)
    go_to_the_beginning_and_forth(person)
    quit_program(person)
    check(home, typed)
    again = sit_down()
    again.wait_for_widget("wallTab1")
    again.press("ctrl+z")
    again.wait_for(lambda view: "taken back" in view["widgets"]["actToast"]["told"])
    again.press("ctrl+shift+z")
    again.wait_for(lambda view: "done again" in view["widgets"]["actToast"]["told"])
    quit_program(again)
    check(home, typed)


def open_folder(person, folder):
    person.press("ctrl+o")
    person.wait_for_widget("fileNameEdit")
    person.press("ctrl+a")
    person.type(f"{folder}")
    person.wait_for_widget("fileNameEdit", str(folder))
    person.press("Return")
    person.wait_for_widget("suggestedChip", "50", patience=120)


def grade(person, truth):
    """Type the grades of the first photos, as fast as the keys repeat."""
    person.tab_to("suggestedChip")
    person.press("space")
    person.wait_for(lambda view: not view["widgets"]["suggestedChip"]["checked"])
    person.tab_to("photoGrid")
    person.press("Home")
    person.wait_for(lambda view: view["focused"] == "p000")
    names = sorted(truth)
    for first in range(0, GRADED, AT_ONCE):
        batch = names[first : first + AT_ONCE]
        person.press(*(str(truth[name]) for name in batch))
        following = names[first + AT_ONCE]
        person.wait_for(lambda view, following=following: view["focused"] == following)
    person.wait_for_widget("gradedChip", f"{GRADED}")
    return {name: truth[name] for name in names[:GRADED]}


def train(person):
    person.press("ctrl+t")
    person.wait_for(lambda view: "Trained on" in view["widgets"]["actToast"]["told"], patience=120)
    person.press("ctrl+3")
    person.wait_for_widget("wallTab1")


def correct(person):
    """On each wall, say of every photo that it belongs on the next; 60 in all."""
    typed = {}
    for wall in (5, 4, 3, 2, 1):
        choose_wall(person, wall)
        other = wall - 1 or 5
        while len(typed) < CORRECTED and (name := next_to_check(person.look(), wall)):
            if person.look()["focused"] != name:
                person.press("Home")
            before = person.look()["focused"]
            person.press(str(other))
            view = person.wait_for(
                lambda view, before=before, other=other: view["photos"][before]["code"] == other
            )
            typed[before] = view["photos"][before]["code"]
            step_on(person, before)
    assert len(typed) == CORRECTED
    return typed


def step_on(person, before):
    """Go on to the next photo, where the toggle has not done it."""
    view = person.look()
    if view["focused"] == before:
        person.press("Right")


def next_to_check(view, wall):
    """Return the first photo of the wall that still waits."""
    focused = view["focused"]
    waiting = [
        name
        for name, photo in view["photos"].items()
        if not photo["code"] and photo["proposed"] == wall
    ]
    return focused if focused in waiting else next(iter(waiting), None)


def choose_wall(person, wall):
    """By Tab to the walls, by arrows among them, by Tab to the photos."""
    tabs = [f"wallTab{n}" for n in (5, 4, 3, 2, 1)]
    for _ in range(60):
        if person.look()["keyboard"] in tabs:
            break
        person.press("Tab")
    for _ in tabs:
        view = person.look()
        if view["widgets"][f"wallTab{wall}"]["checked"]:
            break
        person.press("Right")
    person.wait_for(lambda view: view["widgets"][f"wallTab{wall}"]["checked"])
    person.tab_to("photoGrid")


def go_back_and_forth(person):
    person.press(*["ctrl+z"] * BACK)
    person.press("ctrl+1")
    person.wait_for_widget("gradedChip", f"{GRADED + CORRECTED - BACK}")
    person.press(*["ctrl+shift+z"] * BACK)
    person.wait_for_widget("gradedChip", f"{GRADED + CORRECTED}")


def go_to_the_beginning_and_forth(person):
    """By the history: everything is taken back in one stroke, and done again in another."""
    person.press("ctrl+h")
    person.wait_for(lambda view: view["keyboard"] == "historyList")
    person.press("End", "End")
    person.tab_to("returnButton")
    person.press("space")
    person.wait_for_widget("actToast")
    person.wait_for_widget("gradedChip", "Graded 0")
    person.tab_to("historyList")
    person.press("Home")
    person.tab_to("returnButton")
    person.wait_for_widget("returnButton", "Do again up to here")
    person.press("space")
    person.wait_for_widget("gradedChip", f"{GRADED + CORRECTED}")
    person.press("Escape")
    person.wait_for(lambda view: view["keyboard"] == "photoGrid")


def quit_program(person):
    person.press("ctrl+q")
    assert person.wait_until_gone() == 0
    assert person.complaints() == ""


def check(home, typed):
    """The file holds what was typed, and nothing else."""
    with Session.open(home / "Documents" / "Tiny Classifier" / "album.tinyclf") as session:
        table = session.table
        codes = {table.path(row).stem: int(table.codes[row]) for row in range(len(table))}
        assert {name: code for name, code in codes.items() if code} == typed
        acts = [act.kind for act in session.history(10_000)]
        assert acts.count(ActKind.GRADE) == GRADED
        assert acts.count(ActKind.CORRECT) == CORRECTED
        assert acts.count(ActKind.UNDO) == acts.count(ActKind.REDO) >= BACK + GRADED + CORRECTED
        assert session.steps_to(0) == GRADED + CORRECTED
