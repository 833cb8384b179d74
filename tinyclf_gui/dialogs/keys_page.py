"""The page of the settings where keys are bound anew; what is done there applies at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tinyclf_gui.models.actions import all_actions
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.key_chords import SHIFT, Chord, chord_in_words
from tinyclf_gui.widgets.action_list import ActionList
from tinyclf_gui.widgets.flow_layout import FlowLayout
from tinyclf_gui.widgets.grade_keys import VERDICTS
from tinyclf_gui.widgets.key_recorder import KeyRecorder
from tinyclf_gui.widgets.styled import frame, label, push_button, restyle


class KeysPage(QWidget):
    """All actions by group; below, the keys of the one in focus.

    Args:
        keys: What is shown and changed.
    """

    def __init__(self, keys: KeyBindings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keysPage")
        self._keys = keys
        self._entries = all_actions()
        self._name = next(iter(self._entries))
        self._wished: Chord = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 8)
        layout.setSpacing(8)
        layout.addLayout(self._make_search())
        layout.addWidget(self._make_list(), 1)
        layout.addWidget(frame("hairline"))
        layout.addLayout(self._make_keys())
        layout.addLayout(self._make_question())
        self.setFocusProxy(self._search)
        keys.changed.connect(self._show_keys)
        self._list.choose(self._name)

    def _make_search(self) -> QHBoxLayout:
        self._search = QLineEdit()
        self._search.setObjectName("keySearch")
        self._search.setPlaceholderText(self.tr("Find an action or a key"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._find)
        reset_all = push_button(self.tr("All usual keys"), "resetAllKeysButton")
        reset_all.setToolTip(self.tr("Give every action the keys it had at the start"))
        reset_all.clicked.connect(self._reset_all)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._search, 1)
        row.addWidget(reset_all)
        self._reset_all_button = reset_all
        return row

    def _make_list(self) -> ActionList:
        self._list = ActionList(self._keys)
        self._list.chosen.connect(self._choose)
        self._list.keyWanted.connect(lambda _: self._recorder.start())
        return self._list

    def _make_keys(self) -> QHBoxLayout:
        self._title = label("", "strong")
        self._title.setObjectName("keyActionName")
        self._chips = QWidget()
        self._chips.setObjectName("keyChips")
        FlowLayout(self._chips)
        self._recorder = KeyRecorder(self._keys)
        self._recorder.recorded.connect(self._take)
        self._recorder.waits.connect(self._show_waiting)
        self._reset = push_button(self.tr("Usual keys"), "resetKeysButton")
        self._reset.clicked.connect(self._reset_one)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._chips, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._recorder)
        row.addWidget(self._reset)
        return row

    def _make_question(self) -> QHBoxLayout:
        self._words = label("", wrap=True)
        self._words.setObjectName("keyWords")
        self._take_over = push_button(self.tr("Take it over"), "takeKeyButton", "primary")
        self._take_over.clicked.connect(self._take_wished)
        self._leave = push_button(self.tr("Leave it"), "leaveKeyButton")
        self._leave.clicked.connect(lambda: self._say(""))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._take_over)
        row.addWidget(self._leave)
        room = self._leave.sizeHint().height()
        row.addStrut(room)
        return row

    def _find(self, words: str) -> None:
        found = self._list.search(words)
        self._say("" if found else self.tr("No action has these words or keys."))

    def _choose(self, name: str) -> None:
        self._name = name
        self._say("")
        self._show_keys()

    def _show_keys(self) -> None:
        self._title.setText(self._entries[self._name].name)
        layout = self._chips.layout()
        while layout is not None and (item := layout.takeAt(0)):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        before: QWidget = self._list
        for chord in self._keys.keys_of(self._name):
            chip = self._make_chip(chord)
            QWidget.setTabOrder(before, chip)
            before = chip
        self._reset.setEnabled(not self._keys.is_usual(self._name))
        self._reset_all_button.setEnabled(
            not all(self._keys.is_usual(name) for name in self._entries)
        )

    def _make_chip(self, chord: Chord) -> QPushButton:
        words = chord_in_words(chord)
        chip = push_button(f"{words}   ×", f"removeKey{chord}", "chip")
        chip.setToolTip(self.tr("Take {0} away").format(words))
        chip.setAccessibleName(chip.toolTip())
        chip.clicked.connect(partial(self._remove, chord))
        layout = self._chips.layout()
        if layout is not None:
            layout.addWidget(chip)
        chip.show()
        return chip

    def _remove(self, chord: Chord) -> None:
        self._say("")
        self._recorder.setFocus()
        self._keys.unbind(self._name, chord)

    def _show_waiting(self, waits: bool) -> None:
        if waits:
            words = self.tr("Press the key for “{0}”, or keys together. Esc stops.")
            self._say(words.format(self._entries[self._name].name))
        elif not self._wished:
            self._say("")

    def _take(self, chord: Chord) -> None:
        """Bind a key that was pressed, unless something speaks against it."""
        words = chord_in_words(chord)
        if reason := self._keys.why_not(chord, self._name):
            self._say(reason, "danger")
        elif chord in self._keys.keys_of(self._name):
            self._say(self.tr("It has {0} already.").format(words))
        elif taken := self._taken_by(chord):
            self._wished = chord
            self._say(self.tr("{0} is for {1} now.").format(words, taken), asks=True)
        else:
            self._keys.bind(self._name, chord)
            self._say("")

    def _taken_by(self, chord: Chord) -> str:
        """Return in words what a key is for now; "" if for nothing."""
        holders = [self._quoted(name) for name in self._keys.holders(chord, self._name)]
        if chord.startswith(SHIFT):
            bare = self._keys.holders(chord.removeprefix(SHIFT), self._name)
            go_on = self.tr("{0} and going on")
            holders += [go_on.format(self._quoted(name)) for name in bare if name in VERDICTS]
        return self.tr(" and ").join(holders)

    def _quoted(self, name: str) -> str:
        return self.tr("“{0}”").format(self._entries[name].name)

    def _take_wished(self) -> None:
        chord, self._wished = self._wished, ""
        self._say("")
        self._list.setFocus()
        self._keys.bind(self._name, chord)

    def _reset_one(self) -> None:
        lost = [
            self._quoted(name)
            for chord in self._keys.usual(self._name)
            for name in self._keys.holders(chord, self._name)
        ]
        self._list.setFocus()
        self._keys.reset(self._name)
        words = self.tr("Taken from {0} again.").format(self.tr(" and ").join(lost))
        self._say(words if lost else "")

    def _reset_all(self) -> None:
        self._say("")
        self._list.setFocus()
        self._keys.reset_all()

    def _say(self, words: str, kind: str = "", *, asks: bool = False) -> None:
        if not asks:
            self._wished = ""
        self._words.setText(words)
        if self._words.property("kind") != kind:
            restyle(self._words, kind)
        self._take_over.setVisible(asks)
        self._leave.setVisible(asks)
        if asks:
            self._take_over.setFocus(Qt.FocusReason.OtherFocusReason)
