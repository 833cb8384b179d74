"""Train the condition encoder: EfficientNet-Lite0 fine-tuned once on drawn damage, then frozen.

Run from the project's folder, in an environment with the extra ``condition`` (PyTorch):

    python packaging/condition_encoder/train.py --out condition-encoder.safetensors

It draws things, damages and photographs them (``tinyclf.samples.renderings``) and teaches the
network three questions about each photo: which of two of the same thing is damaged worse, how
badly, and in which ways. Only filters and biases learn; batch norms, the stem and the first
stages stay as published. What is asked on top is a linear reading of the vector that the program's
own graph gives, so that the vector itself comes to say it. Same seeds and threads, same figures.

The cycles of ``cycles.RECIPE`` go on from each other. The weights are written after each, so that a
training that was stopped after the first goes on by --start FILE --cycles 2 3.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from cycles import RECIPE, Cycle
from exam import examine
from learning import learn
from network import Tensors
from reader import Reader
from renderings import HELD_OUT, SEEN, render
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from tinyclf.data.encoder.builtin import checked_weights, weights_path
from tinyclf.data.encoder.torch_pickle import read_tensors
from tinyclf.samples.renderings import EVERY_KIND

SIDE = 288
"""Of the renderings, pixels; each batch is brought to one of the cycle's sizes."""

EXAM_SEED = 20
EXAM_THINGS = 50
FIRST_EXAM_THING = 500_000


def main() -> None:
    """Run the cycles, then examine what came of them."""
    given = _options().parse_args()
    torch.set_num_threads(given.threads)
    published = read_tensors(checked_weights(weights_path()))
    start = given.start
    for number in given.cycles:
        cycle = RECIPE[number - 1]
        if given.things is not None:
            cycle = replace(cycle, things=given.things)
        print(f"cycle {number}: {cycle}", flush=True)
        reader = run(cycle, published, start)
        save(given.out, reader, published, [*recipe_of(start), str(cycle)])
        start = given.out
    things = min(EXAM_THINGS, given.things or EXAM_THINGS)
    for name, kinds in (("seen", SEEN), ("held-out", HELD_OUT)):
        correlation, right = examined(reader, things, kinds)
        print(f"{name} kinds: rank correlation {correlation:.3f}, pairs in order {right:.1%}")


def run(cycle: Cycle, published: Tensors, start: Path | None) -> Reader:
    """Return the network after a cycle, which goes on from a file's weights or the published."""
    torch.manual_seed(cycle.seed)
    tensors = published if start is None else {**published, **load_file(str(start))}
    reader = Reader(tensors).to(memory_format=torch.channels_last)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "learn.npy")
        learn(reader, render(path, cycle.seed, range(cycle.things), SIDE), cycle)
    return reader


def examined(reader: Reader, things: int, kinds: Sequence[str]) -> tuple[float, float]:
    """Return how well things are judged that no cycle drew, with damage of these kinds."""
    exam = range(FIRST_EXAM_THING, FIRST_EXAM_THING + things)
    with tempfile.TemporaryDirectory() as folder:
        return examine(reader, render(Path(folder, "exam.npy"), EXAM_SEED, exam, SIDE, kinds))


def recipe_of(start: Path | None) -> list[str]:
    """Return the cycles that a file's weights went through, as it says; none for the published."""
    if start is None:
        return []
    with safe_open(start, "numpy") as file:
        return (file.metadata() or {}).get("recipe", f"untold, of {start}").splitlines()


def save(path: Path, reader: Reader, published: Tensors, recipe: Sequence[str]) -> None:
    """Write the encoder's tensors, and the linear reading of its vector v: weight · v + bias.

    Row 0 of ``reading`` is the score (greater is worse: the logit of the strength), the others the
    kinds' logits in the order of ``EVERY_KIND``; those held out are never wanted. The file's remark
    ``recipe`` has a line for each cycle it went through.
    """
    tensors = reader.encoder.tensors(published)
    weight = (reader.reading.weight / reader.spread).detach()
    bias = (reader.reading.bias - weight @ reader.centre).detach()
    tensors["reading.weight"] = weight.numpy().astype(np.float32)
    tensors["reading.bias"] = bias.numpy().astype(np.float32)
    remarks = {
        "what": "condition encoder of Tiny Classifier",
        "recipe": "\n".join(recipe),
        "kinds": ",".join(EVERY_KIND),
    }
    save_file(tensors, str(path), remarks)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--out", type=Path, required=True, help="where the weights go")
    options.add_argument(
        "--start", type=Path, help="go on from these weights, not from the published ones"
    )
    numbers = range(1, len(RECIPE) + 1)
    options.add_argument(
        "--cycles", type=int, nargs="+", choices=numbers, default=numbers, help="which, in turn"
    )
    options.add_argument("--things", type=int, help="only so many a cycle, to try whether it runs")
    options.add_argument("--threads", type=int, default=2)
    return options


if __name__ == "__main__":
    main()
