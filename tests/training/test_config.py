"""A configuration is in range, or it is not made."""

import dataclasses

import numpy as np
import pytest

from tinyclf.errors import ConfigError
from tinyclf.training.augmentation import Mixup
from tinyclf.training.config import CHOICES, RANGES, TrainingConfig
from tinyclf.training.recipe import build_augmentations


def test_every_setting_has_words_or_a_range() -> None:
    named = {*CHOICES, *RANGES, "features", "hidden"}
    assert {field.name for field in dataclasses.fields(TrainingConfig)} == named


@pytest.mark.parametrize("features", ["embedding", "pixels", "/models/mine.onnx"])
def test_a_photo_can_be_seen_through(features: str) -> None:
    assert TrainingConfig(features=features).features == features


def test_other_features_are_refused_with_what_there_is() -> None:
    with pytest.raises(ConfigError, match=r"small-embedding, attention-map, pixels, a path that"):
        TrainingConfig(features="eyes")


@pytest.mark.parametrize("name", RANGES)
@pytest.mark.parametrize("side", [0, 1])
def test_both_ends_of_a_range_are_allowed(name: str, side: int) -> None:
    assert getattr(TrainingConfig(**{name: RANGES[name][side]}), name) == RANGES[name][side]


@pytest.mark.parametrize("name", RANGES)
@pytest.mark.parametrize("value", [-1, 1e9, float("nan"), float("inf"), "1", True, [3]])
def test_a_number_out_of_range_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(ConfigError, match=f"^{name} must be .*from .* to .*, not "):
        TrainingConfig(**{name: value})


@pytest.mark.parametrize("mixup", [1e-4, 1e-300])
def test_a_mixup_that_blends_nothing_is_refused(mixup: float) -> None:
    with pytest.raises(ConfigError, match=r"mixup, if it is not 0, must be from 0\.001 to 10"):
        TrainingConfig(mixup=mixup)


@pytest.mark.parametrize("mixup", [1e-3, 0.4, 10.0])
def test_a_mixup_that_is_allowed_can_be_built(mixup: float) -> None:
    assert build_augmentations(TrainingConfig(mixup=mixup)) == (Mixup(mixup),)


def test_a_fraction_of_a_photo_is_refused() -> None:
    with pytest.raises(
        ConfigError, match=r"batch_size must be a whole number from 1 to 65,536, not 2\.5"
    ):
        TrainingConfig(batch_size=2.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("value", ["ordnal", 3, None, ["adam"]])
def test_an_unknown_word_is_refused_with_the_known_ones(name: str, value: object) -> None:
    with pytest.raises(ConfigError, match=f"{name} must be one of {CHOICES[name][0]}.*, not"):
        TrainingConfig(**{name: value})


@pytest.mark.parametrize("hidden", ["64", [0], [True], [2.0], [9000], 64, [4] * 33, None])
def test_hidden_widths_are_a_list_of_whole_numbers(hidden: object) -> None:
    with pytest.raises(ConfigError, match=r"hidden must be .*, not .*\.$"):
        TrainingConfig(hidden=hidden)  # type: ignore[arg-type]


def test_numbers_of_any_kind_become_pythons() -> None:
    config = TrainingConfig(epochs=np.int64(7), hidden=[np.uint8(9)], dropout=0)  # type: ignore[arg-type]
    assert [type(config.epochs), type(config.hidden[0]), type(config.dropout)] == [int, int, float]
    assert config == TrainingConfig(epochs=7, hidden=(9,), dropout=0.0)


def test_a_configuration_survives_its_mapping() -> None:
    config = TrainingConfig(hidden=(32, 16), patience=5, loss="softmax", learning_rate=0.5)
    assert TrainingConfig.from_mapping(config.to_mapping()) == config


def test_an_unknown_setting_names_the_nearest() -> None:
    with pytest.raises(
        ConfigError, match="no setting 'learning_rat': did you mean 'learning_rate'"
    ):
        TrainingConfig.from_mapping({"learning_rat": 1})


def test_a_setting_like_no_other_names_all() -> None:
    with pytest.raises(ConfigError, match="no setting '7': known are loss, features"):
        TrainingConfig.from_mapping({7: 1})  # type: ignore[dict-item]


def test_few_photos_get_more_passes() -> None:
    config = TrainingConfig(batch_size=10, epochs=5, least_steps=100)
    assert config.steps(20) == (50, 2)
    assert config.steps(2000) == (5, 200)
    assert config.steps(1) == (100, 1)
    assert config.steps(20, least=2) == config.steps(20)
