"""Counts as they are read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt

from tinyclf_gui.widgets.grade_words import duration, number, percent
from tinyclf_gui.widgets.styled import label


@pytest.fixture
def locale():
    before = QLocale()
    yield QLocale.setDefault
    QLocale.setDefault(before)


def test_large_counts_are_grouped_even_where_no_language_is_set(locale):
    locale(QLocale.c())
    assert number(97_000) == "97,000"


def test_they_are_grouped_as_the_language_does(locale):
    locale(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert number(97_000) == "97.000"


@pytest.fixture
def mirrored(qapp):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_from_right_to_left_figures_keep_their_order(mirrored):
    assert percent(0.52) == "\N{FIRST STRONG ISOLATE}52 %\N{POP DIRECTIONAL ISOLATE}"
    assert duration(40).strip("\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}") == "40 s"


def test_from_left_to_right_figures_are_as_they_are(qapp):
    assert percent(0.52) == "52 %"


def test_mirrored_a_line_stands_at_the_right_whatever_its_letters(mirrored):
    assert label("52 %", wrap=True).alignment() & Qt.AlignmentFlag.AlignRight
