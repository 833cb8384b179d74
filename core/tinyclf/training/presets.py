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
        everyday: Shown first, and part of a comparison unless others are asked for; the rest is
            for the curious.
    """

    name: str
    title: str
    words: str
    config: TrainingConfig
    everyday: bool = True


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
THOROUGH = replace(BALANCED, features="attention-map")
"""Measured on damaged stamps and graded cards, 100 to 280 grades, medians and means of 5 draws: a
tie with `balanced` where both see what the condition encoder sees. What one gains is to be shown
where it looks."""
PIXELS = replace(BALANCED, features="pixels", second_opinion="never")
UNORDERED = replace(BALANCED, loss="softmax", second_opinion="never")
ONE_BIT = replace(
    BALANCED,
    weights="1-bit",
    dropout=0.3,
    input_dropout=0.0,
    weight_decay=0.0,
    second_opinion="never",
)
"""Measured on damaged stamps and graded cards, 100 to 500 grades, medians of 5 draws: kappa is
.04 less than that of `balanced` to .02 more, in up to twice the time. Wider or deeper nets, fewer
steps, input dropout or a decay did not better it."""

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
            "Unordered",
            "For categories without an order, where 1 is no nearer to 2 than to 5.",
            UNORDERED,
        ),
        Preset(
            "1-bit",
            "1-bit",
            "Every hidden weight is only a plus or a minus: nearly as good, slower to train.",
            ONE_BIT,
        ),
        Preset(
            "pixels",
            "Pixels",
            "Looks at tiny thumbnails without the pretrained eye: what one gains by it.",
            PIXELS,
        ),
        Preset(
            "pixels-small",
            "Pixels, small",
            "Tiny thumbnails, two layers of 128: the net that reads handwritten digits.",
            PIXELS_SMALL,
            everyday=False,
        ),
        Preset(
            "pixels-wide",
            "Pixels, wide",
            "Tiny thumbnails, a layer of 1,000 and one of 100: the net that tells irises apart.",
            PIXELS_WIDE,
            everyday=False,
        ),
        Preset(
            "pixels-giant",
            "Pixels, giant",
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
