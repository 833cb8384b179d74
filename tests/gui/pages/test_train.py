from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from tinyclf.domain import Grade
from tinyclf.training.config import TrainingConfig
from tinyclf.training.config_file import read_config
from tinyclf.training.gate import Gate
from tinyclf.training.presets import PRESETS
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


@pytest.mark.parametrize("entry", ["train-now", "compare"])
@pytest.mark.parametrize("page", ["label", "train"])
def test_the_menu_says_it_too_and_leads_to_where_one_grades(collector, entry, page):
    collector.go_to(page)
    collector.choose(entry)
    assert collector.window.page == "label"
    assert "Before training: grade photos here" in collector.words()
    collector.focus("a1")
    collector.press(Qt.Key.Key_4)
    collector.choose(entry)
    assert "photos of another grade than 4 too" in collector.words()
    assert not collector.workspace.workbench.busy  # nothing fails, nothing is red
    collector.press(Qt.Key.Key_2)
    collector.choose(entry)
    assert "Before training" not in collector.words()
    collector.wait_until_idle()


def test_training_is_drawn_and_judged(trainer):
    trainer.train()
    assert "never seen" in trainer.find(LossChart, "lossChart").accessibleDescription()
    quality = trainer.session.status().quality
    assert quality.photos == 15
    assert "% right (cross-checked on 15)" in trainer.words()


def test_it_is_said_of_which_training_curves_and_table_are(trainer, qtbot):
    trainer.train()
    lines = [trainer.find(QLabel, f"{what}Training") for what in ("curves", "matrix")]
    assert all(line.text().startswith("Trained today ") for line in lines)
    assert all(line.text().endswith(", 15 grades") for line in lines)
    trainer.grade_truly("d")
    for _ in trainer.session.train(*trainer.workspace.pages.train.choice):
        pass  # as in a pause: no curve is drawn
    trainer.workspace.collection.recount()
    assert lines[0].text().endswith(", not the latest")
    assert lines[1].text().endswith(", 20 grades")
    assert "drew no curves: it ran while you worked" in trainer.find(QLabel, "curvesBasis").text()
    trainer.window.resize(900, 600)
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in bases(trainer)))
    assert [line.shown_text() for line in lines] == [line.text() for line in lines]


def bases(person):
    return person.window.findChildren(QLabel, "curvesBasis")


def test_after_a_restart_the_table_says_of_which_training_it_is(trainer):
    trainer.train()
    restart(trainer)
    assert trainer.find(QLabel, "matrixTraining").text().endswith(", 15 grades")
    assert not trainer.window.findChildren(QLabel, "curvesTraining")[-1].isVisible()


def test_the_button_counts_the_grades(trainer):
    assert trainer.find(QPushButton, "trainButton").text() == "Train on 15 grades"


def test_label_urges_no_training_on_what_is_learnt(trainer):
    trainer.train()
    trainer.go_to("label")
    button = trainer.find(QPushButton, "trainButton")
    assert button.property("kind") == "secondary"
    assert "Trained on these already: grade more first." in button.toolTip()
    trainer.grade_truly("d")
    assert button.property("kind") == "primary"
    assert "already" not in button.toolTip()


def test_the_button_counts_no_grade_of_the_exam(trainer):
    trainer.session._store.reserve_exam([trainer.photo("d1")], most=1)
    trainer.workspace.collection.refresh()
    trainer.grade_truly("d")
    on_this_page = trainer.find(QPushButton, "trainButton").text()
    trainer.go_to("label")
    assert on_this_page == trainer.find(QPushButton, "trainButton").text() == "Train on 19 grades"
    trainer.train()
    assert "Trained on 19 grades" in trainer.window.toast.accessibleDescription()


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
    everyday = {"balanced", "fast", "unordered", "1-bit", "pixels"}
    assert everyday <= {row.name for row in heard.args[0]}
    assert not {row.name for row in heard.args[0]} & {"pixels-wide", "pixels-giant", "own"}
    assert trainer.find(QWidget, "comparisonTable").isVisible()
    assert "on your 15 photos" in trainer.words()


