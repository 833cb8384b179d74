"""Train the condition encoder: EfficientNet-Lite0 fine-tuned once on drawn damage, then frozen.

Run from the project's folder, in an environment with the extra ``condition`` (PyTorch):

    python packaging/condition_encoder/train.py --out condition-encoder.safetensors

It draws things, damages and photographs them (``tinyclf.samples.renderings``) and teaches the
network three questions about each photo: which of two of the same thing is damaged worse, how
badly, and in which ways. Only filters and biases learn; batch norms, the stem and the first
stages stay as published. What is asked on top is a linear reading of the vector that the program's
own graph gives, so that the vector itself comes to say it. Same seed and threads, same figures.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from network import Encoder, Tensors
from numpy.typing import NDArray
from renderings import EACH, HELD_OUT, SEEN, Renderings, render
from safetensors.numpy import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the field's name for it

from tinyclf.data.encoder.builtin import checked_weights, weights_path
from tinyclf.data.encoder.efficientnet_lite import DIMENSION
from tinyclf.data.encoder.torch_pickle import read_tensors
from tinyclf.samples.renderings import EVERY_KIND

SIDE = 288
"""Of the renderings, pixels; each batch is brought to one of the recipe's sizes."""

BATCH = 16
WINDOW = 600
"""Renderings are shuffled among so many, so that the file is read nearly in order."""

GAUGE = 480
"""How many of the first renderings the linear reading starts from."""

RIDGE = 0.5
EXAM_THINGS = 50
FIRST_EXAM_THING = 500_000


@dataclass(frozen=True)
class Recipe:
    """What the training is made of.

    Attributes:
        seed: Of everything drawn by lot.
        things: How many are drawn; each is rendered EACH times.
        passes: How often each rendering is learned from.
        rate: The encoder's greatest learning rate.
        reading_rate: That of the linear reading.
        frozen: How many stages stay as published, besides the stem.
        sizes: Pixels on a side, drawn by lot for each batch; multiples of 32.
        minutes: Learning ends after so many, whatever is left.
    """

    seed: int = 20
    things: int = 750
    passes: int = 1
    rate: float = 3e-4
    reading_rate: float = 1e-4
    frozen: int = 2
    sizes: tuple[int, ...] = (192, 224)
    minutes: float = 1e9


class Reader(nn.Module):
    """The encoder with a linear reading of its vector: how bad, and how much of each kind."""

    def __init__(self, tensors: Tensors) -> None:
        super().__init__()
        self.encoder = Encoder(tensors)
        self.register_buffer("centre", torch.zeros(DIMENSION))
        self.register_buffer("spread", torch.ones(DIMENSION))
        self.reading = nn.Linear(DIMENSION, 1 + len(EVERY_KIND))

    def gauge(self, images: Iterator[Tensor], strength: Tensor, kinds: Tensor) -> None:
        """Fix what the vector is scaled by, and start from the ridge regression on it."""
        with torch.no_grad():
            vectors = torch.cat([self.encoder(image) for image in images])
        self.centre.copy_(vectors.mean(dim=0))
        self.spread.copy_(vectors.std(dim=0) + 1e-3)
        z = ((vectors - self.centre) / self.spread).clamp(-6, 6)
        wanted = torch.cat([6 * (strength[:, None] - 0.4), 4 * kinds - 2.5], dim=1)
        middle = wanted.mean(dim=0)
        gram = z @ z.T + RIDGE * DIMENSION * torch.eye(len(z))
        self.reading.weight.data = (z.T @ torch.linalg.solve(gram, wanted - middle)).T.contiguous()
        self.reading.bias.data = middle

    def forward(self, image: Tensor) -> Tensor:
        """Return (n, 1 + kinds): the score, logit of the strength, and the kinds' logits."""
        vector = (self.encoder(image) - self.centre) / self.spread
        answer: Tensor = self.reading(F.dropout(vector.clamp(-6, 6), 0.2, self.training))
        return answer


def image(photos: NDArray[np.uint8], size: int) -> Tensor:
    """Return photos (n, side, side, 3) as the encoder's input."""
    x = torch.from_numpy(np.array(photos)).permute(0, 3, 1, 2).float()
    if x.shape[2] != size:
        x = F.interpolate(x, (size, size), mode="bilinear", antialias=True)
    return ((x - 127) / 128).contiguous(memory_format=torch.channels_last)


def loss(answer: Tensor, strength: Tensor, kinds: Tensor) -> Tensor:
    """Return pairwise ranking + strength + kinds; rows 2k and 2k + 1 show the same thing."""
    score = answer[:, 0]
    apart = strength[0::2] - strength[1::2]
    ranking = (F.softplus(-(score[0::2] - score[1::2]) * apart.sign()) * apart.abs()).mean()
    regression = F.binary_cross_entropy_with_logits(score, strength)
    which = F.binary_cross_entropy_with_logits(answer[:, 1:], kinds.sqrt()) * kinds.shape[1]
    return 2 * ranking + 2 * regression + 0.15 * which


