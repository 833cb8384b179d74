"""The details of a training configuration as a form."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from tinyclf.training.config import TrainingConfig
from tinyclf_gui.widgets.config_fields import FIELDS, NEEDS_HIDDEN, Choice, Number, translated
from tinyclf_gui.widgets.setting_fields import ChoiceField, DecimalField, FileField, WholeField
from tinyclf_gui.widgets.styled import label

FIELD_HEIGHT = 30
"""The same for words and numbers, else rows are uneven."""
TIP_LETTERS = 60
"""So long is a line of a tool tip: Qt does not break plain text."""


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
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(1, 1)
        self._fields = {row.setting: self._add(row) for row in FIELDS}
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
            for setting, value in self._shown(config).items():
                self._fields[setting].setValue(value)
            self._show_needs()
        finally:
            self._quiet = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll past the fields: it would change what comes under the pointer."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _add(self, row: Choice | Number) -> ChoiceField | WholeField | DecimalField:
        title, tip = translated(row.title), explained(row)
        field = self._field(row)
        field.setObjectName(f"{row.role}Field")
        field.setAccessibleName(title)
        field.setAccessibleDescription(translated(row.words))
        field.setToolTip(tip)
        field.setMaximumHeight(FIELD_HEIGHT)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)
        field.valueChanged.connect(self._read)
        caption = label(title)
        caption.setBuddy(field)
        caption.setToolTip(tip)
        at = self._grid.rowCount()
        self._grid.setRowMinimumHeight(at, FIELD_HEIGHT)
        self._grid.addWidget(caption, at, 0)
        self._grid.addWidget(field, at, 1)
        return field

    def _field(self, row: Choice | Number) -> ChoiceField | WholeField | DecimalField:
        if isinstance(row, Number):
            low, high = row.limits
            if row.decimals:
                return DecimalField(low, high, row.decimals, row.step)
            return WholeField(int(low), int(high))
        entries = {
            entry.word: (translated(entry.title), translated(entry.words)) for entry in row.entries
        }
        if row.setting != "features":
            return ChoiceField(entries)
        return FileField(entries, self.tr("An image encoder"), self.tr("ONNX networks (*.onnx)"))

    def _shown(self, config: TrainingConfig) -> dict[str, Any]:
        """Return what each field shows of a configuration."""
        width = config.hidden[0] if config.hidden else self._fields["width"].value()
        hidden = {"layers": len(config.hidden), "width": width}
        return {row.setting: getattr(config, row.setting, None) for row in FIELDS} | hidden

    def _show_needs(self) -> None:
        """What belongs to hidden layers can be set only if there are any."""
        for setting in NEEDS_HIDDEN:
            self._fields[setting].setEnabled(self._fields["layers"].value() != 0)

    def _read(self, _: object = None) -> None:
        if self._quiet:
            return
        values: dict[str, Any] = {key: field.value() for key, field in self._fields.items()}
        width, layers = values.pop("width"), values.pop("layers")
        config = replace(self._config, **values, hidden=(width,) * layers)
        self._show_needs()
        if config != self._config:
            self._config = config
            self.edited.emit(config)


def explained(row: Choice | Number) -> str:
    """Return what a setting is for, and what each of its words does, in short lines."""
    lines = textwrap.wrap(translated(row.words), TIP_LETTERS)
    for entry in row.entries if isinstance(row, Choice) else ():
        words = f"• {translated(entry.title)}: {translated(entry.words)}"
        lines += textwrap.wrap(words, TIP_LETTERS, subsequent_indent="   ")
    return "\n".join(lines)