def untick_all_but(trainer, *names):
    for tick in trainer.window.findChildren(QCheckBox):
        if tick.objectName().endswith("Tick"):
            tick.setChecked(tick.objectName() in names)


def test_what_is_ticked_is_compared(trainer):
    untick_all_but(trainer, "fastTick", "balancedTick")
    assert trainer.find(QPushButton, "compareButton").text() == "Compare 2"
    untick_all_but(trainer, "fastTick")
    assert not trainer.find(QPushButton, "compareButton").isEnabled()


def test_ones_own_is_compared_beside_presets(trainer, qtbot):
    untick_all_but(trainer, "fastTick")
    trainer.click("detailsButton")
    trainer.find(QSpinBox, "widthField").setValue(12)
    with qtbot.waitSignal(trainer.workspace.workbench.compared, timeout=60_000) as heard:
        trainer.click("compareButton")
    assert {row.name for row in heard.args[0]} == {"fast", "own"}


def test_the_curious_unfold_more_presets(trainer):
    trainer.click("morePresetsButton")
    trainer.click("pixelswidePreset")
    trainer.click("detailsButton")
    trainer.click("moreDetailsButton")
    assert trainer.find(QLineEdit, "widthsField").text() == "1000, 100"


@pytest.fixture
def choose_file(monkeypatch):
    """Chooses a path in whatever dialog asks for one."""

    def choose(path):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "exec", lambda _: bool(path))
        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(path)])

    return choose


def test_settings_saved_as_a_file_are_those_the_command_line_reads(trainer, choose_file, tmp_path):
    trainer.click("detailsButton")
    trainer.find(QSpinBox, "widthField").setValue(12)
    choose_file(tmp_path / "mine.yaml")
    trainer.click("saveConfigButton")
    config = read_config(tmp_path / "mine.yaml")
    assert config.hidden == (12,)
    assert config == trainer.workspace.pages.train.config
    assert trainer.workspace.pages.train.config_name == "mine"


def test_settings_of_a_file_are_offered_by_its_name(trainer, choose_file, tmp_path, qtbot):
    path = tmp_path / "balanced.yaml"
    path.write_text("hidden: [7]")
    choose_file(path)
    trainer.click("openConfigButton")
    assert trainer.workspace.pages.train.config == TrainingConfig(hidden=(7,))
    offered = trainer.window.findChild(QPushButton, "balancedfilePreset")
    qtbot.waitUntil(offered.isVisible)
    assert offered.isChecked()
    assert trainer.find(QCheckBox, "balancedfileTick").isChecked()
    path.write_text("hidden: [8]")
    trainer.click("openConfigButton")
    assert trainer.workspace.pages.train.config == TrainingConfig(hidden=(8,))
    trainer.click("balancedPreset")
    assert trainer.workspace.pages.train.config == TrainingConfig()


def test_a_mistake_in_a_file_is_told_with_its_line(trainer, choose_file, tmp_path):
    (tmp_path / "mine.yaml").write_text("hidden: [7]\nepoch: 3\n")
    choose_file(tmp_path / "mine.yaml")
    trainer.click("openConfigButton")
    assert "mine.yaml, line 2: There is no setting 'epoch'" in trainer.words()
    assert trainer.workspace.pages.train.config_name == "fast"
    trainer.click("balancedPreset")
    assert "line 2" not in trainer.words()


def test_no_file_chosen_changes_nothing(trainer, choose_file):
    choose_file("")
    trainer.click("openConfigButton")
    trainer.click("saveConfigButton")
    assert trainer.workspace.pages.train.config_name == "fast"


def test_a_folder_that_cannot_be_written_is_told(trainer, choose_file, tmp_path):
    choose_file(tmp_path / "gone" / "mine.yaml")
    trainer.click("saveConfigButton")
    assert "mine.yaml cannot be written" in trainer.words()


