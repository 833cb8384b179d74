from dataclasses import replace

import pytest

from tinyclf.errors import ConfigError
from tinyclf.fitting.recipes import BITS, TABLE
from tinyclf.fitting.settings import Evolution, FitSettings
from tinyclf.training.config import TrainingConfig

WRONG = [
    ({"model": "tree"}, "mlp, cnn, bits"),
    ({"validation": 0.95}, "validation share"),
    ({"test_share": -0.1}, "test share"),
    ({"folds": 1}, "number of folds"),
    ({"seed": -1}, "seed"),
    ({"convolutions": (8,)}, "no convolutions"),
    ({"model": "cnn"}, "needs convolutions"),
    ({"model": "cnn", "convolutions": (0,)}, "channels of a convolution"),
    ({"model": "cnn", "convolutions": (8,), "kernel": 4}, "must be odd"),
    ({"model": "bits"}, "1-bit weights"),
    ({"training": BITS}, "1-bit weights"),
    ({"training": TrainingConfig()}, "loss softmax"),
    ({"evolution": Evolution()}, "can be bred"),
    ({"model": "bits", "training": replace(BITS, hidden=())}, "hidden layer"),
]


@pytest.mark.parametrize(("settings", "words"), WRONG, ids=[words for _, words in WRONG])
def test_settings_out_of_their_range_are_refused(settings, words):
    with pytest.raises(ConfigError, match=words):
        FitSettings(**({"training": TABLE} | settings))


@pytest.mark.parametrize(
    "setting", [{"population": 1}, {"mutation_rate": 0.5}, {"generations": -1}, {"fitness": "f1"}]
)
def test_an_evolution_out_of_its_range_is_refused(setting):
    with pytest.raises(ConfigError):
        Evolution(**setting)
