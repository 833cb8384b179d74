"""Photos compared in a real window, by mouse and keys."""

from __future__ import annotations

import pytest

from tinyclf.samples import draw_samples

pytestmark = [pytest.mark.window, pytest.mark.timeout(200)]


def code(view, number):
    return view["widgets"][f"comparePane{number}"]["code"]


def test_three_photos_are_zoomed_together_and_graded_one_by_one(sit_down, tmp_path):
    stamps = tmp_path / "stamps"
    for _ in draw_samples(stamps, 12, seed=3):
        pass
    person = sit_down(str(stamps))
    person.wait_for(lambda view: len(view["photos"]) == 12)
    person.wait_for(lambda view: view["keyboard"] == "photoGrid")
    person.press("Home", "shift+Right", "shift+Right", "c")
    person.wait_for(lambda view: view["keyboard"] == "comparePane1")
    person.turn_wheel("comparePane2", 6)
    person.wait_for(lambda view: all(enlarged(view, number) for number in (1, 2, 3)))
    person.press("Tab", "4")  # the mouse is still over the second
    person.wait_for(lambda view: code(view, 2) == 4)
    person.press("Right", "2")
    view = person.wait_for(lambda view: code(view, 3) == 2)
    assert code(view, 1) == 0
    assert all(enlarged(view, number) for number in (1, 2, 3))
    person.press("ctrl+z")
    view = person.wait_for(lambda view: code(view, 3) == 0)
    assert all(enlarged(view, number) for number in (1, 2, 3))
    person.press("Escape")
    view = person.wait_for(lambda view: view["keyboard"] == "photoGrid")
    assert sorted(photo["code"] for photo in view["photos"].values()) == [*[0] * 11, 4]
    person.press("5")
    view = person.wait_for(
        lambda view: sum(photo["code"] == 5 for photo in view["photos"].values()) == 3
    )
    person.press("ctrl+q")
    assert person.wait_until_gone() == 0
    assert person.complaints() == ""


def enlarged(view, number):
    return view["widgets"][f"comparePane{number}"]["enlarged"] > 2
