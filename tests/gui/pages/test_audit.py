"""Checking a wall at random, and what was accepted without a look."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tinyclf.domain import Grade
from tinyclf_gui.commands import AcceptProposals, GradePhotos, KeepGrades
from tinyclf_gui.models.photo_list import Role

Key = Qt.Key


@pytest.fixture
def auditor(trained, monkeypatch):
    """A person before the fullest wall, which is worth a check at random however small it is."""
    monkeypatch.setattr("tinyclf.trust.wall_certificates.WORTH_AN_AUDIT", 1.0)
    walls = trained.session.status().walls
    fullest = max(walls, key=lambda wall: wall.photos - wall.human)
    trained.wall = fullest.grade
    trained.other = Grade.FLAWLESS if fullest.grade < 3 else Grade.BARELY_VISIBLE
    trained.workspace.collection.recount()
    trained.click(f"wallTab{int(fullest.grade)}")
    return trained


def said(person, name):
    return person.find(QLabel, name).text()


def drawn(person):
    """Return the names of the photos of the wall's check that wait, in the order drawn."""
    return [person.name_of(one) for one in person.session.audit(person.wall).photos]


def answer_all(person, key):
    for _ in drawn(person):
        person.press(key)
    person.workspace.collection.recount()


def test_the_photos_drawn_are_shown_one_after_another_in_their_order(auditor):
    auditor.click("auditButton")
    assert auditor.shown() == drawn(auditor)
    assert auditor.focused() == auditor.shown()[0]
    assert said(auditor, "auditTitle").startswith("Check at random: 0 of ")
    auditor.press(Key.Key_Return)
    assert auditor.focused() == auditor.shown()[1]


def test_the_keyboard_stays_with_the_photos(auditor):
    auditor.click("auditButton")
    assert auditor.window.focusWidget() is auditor.grid


def test_meanwhile_the_rest_is_not_accepted(auditor):
    auditor.click("auditButton")
    assert not auditor.find(QPushButton, "acceptRestButton").isEnabled()
    auditor.click("auditButton")
    assert auditor.find(QPushButton, "acceptRestButton").isEnabled()


def test_in_a_low_window_it_has_the_room_of_what_cannot_be_done_meanwhile(auditor):
    accept = auditor.find(QPushButton, "acceptRestButton")
    auditor.window.resize(1280, 800)
    auditor.click("auditButton")
    assert accept.isVisible()
    auditor.window.resize(900, 600)
    auditor.qtbot.waitUntil(lambda: not accept.isVisible())
    auditor.press(Qt.Key.Key_Escape)
    auditor.qtbot.waitUntil(accept.isVisible)


def test_after_the_last_photo_the_wall_is_back(auditor):
    looked = len(auditor.shown())
    auditor.click("auditButton")
    answer_all(auditor, Key.Key_Return)
    assert auditor.find(QPushButton, "toCheckChip").isVisible()
    certificate = auditor.session.audit(auditor.wall).certificate
    assert (certificate.looked_at, certificate.found_wrong) == (looked, 0)


def test_what_was_wrong_is_counted(auditor):
    auditor.click("auditButton")
    auditor.press(Key(Key.Key_0 + int(auditor.other)))
    auditor.workspace.collection.recount()
    assert "1 wrong" in said(auditor, "auditWords")


def test_a_check_can_be_left_and_gone_on_with(auditor):
    auditor.click("auditButton")
    auditor.press(Key.Key_Return)
    auditor.workspace.collection.recount()
    auditor.click("auditButton")
    assert auditor.find(QPushButton, "auditButton").text().startswith("Look at ")
    auditor.click("auditButton")
    assert auditor.shown() == drawn(auditor)


def test_esc_leaves_it_and_keeps_the_answers(auditor):
    auditor.click("auditButton")
    auditor.press(Key.Key_Return)
    auditor.press(Key.Key_E)
    auditor.press(Key.Key_Escape)
    assert auditor.workspace.pages.review._audit_round.is_on  # back from the loupe to the grid
    auditor.press(Key.Key_Escape)
    assert auditor.find(QPushButton, "toCheckChip").isVisible()
    auditor.workspace.collection.recount()
    assert auditor.session.audit(auditor.wall).certificate.looked_at == 1
    assert auditor.find(QPushButton, "auditButton").text().startswith("Look at ")


