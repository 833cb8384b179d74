"""Options that change the recipe of a fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from tinyclf.cli.options import WholeNumber
from tinyclf.data.datasets.dataset import Dataset
from tinyclf.errors import ConfigError
from tinyclf.fitting.recipes import recipe
from tinyclf.fitting.settings import MODELS, MOST_FOLDS, Evolution, FitSettings
from tinyclf.nn.architecture import ACTIVATIONS
from tinyclf.training.choices import OPTIMIZERS, SCHEDULES

F = TypeVar("F", bound=Callable[..., Any])

FITNESSES = {"score": "accuracy", "mcc": "mcc"}

OPTIONS = (
    click.option(
        "--model",
        type=click.Choice(MODELS),
        default="mlp",
        show_default=True,
        help="Fully connected, convolutional, or of 1-bit weights.",
    ),
    click.option("--augment", is_flag=True, help="Train longer, on more varied pictures."),
    click.option("--hidden", metavar="N,N,…", help='Widths of the hidden layers; "" for none.'),
    click.option("--convolutions", metavar="N,N,…", help="Channels of a cnn's convolutions."),
    click.option("--activation", type=click.Choice(tuple(ACTIVATIONS))),
    click.option("--dropout", type=float, metavar="SHARE", help="Of hidden outputs, dropped."),
    click.option("--epochs", type=int, metavar="N", help="Passes over the examples."),
    click.option("--batch-size", type=int, metavar="N", help="Examples a step."),
    click.option("--learning-rate", type=float, metavar="RATE", help="The peak of the schedule."),
    click.option("--optimizer", type=click.Choice(tuple(OPTIMIZERS))),
    click.option("--schedule", type=click.Choice(tuple(SCHEDULES)), help="Of the learning rate."),
    click.option("--weight-decay", type=float, metavar="RATE", help="With adamw."),
    click.option("--mixup", type=float, metavar="ALPHA", help="Blend pairs of examples."),
    click.option("--folds", type=WholeNumber(2, MOST_FOLDS), help="Cross-validate, too."),
    click.option(
        "--test-share",
        type=float,
        metavar="SHARE",
        help="Hold examples out for the test; else the source's own, or a fifth without --folds.",
    ),
    click.option(
        "--validation",
        type=float,
        metavar="SHARE",
        help="Hold examples out to choose the best pass by and to calibrate its confidence.",
    ),
    click.option(
        "--train",
        type=click.Choice(["gradient", "genetic"]),
        default="gradient",
        show_default=True,
        help="How the model bits learns.",
    ),
    click.option(
        "--fitness",
        type=click.Choice(tuple(FITNESSES)),
        help="Of --train genetic: the share right, or Matthews correlation.",
    ),
    click.option("--population", type=int, metavar="N", help="Networks of a generation."),
    click.option("--generations", type=int, metavar="N", help="How many are bred."),
    click.option("--mutation-rate", type=float, metavar="RATE", help="Of each bit of a child."),
)

OF_TRAINING = (
    "activation",
    "dropout",
    "epochs",
    "batch_size",
    "learning_rate",
    "optimizer",
    "schedule",
    "weight_decay",
    "mixup",
)
OF_EVOLUTION = ("population", "generations", "mutation_rate")


def fit_options(command: F) -> F:
    """Give a command these options; :func:`settings_of` makes settings of them."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def settings_of(dataset: Dataset, options: dict[str, Any], seed: int) -> FitSettings:
    """Return the recipe for a dataset with what was asked for.

    Raises:
        ConfigError: an option is out of its range, or does not fit the model.
    """
    base = recipe(
        dataset,
        options["model"],
        augment=options["augment"],
        genetic=options["train"] == "genetic",
    )
    changed = {k: v for k in OF_TRAINING if (v := options[k]) is not None}
    _require_of_use(changed, base)
    if options["hidden"] is not None:
        changed["hidden"] = _numbers("--hidden", options["hidden"])
        _require_hidden(changed, base.model)
    if "epochs" in changed:
        changed["least_steps"] = 0  # who says how many passes means just these
    settings: dict[str, Any] = {
        k: v for k in ("folds", "test_share", "validation") if (v := options[k]) is not None
    }
    if options["convolutions"] is not None:
        settings["convolutions"] = _numbers("--convolutions", options["convolutions"])
    training = replace(base.training, **changed)
    evolution = _evolution(base.evolution, options)
    return replace(base, training=training, evolution=evolution, seed=seed, **settings)


def _require_of_use(changed: dict[str, Any], base: FitSettings) -> None:
    """Make sure that what was asked of the training changes something.

    Raises:
        ConfigError: something does not.
    """
    if base.evolution is not None and changed:
        raise ConfigError(f"{_option(changed)} is of gradients: leave it or --train genetic out.")
    if base.model == "bits" and "activation" in changed:
        raise ConfigError(
            "A network of bits has their signs for activation: leave --activation out."
        )
    optimizer = changed.get("optimizer", base.training.optimizer)
    if changed.get("weight_decay") and optimizer != "adamw":
        raise ConfigError(
            f"--weight-decay is of adamw, not {optimizer}: leave it out, or add --optimizer adamw."
        )


def _require_hidden(changed: dict[str, Any], model: str) -> None:
    """Make sure that nothing is asked of hidden layers where there are none.

    Raises:
        ConfigError: something is.
    """
    for name in ("activation", "dropout"):
        if model == "mlp" and not changed["hidden"] and changed.get(name):
            raise ConfigError(f"--{name} is of hidden layers: leave it out, or give --hidden some.")


def _option(changed: dict[str, Any]) -> str:
    return "--" + next(iter(changed)).replace("_", "-")


def _evolution(base: Evolution | None, options: dict[str, Any]) -> Evolution | None:
    changed = {k: v for k in OF_EVOLUTION if (v := options[k]) is not None}
    if options["fitness"] is not None:
        changed["fitness"] = FITNESSES[options["fitness"]]
    if base is None:
        if changed:
            raise ConfigError(
                f"{_option(changed)} is of breeding: add --model bits --train genetic."
            )
        return None
    return replace(base, **changed)


def _numbers(option: str, text: str) -> tuple[int, ...]:
    try:
        return tuple(int(word) for word in text.replace(" ", "").split(",") if word)
    except ValueError as error:
        raise ConfigError(
            f"{option} takes whole numbers separated by commas, such as 128,64, not {text!r}."
        ) from error
