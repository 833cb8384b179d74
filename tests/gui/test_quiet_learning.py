"""While a person corrects, the program learns: unasked, unseen, and never under their hands."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tinyclf.domain import Grade, Progress
from tinyclf.errors import StorageError
from tinyclf_gui.commands import BeginAudit, CorrectProposals
from tinyclf_gui.models.rhythm import Rhythm
from tinyclf_gui.widgets.job_bar import JobBar
from tinyclf_gui.widgets.photo_grid import PhotoGrid

A_WHILE = 100
"""ms in which what is done soon would have begun."""
SOON = pytest.mark.parametrize("rhythm", [Rhythm(catch_up_ms=5, train_ms=10)])


@pytest.fixture
def trained(trained):
    """Here two corrections are enough."""
    trained.workspace.learning.corrections = 2
    return trained


@pytest.fixture
def busy_hands(trained, monkeypatch):
    """A person whose every photo is out of sight."""
    monkeypatch.setattr(PhotoGrid, "in_sight", lambda _grid: [])
    return trained


def correct(collector, count, kind=CorrectProposals):
    """Give so many proposed photos another grade than is proposed."""
    table = collector.session.table
    rows = [r for r in range(len(table)) if table.ungraded[r] and table.has_proposal[r]][:count]
    for row in rows:
        wrong = Grade(int(table.proposed[row]) % 5 + 1)
        collector.workspace.collection.do(kind([table.ids[row]], wrong))
    collector.workspace.collection.recount()
    return [table.ids[row] for row in rows]


def learnt(collector, qtbot, count=2):
    with qtbot.waitSignal(collector.workspace.learning.learnt, timeout=20_000) as heard:
        graded = correct(collector, count)
    collector.wait_until_idle()
    return graded, heard.args


def trained_in_a_pause(collector, qtbot):
    """Correct enough, then let the hands rest."""
    with qtbot.waitSignal(collector.workspace.learning.trained, timeout=30_000):
        correct(collector, 2)
    collector.wait_until_idle()


def test_after_a_few_corrections_it_learns_and_says_so_quietly(busy_hands, qtbot):
    before = busy_hands.session.model
    _, (corrections, result) = learnt(busy_hands, qtbot)
    assert corrections == 2
    assert busy_hands.session.model.number == result.model > before.number
    assert busy_hands.session.model.is_quick
    words = busy_hands.find(QLabel, "learntLine").text()
    assert words.startswith("Learned from your last 2 corrections: ")


def test_one_correction_is_not_enough(busy_hands):
    correct(busy_hands, 1)
    assert not busy_hands.workspace.workbench.learning
    assert not busy_hands.session.model.is_quick


def test_no_job_is_shown_and_no_button_goes_dead(busy_hands, qtbot):
    shown = []
    busy_hands.workspace.workbench.busyChanged.connect(shown.append)
    with qtbot.waitSignal(busy_hands.workspace.learning.learnt, timeout=20_000):
        correct(busy_hands, 2)
        assert busy_hands.workspace.workbench.learning
        bar = busy_hands.window.findChild(JobBar)
        assert not bar._what.isVisible()
    assert not any(shown)


def test_no_grade_of_a_person_is_touched(busy_hands, qtbot):
    graded, _ = learnt(busy_hands, qtbot)
    table = busy_hands.session.table
    said = {one: int(table.codes[table.row_of[one]]) for one in graded}
    learnt(busy_hands, qtbot)
    assert {one: int(table.codes[table.row_of[one]]) for one in graded} == said


def test_what_is_in_sight_neither_moves_nor_changes(trained, qtbot):
    looked_at = set(trained.grid.in_sight())
    order, table = trained.shown(), trained.session.table
    rows = table.rows(sorted(looked_at))
    before = table.probabilities[rows].copy()
    learnt(trained, qtbot)
    assert looked_at
    assert (table.probabilities[rows] == before).all()
    assert trained.shown()[: len(order)] == order


def test_idle_time_proposes_for_what_a_refit_left_once_it_is_out_of_sight(
    trained, qtbot, monkeypatch
):
    workbench, table = trained.workspace.workbench, trained.session.table
    learnt(trained, qtbot)
    left = table.ungraded & (table.proposed_by != trained.session.model.number)
    assert left.any()
    workbench.prepare()
    trained.wait_until_idle()
    assert (table.proposed_by[left] != trained.session.model.number).all()
    monkeypatch.setattr(PhotoGrid, "in_sight", lambda _grid: [])
    workbench.prepare()
    trained.wait_until_idle()
    assert (table.proposed_by[left] == trained.session.model.number).all()


def test_what_comes_into_sight_meanwhile_is_noticed(busy_hands, qtbot, monkeypatch):
    late = busy_hands.session.table.ids[:5]
    with qtbot.waitSignal(busy_hands.workspace.learning.learnt, timeout=20_000):
        correct(busy_hands, 2)
        assert busy_hands.workspace.sight.noticed() == frozenset()
        monkeypatch.setattr(PhotoGrid, "in_sight", lambda _grid: late)
        busy_hands.grid.scrolled.emit()
        assert busy_hands.workspace.sight.noticed() == frozenset(late)


def test_the_rest_of_the_wall_is_sorted_anew(trained, monkeypatch):
    table = trained.session.table
    trained.click("allChip")
    shown = trained.shown()
    monkeypatch.setattr(PhotoGrid, "end_of_sight", 1)
    table.probabilities = table.probabilities[::-1].copy()
    trained.workspace.pages.review.shown.sort_anew()
    assert trained.shown()[0] == shown[0]
    assert trained.shown()[1:] != shown[1:]
    assert sorted(trained.shown()) == sorted(shown)
    assert trained.grid.visible_positions().start == 0


def test_what_a_person_asked_for_goes_first(busy_hands, qtbot):
    workbench = busy_hands.workspace.workbench
    with qtbot.waitSignals([workbench.trained], timeout=30_000):
        busy_hands.choose("train-now")
        correct(busy_hands, 2)
        assert workbench.busy
        assert workbench.learning
    busy_hands.wait_until_idle()
    trained, latest = busy_hands.session._store.latest_training(), busy_hands.session.model
    assert latest.is_quick
    assert latest.number > trained.number


def test_grades_taken_back_count_and_are_learnt_later(busy_hands, qtbot):
    learnt(busy_hands, qtbot)
    with qtbot.waitSignal(busy_hands.workspace.learning.learnt, timeout=20_000) as heard:
        for _ in range(2):
            busy_hands.workspace.collection.undo()
        busy_hands.workspace.collection.recount()
    busy_hands.wait_until_idle()
    assert heard.args[1].grades == 10
    assert int(busy_hands.session.table.human.sum()) == 10


def test_it_can_be_turned_off(busy_hands):
    busy_hands.choose("settings")
    busy_hands.window.findChild(object, "learnMeanwhileCheck").click()
    assert not busy_hands.settings.learn_meanwhile
    correct(busy_hands, 4)
    assert not busy_hands.workspace.workbench.learning
    assert not busy_hands.session.model.is_quick


@SOON
def test_in_a_pause_everything_is_trained(busy_hands, qtbot):
    trained_in_a_pause(busy_hands, qtbot)
    assert not busy_hands.session.model.is_quick
    assert "while you paused" in busy_hands.find(QLabel, "learntLine").text()
    assert busy_hands.session.status().new_verdicts == 0


@SOON
def test_training_in_a_pause_makes_way(busy_hands, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(busy_hands.session, "train", forever)
    workbench = busy_hands.workspace.workbench
    correct(busy_hands, 2)
    qtbot.waitUntil(lambda: workbench.title == "Training", timeout=20_000)
    assert not workbench.busy
    assert not workbench.idle
    with qtbot.waitSignal(workbench.exported, timeout=20_000):
        workbench.export(tmp_path / "out.csv", None, None, None, None)
    busy_hands.wait_until_idle()
    assert busy_hands.session.model.is_quick


@SOON
def test_without_corrections_a_pause_is_only_a_pause(trained):
    trained.workspace.learning.stir()
    trained.qtbot.wait(A_WHILE)
    assert trained.workspace.workbench.idle


def audit(collector):
    """Begin the audit of the fullest wall, as its button does."""
    walls = collector.session.status().walls
    fullest = max(walls, key=lambda wall: wall.photos - wall.human)
    assert collector.workspace.collection.note(BeginAudit(fullest.grade))
    return fullest.grade


@SOON
def test_while_an_audit_stands_nothing_is_learnt(busy_hands, qtbot):
    learning, workbench = busy_hands.workspace.learning, busy_hands.workspace.workbench
    learning.learnt.connect(lambda *_: setattr(learning, "enabled", False))
    learnt(busy_hands, qtbot)
    grade = audit(busy_hands)
    learning.enabled = True
    correct(busy_hands, 4)
    assert not workbench.learning
    qtbot.wait(A_WHILE)
    assert workbench.idle
    assert busy_hands.session.model.is_quick
    assert busy_hands.session.audit(grade).stands


def test_what_is_being_learnt_stops_when_an_audit_begins(busy_hands, monkeypatch):
    monkeypatch.setattr(busy_hands.session, "refit", forever)
    correct(busy_hands, 2)
    assert busy_hands.workspace.workbench.learning
    grade = audit(busy_hands)
    busy_hands.wait_until_idle()
    assert not busy_hands.session.model.is_quick
    assert busy_hands.session.audit(grade).stands


def test_what_waits_to_be_learnt_is_let_go_when_an_audit_begins(busy_hands, monkeypatch):
    monkeypatch.setattr("tinyclf_gui.models.workbench.export_all", forever)
    workbench = busy_hands.workspace.workbench
    workbench.export(None, None, None, None, None)
    correct(busy_hands, 2)
    assert workbench.learning
    audit(busy_hands)
    assert not workbench.learning
    workbench.cancel()
    busy_hands.wait_until_idle()


def test_after_another_training_it_learns_again(busy_hands, qtbot):
    audit(busy_hands)
    correct(busy_hands, 2)
    busy_hands.train()
    learnt(busy_hands, qtbot)
    assert busy_hands.session.model.is_quick


def forever(*_, **__):
    while True:
        yield Progress("Digging", 0, 0)


def test_what_fails_is_told_once(busy_hands, qtbot, monkeypatch):
    def failing(**_):
        raise StorageError("The disk is full: make room, then try again.")
        yield

    monkeypatch.setattr(busy_hands.session, "refit", failing)
    correct(busy_hands, 2)
    busy_hands.wait_until_idle()
    assert "The disk is full" in busy_hands.job_words()
    correct(busy_hands, 2)
    assert not busy_hands.workspace.workbench.learning


def test_after_it_learnt_a_retrain_says_what_it_would_add(busy_hands, qtbot):
    correct(busy_hands, 1)
    button = busy_hands.find(QPushButton, "retrainButton")
    assert (button.text(), button.property("kind")) == ("Retrain on 1 correction", "primary")
    learnt(busy_hands, qtbot)
    assert button.text().startswith("Retrain fully on ")
    assert button.text().endswith(" corrections")
    assert button.property("kind") == "secondary"
    correct(busy_hands, 1)
    assert button.text() == "Retrain: 1 not learnt yet"


@SOON
def test_what_a_training_in_a_pause_left_behind_follows_out_of_sight(
    busy_hands, qtbot, monkeypatch
):
    table, workspace = busy_hands.session.table, busy_hands.workspace
    seen = [one for one in table.ids if table.ungraded[table.row_of[one]]][-2:]
    rows = table.rows(seen)
    before = table.probabilities[rows].copy()
    monkeypatch.setattr(PhotoGrid, "in_sight", lambda _grid: seen)
    trained_in_a_pause(busy_hands, qtbot)
    assert (table.probabilities[rows] == before).all()
    workspace.learning.look_on()
    qtbot.wait(A_WHILE)
    assert workspace.workbench.idle
    assert (table.probabilities[rows] == before).all()
    monkeypatch.setattr(PhotoGrid, "in_sight", lambda _grid: seen[:1])
    with qtbot.waitSignal(workspace.learning.caughtUp, timeout=20_000):
        busy_hands.grid.scrolled.emit()
    busy_hands.wait_until_idle()
    assert (table.probabilities[rows[0]] == before[0]).all()
    assert (table.probabilities[rows[1]] != before[1]).any()
    assert workspace.sight.behind == frozenset(seen[:1])


def leave_behind(person, photos, monkeypatch):
    """Let photos that are out of sight by now have an older proposal than the others."""
    with monkeypatch.context() as earlier:
        earlier.setattr(PhotoGrid, "in_sight", lambda _grid: photos)
        person.workspace.sight.notice()
    person.workspace.sight.leave_behind()


@SOON
def test_a_check_at_random_lets_nothing_follow(busy_hands, qtbot, monkeypatch):
    trained_in_a_pause(busy_hands, qtbot)
    table, workspace = busy_hands.session.table, busy_hands.workspace
    waiting = [one for one in table.ids if table.ungraded[table.row_of[one]]]
    leave_behind(busy_hands, waiting, monkeypatch)
    assert workspace.sight.gone()
    audit(busy_hands)
    workspace.learning.look_on()
    qtbot.wait(A_WHILE)
    assert workspace.workbench.idle
    assert workspace.sight.behind == frozenset(waiting)


def test_that_learning_waits_for_a_check_is_said_on_every_wall(busy_hands):
    line = busy_hands.window.findChild(QLabel, "learningWaits")
    assert not line.isVisible()
    grade = audit(busy_hands)
    busy_hands.workspace.collection.recount()
    busy_hands.click(f"wallTab{int(grade)}")
    assert line.isVisible()
    assert line.text().startswith("While this check counts, proposals stay as they are. ")
    busy_hands.click(f"wallTab{int(grade) % 5 + 1}")
    assert line.text().startswith("While the check of another wall counts")
    busy_hands.workspace.learning.enabled = False
    busy_hands.workspace.collection.recount()
    assert not line.isVisible()


@SOON
def test_once_the_collection_is_closed_what_was_left_behind_is_not_asked_for(
    busy_hands, qtbot, monkeypatch
):
    trained_in_a_pause(busy_hands, qtbot)
    table, workspace = busy_hands.session.table, busy_hands.workspace
    leave_behind(busy_hands, [table.ids[-1]], monkeypatch)
    workspace.learning.look_on()
    busy_hands.window.close()
    workspace.learning.look_on()
    qtbot.wait(A_WHILE)  # a file that is closed would be asked, and that is an error
    assert workspace.workbench.idle


@SOON
def test_elsewhere_too_it_is_told_that_a_pause_was_used(busy_hands, qtbot):
    busy_hands.go_to("label")
    trained_in_a_pause(busy_hands, qtbot)
    assert "while you paused" in busy_hands.words()
