"""The details of a training configuration as a form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFileDialog, QFormLayout, QSpinBox, QWidget

from tinyclf.training.config import CHOICES, MAX_LAYERS, MAX_WIDTH, RANGES, TrainingConfig
from tinyclf_gui.widgets.styled import label

LETTERS = 9
"""A choice may be as narrow as this many letters."""
ANOTHER = "another"
"""The entry that asks for an encoder's file."""


class ConfigForm(QWidget):
    """Edits what most users touch; every other setting stays as it was.

    Signals:
        edited(object): A person made it this ``TrainingConfig``.
    """

    edited = Signal(object)

    def __init__(self, config: TrainingConfig, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("configForm")
        self.setAccessibleName(self.tr("Details of the configuration"))
        self._config = config
        self._quiet = False
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._form.setHorizontalSpacing(16)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._fill_in()
        self.set_config(config)

    @property
    def config(self) -> TrainingConfig:
        """The configuration as it stands in the form."""
        return self._config

    def set_config(self, config: TrainingConfig) -> None:
        """Show another configuration, without a signal."""
        self._config = config
        self._quiet = True
        try:
            self._loss.setCurrentIndex(self._loss.findData(config.loss))
            self._show_features(config.features)
            self._layers.setValue(len(config.hidden))
            self._width.setValue(config.hidden[0] if config.hidden else 64)
            self._width.setEnabled(bool(config.hidden))
            self._activation.setCurrentIndex(self._activation.findData(config.activation))
            self._precision.setCurrentIndex(self._precision.findData(config.precision))
            self._rate.setValue(config.learning_rate)
            self._dropout.setValue(config.dropout)
            self._epochs.setValue(config.epochs)
        finally:
            self._quiet = False

    def _fill_in(self) -> None:
        self._features = self._choice(
            "features",
            self.tr("Looks at"),
            self.tr(
                "The pretrained eye sees damage; bare pixels are for comparison. Another encoder "
                "is an ONNX file with a small manifest beside it."
            ),
            {
                "embedding": self.tr("Pretrained eye"),
                "pixels": self.tr("Bare pixels"),
                ANOTHER: self.tr("Another encoder…"),
            },
        )
        self._features.activated.connect(self._choose_encoder)
        self._loss = self._choice(
            "loss",
            self.tr("Grades"),
            self.tr("In order: taking a 4 for a 5 is a smaller mistake than taking a 1 for a 5."),
            {
                "ordinal": self.tr("In order"),
                "corn": self.tr("In order, step by step"),
                "softmax": self.tr("Without order"),
                "hinge": self.tr("Without order, hinge"),
                "squared-error": self.tr("Without order, squares"),
            },
        )
        self._layers = QSpinBox()
        self._layers.setRange(0, MAX_LAYERS)
        self._add(
            "layers", self.tr("Hidden layers"), self._layers, self.tr("0 is a straight line.")
        )
        self._width = QSpinBox()
        self._width.setRange(1, MAX_WIDTH)
        self._add("width", self.tr("Perceptrons"), self._width, self.tr("In each hidden layer."))
        names = {
            "relu": "ReLU",
            "leaky-relu": self.tr("Leaky ReLU"),
            "gelu": "GELU",
            "sigmoid": self.tr("Sigmoid"),
            "tanh": "Tanh",
        }
        self._activation = self._choice(
            "activation", self.tr("Activation"), self.tr("After each hidden layer."), names
        )
        self._precision = self._choice(
            "precision",
            self.tr("Precision"),
            self.tr("f4 is single, f8 double precision; f4 is faster and as good."),
            {word: word for word in CHOICES["precision"]},
        )
        self._rate = self._decimal("learning_rate", 5, 0.0005)
        self._add(
            "rate",
            self.tr("Learning rate"),
            self._rate,
            self.tr(
                "How far a step goes: too large and training diverges, too small and it crawls."
            ),
        )
        self._dropout = self._decimal("dropout", 2, 0.05)
        self._add(
            "dropout",
            self.tr("Dropout"),
            self._dropout,
            self.tr("The share of perceptrons left out at each step, against learning by heart."),
        )
        self._epochs = QSpinBox()
        self._epochs.setRange(int(RANGES["epochs"][0]), int(RANGES["epochs"][1]))
        self._add("epochs", self.tr("Epochs"), self._epochs, self.tr("Passes over your grades."))
        for box in (self._layers, self._width, self._epochs, self._rate, self._dropout):
            box.setKeyboardTracking(False)
            box.valueChanged.connect(self._read)
        for choice in (self._features, self._loss, self._activation, self._precision):
            choice.currentIndexChanged.connect(self._read)

    def _choice(self, role: str, title: str, words: str, entries: dict[str, str]) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LETTERS)
        for key, text in entries.items():
            box.addItem(text, key)
        self._add(role, title, box, words)
        return box

    def _decimal(self, setting: str, decimals: int, step: float) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setDecimals(decimals)
        box.setRange(*RANGES[setting])
        box.setSingleStep(step)
        return box

    def _add(self, role: str, title: str, field: QWidget, words: str) -> None:
        field.setObjectName(f"{role}Field")
        field.setAccessibleName(title)
        field.setAccessibleDescription(words)
        field.setToolTip(words)
        caption = label(title)
        caption.setBuddy(field)
        caption.setToolTip(words)
        self._form.addRow(caption, field)

    def _show_features(self, features: str) -> None:
        """Choose an entry; an encoder's file gets its own before the last."""
        if self._features.findData(features) < 0:
            self._features.insertItem(self._features.count() - 1, Path(features).stem, features)
        self._features.setCurrentIndex(self._features.findData(features))

    def _choose_encoder(self, _index: int) -> None:
        if self._features.currentData() != ANOTHER:
            return
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("An image encoder"), "", self.tr("ONNX networks (*.onnx)")
        )
        self._show_features(path or self._config.features)

    def _read(self, _: object = None) -> None:
        if self._quiet or self._features.currentData() == ANOTHER:
            return
        self._width.setEnabled(self._layers.value() > 0)
        self._config = replace(self._config, **self._values())
        self.edited.emit(self._config)

    def _values(self) -> dict[str, Any]:
        return {
            "features": self._features.currentData(),
            "loss": self._loss.currentData(),
            "hidden": (self._width.value(),) * self._layers.value(),
            "activation": self._activation.currentData(),
            "precision": self._precision.currentData(),
            "learning_rate": self._rate.value(),
            "dropout": self._dropout.value(),
            "epochs": self._epochs.value(),
        }
