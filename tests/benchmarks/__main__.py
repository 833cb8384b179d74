"""Runs the benchmarks: ``python -m tests.benchmarks [NAME …]``; without names, all of them."""

import sys

from tests.benchmarks import real_loop, smoothness

BENCHMARKS = {"real-loop": real_loop.run, "smoothness": smoothness.run}

for name in sys.argv[1:] or BENCHMARKS:
    print(f"== {name}", flush=True)
    BENCHMARKS[name]()
