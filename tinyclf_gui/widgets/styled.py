"""Standard widgets in the window's style: what each is for is its ``kind`` in the style sheet."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tinyclf_gui.widgets.button import Button

ButtonKind: TypeAlias = Literal[
    "secondary", "primary", "flat", "fold", "pill", "link", "chip", "segment"
]
LabelKind: TypeAlias = Literal["", "muted", "section", "headline", "strong", "danger"]
FrameKind: TypeAlias = Literal["bar", "footer", "side", "sideLeft", "card", "hairline", "segments"]


def push_button(
    text: str, name: str, kind: ButtonKind = "secondary", parent: QWidget | None = None
) -> Button:
    """Return a button; ``name`` is its role in camelCase.

    A click leaves the keyboard where it was, with the photos; Tab reaches the button.
    """
    button = Button(text, parent)
    button.setObjectName(name)
    button.setProperty("kind", kind)
    button.setAutoDefault(False)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def label(
    text: str, kind: LabelKind = "", *, wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """Return plain text; never taken for HTML.

    Mirrored, it stands at the right whatever its letters: by itself Qt puts figures and names in
    Latin letters at the left, among lines that stand at the right.
    """
    words = QLabel(text, parent)
    words.setTextFormat(Qt.TextFormat.PlainText)
    if QGuiApplication.isRightToLeft():
        at = Qt.AlignmentFlag
        words.setAlignment(at.AlignRight | at.AlignAbsolute | at.AlignVCenter)
    words.setProperty("kind", kind)
    words.setWordWrap(wrap)
    return words


def frame(kind: FrameKind, parent: QWidget | None = None) -> QFrame:
    """Return a surface."""
    surface = QFrame(parent)
    surface.setProperty("kind", kind)
    return surface


def restyle(widget: QWidget, kind: str) -> None:
    """Give a widget another kind while it is shown."""
    widget.setProperty("kind", kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def keep_one_tab_stop(group: QButtonGroup) -> None:
    """Let Tab stop at the button that is down; the arrow keys go from there to its siblings."""
    for button in group.buttons():
        down = button.isChecked()
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if down else Qt.FocusPolicy.NoFocus)


def scrolling(widget: QWidget, name: str = "") -> QScrollArea:
    """Return a place where a column may be higher than there is room for.

    With a name, which is its role, Tab reaches it and the arrow keys scroll it: for what is only
    read.
    """
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setObjectName(name)
    area.setFocusPolicy(Qt.FocusPolicy.TabFocus if name else Qt.FocusPolicy.NoFocus)
    return area


class Card(QFrame):
    """A bordered surface with a title; lay things out in ``body``."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self.title = label(title, "section")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(12)
        self.body.addWidget(self.title)
