"""The directions of the attention map are those that the script finds."""

import hashlib
import runpy
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from tinyclf.data.encoder.attention_map import NAME, SHA256
from tinyclf.data.encoder.layout import CHANNELS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(ROOT / "packaging" / "attention_map.py"))


def test_the_shipped_file_is_the_one_the_program_expects():
    contents = (ROOT / "resources" / "models" / NAME).read_bytes()
    assert hashlib.sha256(contents).hexdigest() == SHA256


def test_directions_say_most_of_what_varies(script):
    rng = np.random.default_rng(0)
    strong = rng.normal(size=(900, CHANNELS)) @ rng.normal(size=(CHANNELS, 60))
    places = (5 + strong + 0.01 * rng.normal(size=strong.shape)).astype(np.float32)
    weight, bias, share = script["directions"](places)
    seen = places @ weight.T + bias
    assert share > 0.99
    np.testing.assert_allclose(seen.mean(axis=0), 0, atol=1e-3)
    spread = np.cov(seen.T)
    np.testing.assert_allclose(spread, np.diag(np.diag(spread)), atol=1e-2)


def test_they_are_of_the_width_of_the_maps(script):
    arrays = load_file(ROOT / "resources" / "models" / NAME)
    assert arrays["weight"].shape == (CHANNELS, script["WIDTH"])
    assert arrays["bias"].shape == (CHANNELS,)
