"""Counts as they are read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from tinyclf_gui.widgets.grade_words import number


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
