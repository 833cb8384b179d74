"""Checking a wall at random: what it takes, how far it is, what it proved."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from tinyclf.session import AuditStanding
from tinyclf.trust.certificate import Look, preset_looks
from tinyclf.trust.wall_certificates import WallCertificate
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.widgets.grade_words import number, percent
from tinyclf_gui.widgets.steady_label import SteadyLabel
from tinyclf_gui.widgets.styled import push_button

NO_BREAK = "\N{NO-BREAK SPACE}"


class AuditPanel(QWidget):
    """A sentence, a bar while photos are looked at, and the button that begins or ends it.

    Signals:
        wanted(): Begin the check, or go on with it.
        leftOff(): Back to the wall; what was looked at is kept.
    """

    wanted = Signal()
    leftOff = Signal()

    def __init__(self, keys: KeyBindings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("auditPanel")
        self._is_running = False
        self._brief = self._told = self._plans = False
        self._keys = keys or KeyBindings(parent=self)
        self._words = SteadyLabel(3, "muted")
        self._words.setObjectName("auditWords")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._button = push_button("", "auditButton")
        self._button.clicked.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._words)
        layout.addWidget(self._bar)
        layout.addWidget(self._button)

    def show_audit(
        self, known: WallCertificate, standing: AuditStanding | None, *, running: bool
    ) -> None:
        """Show how a wall's check stands.

        Args:
            known: What is known of the wall.
            standing: Its newest check, if there was any; it may be void.
            running: Its photos are in view.
        """
        self._is_running = running
        stands = standing is not None and standing.stands
        self._told = bool(known.proposals and (known.looks or stands)) or running
        self._plans = standing is None
        words = standing_in_words(standing) if standing and stands else plan_in_words(known)
        if standing is not None and not standing.stands:
            words = _tr("The last check no longer counts: the proposals are new.") + " " + words
        if running and standing is not None:
            words = running_in_words(standing, self._keys.words("accept"))
        self._words.setText(words)
        self._words.setToolTip(
            _tr(
                "Photos are drawn at random, doubtful and sure ones alike; from how many of them "
                "are wrong follows how many of the whole wall are wrong at most, with 95 % "
                "certainty, whatever the classifier thinks of itself."
            )
        )
        self._bar.setVisible(running)
        if standing is not None and running:
            self._bar.setRange(0, round_of(standing))
            self._bar.setValue(standing.certificate.looked_at)
        self._button.setText(self._button_words(standing if stands else None))
        open_ = bool(standing.photos) if standing and stands else known.is_worth_an_audit
        self._button.setToolTip(words if self._plans else "")
        self._button.setEnabled(running or open_)
        self._button.setVisible(running or open_ or not stands)  # else all below would jump
        self._make_room()

    def set_brief(self, on: bool) -> None:
        """Tell only on hover what a check would take."""
        self._brief = on
        self._make_room()

    def _make_room(self) -> None:
        brief = self._brief and self._plans
        self._words.setVisible(not brief)
        self.setVisible(self._told and not (brief and self._button.isHidden()))

    def _button_words(self, standing: AuditStanding | None) -> str:
        if self._is_running:
            return _tr("Back to the wall")
        if standing is None:
            return _tr("Check at random")
        return _tr("Look at {n} more").format(n=number(len(standing.photos)))

    def _tell(self) -> None:
        (self.leftOff if self._is_running else self.wanted).emit()


def round_of(standing: AuditStanding) -> int:
    """Return how many photos will have been looked at when the next proof is due."""
    return standing.certificate.next_size or standing.certificate.looked_at


def plan_in_words(known: WallCertificate) -> str:
    """Return what a check would take, before it begins."""
    if not known.looks:
        return ""
    telling = known.promising
    if not known.is_worth_an_audit or not telling:
        return _tr("Looking at all {n} is as quick as a check at random.").format(
            n=number(known.proposals)
        )
    first, *more = telling
    words = _tr(
        "Look at {n}, drawn at random: if all are right, at most {share} of the wall are wrong."
    ).format(n=number(first.size), share=_share(first, known))
    if not more:
        return words
    then = _tr("Looking at {n} proves {share}.")
    return f"{words} " + then.format(n=number(more[0].size), share=_share(more[0], known))


def running_in_words(standing: AuditStanding, accept: str) -> str:
    """Return what to do while a check goes on, how far it is, what comes out, and the way back."""
    return _tr(
        "{key} if the grade is right, else its digit. {found} After {all} it says how many of the "
        "wall are wrong at most. Esc goes back to the wall: your answers are kept."
    ).format(key=accept, found=standing_in_words(standing), all=number(round_of(standing)))


def standing_in_words(standing: AuditStanding) -> str:
    """Return how far a check is, and what was found; done once a proof is reached."""
    done = standing.certificate
    looked, wrong = number(done.looked_at), number(done.found_wrong)
    if done.confidence < 1 and not _is_under_way(standing):
        words = _tr("Check done: you looked at {n} at random, {wrong} wrong and corrected.")
        return words.format(n=looked, wrong=wrong)
    found = _tr("{n} of {all} looked at, {wrong} wrong.")
    return found.format(n=looked, all=number(round_of(standing)), wrong=wrong)


def _is_under_way(standing: AuditStanding) -> bool:
    """Tell whether photos were looked at since the last proof."""
    looked = standing.certificate.looked_at
    return looked not in [look.size for look in preset_looks(standing.certificate.population)]


def _share(look: Look, known: WallCertificate) -> str:
    return percent(look.at_most_wrong / known.proposals).replace(" ", NO_BREAK)


def _tr(text: str) -> str:
    return QCoreApplication.translate("AuditPanel", text)
