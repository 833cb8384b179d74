"""A person pins examples, and grades beside them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tinyclf.domain import Grade
from tinyclf_gui.commands import GradePhotos
from tinyclf_gui.widgets.wall_side import PREVIEW_HEIGHT

Key = Qt.Key


def example_names(collector, panel):
    """Return by rung what stands there, and wait until anything does."""
    collector.qtbot.waitUntil(lambda: bool(panel.ladder.buttons), timeout=10_000)
    return {
        grade: [
            collector.name_of(one.photo_id)
            for one in panel.ladder.buttons
            if one.objectName().startswith(f"exampleOf{grade}")
        ]
        for grade in range(1, 6)
    }


@pytest.fixture
def grader(trained):
    """A person with two photos of each grade graded, and the others proposed, on Label."""
    trained.session.group(dict.fromkeys(map(trained.photo, ("b5", "c3")), "both sides"))
    trained.go_to("label")
    return trained


@pytest.fixture
def loupe(grader):
    browser = grader.workspace.pages.label.browser
    browser.open_loupe(grader.photo("c3"))
    return browser.loupe


def test_p_in_the_grid_pins_what_is_in_focus_and_p_again_unpins_it(grader):
    grader.focus("a3")
    grader.press(Key.Key_P)
    assert grader.session.exemplars()[Grade.FAIR] == (grader.photo("a3"),)
    assert "Pinned as an example of grade 3" in grader.words()
    grader.press(Key.Key_P)
    assert grader.session.exemplars()[Grade.FAIR] == ()
    assert "No example of grade 3 any more" in grader.words()


def test_the_toast_takes_back_what_was_pinned_and_nothing_else(grader):
    session, graded = grader.session, grader.session.undoable
    for name in ("a3", "b3"):
        grader.workspace._pin([grader.photo(name)])
    both = (grader.photo("a3"), grader.photo("b3"))
    grader.click("undoRemarkLink")
    assert session.exemplars()[Grade.FAIR] == both[:1]
    assert "Examples as before" in grader.words()
    assert session.undoable == graded
    assert not grader.window.findChild(QPushButton, "undoRemarkLink").isVisible()


def test_the_toast_brings_back_those_that_gave_way(grader):
    names = ("a1", "a2", "a3", "a4", "a5")
    photo_ids = [grader.photo(name) for name in names]
    grader.workspace.collection.do(GradePhotos(photo_ids, Grade.FAIR))
    grader.workspace._pin(photo_ids[:4])
    grader.workspace._pin(photo_ids[4:])
    assert grader.session.exemplars()[Grade.FAIR] == tuple(photo_ids[1:])
    grader.click("undoRemarkLink")
    assert grader.session.exemplars()[Grade.FAIR] == tuple(photo_ids[:4])
    grader.workspace._pin(photo_ids[:4])
    assert "4 are no examples of grade 3 any more" in grader.words()
    grader.click("undoRemarkLink")
    assert grader.session.exemplars()[Grade.FAIR] == tuple(photo_ids[:4])


def test_an_act_after_it_is_what_the_toast_takes_back(grader):
    grader.workspace._pin([grader.photo("a3")])
    grader.workspace.collection.do(_grade(grader, "d1", Grade.POOR))
    assert grader.find(QPushButton, "undoLink").isVisible()
    assert not grader.window.findChild(QPushButton, "undoRemarkLink").isVisible()


def test_the_menu_pins_a_selection(grader):
    grader.focus("a3")
    grader.grid.selectAll()
    grader.choose("pin")
    pinned = grader.session.exemplars()
    assert [len(pinned[grade]) for grade in Grade] == [2, 2, 2, 2, 2]


def test_p_again_unpins_even_more_photos_of_a_grade_than_can_be_examples(grader):
    names = ("a1", "a2", "a3", "a4", "a5", "b1")
    photo_ids = [grader.photo(name) for name in names]
    grader.workspace.collection.do(GradePhotos(photo_ids, Grade.FAIR))
    grader.grid.reveal(photo_ids)
    grader.press(Key.Key_P)
    assert len(grader.session.exemplars()[Grade.FAIR]) == 4
    grader.press(Key.Key_P)
    assert grader.session.exemplars()[Grade.FAIR] == ()
    grader.press(Key.Key_P)
    assert len(grader.session.exemplars()[Grade.FAIR]) == 4


def test_a_photo_without_a_grade_is_not_pinned_and_it_says_why(grader):
    grader.focus("c3")
    grader.press(Key.Key_P)
    assert not any(grader.session.exemplars().values())
    assert "Grade a photo first" in grader.words()


def test_the_loupe_shows_what_is_pinned_and_typical_photos_elsewhere(grader, loupe):
    assert set(example_names(grader, loupe.references)[3]) == {"a3", "b3"}
    grader.workspace._pin([grader.photo("b3")])
    grader.qtbot.waitUntil(
        lambda: example_names(grader, loupe.references)[3] == ["b3", "a3"], timeout=10_000
    )
    assert len(example_names(grader, loupe.references)[4]) == 2


def test_the_loupe_shows_graded_photos_that_look_like_the_one_in_it(grader, loupe):
    alikes = loupe.references.look_alikes
    grader.qtbot.waitUntil(lambda: bool(alikes.buttons), timeout=10_000)
    assert {grader.name_of(one)[0] for one in alikes.photo_ids} <= {"a", "b"}
    assert grader.photo("b5") in alikes.photo_ids


def test_a_grade_given_meanwhile_is_shown(grader, loupe):
    grader.qtbot.waitUntil(lambda: bool(loupe.references.ladder.buttons), timeout=10_000)
    grader.press(Key.Key_P)  # c3 is not graded
    grader.workspace.collection.do(_grade(grader, "d1", Grade.BARELY_VISIBLE))
    grader.workspace._pin([grader.photo("d1")])
    grader.qtbot.waitUntil(
        lambda: example_names(grader, loupe.references)[1][0] == "d1", timeout=10_000
    )


def _grade(collector, name, grade):
    return GradePhotos([collector.photo(name)], grade)


def test_beside_a_photo_of_the_exam_nothing_is_shown_until_it_is_graded(grader):
    session, photo = grader.session, grader.photo("c3")
    session._store.reserve_exam([photo], most=1)
    grader.workspace.collection.refresh()
    browser = grader.workspace.pages.label.browser
    browser.open_loupe(photo)
    panel = browser.loupe.references
    assert panel.findChild(QLabel, "blindNote").isVisible()
    grader.qtbot.wait(200)
    assert not panel.ladder.isVisible()
    assert panel.look_alikes.photo_ids == []
    grader.workspace.collection.do(_grade(grader, "c3", Grade.FAIR))
    grader.qtbot.waitUntil(panel.ladder.isVisible, timeout=10_000)


def test_beside_the_walls_examples_are_folded_and_it_is_remembered_that_they_are_not(trained):
    fold = trained.workspace.pages.review.references
    assert not fold.panel.isVisible()
    trained.click("referencesFold")
    trained.qtbot.waitUntil(lambda: bool(fold.panel.ladder.buttons), timeout=10_000)
    path = trained.session.path
    trained.choose("close")
    trained.desk.open_collection(path)
    assert trained.find(QPushButton, "referencesFold").isChecked()


def test_b_unfolds_them_and_folds_them_away(trained):
    panel = trained.workspace.pages.review.references.panel
    trained.press(Key.Key_B)
    assert panel.isVisible()
    trained.press(Key.Key_B)
    assert not panel.isVisible()


def test_b_in_the_grid_of_label_opens_the_loupe_with_them(grader):
    grader.press(Key.Key_B)
    assert grader.workspace.pages.label.browser.loupe.references.isVisible()


def test_unfolded_beside_the_walls_none_is_squeezed_and_the_preview_gives_way(trained):
    trained.window.resize(900, 600)
    page = trained.workspace.pages.review
    panel = page.references.panel
    graded = [trained.photo(f"{letter}{grade}") for letter in "ab" for grade in range(1, 6)]
    trained.session.group(dict.fromkeys([*graded, *page.browser.targets()], "one thing"))
    trained.click("referencesFold")
    trained.qtbot.waitUntil(lambda: bool(panel.look_alikes.buttons), timeout=10_000)
    trained.qtbot.waitUntil(lambda: page._inspector.preview.height() == 0)
    buttons = [*panel.ladder.buttons, *panel.look_alikes.buttons]
    trained.qtbot.waitUntil(lambda: all(one.size() == one.sizeHint() for one in buttons))


def test_with_room_the_preview_is_large_again(trained):
    preview = trained.workspace.pages.review._inspector.preview
    trained.window.resize(1280, 1200)
    trained.qtbot.waitUntil(lambda: preview.height() == PREVIEW_HEIGHT)


def test_the_loupe_has_them_beside_the_photo_instead(trained):
    trained.click("referencesFold")
    trained.workspace.pages.review.browser.open_loupe()
    assert not trained.workspace.pages.review.references.isVisible()
    assert trained.workspace.pages.review.browser.loupe.references.isVisible()
    trained.workspace.pages.review.browser.close_loupe()
    assert trained.workspace.pages.review.references.panel.isVisible()


def test_put_away_in_one_loupe_they_are_away_in_the_other(grader, loupe):
    grader.press(Key.Key_B)
    assert not loupe.references.isVisible()
    assert not grader.workspace.pages.review.browser.loupe.beside.button.isChecked()
