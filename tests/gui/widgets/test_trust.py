"""What is known of how good the grades are, in a collector's words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tinyclf.domain import Grade, Interval, JudgedOn, PhotoId, Quality, Wall
from tinyclf.project import StoredNovelty
from tinyclf.session import AuditStanding, ExamStanding
from tinyclf.trust.advice import Advice, Step
from tinyclf.trust.certificate import certify
from tinyclf.trust.consistency import Consistency
from tinyclf.trust.effort import EffortPlan, Pace, PlanPoint
from tinyclf.trust.stop_advice import StopAdvice, Way
from tinyclf.trust.wall_certificates import Signing, WallCertificate, looks_of
from tinyclf_gui.widgets.agreement_line import AgreementLine
from tinyclf_gui.widgets.audit_panel import AuditPanel, plan_in_words
from tinyclf_gui.widgets.effort_card import NO_BREAK, EffortCard
from tinyclf_gui.widgets.exam_panel import ExamPanel
from tinyclf_gui.widgets.grade_words import duration
from tinyclf_gui.widgets.next_step import step_here, way_to_step
from tinyclf_gui.widgets.notice_banner import NoticeBanner
from tinyclf_gui.widgets.quality_words import quality_at_length, quality_beside, quality_in_words
from tinyclf_gui.widgets.side_panel import MARGIN, WIDTH
from tinyclf_gui.widgets.styled import push_button
from tinyclf_gui.widgets.wall_summary import WallSummary, wrong_in_words

STATISTICS = ("kappa", "hypergeometric", "calibration", "interval")


def share(value, low=None, high=None):
    return Interval(value, value if low is None else low, value if high is None else high)


QUALITY = Quality(
    exact=share(0.83, 0.73, 0.91),
    within_one=share(0.97, 0.9, 1),
    kappa=share(0.88, 0.8, 0.93),
    calibration_error=share(0.04),
    confusion=((0,) * 5,) * 5,
    judged_on=JudgedOn.EXAM,
    photos=60,
)


def words(widget, name=""):
    """Return the words in view of a widget, a line each."""
    labels = widget.findChildren(QLabel, name) if name else widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def button(widget, name):
    return widget.findChild(QPushButton, name)


def plain(text):
    return not any(word in text.lower() for word in STATISTICS)


def test_quality_says_on_what_it_was_judged():
    assert quality_in_words(QUALITY) == "83 % right (exam of 60)"
    checked = replace(QUALITY, judged_on=JudgedOn.CROSS_VALIDATION)
    assert quality_in_words(checked) == "83 % right (cross-checked on 60)"


def test_figures_of_one_kind_stand_beside_each_other():
    earlier = replace(QUALITY, exact=share(0.8))
    assert quality_beside(QUALITY, earlier) == "83 % right (exam of 60), before 80 %"
    assert quality_beside(QUALITY, None) == "83 % right (exam of 60)"


def test_an_exam_and_a_cross_check_are_never_compared():
    checked = replace(QUALITY, judged_on=JudgedOn.CROSS_VALIDATION)
    assert quality_beside(QUALITY, checked) == "83 % right (exam of 60)"
    assert quality_beside(checked, QUALITY) == "83 % right (cross-checked on 60)"


def test_the_statistic_is_told_on_hover_only():
    told = quality_at_length(QUALITY)
    assert "Right: 83 % (73 to 91 %)" in told
    assert "kappa 0.88 (0.80 to 0.93)" in told
    assert plain(quality_in_words(QUALITY))


def test_a_calibration_error_is_told_in_times_of_100():
    assert "Where it says 70 %, it is right about 66 to 74 times of 100." in quality_at_length(
        QUALITY
    )
    exact = replace(QUALITY, calibration_error=share(0))
    assert "Where it says 70 %, it is right 70 times of 100." in quality_at_length(exact)


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "1 s"), (40, "40 s"), (58, "1 min"), (660, "11 min")]
)
def test_a_duration_is_told_in_round_words(seconds, told):
    assert duration(seconds) == told
    assert duration(7500) == "2 h 5 min"


WALL = Wall(Grade.GOOD, 700, 88, 20, 23.2)


def known(proposals=612, audit=None, in_bulk=0, wrong=0.0, overlooked=0.0):
    return WallCertificate(
        Grade.GOOD,
        proposals,
        23.2,
        in_bulk,
        overlooked,
        audit,
        looks_of(proposals),
        expected_wrong_in_bulk=wrong,
    )


def proved(population, looked_at, wrong=0):
    answers = np.zeros(looked_at, bool)
    answers[:wrong] = True
    return certify(population, answers)


@pytest.fixture
def summary(shown):
    return shown(WallSummary(), 288, 200)


def test_a_wall_says_how_many_are_wrong(summary):
    summary.show_wall(WALL, known())
    assert "about 23 of the 612 proposed are wrong" in words(summary)
    assert "at most" not in words(summary)


@pytest.mark.parametrize(
    ("proposed", "wrong", "told"),
    [
        (33, 1.2, "about 1 of the 33 proposed is wrong"),
        (33, 0.2, "about 0 of the 33 proposed are wrong"),
        (1, 0.7, "the one proposed may well be wrong"),
        (1, 0.3, "the one proposed is likely right"),
    ],
)
def test_one_is_not_said_to_be_many(proposed, wrong, told):
    assert wrong_in_words(Wall(Grade.GOOD, proposed + 5, 5, 0, wrong)) == told


def test_an_audited_wall_says_what_is_proved(summary):
    audit = proved(612, looks_of(612)[0].size, wrong=1)
    summary.show_wall(WALL, known(audit=audit))
    told = words(summary, "wallProof")
    assert told == f"at most {audit.at_most_still_wrong} (proved, 95 %)"
    assert plain(words(summary))
    assert "1 were wrong" in summary.findChild(QLabel, "wallProof").toolTip()


def test_before_the_first_look_is_complete_nothing_is_proved(summary):
    summary.show_wall(WALL, known(audit=proved(612, 5)))
    assert words(summary, "wallProof") == ""


def test_a_wall_says_what_was_accepted_unseen(summary):
    summary.show_wall(WALL, known(in_bulk=120, wrong=23.2, overlooked=2.3))
    assert words(summary, "wallUnseen") == "120 accepted unseen, about 23 wrong"
    assert "about 2:" in summary.findChild(QLabel, "wallUnseen").toolTip()


def test_what_was_accepted_unseen_is_not_called_checked(summary):
    summary.show_wall(WALL, known(in_bulk=20, wrong=3.0))
    assert "68 checked" in words(summary)


def test_accepting_the_rest_says_what_it_signs(summary):
    signing = Signing(Grade.GOOD, 612, 23.2, 2.4, None, None)
    assert summary.accept_words(signing).splitlines() == [
        "Accept 612 and learn from them",
        "about 23 wrong",
    ]
    assert "about 2 if you have looked at all" in summary.accept_at_length(signing)
    proof = replace(signing, at_most_wrong=38, confidence=0.95)
    assert summary.accept_words(proof).endswith("\nabout 23 wrong, at most 38")
    assert "proved by the check at random, 95 %" in summary.accept_at_length(proof)


def test_what_accepting_signs_is_read_whole_on_its_button(summary, qtbot):
    most = Signing(Grade.GOOD, 12_345, 2_345.0, 234.0, 3_456, 0.95)
    button = push_button(summary.accept_words(most), "acceptRestButton")
    qtbot.addWidget(button)
    assert button.sizeHint().width() <= WIDTH - 2 * MARGIN


def test_while_a_grade_was_never_learnt_nothing_is_said_to_be_wrong(summary):
    untold = Signing(Grade.GOOD, 612, 23.2, 2.4, None, None, (Grade.FAIR,))
    assert summary.accept_words(untold).endswith("\nwrong ones unknown")
    assert "23" not in summary.accept_at_length(untold)
    words = wrong_in_words(Wall(Grade.GOOD, 700, 88, 0, 23.2), (Grade.FAIR,))
    assert words == "none of grade 3 learnt yet: what is wrong here cannot be told"


def test_a_check_that_promises_the_same_for_more_looks_is_not_offered():
    known = WallCertificate(Grade.GOOD, 146, 30.0, 0, 0.0, None, looks_of(146))
    assert plan_in_words(known).endswith(f"Looking at 61 proves 5{NO_BREAK}%.")


def standing(audit, left, stands=True):
    photos = tuple(PhotoId(str(k)) for k in range(left))
    return AuditStanding(None, audit, photos, stands)


@pytest.fixture
def panel(shown):
    return shown(AuditPanel(), 288, 120)


def test_what_a_check_takes_is_said_before_it_begins(panel):
    panel.show_audit(known(400), None, running=False)
    assert words(panel) == (
        f"Look at 39, drawn at random: if all are right, at most 10{NO_BREAK}% of the wall are "
        f"wrong. Looking at 74 proves 5{NO_BREAK}%."
    )
    assert button(panel, "auditButton").text() == "Check at random"


def test_a_small_wall_is_looked_at_whole(panel):
    panel.show_audit(known(9), None, running=False)
    assert words(panel) == "Looking at all 9 is as quick as a check at random."
    assert not button(panel, "auditButton").isEnabled()


@pytest.mark.parametrize("brief", [False, True])
def test_nothing_below_jumps_where_a_check_is_worth_it_no_more(panel, brief):
    panel.set_brief(brief)
    panel.show_audit(known(400), None, running=False)
    assert button(panel, "auditButton").isEnabled()
    height = panel.sizeHint().height()
    panel.show_audit(known(9), None, running=False)
    assert panel.sizeHint().height() == height
    assert "as quick" in button(panel, "auditButton").toolTip()


def test_where_nothing_is_proposed_nothing_is_offered(panel):
    panel.show_audit(known(0), None, running=False)
    assert not panel.isVisible()


def test_a_check_under_way_says_how_far_it_is(panel, qtbot):
    panel.show_audit(known(390), standing(proved(400, 12, 1), 27), running=True)
    assert words(panel) == (
        "Enter if the grade is right, else its digit. 12 of 39 looked at, 1 wrong. After 39 it "
        "says how many of the wall are wrong at most. Esc goes back to the wall: your answers are "
        "kept."
    )
    with qtbot.waitSignal(panel.leftOff):
        button(panel, "auditButton").click()


def test_a_check_left_off_can_be_gone_on_with(panel, qtbot):
    panel.show_audit(known(390), standing(proved(400, 12), 27), running=False)
    assert button(panel, "auditButton").text() == "Look at 27 more"
    with qtbot.waitSignal(panel.wanted):
        button(panel, "auditButton").click()


def test_a_void_check_is_told(panel):
    panel.show_audit(known(400), standing(proved(400, 39), 5, stands=False), running=False)
    assert words(panel).startswith("The last check no longer counts: the proposals are new.")
    assert button(panel, "auditButton").text() == "Check at random"


def test_a_check_that_is_done_offers_no_more(panel):
    panel.show_audit(known(160), standing(proved(400, 233), 0), running=False)
    assert not button(panel, "auditButton").isVisible()
    assert words(panel) == "Check done: you looked at 233 at random, 0 wrong and corrected."


def test_a_check_says_that_it_is_done_though_more_could_be_proved(panel):
    panel.show_audit(known(361), standing(proved(400, 39), 35), running=False)
    assert words(panel).startswith("Check done: you looked at 39 at random")
    assert button(panel, "auditButton").text() == "Look at 35 more"


PLAN = EffortPlan(
    exact_now=0.88,
    exact_at_most=0.99,
    points=(
        PlanPoint(0.9, 0, 0, 0),
        PlanPoint(0.95, 900, 120, 660),
        PlanPoint(0.98, 1500, 190, 1500),
        PlanPoint(0.99, 2400, 240, 2400),
    ),
    seconds_for_all=2600,
    seconds_by_hand=4200,
)
ADVICE = Advice(Step.AUDIT, (Grade.GOOD,), 39)


@pytest.fixture
def card(shown):
    return shown(EffortCard(), 288, 160)


def test_the_plan_names_the_nearest_aim_and_the_farthest(card):
    card.show_effort(PLAN, Pace(), None, ADVICE)
    assert words(card, "effortPlan") == (
        f"11 min more: 95 % right · {'40 min: 99 %'.replace(' ', NO_BREAK)}"
    )
    hover = card.findChild(QLabel, "effortPlan").toolTip()
    assert "About 88 % of all grades are exactly right now" in hover
    assert "by hand would take 1 h 10 min" in hover


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (replace(PLAN, points=PLAN.points[:2]), "11 min more: 95 % right"),
        (
            replace(PLAN, points=(PLAN.points[1], PlanPoint(0.98, 910, 121, 670))),
            "11 min more: 98 % right",
        ),
        (replace(PLAN, points=()), "43 min more for all: about 99 % right"),
        (replace(PLAN, exact_now=0.995, points=(PlanPoint(0.99, 0, 0, 0),)), "About 99 % right"),
    ],
)
def test_the_plan_promises_only_what_can_be_reached(card, plan, told):
    card.show_effort(plan, Pace(), None, ADVICE)
    assert words(card, "effortPlan") == told


def test_two_times_of_a_plan_can_be_compared(card):
    near, far = PlanPoint(0.9, 40, 20, 54), PlanPoint(0.95, 60, 30, 66)
    card.show_effort(replace(PLAN, points=(near, far)), Pace(), None, ADVICE)
    assert words(card, "effortPlan") == (
        f"55 s more: 90 % right · {'65 s: 95 %'.replace(' ', NO_BREAK)}"
    )


def test_the_next_step_may_be_a_check_at_random(card):
    card.show_effort(PLAN, Pace(), None, ADVICE)
    assert words(card, "nextStep") == (
        "Next: Check wall 4 at random: 39 looks prove how many are wrong at most."
    )


def test_advice_that_is_not_sure_is_on_hover_only(card):
    unsure = StopAdvice(Way.NOT_SURE, 0.95, 100, 660, share(60, -120, 240), share(0.9))
    card.show_effort(PLAN, Pace(), unsure, ADVICE)
    assert not card.findChild(QLabel, "stopAdvice").isVisible()
    hover = card.findChild(QLabel, "nextStep").toolTip()
    assert "Grading 100 more first: between 2 min lost and 4 min saved (95 %)." in hover


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (Way.GRADE, "Grading about 100 more first is quicker."),
        (Way.REVIEW, ""),
        (Way.STOP, ""),
    ],
)
def test_where_it_is_sure_the_advice_is_short(card, way, told):
    card.show_effort(PLAN, Pace(), StopAdvice(way, 0.95, 100, 660, share(60)), ADVICE)
    assert words(card, "stopAdvice") == told


def test_before_any_proposal_only_the_next_step_is_said(card):
    card.show_effort(None, Pace(), None, Advice(Step.TRAIN))
    assert words(card) == "Next: Train now."


WALLS = [
    Wall(Grade.BARELY_VISIBLE, 40, 40, 0, 0.0),
    Wall(Grade.POOR, 40, 20, 0, 9.0),
    Wall(Grade.FAIR, 60, 20, 0, 12.0),
    Wall(Grade.GOOD, 40, 39, 0, 0.9),
    Wall(Grade.FLAWLESS, 40, 40, 0, 0.0),
]
NO_EXAM = ExamStanding(0, 0, 0, offered=False)


def test_the_next_wall_is_never_the_one_in_view():
    advice = Advice(Step.REVIEW, (Grade.POOR,), 9)
    assert step_here(advice, Grade.POOR, WALLS) == (
        "Go on with this wall, the most doubtful first; then take wall 3."
    )
    assert way_to_step(advice, NO_EXAM, Grade.POOR) == ""
    assert step_here(advice, Grade.FAIR, WALLS).endswith("Check the most doubtful of wall 2.")
    assert way_to_step(advice, NO_EXAM, Grade.FAIR) == "Go to wall 2"


def test_the_last_wall_in_doubt_names_no_other():
    done = [replace(wall, expected_wrong=0.0) for wall in WALLS if wall.grade != Grade.POOR]
    told = step_here(Advice(Step.REVIEW, (Grade.POOR,), 9), Grade.POOR, [WALLS[1], *done])
    assert told.endswith("it is the last one in doubt.")


def test_an_exam_that_is_advised_has_its_button_on_the_card(card, qtbot):
    advice, exam = Advice(Step.EXAM, count=29), ExamStanding(20, 11, 0, offered=True)
    card.show_effort(None, Pace(), None, advice)
    card.show_step(step_here(advice, Grade.GOOD, WALLS), way_to_step(advice, exam, Grade.GOOD))
    assert "Grade 29 photos blind" in words(card, "nextStep")
    assert button(card, "nextStepButton").text() == "Set 20 more aside, then grade 29"
    with qtbot.waitSignal(card.wanted):
        button(card, "nextStepButton").click()


@pytest.fixture
def exam(shown):
    return shown(ExamPanel(), 288, 120)


def test_there_is_no_exam_where_it_would_cost_too_much(exam):
    exam.show_exam(ExamStanding(0, 0, 0, offered=False), None)
    assert not exam.isVisible()


def test_an_exam_is_offered_in_one_sentence(exam, qtbot):
    exam.show_exam(ExamStanding(0, 0, 0, offered=True), None)
    assert button(exam, "setAsideButton").text() == "Set 40 aside and grade them"
    with qtbot.waitSignal(exam.wanted):
        button(exam, "setAsideButton").click()


def test_an_exam_says_how_far_it_is(exam):
    exam.show_exam(ExamStanding(40, 12, 0, offered=False), None)
    assert "12 of 40" in words(exam)
    assert button(exam, "setAsideButton").text() == "Grade 28 for the exam"


def test_a_first_lot_says_how_many_wait(exam):
    exam.show_exam(ExamStanding(20, 0, 0, offered=False), None)
    assert "0 of 40" in words(exam)
    assert "20 photos wait under “Exam” so far" in words(exam)
    exam.show_exam(ExamStanding(20, 10, 9, offered=False), None)
    assert "1 photo waits under “Exam” so far" in words(exam)
    exam.show_exam(ExamStanding(40, 12, 0, offered=False), None)
    assert "so far" not in words(exam)


def test_what_is_missing_of_an_exam_is_set_aside_by_the_button_that_says_so(exam):
    exam.show_exam(ExamStanding(20, 11, 0, offered=True), None)
    assert button(exam, "setAsideButton").text() == "Set 20 more aside, then grade 29"
    assert "20 photos are drawn at random" in button(exam, "setAsideButton").toolTip()


def test_an_exam_that_is_done_leads_nowhere(exam):
    exam.show_exam(ExamStanding(40, 40, 0, offered=False), None)
    assert not button(exam, "setAsideButton").isVisible()


def test_an_exam_that_can_not_be_completed_says_so(exam):
    exam.show_exam(ExamStanding(20, 20, 0, offered=False), None)
    assert "Too few photos are left" in words(exam)


@pytest.mark.parametrize(
    ("quality", "told"),
    [
        (None, "Complete: the first training is judged on it."),
        (replace(QUALITY, judged_on=JudgedOn.CROSS_VALIDATION), "from the next training on"),
        (QUALITY, "Complete: judged on it, 83 % of the grades proposed are right."),
    ],
)
def test_an_exam_that_is_done_says_what_is_judged_on_it(exam, quality, told):
    exam.show_exam(ExamStanding(40, 40, 0, offered=False), quality)
    assert told in words(exam)


def test_a_person_is_told_how_alike_they_grade(shown):
    line = shown(AgreementLine(), 288, 40)
    line.show_agreement(Consistency(share(0.91, 0.72, 0.97), share(1), 22))
    assert line.text() == "You agree with yourself 91 % (22 graded again)."
    assert "72 to 97 %" in line.toolTip()
    assert "No classifier can be right more often" in line.toolTip()
    line.show_agreement(Consistency(share(0, 0, 0.79), share(1), 1))
    assert line.text() == "You agree with yourself 0 % (1 graded again: too few to tell)."
    assert "No classifier" not in line.toolTip()
    line.show_agreement(None)
    assert not line.isVisible()


def test_photos_unlike_the_others_are_warned_of(shown, qtbot):
    banner = shown(NoticeBanner(), 700, 48)
    banner.show_novelty(StoredNovelty(240, 0.37, 0.1, is_unlike=True))
    assert words(banner).startswith("37 % of the 240 new photos look unlike")
    with qtbot.waitSignal(banner.wanted):
        button(banner, "gradeNewButton").click()


def test_where_all_look_unlike_it_says_so(shown):
    banner = shown(NoticeBanner(), 700, 48)
    banner.show_novelty(StoredNovelty(40, 1.0, 0.1, is_unlike=True))
    assert words(banner).startswith("All 40 new photos look unlike")


@pytest.mark.parametrize("novelty", [None, StoredNovelty(240, 0.1, 0.1, is_unlike=False)])
def test_of_photos_like_the_others_nothing_is_said(shown, novelty):
    banner = shown(NoticeBanner(), 700, 48)
    banner.show_novelty(novelty)
    assert not banner.isVisible()
