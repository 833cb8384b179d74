from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tinyclf.domain import GRADES, Act, ActKind, Grade, Mark, PhotoId
from tinyclf.project import PastAct, PastTraining
from tinyclf_gui.act_words import act_in_words, past_in_words, remark_in_words
from tinyclf_gui.commands import (
    BeginAudit,
    ExamplesAsBefore,
    PinExamples,
    SetAsideForExam,
    UnpinExamples,
)


def act(kind, verdict=None, count=1):
    photo_ids = tuple(PhotoId(str(number)) for number in range(count))
    return Act(1, kind, datetime.now(UTC), photo_ids, verdict)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (act(ActKind.GRADE, Grade.GOOD, 312), "312 graded 4"),
        (act(ActKind.CORRECT, Grade.POOR), "1 graded 2"),
        (act(ActKind.GRADE, Mark.UNSURE, 2), "2 marked unsure"),
        (act(ActKind.CORRECT, Mark.NOT_GRADABLE), "1 marked not gradable"),
        (act(ActKind.CLEAR), "1 cleared"),
        (act(ActKind.ACCEPT, Grade.GOOD), "1 accepted"),
        (act(ActKind.ACCEPT_REST, Grade.GOOD, 1200), "1,200 accepted"),
        (act(ActKind.IMPORT, count=150), "150 taken over from a table"),
        (act(ActKind.KEEP, Grade.GOOD, 2), "2 kept"),
        (act(ActKind.LOOK_AGAIN, Grade.GOOD), "1 looked at again"),
        (act(ActKind.UNDO, count=3), "3 taken back"),
        (act(ActKind.REDO, count=3), "3 done again"),
    ],
)
def test_an_act_is_said_in_a_few_words(done, words):
    assert act_in_words(done) == words


def test_several_steps_at_once_are_counted():
    undone = replace(act(ActKind.UNDO, count=5), steps=12)
    assert act_in_words(undone, "IMG_2055") == "12 steps taken back"
    assert act_in_words(replace(undone, kind=ActKind.REDO)) == "12 steps done again"


def test_the_past_is_said_in_the_same_words():
    when = datetime.now(UTC)
    accepted = PastAct(3, ActKind.ACCEPT, when, 1, PhotoId("0"), Grade.GOOD)
    assert past_in_words(accepted, "IMG_2055") == "IMG_2055 accepted"
    assert past_in_words(PastAct(4, ActKind.GRADE, when, 312, None, Grade.GOOD)) == "312 graded 4"
    assert past_in_words(PastTraining(5, when, 1300)) == "Trained on 1,300 grades"
    assert past_in_words(PastTraining(6, when, None)) == "Trained"


def test_what_is_drawn_by_chance_is_said():
    assert remark_in_words(SetAsideForExam()) == "Photos set aside for the exam"
    assert remark_in_words(BeginAudit(Grade.GOOD)) == ""


@pytest.mark.parametrize(
    ("remark", "words"),
    [
        (PinExamples(["1"], [Grade.FAIR]), "Pinned as an example of grade 3"),
        (PinExamples(["1", "2"], [Grade.FAIR]), "2 pinned as examples of grade 3"),
        (PinExamples(["1", "2"], GRADES[1:3]), "2 pinned as examples of their grades"),
        (UnpinExamples(["1"], [Grade.FAIR]), "No example of grade 3 any more"),
        (UnpinExamples(["1", "2"], [Grade.FAIR]), "2 are no examples of grade 3 any more"),
        (UnpinExamples(["1", "2"], GRADES[1:3]), "2 are no examples any more"),
        (ExamplesAsBefore([]), "Examples as before"),
    ],
)
def test_what_is_pinned_is_said_with_its_grade(remark, words):
    assert remark_in_words(remark) == words


@pytest.mark.parametrize(
    ("remark", "words"),
    [
        (PinExamples(["1"], [Grade.FAIR]), "Pinned as an example of its grade"),
        (UnpinExamples(["1"], [Grade.FAIR]), "No example any more"),
    ],
)
def test_what_is_pinned_while_its_grade_is_hidden_is_said_without_it(remark, words):
    assert remark_in_words(remark, told=False) == words