def test_curves_begin_anew_only_when_training_does(trainer, qtbot):
    begun = []
    trainer.workspace.workbench.trainingBegun.connect(lambda: begun.append(1))
    with qtbot.waitSignal(trainer.workspace.workbench.trained, timeout=30_000):
        trainer.choose("train-now")
        assert not trainer.window.menu.action("train-now").isEnabled()
    assert begun == [1]


def restart(person):
    """Close the collection and open it again, as on the evening after."""
    path = person.session.path
    person.choose("close")
    person.desk.open_collection(path)
    person.wait_until_idle()
    person.go_to("train")


def test_files_of_settings_are_offered_again_after_a_restart(trainer, choose_file, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("hidden: [7]")
    choose_file(path)
    trainer.click("openConfigButton")
    restart(trainer)
    assert trainer.workspace.pages.train.config_name == "balanced"
    trainer.click("minePreset")
    assert trainer.workspace.pages.train.config == TrainingConfig(hidden=(7,))


def test_two_files_of_the_same_name_are_told_apart(trainer, choose_file, tmp_path, qtbot):
    (tmp_path / "other").mkdir()
    for folder, width in ((tmp_path, 7), (tmp_path / "other", 8)):
        (folder / "mine.yaml").write_text(f"hidden: [{width}]")
        choose_file(folder / "mine.yaml")
        trainer.click("openConfigButton")
    assert trainer.workspace.pages.train.config == TrainingConfig(hidden=(8,))
    qtbot.waitUntil(trainer.window.findChild(QPushButton, "minePreset").isVisible)
    trainer.click("minePreset")
    assert trainer.workspace.pages.train.config == TrainingConfig(hidden=(7,))


def test_a_file_that_is_gone_is_told_and_can_be_forgotten(trainer, choose_file, tmp_path):
    for name, text in (("gone", "hidden: [7]"), ("broken", "hidden: [7]")):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text)
        choose_file(path)
        trainer.click("openConfigButton")
    (tmp_path / "gone.yaml").unlink()
    (tmp_path / "broken.yaml").write_text("hiden: [7]")
    restart(trainer)
    assert "There is no setting 'hiden'" in trainer.words()
    trainer.click("forgetConfigButton")
    assert "gone.yaml cannot be read" in trainer.words()
    trainer.click("fastPreset")
    assert "gone.yaml cannot be read" in trainer.words()
    trainer.click("forgetConfigButton")
    assert "cannot be read" not in trainer.words()
    assert (tmp_path / "broken.yaml").exists()
    restart(trainer)
    assert "yaml" not in trainer.words()


def test_a_file_that_is_there_again_is_no_longer_missed(trainer, choose_file, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("hidden: [7]")
    choose_file(path)
    trainer.click("openConfigButton")
    path.unlink()
    restart(trainer)
    path.write_text("hidden: [8]")
    trainer.click("openConfigButton")
    assert "cannot be read" not in trainer.words()
    assert trainer.workspace.pages.train.config == TrainingConfig(hidden=(8,))


@pytest.fixture
def gated(trainer, monkeypatch):
    """A person whose last training asked whether the condition encoder helps."""
    trainer.train()
    answer = replace(trainer.session.status(), gate=Gate(is_open=True, gain=0.2, error=0.1))
    monkeypatch.setattr(trainer.session, "status", lambda: answer)
    trainer.workspace.collection.recount()
    return trainer


def test_what_the_last_training_asked_is_told_as_its(gated):
    trained = gated.session.model.preset
    gated.click("balancedPreset")
    words = gated.find(QLabel, "gateLine").text()
    assert words.startswith(f"In the last training ({PRESETS[trained].title}) ")


@pytest.mark.parametrize("preset", ["fast", "pixels", "thorough"])
def test_where_a_configuration_does_not_ask_nothing_is_told(gated, preset):
    gated.click("balancedPreset")
    gated.click(f"{preset}Preset")
    assert not gated.window.findChild(QLabel, "gateLine").isVisible()
