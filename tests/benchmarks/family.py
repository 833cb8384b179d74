"""What small networks reach on digits, flowers and pictures: ``python -m tests.benchmarks family``.

Each row is `tinyclf fit` in a process of its own, as a person types it, with one seed after the
other. What is learnt from, chosen and tested on is what the command does: the test examples are
looked at once. Seconds are those of the training alone, and of the whole command.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.shared import shared, where_to_put
from tests.benchmarks.speed.cifar import ARCHIVE

DIGITS, FLOWERS, PICTURES = "mnist", "iris.csv", "cifar10_part"
ZEROS_AND_ONES = ("--only", "0,1", "--sample", "0,1:0.5:600", "--binarise", "--model", "bits")
WIDE = ("--hidden", "800,800")
TIMES_SMALLER = 28
"""Times as small as in f4 a model of bits is to be."""

Answer = dict[str, Any]


@dataclass(frozen=True)
class Trial:
    """One row.

    Attributes:
        name: What is fitted.
        data: Name of the dataset.
        options: Of ``tinyclf fit``.
        seeds: How many.
        asked: Of the accuracy, and of the seconds; in words.
        figure: Which figure of the answer counts.
        one_core: Whether the command is kept on a single core.
    """

    name: str
    data: str
    options: tuple[str, ...]
    seeds: int
    asked: str
    figure: str = "test_accuracy"
    one_core: bool = False


TRIALS = (
    Trial("MNIST, mlp", DIGITS, (), 5, "≥ 98.3 %, < 3 s", one_core=True),
    Trial("MNIST, mlp, augmented", DIGITS, ("--augment",), 5, "≥ 99.0 %, < 30 s", one_core=True),
    Trial("MNIST, cnn", DIGITS, ("--model", "cnn"), 5, "≥ 99.4 %, < 60 s"),
    Trial(
        "Iris, 5 folds", FLOWERS, ("--folds", "5"), 10, "mean ≥ 96 %, < 1 s", "fold_accuracy_mean"
    ),
    Trial("Iris, 30 held out", FLOWERS, ("--test-share", "0.2"), 10, "half of them 100 %"),
    Trial("0 or 1, gradient", DIGITS, ZEROS_AND_ONES, 10, "≥ 99.7 %, < 1 s"),
    Trial("0 or 1, genetic", DIGITS, (*ZEROS_AND_ONES, "--train", "genetic"), 5, "≥ 94.7 %"),
    Trial("MNIST, bits", DIGITS, ("--model", "bits"), 1, "≥ 97.4 %"),
    Trial("CIFAR part, mlp", PICTURES, (), 1, "≥ 48 %"),
    Trial("CIFAR part, cnn", PICTURES, ("--model", "cnn"), 1, "≥ 64 %"),
)


def run() -> None:
    """Fit all of them and print a line for each."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        print(f"{'':<24}{'median':>8}{'least':>8}{'most':>8}  training     whole  asked")
        for trial in TRIALS:
            data = _data(trial.data, home)
            print(_line(trial, [_fitted(trial, data, seed) for seed in range(trial.seeds)]))
        print(_sizes(_data(DIGITS, home), home))


def _line(trial: Trial, answers: Sequence[tuple[Answer, float]]) -> str:
    shares = [100 * answer[trial.figure] for answer, _ in answers]
    training = statistics.median(answer["train_seconds"] for answer, _ in answers)
    whole = statistics.median(seconds for _, seconds in answers)
    figures = (statistics.median(shares), min(shares), max(shares))
    perfect = sum(share == 100 for share in shares)
    more = f"; {perfect} of {len(shares)} are 100 %" if perfect else ""
    if trial.figure == "fold_accuracy_mean":
        more = f"; mean {statistics.fmean(shares):.2f} %"
    return (
        f"{trial.name:<24}"
        + "".join(f"{each:8.2f}" for each in figures)
        + f"{training:8.2f} s{whole:8.2f} s  {trial.asked} ({trial.seeds} seeds{more})"
    )


def _fitted(trial: Trial, data: Path, seed: int) -> tuple[Answer, float]:
    """Fit, and return what the command answered, and how many seconds all of it took."""
    started = time.perf_counter()
    answer = _tinyclf(
        "fit", str(data), *trial.options, "--seed", str(seed), one_core=trial.one_core
    )
    return answer, time.perf_counter() - started


def _sizes(data: Path, home: Path) -> str:
    """Return how large the same widths are as a file, in bits and in f4."""
    sizes = []
    for model in ("mlp", "bits"):
        options = ("--model", model, *WIDE, "--epochs", "1", "--out", str(home / model))
        sizes.append(_tinyclf("fit", str(data), *options)["model_bytes"])
    floats, bits = sizes
    return (
        f"784-800-800-10 as a file: {bits:,} bytes against {floats:,} in f4, "
        f"1/{floats / bits:.1f}  (asked: 1/{TIMES_SMALLER})"
    )


def _tinyclf(*words: str, one_core: bool = False) -> Answer:
    command = [sys.executable, "-m", "tinyclf", *words, "--json"]
    keep: Callable[[], None] | None = _on_one_core() if one_core else None
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=keep)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise SystemExit(f"tinyclf {' '.join(words)}: {said[-1]}")
    answer: Answer = json.loads(done.stdout)
    return answer


def _on_one_core() -> Callable[[], None]:
    return partial(os.sched_setaffinity, 0, [max(os.sched_getaffinity(0))])


def _data(name: str, home: Path) -> Path:
    """Return the place of a dataset; what is packed is unpacked once."""
    if name != PICTURES:
        place = shared(name)
    else:
        place = home / name
        if not place.exists() and shared(ARCHIVE).exists():
            with tarfile.open(shared(ARCHIVE)) as packed:
                packed.extractall(home, filter="data")
    if not place.exists():
        wanted = ARCHIVE if name == PICTURES else name
        raise SystemExit(f"There is no {wanted}: {where_to_put(wanted)}.")
    return place
