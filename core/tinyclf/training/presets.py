"""The configurations a user chooses from by name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tinyclf.errors import ConfigError
from tinyclf.nn.ranges import no_such
from tinyclf.training import feature_names
from tinyclf.training.config import TrainingConfig


@dataclass(frozen=True, slots=True)
class Preset:
    """A named configuration.

    Attributes:
        name: For the command line and the collection file.
        title: For the window.
        words: What it is good for, in one sentence.
        config: Its settings.
        everyday: Shown first, and part of a comparison unless others are asked for; the rest is
            for the curious.
    """

    name: str
    title: str
    words: str
    config: TrainingConfig
    everyday: bool = True


BALANCED = TrainingConfig()
"""Small and strongly regularized: of settings that do equally well, the smaller is taken. Larger
learning rates tell clear grades better apart and noisy ones worse, and below .005 grades 2 and 4
are hardly ever the likeliest. `python -m tests.benchmarks quality` tells what it is worth."""

FAST = replace(
    BALANCED,
    features=feature_names.SMALL_EMBEDDING,
    hidden=(16,),
    learning_rate=3e-2,
    epochs=15,
    least_steps=150,
    folds=4,
)
THOROUGH = replace(BALANCED, features=feature_names.ATTENTION_MAP)
"""What it has over `balanced` is to show where it looks; `tinyclf compare` tells whether it is
better as well."""

PIXELS = replace(BALANCED, features=feature_names.PIXELS, second_opinion="never")
UNORDERED = replace(BALANCED, loss="softmax", second_opinion="never")
ONE_BIT = replace(
    BALANCED,
    weights="1-bit",
    dropout=0.3,
    input_dropout=0.0,
    weight_decay=0.0,
    second_opinion="never",
)
"""Bits are rough already, so less is dropped and nothing decays. `tinyclf compare` tells what they
cost."""

PIXELS_SMALL = replace(PIXELS, hidden=(128, 128), learning_rate=3e-3)
PIXELS_WIDE = replace(PIXELS, hidden=(1000, 100), learning_rate=1e-3, least_steps=200, epochs=20)
PIXELS_GIANT = replace(  # 20 million weights: as few steps and members as still learn
    PIXELS,
    hidden=(4000, 1000, 4000),
    learning_rate=3e-4,
    batch_size=64,
    epochs=10,
    least_steps=60,
    folds=2,
)

PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            "balanced",
            "Balanced",
            "A small network that learns steadily from 50 to 500 grades, in a few seconds.",
            BALANCED,
        ),
        Preset(
            "fast",
            "Fast",
            "Looks at smaller pictures with half the network: faster, and blind to fine damage.",
            FAST,
        ),
        Preset(
            "thorough",
            "Thorough",
            "Also looks at each place of a photo by itself, and can show where: slower to train.",
            THOROUGH,
        ),
        Preset(
            "unordered",
            "Without order",
            "For categories without an order, where 1 is no nearer to 2 than to 5.",
            UNORDERED,
        ),
        Preset(
            "1-bit",
            "Only plus or minus",
            "It only adds or subtracts what it sees (1-bit): nearly as good, slower to train.",
            ONE_BIT,
        ),
        Preset(
            "pixels",
            "Bare pixels",
            "Looks at tiny thumbnails without the pretrained eye: what one gains by it.",
            PIXELS,
        ),
        Preset(
            "pixels-small",
            "Bare pixels, small",
            "Tiny thumbnails, two layers of 128: the net that reads handwritten digits.",
            PIXELS_SMALL,
            everyday=False,
        ),
        Preset(
            "pixels-wide",
            "Bare pixels, wide",
            "Tiny thumbnails, a layer of 1,000 and one of 100: the net that tells irises apart.",
            PIXELS_WIDE,
            everyday=False,
        ),
        Preset(
            "pixels-giant",
            "Bare pixels, giant",
            "Tiny thumbnails, layers of 4,000, 1,000 and 4,000: a minute to train, 160 MB on disk.",
            PIXELS_GIANT,
            everyday=False,
        ),
    )
}
"""All presets by name, the default first."""

DEFAULT_PRESET = "balanced"


def preset(name: str) -> Preset:
    """Return the preset of this name.

    Raises:
        ConfigError: there is none; the message names the nearest.
    """
    try:
        return PRESETS[name]
    except KeyError:
        raise ConfigError(no_such("preset", name, PRESETS)) from None
