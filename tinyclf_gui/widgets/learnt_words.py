"""What was learnt, in a collector's words; figures for whoever hovers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from tinyclf.training.gate import Gate
from tinyclf_gui.widgets.grade_words import number


def learnt_in_words(corrections: int, changed: int) -> str:
    """Return "Learned from your last 12 corrections: 34 proposals changed"."""
    told = _tr("Learned from your last correction")
    if corrections != 1:
        told = _tr("Learned from your last {n} corrections").format(n=number(corrections))
    if changed == 1:
        return _tr("{learned}: 1 proposal changed").format(learned=told)
    return _tr("{learned}: {n} proposals changed").format(learned=told, n=number(changed))


def gate_in_words(gate: Gate, title: str) -> str:
    """Return whether the condition encoder took part in the last training, titled so."""
    words = _tr("In the last training ({title}) the damage detector did not help: it was off.")
    if gate.is_open:
        words = _tr("In the last training ({title}) the damage detector helped: it was on.")
    return words.format(title=title)


def gate_at_length(gate: Gate) -> str:
    """Return what it is, what was measured, and what it would have taken."""
    measured = _tr(
        "With it, grades it had not learnt from were told {how} (held-out log-loss {gain:.3f} ± "
        "{error:.3f} {less}).\nIt is on where it helps by more than chance would: the log-loss is "
        "lower by more than one standard error, the ±."
    ).format(
        how=_tr("better") if gate.gain > 0 else _tr("worse"),
        gain=abs(gate.gain),
        error=gate.error,
        less=_tr("lower") if gate.gain > 0 else _tr("higher"),
    )
    return f"{what_it_is()}\n{measured}"


def what_it_is() -> str:
    """Return what the condition encoder is."""
    return _tr(
        "The damage detector (condition encoder) is a second look at each photo, by a network that "
        "has learned from drawings to see wear and damage."
    )


def let_in_words(let_in: Sequence[bool]) -> str:
    """Return whether the condition encoder took part in a comparison; nothing if never asked."""
    if not let_in:
        return ""
    words = _tr("Damage detector: on") if let_in[0] else _tr("Damage detector: off")
    if len(set(let_in)) > 1:
        words = _tr(
            "Damage detector: on in {n} of {all} rounds, as the photos of the others say"
        ).format(n=sum(let_in), all=len(let_in))
    return f"{words}\n{what_it_is()}"


def with_encoder(title: str, let_in: Sequence[bool]) -> str:
    """Return a configuration's title, and whether the condition encoder took part with it.

    In few letters: `let_in_words` is for whoever hovers.
    """
    if not let_in:
        return title
    words = _tr("{title} · detector off")
    if len(set(let_in)) > 1:
        words = _tr("{title} · detector {n} of {all}")
    elif let_in[0]:
        words = _tr("{title} · detector on")
    return words.format(title=title, n=sum(let_in), all=len(let_in))


def _tr(text: str) -> str:
    return QCoreApplication.translate("learnt", text)
