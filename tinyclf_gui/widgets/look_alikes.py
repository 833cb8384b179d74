"""The graded photos that look most like the one in view, each with its grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tinyclf.domain import PhotoId
from tinyclf.session import Likeness, LookAlike
from tinyclf_gui.jobs.thumbnail_pool import ThumbnailPool
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.photo_button import PhotoButton
from tinyclf_gui.widgets.photo_shelf import PhotoShelf
from tinyclf_gui.widgets.photo_strip import PhotoStrip
from tinyclf_gui.widgets.styled import label


class LookAlikes(PhotoShelf):
    """Thumbnails with the person's grades, the most alike first, and what they say together.

    They are as large as there is room for. What is hardly alike is not shown.
    """

    def __init__(
        self,
        pool: ThumbnailPool,
        name_of: Callable[[PhotoId], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(pool, parent)
        self.setObjectName("lookAlikes")
        self.setAccessibleName(self.tr("Graded photos that look like this one"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._name_of = name_of
        self._found: tuple[LookAlike, ...] = ()
        self._strip = PhotoStrip()
        self._strip.fitted.connect(self._fit)
        self._words = label("", "muted", wrap=True)
        self._words.setObjectName("lookAlikesWords")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._words)
        layout.addWidget(self._strip, 1)
        layout.addStretch(0)
        self.say("")

    def show_found(self, found: Sequence[LookAlike]) -> None:
        """Show look-alikes."""
        alike = tuple(one for one in found if one.likeness is not Likeness.FAR)
        if alike != self._found:
            self._found = alike
            buttons = [self._made(number, one) for number, one in enumerate(alike)]
            self._strip.hold(buttons)
            self._hold(buttons)
            self._strip.setVisible(bool(buttons))
        self._words.setText(in_words(found))
        self._words.setVisible(True)

    def say(self, words: str) -> None:
        """Show none, and say why."""
        if self._found:
            self._found = ()
            self._strip.hold([])
            self.set_rows([])
        self._strip.hide()
        self._words.setText(words)
        self._words.setVisible(bool(words))

    @Slot()
    def _fit(self) -> None:
        """They stand in other rows, or are of another size: ask for thumbnails of that."""
        self._hold(self.buttons)

    def _hold(self, buttons: Sequence[PhotoButton]) -> None:
        across = self._strip.across
        rows = [list(buttons[k : k + across]) for k in range(0, len(buttons), across)]
        self.arrange(rows) if list(buttons) == self.buttons else self.set_rows(rows)

    def _made(self, number: int, one: LookAlike) -> PhotoButton:
        likeness = likeness_words(one.likeness)
        told = self.tr("look-alike of grade {grade}, {likeness}: {name}")
        button = PhotoButton(
            one.photo_id,
            self._pool,
            f"lookAlike{number + 1}",
            told.format(grade=int(one.grade), likeness=likeness, name=self._name_of(one.photo_id)),
            self._strip,
            grade=int(one.grade),
            caption=likeness,
        )
        button.show()
        return button


def likeness_words(likeness: Likeness) -> str:
    """Return how alike two photos look, in a word or two; of the hardly alike nothing is said."""
    return {
        Likeness.SAME: _tr("the same"),
        Likeness.CLOSE: _tr("alike"),
        Likeness.LOOSE: _tr("less alike"),
        Likeness.FAR: "",
    }[likeness]


def in_words(found: Sequence[LookAlike]) -> str:
    """Return what look-alikes say together: "5 of these 8 you graded 3"."""
    if not found:
        return _tr("Once you have graded some photos, those that look like this one stand here.")
    found = [one for one in found if one.likeness is not Likeness.FAR]
    if not found:
        return _tr("Nothing you have graded looks much like this one.")
    counted = Counter(int(one.grade) for one in found)
    [(grade, times)] = counted.most_common(1)
    if len(found) == 1:
        return _tr("You graded it {grade}.").format(grade=grade)
    if len(counted) == 1:
        return _tr("You graded all of them {grade}.").format(grade=grade)
    if 2 * times <= len(found):
        words = _tr("You graded these from {low} to {high}.")
        return words.format(low=min(counted), high=max(counted))
    words = _tr("{n} of these {all} you graded {grade}.")
    return words.format(n=number(times), all=number(len(found)), grade=grade)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LookAlikes", text)