def test_notice_and_button_say_alike_why_nothing_is_learnt(auditor):
    auditor.workspace.learning.enabled = True
    auditor.click("auditButton")
    auditor.workspace.collection.recount()
    button = auditor.find(QPushButton, "retrainButton")
    assert not button.isEnabled()
    assert button.toolTip() in said(auditor, "learningWaits")
    assert "correct or accept a photo first" in button.toolTip()
    auditor.press(Key.Key_Return)
    auditor.workspace.collection.recount()
    assert button.isEnabled()
    assert button.toolTip() == said(auditor, "learningWaits")
    assert "Retrain learns your changes, and ends the check" in button.toolTip()


def test_a_retrain_that_would_end_the_check_is_not_urged(auditor):
    auditor.click("auditButton")
    auditor.press(Key(Key.Key_0 + int(auditor.other)))
    auditor.workspace.collection.recount()
    button = auditor.find(QPushButton, "retrainButton")
    assert (button.text(), button.property("kind")) == ("Retrain on 1 correction", "secondary")


def test_another_wall_ends_it(auditor):
    auditor.click("auditButton")
    auditor.click(f"wallTab{int(auditor.other)}")
    assert auditor.find(QPushButton, "toCheckChip").isVisible()


def test_after_a_training_the_check_no_longer_counts(auditor):
    auditor.click("auditButton")
    auditor.press(Key.Key_Return)
    auditor.train()
    auditor.click(f"wallTab{int(auditor.wall)}")
    standing = auditor.session.audit(auditor.wall)
    assert not standing.stands
    if auditor.session.status().certificates[auditor.wall - 1].proposals:
        assert "no longer counts" in said(auditor, "auditWords")


def test_what_is_accepted_with_the_rest_is_marked_as_not_looked_at(auditor):
    one, *others = auditor.shown()
    auditor.focus(one)
    auditor.press(Key.Key_Return)
    auditor.click("acceptRestButton")
    auditor.click("allChip")
    in_bulk = {tile.name for tile in tiles(auditor) if tile.in_bulk}
    assert in_bulk == set(others)
    auditor.focus(others[0])
    assert "with the rest, not looked at singly" in auditor.words()


def tiles(person):
    model = person.grid.model()
    return [model.index(row, 0).data(Role.TILE) for row in range(model.rowCount())]


def test_what_was_accepted_unseen_can_be_looked_at_later(auditor):
    names = set(auditor.shown())
    auditor.click("acceptRestButton")
    auditor.workspace.collection.recount()
    assert f"{len(names)} accepted unseen" in said(auditor, "wallUnseen")
    status = auditor.session.status()
    assert sum(status.looked_at) == status.counts.human - len(names)
    assert sum(status.starters) == status.counts.can_learn_from - sum(status.bulk.learnable)
    auditor.click("unseenChip")
    assert set(auditor.shown()) == names
    kept = auditor.focused()
    auditor.press(Key.Key_Return)
    assert auditor.focused() != kept
    assert auditor.session.status().bulk.photos == len(names) - 1
    assert auditor.code(kept) == auditor.wall


def test_after_every_act_the_tiles_show_what_the_session_knows(auditor):
    def agrees():
        flags = auditor.session.in_bulk().tolist()
        assert auditor.session.table.in_bulk.tolist() == flags
        return sum(flags)

    here = auditor.photo(auditor.shown()[0])
    auditor.click("acceptRestButton")
    signed = agrees()
    do = auditor.workspace.collection.do
    do(KeepGrades([here]))
    assert agrees() == signed - 1
    auditor.choose("undo")
    assert agrees() == signed
    do(GradePhotos([here], None))
    assert agrees() == signed - 1
    do(AcceptProposals([here]))
    assert agrees() == signed - 1
    auditor.choose("undo")
    auditor.choose("undo")
    assert agrees() == signed
    auditor.choose("undo")
    assert agrees() == 0
    auditor.choose("redo")
    assert agrees() == signed


def test_what_it_still_takes_is_said(auditor):
    assert "right" in said(auditor, "effortPlan")
    assert said(auditor, "nextStep")
