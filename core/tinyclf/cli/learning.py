"""Commands that train, compare and propose."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import click

from tinyclf.cli.fault_words import left_out_in_words
from tinyclf.cli.opening import opened
from tinyclf.cli.options import PATH, WholeNumber, collection_argument, json_option, seed_option
from tinyclf.cli.speech import follow, note, note_left_out, problems_json, say, say_json
from tinyclf.cli.trust_words import novelty_in_words, quality_json
from tinyclf.cli.words import (
    comparison_in_words,
    count_of,
    gate_in_words,
    let_in_words,
    per_cent,
    quality_in_words,
    standing_in_words,
)
from tinyclf.errors import BadPhotosError, ConfigError
from tinyclf.nn.backend import choose_backend
from tinyclf.session import TrainingResult
from tinyclf.training.comparison import ComparisonRow
from tinyclf.training.config import TrainingConfig
from tinyclf.training.config_file import read_config, with_encoder
from tinyclf.training.feature_names import ENCODER_SUFFIX
from tinyclf.training.presets import DEFAULT_PRESET, PRESETS, preset


@click.command()
@json_option
def presets(as_json: bool) -> None:
    """List the configurations that train --preset knows."""
    if as_json:
        say_json({name: one.config.to_mapping() for name, one in PRESETS.items()})
        return
    for name, one in PRESETS.items():
        say(f"{name:12} {one.words}")


@click.command()
@collection_argument
@click.option(
    "--preset",
    "preset_name",
    default=DEFAULT_PRESET,
    show_default=True,
    help="A name that tinyclf presets lists.",
)
@click.option(
    "--config", "config_path", type=PATH, help="A YAML file of your own, instead of a preset."
)
@click.option(
    "--encoder",
    type=PATH,
    help="An ONNX image encoder of your own, FILE.onnx with FILE.json beside it, instead of the "
    "built-in one.",
    metavar="FILE.onnx",
)
@click.option(
    "--use-bad-photos",
    "use_bad",
    is_flag=True,
    help="Learn also from photos that look blurred, too dark or otherwise bad.",
)
@seed_option
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True)
@json_option
def train(
    file: Path,
    preset_name: str,
    config_path: Path | None,
    encoder: Path | None,
    use_bad: bool,
    seed: int,
    device: str,
    as_json: bool,
) -> None:
    """Train on the human grades; say how good the result is.

    That is judged on photos it has not seen: those of the exam once enough of them are graded,
    before by cross-validation; with the range that holds the truth with 95 % probability.
    """
    name, config = _configuration(preset_name, config_path)
    if encoder is not None:
        config = _seeing_through(encoder, config)
    backend = choose_backend(device)
    with opened(file) as session:
        try:
            result = follow(session.train(config, name, seed, backend=backend, use_bad=use_bad))
        except BadPhotosError as error:
            raise BadPhotosError(f"{error} All the same: --use-bad-photos.") from error
    note_left_out(result.left_out)
    if result.bad:
        note(left_out_in_words(result.bad))
    if as_json:
        say_json(_training_json(result))
        return
    say(f"{name}, trained on {count_of(result.grades, 'grade')} in {result.seconds:.1f} s")
    say(f"On photos it has not seen: {quality_in_words(result.quality)}.")
    if result.quality is not result.cross_validated:
        say(f"By cross-validation it would be: right {per_cent(result.cross_validated.exact)}.")
    if result.gate is not None:
        say(gate_in_words(result.gate))


@click.command()
@collection_argument
@json_option
def propose(file: Path, as_json: bool) -> None:
    """Propose a grade for every photo that has none by hand."""
    with opened(file) as session:
        result = follow(session.propose())
    note_left_out(result.left_out)
    newcomers = result.newcomers.standing if result.newcomers else None
    if newcomers is not None and newcomers.is_unlike:
        note(f"warning: {novelty_in_words(newcomers)}")
    if as_json:
        say_json(
            {
                "proposed": result.proposed,
                "without_grade": len(result.left_out),
                "left_out": problems_json(result.left_out),
                "novelty": newcomers and asdict(newcomers),
            }
        )
        return
    if not result.proposed:
        say("Nothing new to propose.")
    else:
        say(f"{count_of(result.proposed, 'photo')} proposed.")
        say(f"See them: tinyclf export {file} --walls DIR")


@click.command()
@collection_argument
@click.option(
    "--presets",
    "names",
    default=",".join(name for name, one in PRESETS.items() if one.everyday),
    show_default=True,
    help="Which to compare, separated by commas.",
)
@click.option(
    "--config",
    "paths",
    type=PATH,
    multiple=True,
    help="A YAML file of your own to compare with them; may be given several times.",
)
@click.option(
    "--folds",
    default=5,
    show_default=True,
    type=WholeNumber(2, 20),
    help="Into how many parts the grades are split.",
)
@seed_option
@json_option
def compare(
    file: Path, names: str, paths: tuple[Path, ...], folds: int, seed: int, as_json: bool
) -> None:
    """Judge configurations on the same folds of your grades.

    The one of the highest kappa comes first; ± is half of the range that holds the truth with 95 %
    probability. Those that may be as good tie with it (a chance of 5 % to be better, or more); of
    them those drop out of which surely fewer are exactly right, and the first of the others is to
    be taken, or the smallest, where that is half its size or less. Times, memory and size are of
    this machine.
    """
    stripped = filter(None, map(str.strip, names.split(",")))
    configs = {name: preset(name).config for name in stripped}
    for path in paths:
        if path.stem in configs:
            raise ConfigError(f"{path} would be compared as {path.stem}, as another: rename it.")
        configs[path.stem] = read_config(path)
    configs = {name: replace(config, folds=folds) for name, config in configs.items()}
    with opened(file) as session:
        unreadable = session.unreadable(configs)
        if len(unreadable) < len(configs):  # else comparing says what is wrong
            configs = {name: one for name, one in configs.items() if name not in unreadable}
        rows = follow(session.compare(configs, seed))
    if as_json:
        left_out = {name: {"left_out": why} for name, why in unreadable.items()}
        say_json({row.name: _comparison_json(row) for row in rows} | left_out)
        return
    width = max(12, *map(len, (*configs, *unreadable)))
    heads = ("right", "within one", "kappa", "off by", "train", "a photo", "memory", "size")
    say(" " * width + "".join(f"{head:>13}" for head in heads))
    for row in rows:
        words = ", ".join(filter(None, (standing_in_words(row), let_in_words(row.let_in))))
        say(f"{row.name:{width}}{comparison_in_words(row)}  {words}")
    for name, why in unreadable.items():
        say(f"{name:{width}}  left out: {why}")


def _configuration(preset_name: str, path: Path | None) -> tuple[str, TrainingConfig]:
    if path is not None:
        return path.stem, read_config(path)
    return preset_name, preset(preset_name).config


def _seeing_through(encoder: Path, config: TrainingConfig) -> TrainingConfig:
    if encoder.suffix != ENCODER_SUFFIX:
        raise ConfigError(f"{encoder} is no encoder: name a file that ends in {ENCODER_SUFFIX}.")
    return with_encoder(replace(config, features=str(encoder)), Path())


def _training_json(result: TrainingResult) -> dict[str, object]:
    return {
        "preset": result.preset,
        "grades": result.grades,
        "seconds": result.seconds,
        "model": result.model,
        "bad_left_out": result.bad,
        "gate": result.gate and asdict(result.gate),
        "left_out": problems_json(result.left_out),
    } | quality_json(result.quality)


def _comparison_json(row: ComparisonRow) -> dict[str, object]:
    error = row.mean_absolute_error
    return quality_json(row.quality) | {
        "mean_absolute_error": error.value,
        "mean_absolute_error_low": error.low,
        "mean_absolute_error_high": error.high,
        "train_seconds": row.train_seconds,
        "ms_per_photo": row.ms_per_photo,
        "memory_bytes": row.memory_bytes,
        "bytes": row.n_bytes,
        "beats": dict(row.beats),
        "standing": row.standing,
        "chance": row.chance,
        "recommended": row.recommended,
        "fewer_right": row.fewer_right,
        "condition_encoder_let_in": row.let_in,
    }


COMMANDS = (presets, train, propose, compare)
