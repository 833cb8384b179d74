"""The presets a user chooses from."""

import pytest

from tinyclf.errors import ConfigError
from tinyclf.training.config import TrainingConfig
from tinyclf.training.presets import DEFAULT_PRESET, PRESETS, preset


def test_the_default_comes_first_and_is_what_a_bare_configuration_is() -> None:
    assert next(iter(PRESETS)) == DEFAULT_PRESET
    assert preset(DEFAULT_PRESET).config == TrainingConfig()


def test_presets_differ() -> None:
    assert len({preset.config for preset in PRESETS.values()}) == len(PRESETS)


def test_a_mistyped_preset_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="no preset 'balance': did you mean 'balanced'"):
        preset("balance")
