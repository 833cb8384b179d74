"""A model's learning curves, its folds and its confusions as one picture, without a screen.

matplotlib is an extra and is imported here alone, when something is drawn. A figure is made without
its global state and without a window system.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from tinyclf.errors import InputError
from tinyclf.fitting.confusion_plot import draw_confusion
from tinyclf.fitting.curves import Curve, Curves
from tinyclf.fitting.evaluating import Evaluation
from tinyclf.whole_file import whole_file

BLUE, VERMILION, GREY = "#0072b2", "#d55e00", "#666b73"
"""Told apart by the colour-blind (Okabe and Ito); lines differ in their dashes as well."""

DOTS_PER_INCH = 144
PANEL_INCHES = (5.6, 4.6)
COLUMNS = 3
"""Panels side by side; of four, two."""

FEW_POINTS = 25
"""Up to so many, each point of a curve has a mark."""

LEAST_LOSS = 1e-3
"""That the axis goes up to, even where all is learnt."""

NAMES_OF_FITNESS = {"accuracy": "Fitness: share right", "mcc": "Fitness: Matthews correlation"}

Axes = Any
Panel = Callable[[Axes], None]


def require_matplotlib() -> None:
    """Make sure, before work begins, that something can be drawn.

    Raises:
        InputError: matplotlib is missing.
    """
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise InputError(
            "To plot, matplotlib is needed. Install it with pip install 'tiny-classifier[plot]'."
        ) from error


def plot(
    curves: Curves,
    evaluation: Evaluation | None,
    title: str,
    caption: Sequence[str],
    out: Path,
) -> None:
    """Draw all there is into a PNG, which appears whole or not at all.

    Args:
        curves: Of the training.
        evaluation: How good the model is on some examples; ``None`` where nothing is told.
        title: Above it all.
        caption: Lines below it all.
        out: The file.

    Raises:
        InputError: matplotlib is missing, or there is nothing to draw.
        StorageError: the file cannot be written.
    """
    require_matplotlib()
    panels = _panels(curves, evaluation)
    if not panels:
        raise InputError("The model has no curves and no folds: name data to judge it on.")
    from matplotlib import style

    with style.context("default"), catch_warnings():  # whatever a person has set for other plots
        simplefilter("ignore", UserWarning)  # of letters that no font has
        figure = _figure(panels, title, caption)
        with whole_file(out) as part:
            figure.savefig(part, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})


def _figure(panels: Sequence[Panel], title: str, caption: Sequence[str]) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    across = 2 if len(panels) == 4 else min(COLUMNS, len(panels))
    down = math.ceil(len(panels) / across)
    foot = 0.19 * len(caption) + 0.2
    width, height = PANEL_INCHES[0] * across, PANEL_INCHES[1] * down + foot + 0.4
    inside = (0.01, foot / height, 0.98, 1 - foot / height - 0.01)
    layout = ConstrainedLayoutEngine(rect=inside, h_pad=0.1, w_pad=0.08)
    figure = Figure(figsize=(width, height), facecolor="white", layout=layout)
    FigureCanvasAgg(figure)
    figure.suptitle(_plain(title), fontsize=14)
    places = figure.subplots(down, across, squeeze=False).flat
    for place, panel in zip(places, panels, strict=False):
        panel(place)
    figure.text(
        0.5,
        0.1 / height,
        "\n".join(map(_plain, caption)),
        ha="center",
        va="bottom",
        color=GREY,
        fontsize=10,
    )
    return figure


def _panels(curves: Curves, evaluation: Evaluation | None) -> list[Panel]:
    panels: list[Panel] = []
    if curves.of("best_fitness"):
        panels.append(lambda axes: _draw_fitness(axes, curves))
    if curves.of("loss") or curves.of("held_out_loss"):
        panels.append(lambda axes: _draw_loss(axes, curves))
    if curves.is_evolution and curves.of("accuracy"):
        panels.append(lambda axes: _draw_error(axes, curves))
    elif curves.of("accuracy") or curves.of("held_out_accuracy"):
        panels.append(lambda axes: _draw_shares(axes, curves))
    if curves.folds:
        panels.append(lambda axes: _draw_folds(axes, curves.folds))
    if evaluation is not None:
        panels.append(lambda axes: draw_confusion(axes, evaluation))
    return panels


def _draw_loss(axes: Axes, curves: Curves) -> None:
    _line(axes, curves, "loss", "learnt from", BLUE, "--")
    _line(axes, curves, "held_out_loss", "validation", VERMILION, "-")
    axes.set_ylim(0, 1.06 * max(axes.dataLim.y1, LEAST_LOSS))
    _finish(axes, curves, "Loss", "cross-entropy (nats an example)")


def _draw_shares(axes: Axes, curves: Curves) -> None:
    _line(axes, curves, "accuracy", "learnt from", BLUE, "--", 100)
    _line(axes, curves, "held_out_accuracy", "validation", VERMILION, "-", 100)
    _finish(axes, curves, "Accuracy", "examples told right (%)")
    axes.set_ylim(top=min(axes.get_ylim()[1], 100.5))


def _draw_error(axes: Axes, curves: Curves) -> None:
    xs, shares = _there(curves.epochs, curves.of("accuracy") or (), 100)
    axes.plot(xs, [100 - share for share in shares], "--", color=BLUE, lw=1.8, label="learnt from")
    axes.set_ylim(0, 1.06 * max(axes.dataLim.y1, 1.0))
    _finish(axes, curves, "Error of the fittest network", "examples told wrong (%)")


def _draw_fitness(axes: Axes, curves: Curves) -> None:
    mean, spread = curves.of("mean_fitness"), curves.of("fitness_spread")
    if mean and spread:
        pairs = [(m or 0.0, s or 0.0) for m, s in zip(mean, spread, strict=True)]
        low, high = [m - s for m, s in pairs], [min(m + s, 1.0) for m, s in pairs]
        label = "mean ± standard deviation"
        axes.fill_between(curves.epochs, low, high, color=BLUE, alpha=0.2, lw=0, label=label)
    _line(axes, curves, "mean_fitness", "mean of the generation", BLUE, "--")
    _line(axes, curves, "best_fitness", "best of the generation", VERMILION, "-")
    _finish(axes, curves, "Fitness", NAMES_OF_FITNESS.get(curves.fitness, "Fitness"))


def _draw_folds(axes: Axes, folds: Sequence[float]) -> None:
    numbers, shares = range(1, len(folds) + 1), [100 * share for share in folds]
    mean = sum(shares) / len(shares)
    axes.axhline(mean, color=VERMILION, lw=1.5, label=f"mean {mean:.2f} %")
    axes.plot(numbers, shares, "o", color=BLUE, ms=8, label="a fold")
    for number, share in zip(numbers, shares, strict=True):
        if len(folds) <= 10:
            offset = (0, 8)
            axes.annotate(f"{share:.1f}", (number, share), offset, textcoords="offset points",
                          ha="center", fontsize=9)  # fmt: skip
    axes.margins(x=0.1, y=0.3)
    axes.set_ylim(top=min(axes.get_ylim()[1], 101.5))
    _whole_numbers(axes)
    _name(axes, "Folds", "fold", "examples told right (%)")
    axes.legend(frameon=False, fontsize=9, loc="lower right")


def _line(
    axes: Axes, curves: Curves, name: str, label: str, colour: str, dashes: str, scale: float = 1
) -> None:
    curve = curves.of(name)
    if not curve:
        return
    xs, ys = _there(curves.epochs, curve, scale)
    mark = ("o" if dashes == "-" else "s") if len(xs) <= FEW_POINTS else None
    axes.plot(xs, ys, dashes, color=colour, lw=1.8, marker=mark, ms=4, label=label)


def _there(
    epochs: Sequence[int], curve: Curve, scale: float
) -> tuple[tuple[int, ...], tuple[float, ...]]:
    pairs = [(x, scale * y) for x, y in zip(epochs, curve, strict=True) if y is not None]
    return tuple(x for x, _ in pairs), tuple(y for _, y in pairs)


def _finish(axes: Axes, curves: Curves, title: str, what: str) -> None:
    unit = "generation" if curves.is_evolution else "pass"
    if curves.kept is not None and len(curves.epochs) > 1:
        label = f"kept: {unit} {curves.kept}"
        axes.axvline(curves.kept, color=GREY, lw=1.2, ls=":", label=label)
    along = "generation" if curves.is_evolution else "pass over the examples"
    _whole_numbers(axes)
    _name(axes, title, along, what)
    axes.legend(frameon=False, fontsize=9)


def _whole_numbers(axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, min_n_ticks=1))


def _name(axes: Axes, title: str, along: str, up: str) -> None:
    axes.set_title(title, fontsize=12)
    axes.set_xlabel(along)
    axes.set_ylabel(up)
    axes.grid(color="#dddddd", lw=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _plain(text: str) -> str:
    """Return text in which nothing is taken for a formula."""
    return text.replace("$", r"\$")
