"""An import that was stopped leaves photos that nobody compared: no split is made of these."""

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def stopped(collector, folder):
    """A person who has stopped the import of a picture and its smaller copy at the very end."""
    coarse = Image.fromarray(np.random.default_rng(1).integers(0, 256, (9, 9, 3)).astype(np.uint8))
    for name, side in (("y", 160), ("z", 120)):
        coarse.resize((side, side), Image.Resampling.BICUBIC).save(folder / f"{name}1.png")
    job = collector.session.import_photos(folder)
    for report in job:
        if report.what == "Looking for near-duplicates":
            job.close()
    collector.workspace.collection.refresh()
    assert not are_together(collector)
    return collector


def are_together(collector):
    table = collector.session.table
    one, other = table.rows([collector.photo("y1"), collector.photo("z1")])
    return bool(table.units[one] == table.units[other])


def test_they_are_compared_in_idle_time(stopped):
    stopped.workspace.workbench.prepare()
    stopped.wait_until_idle()
    assert are_together(stopped)


def test_they_are_compared_before_photos_are_set_aside(stopped, monkeypatch, qtbot):
    monkeypatch.setattr("tinyclf.session.exams.STARTERS_FOR_AN_EXAM", 5)
    monkeypatch.setattr("tinyclf.session.exams.EXAM_PHOTOS", 2)  # worth it for so few
    stopped.grade_truly("ab")
    drawn = []
    reserve = stopped.session.reserve_exam
    monkeypatch.setattr(
        stopped.session, "reserve_exam", lambda: drawn.append(are_together(stopped)) or reserve()
    )
    stopped.click("setAsideButton")
    qtbot.waitUntil(lambda: bool(drawn))
    assert drawn == [True]
    stopped.wait_until_idle()


def test_what_is_compared_is_drawn_from_at_once(collector):
    told = []
    collector.workspace.workbench.once_compared(lambda: told.append("now"))
    assert told == ["now"]
    assert collector.workspace.workbench.idle
