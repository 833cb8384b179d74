"""The form of a configuration's details."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from tinyclf.training.config import CHOICES, RANGES, TrainingConfig
from tinyclf_gui.widgets.config_fields import FIELDS, Choice, Number
from tinyclf_gui.widgets.config_form import TIP_LETTERS, ConfigForm

NARROW = 276
"""The form's width beside a scroll bar."""
WORDS = [(setting, word) for setting, words in CHOICES.items() for word in words]


@pytest.fixture
def form(qtbot):
    form = ConfigForm(TrainingConfig())
    qtbot.addWidget(form)
    return form


def field(form, setting):
    role = next(row.role for row in FIELDS if row.setting == setting)
    return form.findChild(QWidget, f"{role}Field")


@pytest.mark.parametrize(("setting", "word"), WORDS)
def test_whatever_the_word_it_stays_when_another_setting_is_edited(form, setting, word):
    config = TrainingConfig(**{setting: word})
    form.set_config(config)
    assert field(form, setting).value() == word

    field(form, "epochs").setValue(7)

    assert form.config == TrainingConfig(**{setting: word, "epochs": 7})


@pytest.mark.parametrize(("setting", "word"), WORDS)
def test_every_word_is_offered_in_a_persons_words_and_explained(form, setting, word):
    box = field(form, setting)
    at = box.findData(word)
    assert box.itemText(at) != word
    assert box.itemData(at, Qt.ItemDataRole.ToolTipRole)
    assert f"• {box.itemText(at)}: " in box.toolTip()


@pytest.mark.parametrize("row", FIELDS, ids=lambda row: row.setting)
def test_every_setting_is_named_and_explained_in_short_lines(form, row):
    edited = field(form, row.setting)
    caption = next(one for one in form.findChildren(QLabel) if one.buddy() is edited)
    assert edited.accessibleName() == caption.text()
    assert caption.toolTip() == edited.toolTip()
    assert 0 < max(map(len, edited.toolTip().splitlines())) <= TIP_LETTERS


@pytest.mark.parametrize("row", [row for row in FIELDS if isinstance(row, Choice)])
def test_no_word_is_cut(form, row):
    form.show()
    form.findChild(QPushButton, "moreDetailsButton").click()
    form.resize(NARROW, form.sizeHint().height())
    box = form.findChild(QComboBox, f"{row.role}Field")
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    for at in range(box.count()):
        assert box.fontMetrics().horizontalAdvance(box.itemText(at)) <= room.width()


@pytest.mark.parametrize("row", [row for row in FIELDS if isinstance(row, Number)])
def test_a_number_goes_as_far_as_the_configuration_allows(form, row):
    box = field(form, row.setting)
    least = 0 if row.none else row.limits[0]
    assert (box.minimum(), box.maximum()) == (least, row.limits[1])
    assert RANGES.get(row.setting, row.limits) == row.limits
    form.set_config(TrainingConfig(optimizer="sgd" if row.setting == "momentum" else "adamw"))
    for end in row.limits:
        box.setValue(end)
        assert getattr(form.config, row.setting, end) == end


def test_numbers_end_where_there_are_only_zeros(form):
    form.set_config(TrainingConfig(learning_rate=0.015, dropout=0.0))
    assert form.findChild(QDoubleSpinBox, "learningRateField").text() == "0.015"
    assert form.findChild(QDoubleSpinBox, "dropoutField").text() == "0"


def test_layers_and_perceptrons_make_the_hidden_layers(form):
    field(form, "layers").setValue(3)
    field(form, "width").setValue(8)
    assert form.config.hidden == (8, 8, 8)


def test_without_hidden_layers_nothing_of_them_can_be_set(form):
    before = enabled(form)
    form.findChild(QSpinBox, "layersField").setValue(0)
    assert before - enabled(form) == {"width", "activation", "weights", "dropout"}
    assert form.config.hidden == ()
    form.findChild(QSpinBox, "layersField").setValue(1)
    assert form.config.hidden == (32,)


def enabled(form):
    return {row.setting for row in FIELDS if field(form, row.setting).isEnabled()}


@pytest.mark.parametrize(
    ("changed", "useless"),
    [
        ({"optimizer": "sgd"}, {"weight_decay", "validation_fraction"}),
        ({"patience": 3}, {"momentum"}),
        ({"weights": "1-bit"}, {"momentum", "validation_fraction", "activation"}),
    ],
)
def test_what_does_nothing_beside_the_others_cannot_be_set(form, changed, useless):
    form.set_config(TrainingConfig(**changed))
    assert {row.setting for row in FIELDS} - enabled(form) == useless


