"""As soon as the exam is complete, the window shows what is right by it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel

from tinyclf.domain import GRADES, JudgedOn, Progress
from tinyclf_gui.commands import GradePhotos

STARTERS, EXAM = "abcd", "efghijkl"


@pytest.fixture
def folder(tmp_path):
    """Photos a1 … l5, brighter where the grade is better."""
    folder = tmp_path / "photos"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for letter in STARTERS + EXAM:
        for grade in GRADES:
            grain = rng.integers(-10, 10, (16, 24, 3))
            pixels = (40 * int(grade) + grain).clip(0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(folder / f"{letter}{int(grade)}.png")
    return folder


def set_aside(person):
    photos = [person.photo(f"{letter}{int(grade)}") for letter in EXAM for grade in GRADES]
    person.session._store.reserve_exam(photos, most=len(photos))
    person.workspace.collection.refresh()
    person.workspace.collection.recount()


def train(person):
    person.go_to("train")
    person.click("fastPreset")
    person.train()
    person.go_to("label")


@pytest.fixture
def examinee(collector):
    """A person who has graded twenty photos, set forty others aside, and trained."""
    collector.grade_truly(STARTERS)
    set_aside(collector)
    train(collector)
    return collector


def answer(person, qtbot):
    """Grade all of the exam; return what it tells."""
    with qtbot.waitSignal(person.workspace.judge.judged, timeout=20_000) as heard:
        person.grade_truly(EXAM)
    person.wait_until_idle()
    return heard.args[0]


def judgements(person, monkeypatch):
    """Return a list that grows with each judgement."""
    judge, made = person.session.judge, []

    def counted():
        made.append(1)
        return judge()

    monkeypatch.setattr(person.session, "judge", counted)
    return made


def forever():
    while True:
        yield Progress("Judging", 0, 0)


def header(person):
    return person.find(QLabel, "qualityLabel").text()


def test_before_it_is_complete_the_grades_are_cross_checked(examinee):
    examinee.grade_truly(EXAM[:-1])
    assert not examinee.workspace.workbench.learning
    assert "cross-checked on 20" in header(examinee)


def test_the_last_answer_tells_what_is_right(examinee, qtbot):
    trained = examinee.session.model.number
    quality = answer(examinee, qtbot)
    assert examinee.session.model.number == trained
    assert (quality.judged_on, quality.photos) == (JudgedOn.EXAM, 40)
    assert "right (exam of 40)" in header(examinee)
    assert "Complete: judged on it, " in examinee.words()


def test_nobody_is_disturbed(examinee, qtbot):
    shown = []
    examinee.workspace.workbench.busyChanged.connect(shown.append)
    answer(examinee, qtbot)
    assert not any(shown)


def test_where_it_errs_is_of_the_exam_too(examinee, qtbot):
    answer(examinee, qtbot)
    examinee.go_to("train")
    assert " of 40 wrong" in examinee.words()


def test_it_is_judged_also_where_nothing_is_learnt_unasked(examinee, qtbot):
    examinee.workspace.learning.enabled = False
    assert answer(examinee, qtbot).photos == 40


def test_an_answer_that_is_changed_is_judged_again(examinee, qtbot):
    before = answer(examinee, qtbot)
    wrong = GradePhotos([examinee.photo("e1")], GRADES[4])
    with qtbot.waitSignal(examinee.workspace.judge.judged, timeout=20_000) as heard:
        examinee.workspace.collection.do(wrong)
        examinee.workspace.collection.recount()
    assert heard.args[0].exact.value != before.exact.value
    examinee.wait_until_idle()


def test_a_training_that_was_judged_on_it_is_not_judged_twice(examinee, qtbot, monkeypatch):
    answer(examinee, qtbot)
    made = judgements(examinee, monkeypatch)
    train(examinee)
    examinee.workspace.collection.recount()
    assert "exam of 40" in header(examinee)
    assert made == []


def test_a_classifier_older_than_the_exam_is_tried_once(collector, monkeypatch):
    collector.grade_truly(STARTERS)
    train(collector)
    set_aside(collector)
    made = judgements(collector, monkeypatch)
    collector.grade_truly(EXAM)
    collector.wait_until_idle()
    collector.workspace.collection.recount()
    collector.wait_until_idle()
    assert made == [1]
    assert "cross-checked on 20" in header(collector)
    assert "from the next training on" in collector.words()


def test_it_is_judged_when_the_collection_is_opened(examinee, qtbot, monkeypatch):
    path = examinee.session.path
    monkeypatch.setattr(examinee.session, "judge", forever)
    examinee.grade_truly(EXAM)
    examinee.choose("close")
    examinee.desk.open_collection(path)
    examinee.wait_until_idle()
    examinee.workspace.collection.recount()
    examinee.wait_until_idle()
    assert "exam of 40" in header(examinee)
