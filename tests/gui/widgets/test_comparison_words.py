"""How configurations compare is said in plain words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tinyclf.training.comparison import Standing
from tinyclf_gui.widgets.comparison_words import _standing


@pytest.mark.parametrize(
    ("standing", "recommended", "chance", "words"),
    [
        (Standing.BEST, True, None, "best: take it"),
        (Standing.TIE, False, 0.3, "a tie"),
        (Standing.WORSE, False, 0.04, "worse (96 %)"),
        (Standing.WORSE, False, 0.001, "worse"),
    ],
)
def test_a_verdict_is_a_word_not_a_bare_figure(standing, recommended, chance, words):
    row = SimpleNamespace(standing=standing, recommended=recommended, chance=chance)
    assert _standing(row) == words