def test_every_setting_of_a_configuration_has_a_field():
    settings = {row.setting for row in FIELDS} - {"layers", "width", "widths"} | {"hidden"}
    assert settings == set(TrainingConfig().to_mapping())


def test_the_common_settings_are_in_view_the_others_unfold(form):
    form.show()
    assert field(form, "learning_rate").isVisible()
    assert not field(form, "mixup").isVisible()
    form.findChild(QPushButton, "moreDetailsButton").click()
    assert field(form, "mixup").isVisible()


def test_layers_may_differ_in_width(form):
    widths = form.findChild(QLineEdit, "widthsField")
    widths.setText("1000, 100")
    widths.editingFinished.emit()
    assert form.config.hidden == (1000, 100)
    field(form, "epochs").setValue(7)
    assert form.config.hidden == (1000, 100)
    field(form, "layers").setValue(3)
    assert form.config.hidden == (1000, 100, 100)
    assert widths.text() == "1000, 100, 100"
    field(form, "width").setValue(50)
    assert form.config.hidden == (50, 50, 50)


@pytest.mark.parametrize("wrong", ["0", "9000", "1 " * 40, "9" * 5000])
def test_widths_that_no_network_can_have_are_undone(form, wrong):
    widths = form.findChild(QLineEdit, "widthsField")
    widths.setText(wrong)
    widths.editingFinished.emit()
    assert (widths.text(), form.config) == ("32", TrainingConfig())


def test_rare_grades_can_weigh_more(form):
    box = field(form, "balance")
    box.setCurrentIndex(1)
    assert box.currentText() == "Weigh more"
    assert form.config.balance == 0.5


def test_a_balance_of_a_file_is_kept(form):
    form.set_config(TrainingConfig(balance=0.3))
    assert field(form, "balance").currentText() == "0.3"
    field(form, "epochs").setValue(7)
    assert form.config == TrainingConfig(balance=0.3, epochs=7)


def test_it_never_stops_early_unless_told_to(form):
    patience = form.findChild(QSpinBox, "patienceField")
    assert patience.text() == "never"
    patience.setValue(4)
    assert form.config.patience == 4
    patience.setValue(0)
    assert form.config.patience is None


def test_only_a_person_edits(form, qtbot):
    with qtbot.assertNotEmitted(form.edited):
        form.set_config(TrainingConfig(epochs=9, loss="corn"))
    with qtbot.waitSignal(form.edited) as heard:
        field(form, "epochs").setValue(8)
    assert heard.args == [TrainingConfig(epochs=8, loss="corn")]


@pytest.mark.parametrize("setting", ["loss", "width", "dropout"])
def test_the_wheel_changes_nothing(form, qtbot, setting):
    form.show()
    box = field(form, setting)
    box.setFocus()
    with qtbot.assertNotEmitted(form.edited):
        turn_wheel(box)


def turn_wheel(widget):
    middle = QPointF(widget.rect().center())
    turn = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turn)


@pytest.fixture
def choose(form, monkeypatch):
    """Chooses the entry that asks for a file, and a path in the dialog."""

    def choose(path):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
        box = form.findChild(QComboBox, "featuresField")
        box.setCurrentIndex(box.count() - 1)
        box.activated.emit(box.count() - 1)
        return box

    return choose


def test_an_encoder_of_ones_own_gets_an_entry(form, choose):
    box = choose("/eyes/a-rather-long-name.onnx")
    assert form.config.features == "/eyes/a-rather-long-name.onnx"
    assert box.currentText() == "a-rather-lon…"
    assert box.itemData(box.currentIndex(), Qt.ItemDataRole.ToolTipRole) == form.config.features
    form.set_config(TrainingConfig(features="pixels"))
    assert box.currentText() == "Bare pixels"


def test_no_encoder_chosen_is_no_edit(form, choose, qtbot):
    with qtbot.assertNotEmitted(form.edited):
        box = choose("")
    assert box.currentText() == "Pretrained eye"


def test_where_layers_differ_every_width_is_shown(form):
    width = field(form, "width")
    form.set_config(TrainingConfig(hidden=(64, 32)))
    assert width.text() == "64, 32"
    assert "the layers differ" in width.toolTip()
    field(form, "epochs").setValue(7)
    assert form.config.hidden == (64, 32)
    width.interpretText()
    assert form.config.hidden == (64, 32)
    width.stepUp()
    assert form.config.hidden == (65, 65)
    assert width.text() == "65"
    assert "the layers differ" not in width.toolTip()