def learn(reader: Reader, found: Renderings, recipe: Recipe) -> None:
    """Fine-tune on the renderings, pairs shuffled anew in each pass."""
    rng = np.random.default_rng([recipe.seed, 5])
    few = [np.arange(k, k + BATCH) for k in range(0, GAUGE, BATCH)]
    truth = torch.from_numpy(found.strength[:GAUGE]), torch.from_numpy(found.kinds[:GAUGE])
    reader.gauge((image(found.photos[rows], 224) for rows in few), *truth)
    for part in (reader.encoder.stem, *reader.encoder.stages[: recipe.frozen]):
        part.requires_grad_(False)
    groups = [
        {"params": [p for p in reader.encoder.parameters() if p.requires_grad], "lr": recipe.rate},
        {"params": list(reader.reading.parameters()), "lr": recipe.reading_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=1e-2)
    steps = sum(1 for _ in _batches(np.random.default_rng(0), len(found.strength), recipe.passes))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [recipe.rate, recipe.reading_rate], total_steps=steps + 1, pct_start=0.08
    )
    reader.train()
    start, mean = time.monotonic(), 0.0
    for step, rows in enumerate(_batches(rng, len(found.strength), recipe.passes)):
        x = image(found.photos[rows], int(rng.choice(recipe.sizes)))
        truth = torch.from_numpy(found.strength[rows]), torch.from_numpy(found.kinds[rows])
        value = loss(reader(x), *truth)
        optimizer.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        mean += (float(value.detach()) - mean) / min(step + 1, 50)
        spent = (time.monotonic() - start) / 60
        if step % 25 == 24:
            print(f"step {step + 1:,} of {steps:,}: loss {mean:.3f}, {spent:.1f} min", flush=True)
        if spent > recipe.minutes:
            print(f"stopped after {step + 1:,} of {steps:,} steps: the minutes are spent")
            return


def _batches(rng: np.random.Generator, count: int, passes: int) -> Iterator[NDArray[np.int64]]:
    for _ in range(passes):
        for start in range(0, count, WINDOW):
            pairs = start // 2 + rng.permutation(min(WINDOW, count - start) // 2)
            for k in range(0, len(pairs) - BATCH // 2 + 1, BATCH // 2):
                part = pairs[k : k + BATCH // 2]
                yield np.stack([2 * part, 2 * part + 1], axis=1).ravel()


def examine(reader: Reader, found: Renderings) -> tuple[float, float]:
    """Return the score's rank correlation with the strength, and the share of pairs in order."""
    reader.eval()
    with torch.no_grad():
        parts = [
            reader(image(found.photos[k : k + BATCH], 224))[:, 0].numpy()
            for k in range(0, len(found.strength), BATCH)
        ]
    score = np.concatenate(parts)
    apart = found.strength[0::2] - found.strength[1::2]
    right = np.sign(score[0::2] - score[1::2]) == np.sign(apart)
    return rank_correlation(score, found.strength), float(right[np.abs(apart) > 0.05].mean())


def rank_correlation(a: NDArray[np.floating], b: NDArray[np.floating]) -> float:
    """Return Spearman's correlation; ties share their middle rank."""
    ranks = []
    for values in (a, b):
        _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
        ranks.append((np.cumsum(counts) - (counts - 1) / 2)[inverse])
    return float(np.corrcoef(*ranks)[0, 1])


def save(path: Path, reader: Reader, published: Tensors, recipe: Recipe) -> None:
    """Write the encoder's tensors, and the linear reading of its vector v: weight · v + bias.

    Row 0 of ``reading`` is the score (greater is worse: the logit of the strength), the others the
    kinds' logits in the order of ``EVERY_KIND``; those held out are never wanted.
    """
    tensors = reader.encoder.tensors(published)
    weight = (reader.reading.weight / reader.spread).detach()
    bias = (reader.reading.bias - weight @ reader.centre).detach()
    tensors["reading.weight"] = weight.numpy().astype(np.float32)
    tensors["reading.bias"] = bias.numpy().astype(np.float32)
    remarks = {
        "what": "condition encoder of Tiny Classifier",
        "recipe": str(recipe),
        "kinds": ",".join(EVERY_KIND),
    }
    save_file(tensors, str(path), remarks)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Render, train, examine, save."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Recipe()
    options.add_argument("--out", type=Path, required=True, help="where the weights go")
    options.add_argument("--seed", type=int, default=default.seed)
    options.add_argument(
        "--things", type=int, default=default.things, help=f"drawn; {EACH} renderings of each"
    )
    options.add_argument("--passes", type=int, default=default.passes)
    options.add_argument("--rate", type=float, default=default.rate, help="of the encoder")
    options.add_argument(
        "--reading-rate", type=float, default=default.reading_rate, help="of the linear reading"
    )
    options.add_argument(
        "--frozen", type=int, default=default.frozen, help="stages that stay, besides the stem"
    )
    options.add_argument("--sizes", type=int, nargs="+", default=default.sizes, help="in pixels")
    options.add_argument("--minutes", type=float, default=default.minutes, help="of learning")
    options.add_argument(
        "--start", type=Path, help="go on from these weights, not from the published ones"
    )
    options.add_argument("--threads", type=int, default=2)
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    recipe = Recipe(
        seed=given.seed,
        things=given.things,
        passes=given.passes,
        rate=given.rate,
        reading_rate=given.reading_rate,
        frozen=given.frozen,
        sizes=tuple(given.sizes),
        minutes=given.minutes,
    )
    published = read_tensors(checked_weights(weights_path()))
    if given.start is not None:
        published = {**published, **load_file(str(given.start))}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        found = render(place / "learn.npy", recipe.seed, range(recipe.things), SIDE)
        reader = Reader(published).to(memory_format=torch.channels_last)
        learn(reader, found, recipe)
        save(given.out, reader, published, recipe)
        exam = range(FIRST_EXAM_THING, FIRST_EXAM_THING + EXAM_THINGS)
        for name, kinds in (("seen", SEEN), ("held-out", HELD_OUT)):
            photos = render(place / f"{name}.npy", recipe.seed, exam, SIDE, kinds)
            correlation, right = examine(reader, photos)
            print(f"{name} kinds: rank correlation {correlation:.3f}, pairs in order {right:.1%}")


if __name__ == "__main__":
    main()
