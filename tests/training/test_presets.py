"""The presets a user chooses from."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tinyclf.data.encoder.layout import CHANNELS, MAP_NUMBERS, PLACES
from tinyclf.errors import ConfigError
from tinyclf.training.bag import train_classifier
from tinyclf.training.classifier import Classifier
from tinyclf.training.config import TrainingConfig
from tinyclf.training.metrics import within_one
from tinyclf.training.presets import DEFAULT_PRESET, PRESETS, preset
from tinyclf.training.recipe import build_network


def test_the_default_comes_first_and_is_what_a_bare_configuration_is() -> None:
    assert next(iter(PRESETS)) == DEFAULT_PRESET
    assert preset(DEFAULT_PRESET).config == TrainingConfig()


def test_presets_differ() -> None:
    assert len({preset.config for preset in PRESETS.values()}) == len(PRESETS)


def test_a_mistyped_preset_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="no preset 'balance': did you mean 'balanced'"):
        preset("balance")


def test_every_preset_learns_what_can_be_learned(
    finish: Callable[..., Any], graded: Callable[..., Any]
) -> None:
    x, y = graded(100, d=30)
    places = np.zeros((100, MAP_NUMBERS), np.float32)
    places[:, :CHANNELS], places[:, -PLACES] = x[:, [0]], 1  # the only place that is there
    for name in PRESETS.keys() - {"pixels-giant"}:  # takes too long
        config = preset(name).config
        seen = np.hstack([x, places]) if config.looks_at_places else x
        bag = finish(train_classifier(seen, y, config, 0))
        assert within_one(y, bag.out_of_fold) > 0.8, name


def test_the_shapes_of_the_roots_are_there() -> None:
    shapes = {preset.config.hidden for preset in PRESETS.values()}
    assert {(128, 128), (1000, 100), (4000, 1000, 4000)} <= shapes


def test_what_takes_long_is_not_compared_unasked() -> None:
    assert [name for name, one in PRESETS.items() if not one.everyday] == [
        "pixels-small",
        "pixels-wide",
        "pixels-giant",
    ]


def test_one_bit_is_one_bit() -> None:
    network = build_network(preset("1-bit").config, 30, 1)
    kinds = [type(layer).__name__ for layer in network.layers]
    assert kinds == ["BinaryLinear", "BatchNorm", "Sign", "Dropout", "Linear"]


def test_a_one_bit_classifier_reads_back(
    finish: Callable[..., Any], graded: Callable[..., Any]
) -> None:
    x, y = graded(60)
    made = finish(train_classifier(x, y, preset("1-bit").config, 0)).classifier("")
    np.testing.assert_array_equal(
        Classifier.from_bytes(made.to_bytes()).probabilities(x), made.probabilities(x)
    )
