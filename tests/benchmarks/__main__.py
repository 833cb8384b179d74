"""Runs the benchmarks: ``python -m tests.benchmarks [NAME …] [OPTION …]``; without names, all.

Options are those of ``speed``, which is then the one that runs where none is named.
"""

import importlib
import sys

BENCHMARKS = {
    "epsilons": "epsilons",
    "real-loop": "real_loop",
    "smoothness": "smoothness",
    "speed": "speed.command",
}


def main(arguments: list[str]) -> None:
    """Run those asked for."""
    n = next((i for i, word in enumerate(arguments) if word.startswith("-")), len(arguments))
    names, options = arguments[:n], arguments[n:]
    for name in names or (["speed"] if options else BENCHMARKS):
        print(f"== {name}", file=sys.stderr, flush=True)
        run = importlib.import_module(f"tests.benchmarks.{BENCHMARKS[name]}").run
        run(options) if name == "speed" else run()


main(sys.argv[1:])
