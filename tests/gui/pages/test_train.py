from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSpinBox, QWidget

from tinyclf.domain import Grade
from tinyclf_gui.widgets.confusion_matrix import ConfusionMatrix
from tinyclf_gui.widgets.loss_chart import LossChart


@pytest.fixture
def trainer(collector):
    """A person on the Train page, with photos of every grade graded."""
    collector.grade_truly("abc")
    collector.go_to("train")
    collector.click("fastPreset")
    return collector


def test_without_two_grades_the_page_says_what_to_do(collector):
    collector.go_to("train")
    assert "at least two different grades" in collector.words()
    assert not collector.find(QPushButton, "trainButton").isEnabled()
    assert not collector.find(QPushButton, "compareButton").isEnabled()


def test_the_menu_says_it_too(collector, qtbot):
    collector.focus("a1")
    collector.press(Qt.Key.Key_4)
    collector.choose("train-now")
    qtbot.waitUntil(lambda: "Only one photo is graded" in collector.job_words())
    assert "at least two different grades" in collector.job_words()


def test_training_is_drawn_and_judged(trainer):
    trainer.train()
    assert "never seen" in trainer.find(LossChart, "lossChart").accessibleDescription()
    quality = trainer.session.status().quality
    assert quality.photos == 15
    assert "% right (cross-checked on 15)" in trainer.words()


def test_the_button_counts_the_grades(trainer):
    assert trainer.find(QPushButton, "trainButton").text() == "Train on 15 grades"


def test_after_training_the_walls_are_offered(trainer):
    trainer.train()
    trainer.click("seeProposalsButton")
    assert trainer.window.page == "review"


def test_what_is_changed_is_ones_own(trainer):
    trainer.click("detailsButton")
    trainer.find(QSpinBox, "widthField").setValue(12)
    trainer.click("fastPreset")
    assert trainer.find(QSpinBox, "widthField").value() == 16
    trainer.click("ownPreset")
    assert trainer.find(QSpinBox, "widthField").value() == 12


def test_ones_own_begins_with_the_preset_chosen_before(trainer):
    trainer.click("ownPreset")
    assert trainer.find(QSpinBox, "widthField").value() == 16
    assert "Your own settings" in trainer.words()


def test_in_a_low_window_the_details_scroll_into_view(trainer, qtbot):
    trainer.window.resize(1024, 640)
    trainer.click("detailsButton")
    epochs = trainer.find(QSpinBox, "epochsField")
    qtbot.waitUntil(lambda: not epochs.visibleRegion().isEmpty())


def test_a_cell_shows_its_photos(trainer):
    trainer.train()
    matrix = trainer.find(ConfusionMatrix, "confusionMatrix")
    matrix.cellClicked.emit(Grade.POOR, Grade.FAIR)
    assert trainer.window.page == "label"


def test_configurations_are_compared_on_the_same_photos(trainer, qtbot):
    with qtbot.waitSignal(trainer.workspace.workbench.compared, timeout=60_000) as heard:
        trainer.click("compareButton")
        assert not trainer.find(QPushButton, "trainButton").isEnabled()
    assert {row.name for row in heard.args[0]} == {"balanced", "fast", "pixels", "unordered"}
    assert trainer.find(QWidget, "comparisonTable").isVisible()


def test_curves_begin_anew_only_when_training_does(trainer, qtbot):
    begun = []
    trainer.workspace.workbench.trainingBegun.connect(lambda: begun.append(1))
    with qtbot.waitSignal(trainer.workspace.workbench.trained, timeout=30_000):
        trainer.choose("train-now")
        assert not trainer.window.menu.action("train-now").isEnabled()
    assert begun == [1]
