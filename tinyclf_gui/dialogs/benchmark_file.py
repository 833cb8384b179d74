"""A file of benchmarks: opened or begun, edited with its mistakes marked, saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QMessageBox, QVBoxLayout, QWidget

from tinyclf.benchmark.plan import Plan
from tinyclf.errors import TinyClfError
from tinyclf.settings_file import settings_text
from tinyclf.whole_file import whole_file
from tinyclf_gui import resources
from tinyclf_gui.models.benchmark_bench import BenchmarkBench, Checked
from tinyclf_gui.widgets.elided_label import ElidedLabel
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.mistake_list import MistakeList
from tinyclf_gui.widgets.styled import label, push_button, restyle
from tinyclf_gui.widgets.yaml_editor import YamlEditor

CHECK_AFTER_MS = 250
"""Without a key press."""
KINDS = "YAML (*.yaml *.yml)"


class BenchmarkFile(QWidget):
    """Edits the bench's draft; it is checked while it is typed, in the background.

    Signals:
        changed(): It can be run now, or no longer.
    """

    changed = Signal()

    def __init__(self, bench: BenchmarkBench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchmarkFilePart")
        self._bench = bench
        self._checked: Checked | None = None
        self._editor = YamlEditor()
        self._mistakes = MistakeList()
        self._name = ElidedLabel("", "muted", Qt.TextElideMode.ElideMiddle)
        self._name.setObjectName("benchmarkFileName")
        self._state = label("", "muted", wrap=True)
        self._state.setObjectName("benchmarkFileState")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(CHECK_AFTER_MS)
        self._later.timeout.connect(self._check)
        self._lay_out()
        self._show_draft()
        self._editor.textChanged.connect(self._edit)
        self._mistakes.mistakeChosen.connect(self._editor.go_to)
        bench.checked.connect(self._show_checked)

    @property
    def plan(self) -> Plan | None:
        """What the text describes; None while it has mistakes or was not checked yet."""
        known = self._checked is not None and self._checked.text == self._bench.draft.text
        return self._checked.plan if known and self._checked is not None else None

    @property
    def problem(self) -> str:
        """Why it cannot be run; empty if it can."""
        if self.plan is not None:
            return ""
        if self._checked is not None and self._checked.mistakes:
            return self.tr("Mend the file first.")
        return self.tr("The file is being checked.")

    def take_keyboard(self) -> None:
        """Give the keyboard to the text."""
        self._editor.setFocus()

    def open_file(self, path: Path) -> None:
        """Show the text of a file in place of this one."""
        if self._may_let_go():
            self._load(path, path)

    @Slot()
    def save(self) -> bool:
        """Write the text to its file; asked for if it has none. Return whether that was done."""
        path = self._bench.draft.path
        return self.save_as() if path is None else self._write(path)

    @Slot()
    def save_as(self) -> bool:
        """Write the text to another file. Return whether that was done."""
        name = self._bench.draft.path or Path.home() / "benchmark.yaml"
        title = self.tr("Save the benchmarks")
        path, _ = QFileDialog.getSaveFileName(self, title, str(name), KINDS)
        return bool(path) and self._write(Path(path))

    def _lay_out(self) -> None:
        tr = self.tr
        buttons = (
            (tr("&Open…"), "benchmarkOpenButton", "Ctrl+O", self._ask_for_file),
            (tr("&Save"), "benchmarkSaveButton", "Ctrl+S", self.save),
            (tr("Save &as…"), "benchmarkSaveAsButton", "Ctrl+Shift+S", self.save_as),
        )
        row = QHBoxLayout()
        row.setSpacing(4)
        for words, name, key, deed in buttons:
            button = push_button(words, name, "flat")
            button.setToolTip(key)
            button.clicked.connect(deed)
            shortcut = QShortcut(QKeySequence(key), self, deed)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            row.addWidget(button)
        self._examples = push_button(tr("&Examples"), "benchmarkExamplesButton", "flat")
        self._examples.setMenu(self._make_menu())
        row.addWidget(self._examples)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._name)
        column.addWidget(self._editor, 1)
        column.addWidget(self._state)
        column.addWidget(self._mistakes)
        self._mistakes.hide()

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for path in resources.examples():
            action = QAction(path.stem.replace("-", " ").capitalize(), menu)
            action.triggered.connect(lambda _=False, path=path: self._show_example(path))
            menu.addAction(action)
        return menu

    def _show_example(self, path: Path) -> None:
        if self._may_let_go():
            self._load(path, None)

    @Slot()
    def _ask_for_file(self) -> None:
        at = self._bench.draft.path or Path.home()
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open benchmarks"), str(at), KINDS)
        if path:
            self.open_file(Path(path))

    def _load(self, path: Path, own: Path | None) -> None:
        """Show the text at a path; it is saved to its own one."""
        try:
            text = settings_text(path)
        except TinyClfError as error:
            self._tell(str(error), "danger")
            return
        draft = self._bench.draft
        draft.text = draft.saved = text
        draft.path = own
        self._show_draft()
        self._editor.setFocus()

    def _write(self, path: Path) -> bool:
        draft = self._bench.draft
        try:
            with whole_file(path) as part:
                part.write_text(draft.text, encoding="utf-8")
        except TinyClfError as error:
            self._tell(str(error), "danger")
            return False
        draft.path, draft.saved = path, draft.text
        self._show_name()
        return True

    def _may_let_go(self) -> bool:
        """Ask what to do with a text that is not saved; return whether another may come."""
        if not self._bench.draft.is_changed:
            return True
        question = QMessageBox(self)
        question.setObjectName("unsavedQuestion")
        question.setWindowTitle(self.tr("Benchmarks"))
        question.setText(self.tr("Save what you have written?"))
        save = question.addButton(self.tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = question.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        question.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.exec()
        if question.clickedButton() is save:
            return self.save()
        return question.clickedButton() is discard

    def _show_draft(self) -> None:
        draft = self._bench.draft
        if not draft.text and draft.path is None and (examples := resources.examples()):
            draft.text = draft.saved = settings_text(examples[0])
        self._editor.setPlainText(draft.text)
        self._show_name()
        self._check()

    def _show_name(self) -> None:
        draft = self._bench.draft
        name = str(draft.path) if draft.path else self.tr("Not saved as a file")
        self._name.setText(f"{name} •" if draft.is_changed and draft.path else name)

    @Slot()
    def _edit(self) -> None:
        self._bench.draft.text = self._editor.toPlainText()
        self._show_name()
        self._later.start()
        self.changed.emit()

    @Slot()
    def _check(self) -> None:
        self._later.stop()
        draft = self._bench.draft
        self._bench.check(draft.text, draft.path.parent if draft.path else Path.home())

    @Slot(object)
    def _show_checked(self, checked: Checked) -> None:
        if checked.text != self._bench.draft.text:
            return
        self._checked = checked
        self._editor.mark(checked.mistakes)
        self._mistakes.set_mistakes(checked.mistakes)
        self._mistakes.setVisible(bool(checked.mistakes))
        if checked.plan is not None:
            self._tell(self._plan_words(checked.plan), "muted")
        else:
            words = self.tr("{n} mistakes; Enter on one goes to its line.")
            one = self.tr("1 mistake; Enter on it goes to its line.")
            count = len(checked.mistakes)
            self._tell(one if count == 1 else words.format(n=count), "danger")
        self.changed.emit()

    def _plan_words(self, plan: Plan) -> str:
        cases = len(plan.cases)
        count = self.tr("1 case") if cases == 1 else self.tr("{n} cases").format(n=number(cases))
        return self.tr("{cases}, {rounds} turns each.").format(cases=count, rounds=plan.rounds)

    def _tell(self, words: str, kind: str) -> None:
        self._state.setText(words)
        restyle(self._state, kind)
