"""What is taken out of the collection, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from tinyclf_gui.widgets.icon_button import IconButton
from tinyclf_gui.widgets.styled import label, push_button
from tinyclf_gui.widgets.whole_area import WholeArea, fit_on_screen

MARGIN = 24
FIELD_WIDTH = 420


@dataclass(frozen=True)
class ExportChoice:
    """Where each kind of export goes; ``None`` is not wanted.

    Attributes:
        csv: A table of all photos with their grades.
        folders: A folder in which 1 to 5 hold copies of the photos.
        walls: A folder for a picture of each wall.
        model: The classifier in one file.
        onnx: The classifier for other programs, in one ONNX file.
    """

    csv: Path | None = None
    folders: Path | None = None
    walls: Path | None = None
    model: Path | None = None
    onnx: Path | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """All places named, files and folders."""
        places = (self.csv, self.folders, self.walls, self.model, self.onnx)
        return tuple(path for path in places if path is not None)

    def written_over(self) -> tuple[Path, ...]:
        """Return the files that are there already; folders are only added to."""
        return tuple(path for path in self.paths if path.is_file())


class ExportRow:
    """A tick, a path and a button to choose it, in one row of a grid.

    Args:
        key: Role names are ``{key}Check``, ``{key}Path``, ``{key}Browse``.
        words: What is exported.
        hint: What comes out, in a sentence.
        path: Where it goes unless a person says otherwise.
        is_folder: A folder is chosen, not a file.
    """

    def __init__(self, key: str, words: str, hint: str, path: Path, is_folder: bool) -> None:
        self.words = words
        self.is_folder = is_folder
        self.check = QCheckBox(words)
        self.check.setObjectName(f"{key}Check")
        self.check.setAccessibleDescription(hint)
        self.hint = label(hint, "muted", wrap=True)
        self.field = QLineEdit(str(path))
        self.field.end(False)  # the file's name tells more than where a home begins
        self.field.setObjectName(f"{key}Path")
        self.field.setAccessibleName(words)
        self.field.setMinimumWidth(FIELD_WIDTH)
        self.browse = IconButton("folder", words, f"{key}Browse")
        self.check.toggled.connect(self.field.setEnabled)
        self.check.toggled.connect(self.browse.setEnabled)
        for part in (self.field, self.browse):
            part.setEnabled(False)

    @property
    def path(self) -> Path | None:
        """The place chosen; ``None`` if not ticked or empty."""
        text = self.field.text().strip()
        return Path(text).expanduser() if self.check.isChecked() and text else None

    def set_available(self, available: bool, why_not: str) -> None:
        """Say whether there is anything to export."""
        self.check.setEnabled(available)
        if not available:
            self.check.setChecked(False)
            self.hint.setText(why_not)

    def add_to(self, grid: QGridLayout, row: int) -> None:
        """Take two rows of a grid."""
        grid.addWidget(self.check, 2 * row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.field, 2 * row, 1)
        grid.addWidget(self.browse, 2 * row, 2)
        grid.addWidget(self.hint, 2 * row + 1, 1, 1, 2, Qt.AlignmentFlag.AlignTop)


class ExportDialog(QDialog):
    """Asks what to take out; a question follows only if files would be written over.

    Args:
        folder: Where exports go unless a person says otherwise.
        stem: The collection's name without suffix, for file names.
        has_model: Whether there is a classifier to export.
        standing: Whose grades they are, in a sentence.
        why_none: Why photos have none, in another; empty where each has one.

    Signals:
        chosen(object): The ``ExportChoice``, at least one place named.
    """

    chosen = Signal(object)

    def __init__(
        self,
        folder: Path,
        stem: str,
        has_model: bool,
        parent: QWidget | None = None,
        *,
        standing: str = "",
        why_none: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        self._rows = self._make_rows(folder, stem)
        for key in ("model", "onnx"):
            self._rows[key].set_available(has_model, self.tr("Train first: there is none yet."))
        self._rows["csv"].check.setChecked(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, 16)
        whole.setSpacing(16)
        whole.addWidget(label(self.tr("Export"), "headline"))
        whole.addWidget(label(self.tr("Your photos stay as and where they are."), "muted"))
        if standing:
            whole.addLayout(self._standing(standing, why_none))
        whole.addWidget(self._area(), 1)
        whole.addLayout(self._buttons())
        for row in self._rows.values():
            row.check.toggled.connect(self._show_readiness)
            row.field.textChanged.connect(self._show_readiness)
            row.browse.clicked.connect(self._browse)
        self._show_readiness()
        fit_on_screen(self)

    @property
    def choice(self) -> ExportChoice:
        """What is chosen at the moment."""
        return ExportChoice(**{key: row.path for key, row in self._rows.items()})

    def accept(self) -> None:
        """Tell the choice, after asking where files would be written over."""
        choice = self.choice
        there = choice.written_over()
        if not choice.paths or (there and not self._may_write_over(there)):
            return
        super().accept()
        self.chosen.emit(choice)

    def _make_rows(self, folder: Path, stem: str) -> dict[str, ExportRow]:
        tr = self.tr
        rows = (
            ("csv", tr("Table"),
             tr("Each photo: grade, who gave it, how sure, if unseen (in_bulk)."),
             f"{stem}.csv", False),
            ("folders", tr("Folders"), tr("Copies of the photos in folders 1 to 5."),
             f"{stem} by grade", True),
            ("walls", tr("Walls"), tr("One picture of each wall, with the marks."),
             f"{stem} walls", True),
            ("model", tr("Classifier"), tr("The trained network, in one file."),
             f"{stem}.safetensors", False),
            ("onnx", tr("ONNX model"), tr("Runs wherever ONNX does: pixels in, probabilities out."),
             f"{stem}.onnx", False),
        )  # fmt: skip
        return {
            key: ExportRow(key, words, hint, folder / name, is_folder)
            for key, words, hint, name, is_folder in rows
        }

    @staticmethod
    def _standing(standing: str, why_none: str) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addWidget(label(standing, "strong", wrap=True))
        if why_none:
            lines.addWidget(label(why_none, "muted", wrap=True))
        return lines

    def _area(self) -> WholeArea:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, row in enumerate(self._rows.values()):
            row.add_to(grid, number)
            grid.setRowMinimumHeight(2 * number + 1, 32)
        grid.setRowStretch(2 * len(self._rows), 1)
        return WholeArea(rows)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        cancel = push_button(self.tr("Cancel"), "cancelExportButton")
        cancel.clicked.connect(self.reject)
        self._export = push_button(self.tr("Export"), "exportButton", "primary")
        self._export.setDefault(True)
        self._export.clicked.connect(self.accept)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._export)
        return row

    @Slot()
    def _show_readiness(self) -> None:
        self._export.setEnabled(bool(self.choice.paths))

    @Slot()
    def _browse(self) -> None:
        row = next(row for row in self._rows.values() if row.browse is self.sender())
        ask = QFileDialog.getExistingDirectory if row.is_folder else self._ask_for_file
        path = ask(self, row.words, row.field.text())
        if path:
            row.field.setText(path)

    @staticmethod
    def _ask_for_file(parent: QWidget, title: str, at: str) -> str:
        unasked = QFileDialog.Option.DontConfirmOverwrite  # asked once, when exporting
        return QFileDialog.getSaveFileName(parent, title, at, options=unasked)[0]

    def _may_write_over(self, there: tuple[Path, ...]) -> bool:
        names = "\n".join(path.name for path in there)
        question = QMessageBox(self)
        question.setObjectName("overwriteQuestion")
        question.setWindowTitle(self.tr("Export"))
        question.setText(self.tr("Write over what is there?"))
        question.setInformativeText(names)
        yes = question.addButton(self.tr("Write over"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.exec()
        return question.clickedButton() is yes
