"""Runs the benchmarks: ``python -m tests.benchmarks [NAME …] [OPTION …]``; ``--help`` lists them.

What fails is told in one sentence, the others run all the same, and the exit status is then 1.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.speed import command


@dataclass(frozen=True)
class Benchmark:
    """One of them.

    Attributes:
        module: Has a function ``run``.
        words: What it measures.
        options: Whether ``run`` is given the options.
    """

    module: str
    words: str
    options: bool = False


BENCHMARKS = {
    "agreement": Benchmark(
        "agreement", "whether two runs of a case agree, and a slowdown is told (5 minutes)"
    ),
    "certificates": Benchmark(
        "certificates",
        "whether proofs hold, and how good expectations are (10 minutes; needs photos)",
    ),
    "epsilons": Benchmark(
        "epsilons", "what the settings for numerical stability cost in precision (10 s)"
    ),
    "family": Benchmark(
        "family", "what small networks reach on digits, flowers and pictures (45 minutes)"
    ),
    "label-issues": Benchmark(
        "label_issues",
        "how early planted slips stand in the list of doubtful grades (4 minutes; needs photos)",
    ),
    "limits": Benchmark(
        "limits_check", "the limits beside a case against another measurement (2 minutes)"
    ),
    "quality": Benchmark(
        "quality.command",
        "how good few grades are, beside what one would take instead (10 minutes; needs photos)",
    ),
    "real-loop": Benchmark(
        "real_loop", "how good the proposals for photos of real stamps are (30 s; needs the photos)"
    ),
    "server": Benchmark(
        "server.command", "the prediction server: 200 clients, 10,000 hostile bodies (3 minutes)"
    ),
    "smoothness": Benchmark(
        "smoothness", "how late the window is while the program works (3 minutes)"
    ),
    "speed": Benchmark(
        "speed.command", "the core against what one would take instead (25 minutes)", options=True
    ),
    "surface": Benchmark(
        "surface.command", "how instant grid and walls are with 100,000 photos (10 minutes, 6 GB)"
    ),
    "thumbnails": Benchmark(
        "thumbnails", "thumbnails a second, beside Pillow's and Qt's plain ones (2 minutes)"
    ),
    "training-times": Benchmark(
        "training_times", "how long learning and proposing take once photos were looked at (2 min)"
    ),
}


def main(arguments: Sequence[str]) -> int:
    """Run those asked for, and return the exit status: 1 if one failed."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    has_options = any(word.startswith("-") for word in arguments)
    names = asked.names or (["speed"] if has_options else list(BENCHMARKS))
    for name in names:
        if name not in BENCHMARKS:
            parser.error(f"there is no benchmark '{name}', but {', '.join(BENCHMARKS)}")
    if has_options and "speed" not in names:
        parser.error("the options are those of speed: name it, too, or nothing")
    return run(names, asked)


def run(names: Iterable[str], asked: argparse.Namespace) -> int:
    """Run one after the other, whatever becomes of any, and return the exit status."""
    failed = []
    for name in names:
        _tell(f"== {name}")
        try:
            _run(BENCHMARKS[name], asked)
        except (Exception, SystemExit) as error:
            _tell(f"{name} failed: {in_words(error)}")
            failed.append(name)
    if failed:
        _tell(f"== failed: {', '.join(failed)}")
    return 1 if failed else 0


def in_words(error: BaseException) -> str:
    """Return an error as one line; one that nobody expected says where it came from."""
    words = " ".join(str(error).split())
    if isinstance(error, SystemExit):
        return words
    place = traceback.extract_tb(error.__traceback__)[-1]
    kind = type(error).__name__
    shown = f"{kind}: {words}" if words else kind
    return f"{shown} ({Path(place.filename).name}, line {place.lineno})"


def _run(benchmark: Benchmark, asked: argparse.Namespace) -> None:
    module: Any = importlib.import_module(f"tests.benchmarks.{benchmark.module}")
    module.run(asked) if benchmark.options else module.run()


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, BENCHMARKS)) + 2
    lines = [f"  {name:<{width}}{each.words}" for name, each in BENCHMARKS.items()]
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="\n".join(["Benchmarks; without names or options, all run:", *lines]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="of those above")
    command.add_options(parser)
    return parser


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
