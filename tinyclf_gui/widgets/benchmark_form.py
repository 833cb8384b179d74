"""The quick benchmark as a form: its fields and their limits are those of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from tinyclf.benchmark.allowed import default_of, range_of, words_of
from tinyclf.benchmark.kinds import Inference
from tinyclf.benchmark.kinds.inference import ONE_BIT, SIGN, Math, Shape
from tinyclf.benchmark.plan import require_memory
from tinyclf.benchmark.settings import Performance, Settings
from tinyclf.errors import ConfigError
from tinyclf_gui.widgets.form_field import add_field
from tinyclf_gui.widgets.setting_fields import ChoiceField, WholeField
from tinyclf_gui.widgets.styled import label, restyle


def _(text: str) -> str:
    """Mark a text for the translators; it is translated when it is shown."""
    return text


@dataclass(frozen=True)
class _Row:
    """One field.

    Attributes:
        group: Where the engine keeps it.
        setting: What the engine calls it.
        role: What the window calls it.
        title: What a person calls it.
        words: What it is for.
    """

    group: type[Settings]
    setting: str
    role: str
    title: str
    words: str


ROWS = (
    _Row(Inference, "nepochs", "Epochs", _("Epochs"), _("Forward passes that are timed together.")),
    _Row(Math, "precision", "Precision", _("Precision"), _("Of the weights.")),
    _Row(Shape, "layers", "Layers", _("Layers"), _("Hidden layers, one behind the other.")),
    _Row(Shape, "dimension", "Dimension", _("Dimension"), _("Perceptrons in each layer.")),
    _Row(Math, "activation", "Activation", _("Activation"), _("What follows each layer.")),
    _Row(Performance, "threads", "Threads", _("Threads"), _("At most so many; below 1 is all.")),
    _Row(Inference, "batch", "Batch", _("Batch"), _("Inputs at a time.")),
    _Row(Performance, "device", "Device", _("Device"), _("What computes.")),
)

TITLES: dict[str, tuple[str, str]] = {
    "f4": (_("Single (f4)"), _("32 bits a number")),
    "f8": (_("Double (f8)"), _("64 bits a number")),
    "f2": (_("Half (f2)"), _("16 bits a weight, computed in single")),
    "int8": (_("8 bits (int8)"), _("whole numbers for weights, computed in single")),
    "1bit": (_("1 bit"), _("weights and inputs are signs")),
    "sigmoid": (_("Sigmoid"), ""),
    "tanh": ("Tanh", ""),
    "relu": ("ReLU", ""),
    "leaky-relu": (_("Leaky ReLU"), ""),
    "gelu": ("GELU", ""),
    "sign": (_("Sign"), _("of 1-bit layers only")),
    "cpu": (_("Processor"), ""),
    "cuda": (_("Graphics card"), _("an NVIDIA card, through CuPy")),
}
"""What a person calls the engine's words, and what they mean; others are shown as they are."""


class BenchmarkForm(QWidget):
    """Edits one inference case.

    Signals:
        edited(): A person has changed it.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkForm")
        self.setAccessibleName(self.tr("Quick benchmark"))
        self._activation = "sigmoid"
        self._was_one_bit = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(1, 1)
        self._fields = {row.setting: self._add(row) for row in ROWS}
        self._memory = label("", "muted", wrap=True)
        self._memory.setObjectName("benchmarkMemory")
        self._grid.addWidget(self._memory, self._grid.rowCount(), 0, 1, 2)
        self._problem = ""
        self._show_memory()

    @property
    def case(self) -> Inference:
        """The case as it stands in the form."""
        value = {setting: field.value() for setting, field in self._fields.items()}
        return Inference(
            nepochs=value["nepochs"],
            batch=value["batch"],
            shape=Shape(layers=value["layers"], dimension=value["dimension"]),
            math=Math(precision=value["precision"], activation=value["activation"]),
            performance=Performance(threads=value["threads"] or None, device=value["device"]),
        )

    @property
    def problem(self) -> str:
        """Why the case cannot be run, in a sentence; empty if it can."""
        return self._problem

    def set_values(self, **values: object) -> None:
        """Show these values; the others stay."""
        for setting, value in values.items():
            self._fields[setting].setValue(value)

    def _add(self, row: _Row) -> Any:
        title, words = translated(row.title), translated(row.words)
        field = _field(row)
        field.valueChanged.connect(self._read)
        add_field(self._grid, field, f"benchmark{row.role}Field", title, words, words)
        return field

    def _read(self, _: object = None) -> None:
        self._pair_sign_with_one_bit()
        self._show_memory()
        self.edited.emit()

    def _pair_sign_with_one_bit(self) -> None:
        """1-bit layers have the activation sign, and only they: the one brings the other."""
        precision, activation = self._fields["precision"], self._fields["activation"]
        with QSignalBlocker(precision), QSignalBlocker(activation):
            if precision.value() == ONE_BIT:
                activation.setValue(SIGN)
            elif activation.value() == SIGN and self._was_one_bit:
                activation.setValue(self._activation)
            elif activation.value() == SIGN:
                precision.setValue(ONE_BIT)
            else:
                self._activation = activation.value()
        self._was_one_bit = precision.value() == ONE_BIT
        activation.setEnabled(not self._was_one_bit)

    def _show_memory(self) -> None:
        case = self.case
        try:
            require_memory(case)
            self._problem = ""
        except ConfigError as error:
            self._problem = str(error)
        needed = bytes_in_words(case.work().needed_bytes)
        self._memory.setText(self._problem or self.tr("Needs {0} of memory.").format(needed))
        restyle(self._memory, "danger" if self._problem else "muted")


class ThreadsField(WholeField):
    """How many threads; 0 is shown as "all"."""

    def __init__(self, most: int) -> None:
        super().__init__(0, most)
        self.setSpecialValueText(self.tr("all"))


def bytes_in_words(count: int) -> str:
    """Return ``"13 MB"``, ``"1.2 GB"``."""
    if count < 1e6:
        return _tr("less than 1 MB")
    if count < 1e9:
        return _tr("{0} MB").format(f"{count / 1e6:,.0f}")
    return _tr("{0} GB").format(f"{count / 1e9:,.1f}")


def translated(text: str) -> str:
    """Return a text of the tables above in the window's language."""
    return _tr(text)


def _field(row: _Row) -> ChoiceField | WholeField:
    words = words_of(row.group, row.setting)
    if words:
        titles = {word: TITLES.get(word, (word, "")) for word in words}
        return ChoiceField(
            {w: (_tr(t), _tr(what) if what else "") for w, (t, what) in titles.items()}
        )
    least, most = range_of(row.group, row.setting)
    if row.setting == "threads":
        return ThreadsField(most)
    field = WholeField(least, most)
    field.setGroupSeparatorShown(True)
    field.setStepType(field.StepType.AdaptiveDecimalStepType)
    field.setValue(default_of(row.group, row.setting))
    return field


def _tr(text: str) -> str:
    return QCoreApplication.translate("BenchmarkForm", text)
