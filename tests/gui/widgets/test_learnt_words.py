"""What was learnt is said in plain words; the figures are for whoever hovers."""

from __future__ import annotations

import pytest

from tinyclf.training.gate import Gate
from tinyclf_gui.widgets.learnt_words import (
    gate_at_length,
    gate_in_words,
    learnt_in_words,
    let_in_words,
    with_encoder,
)


@pytest.mark.parametrize(
    ("corrections", "changed", "words"),
    [
        (25, 34, "Learned from your last 25 corrections: 34 proposals changed"),
        (1, 1, "Learned from your last correction: 1 proposal changed"),
        (10, 0, "Learned from your last 10 corrections: 0 proposals changed"),
    ],
)
def test_a_refit_in_words(corrections, changed, words):
    assert learnt_in_words(corrections, changed) == words


def test_the_gate_in_plain_words_and_in_figures():
    on, off = Gate(True, 0.123, 0.04), Gate(False, -0.02, 0.03)
    last = "In the last training (Fast) the damage detector"
    assert gate_in_words(on, "Fast") == f"{last} helped: it was on."
    assert gate_in_words(off, "Fast") == f"{last} did not help: it was off."
    assert "better (held-out log-loss 0.123 ± 0.040 lower)" in gate_at_length(on)
    assert all("wear and damage" in gate_at_length(gate) for gate in (on, off))
    assert "worse (held-out log-loss 0.020 ± 0.030 higher)" in gate_at_length(off)


def test_in_a_comparison_each_row_says_whether_it_was_on():
    assert with_encoder("Pixels", ()) == "Pixels"
    assert with_encoder("Balanced", (True, True)) == "Balanced · detector on"
    assert with_encoder("Balanced", (False, False)) == "Balanced · detector off"
    assert with_encoder("Balanced", (True, False)) == "Balanced · detector 1 of 2"
    assert let_in_words(()) == ""
    assert "on in 1 of 2 rounds" in let_in_words((True, False))
    assert "wear and damage" in let_in_words((True, True))
