import pytest

from tinyclf.fitting.record import chosen_by


def test_a_fit_with_both_is_chosen_by_its_validation():
    assert chosen_by({"validation": 0.25, "folds": 3}) == "a validation share of 0.25"
    assert chosen_by({"validation": 0.0, "folds": 3}) == "3 folds"
    assert chosen_by({"validation": 0.0, "folds": None}) is None


@pytest.mark.parametrize("settings", [None, "none", [0.25], {"validation": "0.25"}, {"folds": "3"}])
def test_settings_of_a_file_that_say_nothing_are_no_fault(settings):
    assert chosen_by(settings) is None
