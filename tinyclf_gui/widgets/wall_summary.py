"""What a wall holds and still hides, in a collector's words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tinyclf.domain import Grade, Wall
from tinyclf.trust.wall_certificates import Signing, WallCertificate
from tinyclf_gui.widgets.grade_words import number, percent
from tinyclf_gui.widgets.styled import label


class WallSummary(QWidget):
    """How many photos hang on a wall, how many are checked, how many are wrong: expected, proved.

    What is expected comes from the classifier's doubts; what is proved, from a check at random.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wallSummary")
        self._headline = label("", "headline")
        self._wrong = label("", wrap=True)
        self._proof = label("", "muted", wrap=True)
        self._proof.setObjectName("wallProof")
        self._unseen = label("", "muted", wrap=True)
        self._unseen.setObjectName("wallUnseen")
        self._waits = label("", "muted", wrap=True)
        self._waits.setObjectName("learningWaits")
        self._waits.hide()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._checked = label("", "muted")
        words = QVBoxLayout()
        words.setSpacing(4)
        for line in (self._wrong, self._proof, self._unseen, self._waits):
            words.addWidget(line)
        checked = QHBoxLayout()
        checked.setSpacing(8)
        checked.addWidget(self._bar, 1)
        checked.addWidget(self._checked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._headline)
        layout.addLayout(words)
        layout.addLayout(checked)
        self._explain()

    def _explain(self) -> None:
        """Say on hover where figures come from, and why something waits."""
        self._wrong.setToolTip(
            self.tr(
                "The sum of the doubts of all proposals here, calibrated on your grades; after a "
                "check at random, weighed with what that found."
            )
        )
        self._unseen.setToolTip(
            self.tr(
                "Accepted with the rest of a wall, and not looked at singly: whoever looks through "
                "a wall overlooks about one mistake in ten."
            )
        )
        self._waits.setToolTip(
            self.tr(
                "What a check at random proves holds for the proposals it was drawn from.\n"
                "So none of them is changed unasked; your corrections are kept all the while."
            )
        )

    def show_wall(self, wall: Wall, known: WallCertificate) -> None:
        """Show a wall, and what is known of the mistakes on it."""
        self._headline.setText(
            self.tr("{n} of grade {grade}").format(n=number(wall.photos), grade=int(wall.grade))
        )
        self._wrong.setText(wrong_in_words(wall, known.grades_missing))
        self._proof.setText(proof_in_words(known))
        self._proof.setToolTip(proof_at_length(known))
        self._proof.setVisible(bool(proof_in_words(known)))
        self._unseen.setText(
            self.tr("{n} accepted unseen, about {wrong} wrong").format(
                n=number(known.in_bulk), wrong=number(round(known.expected_wrong_in_bulk))
            )
        )
        self._unseen.setVisible(known.in_bulk > 0)
        self._unseen.setToolTip(
            self.tr(
                "Accepted with the rest of a wall, and not looked at singly: as many are wrong as "
                "were before.\nIf you looked through all of them, about {left}: whoever does "
                "overlooks about one mistake in ten."
            ).format(left=number(round(known.expected_overlooked)))
        )
        self._bar.setRange(0, max(1, wall.photos))
        looked_at = max(0, wall.human - known.in_bulk)
        self._bar.setValue(looked_at)
        self._checked.setText(self.tr("{n} checked").format(n=number(looked_at)))
        told = [self._headline.text(), self._wrong.text()]
        self.setAccessibleName(", ".join(filter(None, [*told, proof_in_words(known)])))

    def show_waiting(self, words: str) -> None:
        """Say why nothing is learnt unasked; no words, if it is."""
        self._waits.setText(words)
        self._waits.setVisible(bool(words))

    def accept_words(self, signing: Signing) -> str:
        """Return what accepting the rest of the wall signs, in two lines as short as a button."""
        if not signing.photos:
            return self.tr("Nothing left to accept")
        wrong = number(round(signing.expected_wrong))
        if signing.grades_missing:
            told = self.tr("wrong ones unknown")
        elif signing.at_most_wrong is None:
            told = self.tr("about {wrong} wrong").format(wrong=wrong)
        else:
            most = number(signing.at_most_wrong)
            told = self.tr("about {wrong} wrong, at most {most}").format(wrong=wrong, most=most)
        words = self.tr("Accept {n} and learn from them").format(n=number(signing.photos))
        return f"{words}\n{told}"

    def accept_at_length(self, signing: Signing) -> str:
        """Return what accepting the rest of the wall signs, whole."""
        if not signing.photos:
            return ""
        lines = [
            self.tr(
                "Makes the {n} proposals left here your grades: the next training learns from "
                "them, wrong ones too. Undo takes it back."
            ).format(n=number(signing.photos)),
            self.tr("How many of them are wrong cannot be told yet.")
            if signing.grades_missing
            else self.tr(
                "About {wrong} of them are wrong; about {left} if you have looked at all."
            ).format(
                wrong=number(round(signing.expected_wrong)),
                left=number(round(signing.expected_overlooked)),
            ),
        ]
        if signing.at_most_wrong is not None and signing.confidence is not None:
            sure = self.tr("At most {most} are wrong: proved by the check at random, {sure}.")
            lines.append(
                sure.format(most=number(signing.at_most_wrong), sure=percent(signing.confidence))
            )
        return "\n".join(lines)


def wrong_in_words(wall: Wall, missing: Sequence[Grade] = ()) -> str:
    """Return how many proposals are likely wrong."""
    rest = wall.photos - wall.human
    if not wall.photos:
        return _tr("no photo hangs here")
    if not rest:
        return _tr("every photo here is graded or accepted")
    if missing:  # their photos hang on other walls, and surely so
        grades = ", ".join(str(int(grade)) for grade in missing)
        words = _tr("none of grade {grades} learnt yet: what is wrong here cannot be told")
        return words.format(grades=grades)
    wrong = round(wall.expected_wrong)
    if rest == 1 and wrong:
        return _tr("the one proposed may well be wrong")
    if rest == 1:
        return _tr("the one proposed is likely right")
    words = _tr("about {n} of the {rest} proposed are wrong")
    if wrong == 1:
        words = _tr("about 1 of the {rest} proposed is wrong")
    return words.format(n=number(wrong), rest=number(rest))


def proof_in_words(known: WallCertificate) -> str:
    """Return what the check at random proves: "at most 38 (proved, 95 %)"; empty without one."""
    if known.audit is None or not known.is_audited or not known.proposals:
        return ""
    most = number(known.at_most_wrong)
    if known.audit.confidence == 1:
        return _tr("at most {most} (counted)").format(most=most)
    sure = percent(known.audit.confidence)
    return _tr("at most {most} (proved, {sure})").format(most=most, sure=sure)


def proof_at_length(known: WallCertificate) -> str:
    """Return how the proof came about."""
    if known.audit is None:
        return ""
    return _tr(
        "{looked} of {n} were drawn at random and looked at, {wrong} were wrong and are corrected. "
        "Hypergeometric bound; four looks at sizes set beforehand share its risk."
    ).format(
        looked=number(known.audit.looked_at),
        n=number(known.audit.population),
        wrong=number(known.audit.found_wrong),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("WallSummary", text)
