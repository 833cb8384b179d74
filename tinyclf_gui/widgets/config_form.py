"""The details of a training configuration as a form."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import Any, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tinyclf.training.config import TrainingConfig
from tinyclf_gui.widgets.config_fields import (
    COMMON,
    FIELDS,
    MORE,
    Choice,
    Group,
    Number,
    Row,
    Widths,
    in_use,
    translated,
)
from tinyclf_gui.widgets.fold_button import fold_button
from tinyclf_gui.widgets.form_field import add_field
from tinyclf_gui.widgets.setting_fields import (
    ChoiceField,
    DecimalField,
    FileField,
    WholeField,
    WidthField,
)
from tinyclf_gui.widgets.styled import label
from tinyclf_gui.widgets.widths_field import WidthsField

CAPTION_WIDTH = 96
"""So that the fields of all groups begin in one place."""
TIP_LETTERS = 60
"""So long is a line of a tool tip: Qt does not break plain text."""


Field: TypeAlias = ChoiceField | WholeField | DecimalField | WidthsField


class ConfigForm(QWidget):
    """Edits every setting: the common ones in view, the others in groups that unfold.

    Signals:
        edited(object): A person made it this ``TrainingConfig``.
        unfolded(object): What lies below this ``QWidget`` of it came into view.
    """

    edited = Signal(object)
    unfolded = Signal(object)

    def __init__(self, config: TrainingConfig, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("configForm")
        self.setAccessibleName(self.tr("Details of the configuration"))
        self._config = config
        self._quiet = False
        self._fields: dict[str, Field] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._make_group(COMMON))
        self._more = fold_button(self.tr("More"), "moreDetailsButton")
        self._more.setToolTip(self.tr("Everything else that shapes a training"))
        layout.addWidget(self._more)
        self._others = QWidget()
        others = QVBoxLayout(self._others)
        others.setContentsMargins(0, 0, 0, 0)
        others.setSpacing(12)
        for group in MORE:
            others.addWidget(self._make_group(group))
        self._others.hide()
        layout.addWidget(self._others)
        self._more.toggled.connect(self._unfold)
        self.set_config(config)

    @property
    def config(self) -> TrainingConfig:
        """The configuration as it stands in the form."""
        return self._config

    def set_config(self, config: TrainingConfig) -> None:
        """Show another configuration, without a signal."""
        self._config = config
        self._show()

    def _show(self) -> None:
        self._quiet = True
        try:
            for row in FIELDS:
                self._put(row, self._fields[row.setting])
        finally:
            self._quiet = False
        for setting, used in in_use(self._config).items():
            self._fields[setting].setEnabled(used)

    def _unfold(self, unfolded: bool) -> None:
        self._others.setVisible(unfolded)
        if unfolded:
            self.unfolded.emit(self._more)

    def _make_group(self, group: Group) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(16)
        grid.setColumnMinimumWidth(0, CAPTION_WIDTH)
        grid.setColumnStretch(1, 1)
        if group.title:
            grid.addWidget(label(translated(group.title), "section"), 0, 0, 1, 2)
        for row in group.rows:
            self._fields[row.setting] = self._add(row, grid)
        return made

    def _add(self, row: Row, grid: QGridLayout) -> Field:
        title, words = translated(row.title), translated(row.words)
        field = self._field(row)
        field.valueChanged.connect(self._read)
        add_field(grid, field, f"{row.role}Field", title, words, explained(row))
        return field

    def _field(self, row: Row) -> Field:
        if isinstance(row, Widths):
            return WidthsField()
        if isinstance(row, Number):
            return _number_field(row)
        entries = {
            entry.word: (translated(entry.title), translated(entry.words)) for entry in row.entries
        }
        if row.setting != "features":
            return ChoiceField(entries)
        return FileField(entries, self.tr("An image encoder"), self.tr("ONNX networks (*.onnx)"))

    def _put(self, row: Row, field: Any) -> None:
        """Show in a field what the configuration says."""
        hidden = self._config.hidden
        match row.setting:
            case "layers":
                field.setValue(len(hidden))
            case "width":
                field.show_widths(hidden)
                tip = explained(row)
                if len(set(hidden)) > 1:
                    tip += "\n" + self.tr(
                        "Here the layers differ: see “Layer by layer”, below More."
                    )
                field.setToolTip(tip)
            case "widths":
                field.setValue(hidden)
            case "patience":
                field.setValue(self._config.patience or 0)
            case setting if isinstance(row, Choice) and row.number:
                word = f"{getattr(self._config, setting):g}"
                if field.findData(word) < 0:
                    field.put(field.count(), word, word, self.tr("as a file has it"))
                field.setValue(word)
            case setting:
                field.setValue(getattr(self._config, setting))

    def _read(self, _: object = None) -> None:
        if self._quiet:
            return
        values: dict[str, Any] = {key: field.value() for key, field in self._fields.items()}
        hidden = self._hidden(values.pop("layers"), values.pop("width"), values.pop("widths"))
        values |= {"balance": float(values["balance"]), "patience": values["patience"] or None}
        config = replace(self._config, **values, hidden=hidden)
        if config != self._config:
            self._config = config
            self._show()
            self.edited.emit(config)

    def _hidden(self, layers: int, width: int, widths: tuple[int, ...]) -> tuple[int, ...]:
        """Return the widths of the layers by the one of three fields that was edited."""
        before = self._config.hidden
        if widths != before:
            return widths
        if layers != len(before):  # more are like the last one
            return (*before, *(before[-1:] or (width,)) * layers)[:layers]
        return (width,) * layers if before and width != before[0] else before


def _number_field(row: Number) -> WholeField | DecimalField:
    low, high = row.limits
    if row.setting == "width":
        return WidthField(int(low), int(high))
    if row.decimals:
        return DecimalField(low, high, row.decimals, row.step)
    field = WholeField(0 if row.none else int(low), int(high))
    field.setSpecialValueText(translated(row.none))
    return field


def explained(row: Row) -> str:
    """Return what a setting is for, and what each of its words does, in short lines."""
    lines = textwrap.wrap(translated(row.words), TIP_LETTERS)
    for entry in row.entries if isinstance(row, Choice) else ():
        words = f"• {translated(entry.title)}: {translated(entry.words)}"
        lines += textwrap.wrap(words, TIP_LETTERS, subsequent_indent="   ")
    return "\n".join(lines)
