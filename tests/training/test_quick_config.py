"""Quick heads stand in for a training with settings made from its own."""

from dataclasses import replace

from tinyclf.training.config import TrainingConfig
from tinyclf.training.feature_names import ATTENTION_MAP, EMBEDDING, PIXELS, PLAIN_EMBEDDING
from tinyclf.training.presets import BALANCED
from tinyclf.training.quick_config import linear_config, quick_config, refit_config


def test_both_views_are_heard_whatever_the_gate_said() -> None:
    shut = replace(BALANCED, features=PLAIN_EMBEDDING)
    assert refit_config(shut, gated=True).features == EMBEDDING
    assert refit_config(shut, gated=False).features == PLAIN_EMBEDDING


def test_its_networks_are_linear_whatever_the_configuration() -> None:
    config = TrainingConfig(hidden=(64, 32), weights="1-bit", patience=3, folds=3, precision="f8")
    assert linear_config(config).hidden == ()
    assert linear_config(config).weights == "real"
    assert (linear_config(config).folds, linear_config(config).precision) == (3, "f8")


def test_what_looks_at_places_is_stood_in_for_by_what_sees_the_whole() -> None:
    assert quick_config(replace(BALANCED, features=ATTENTION_MAP)).features == EMBEDDING
    assert quick_config(replace(BALANCED, features=PIXELS)).features == PIXELS
