"""The form of a configuration's details."""

import pytest
from PySide6.QtWidgets import QSpinBox

from tinyclf.training.config import CHOICES, TrainingConfig
from tinyclf_gui.widgets.config_form import ConfigForm


@pytest.mark.parametrize("loss", CHOICES["loss"])
def test_whatever_the_loss_it_stays_when_another_setting_is_edited(qtbot, loss):
    form = ConfigForm(TrainingConfig(loss=loss))
    qtbot.addWidget(form)

    form.findChild(QSpinBox, "epochsField").setValue(7)

    assert form.config == TrainingConfig(loss=loss, epochs=7)


@pytest.mark.parametrize("activation", CHOICES["activation"])
def test_whatever_the_activation_it_stays_when_another_setting_is_edited(qtbot, activation):
    form = ConfigForm(TrainingConfig(activation=activation))
    qtbot.addWidget(form)

    form.findChild(QSpinBox, "epochsField").setValue(7)

    assert form.config == TrainingConfig(activation=activation, epochs=7)
