"""The configurations a user chooses from by name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tinyclf.errors import ConfigError
from tinyclf.nn.ranges import no_such
from tinyclf.training.config import TrainingConfig


@dataclass(frozen=True, slots=True)
class Preset:
    """A named configuration.

    Attributes:
        name: For the command line and the collection file.
        title: For the window.
        words: What it is good for, in one sentence.
        config: Its settings.
    """

    name: str
    title: str
    words: str
    config: TrainingConfig


BALANCED = TrainingConfig()
"""Measured on damaged stamps (50 to 230 grades), graded cards (100 to 500) and drawn vectors, new
objects held out. The ordinal loss beat softmax in kappa by .02 to .13 in every pairing, though not
always in exact grades. Around these settings quality is flat: hidden 16 to 128, dropout .1 to .5,
mixup 0 to 1, 300 to 600 steps move it within the noise of a draw, so of equals the small and
strongly regularized one is taken. The learning rate is a compromise. Below .005 scores stay so
close together that grades 2 and 4 are hardly ever the likeliest; at .01 noisy grades gain a little
kappa, at .02 clear ones ten points of exact."""

FAST = replace(
    BALANCED,
    features="small-embedding",
    hidden=(16,),
    learning_rate=3e-2,
    epochs=15,
    least_steps=150,
    folds=4,
)
PIXELS = replace(BALANCED, features="pixels")
UNORDERED = replace(BALANCED, loss="softmax")

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
            "pixels",
            "Pixels",
            "Looks at tiny thumbnails without the pretrained eye: what one gains by it.",
            PIXELS,
        ),
        Preset(
            "unordered",
            "Unordered",
            "For categories without an order, where 1 is no nearer to 2 than to 5.",
            UNORDERED,
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
