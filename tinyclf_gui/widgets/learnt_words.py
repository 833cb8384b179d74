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


def gate_in_words(gate: Gate) -> str:
    """Return whether the condition encoder takes part."""
    if gate.is_open:
        return _tr("The damage encoder helps here: it is on")
    return _tr("The damage encoder does not help here: it is off")


def gate_at_length(gate: Gate) -> str:
    """Return what was measured, and what it would have taken."""
    return _tr(
        "With it, grades held out in turns were told {how}: log-loss {gain:.3f} ± {error:.3f} "
        "{less}.\nIt is on where it is lower by more than one standard error (the ±)."
    ).format(
        how=_tr("better") if gate.gain > 0 else _tr("worse"),
        gain=abs(gate.gain),
        error=gate.error,
        less=_tr("lower") if gate.gain > 0 else _tr("higher"),
    )


def let_in_words(let_in: Sequence[bool]) -> str:
    """Return whether the condition encoder took part in a comparison; nothing if never asked."""
    if not let_in:
        return ""
    if len(set(let_in)) > 1:
        words = _tr("Damage encoder: on in {n} of {all} rounds, as the photos of the others say")
        return words.format(n=sum(let_in), all=len(let_in))
    return _tr("Damage encoder: on") if let_in[0] else _tr("Damage encoder: off")


def with_encoder(title: str, let_in: Sequence[bool]) -> str:
    """Return a configuration's title, and whether the condition encoder took part with it."""
    if not let_in:
        return title
    if len(set(let_in)) > 1:
        return _tr("{title} · encoder {n} of {all}").format(
            title=title, n=sum(let_in), all=len(let_in)
        )
    told = _tr("{title} · encoder on") if let_in[0] else _tr("{title} · encoder off")
    return told.format(title=title)


def _tr(text: str) -> str:
    return QCoreApplication.translate("learnt", text)
