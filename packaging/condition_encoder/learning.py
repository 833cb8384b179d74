"""One cycle of learning: a passage through the renderings, pair by pair."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import torch
from cycles import Cycle
from numpy.typing import NDArray
from reader import Reader, image, loss
from renderings import Renderings
from torch import nn

BATCH = 16
WINDOW = 600
"""Renderings are shuffled among so many, so that the file is read nearly in order."""

GAUGE = 480
"""How many of the first renderings the linear reading starts from, at the most."""

GAUGE_SIZE = 224


def learn(reader: Reader, found: Renderings, cycle: Cycle) -> None:
    """Fine-tune on the renderings, each once.

    Raises:
        ValueError: some of the renderings were never drawn.
    """
    found.require_drawn()
    rng = np.random.default_rng([cycle.seed, 5])
    _gauge(reader, found)
    for part in (reader.encoder.stem, *reader.encoder.stages[: cycle.frozen]):
        part.requires_grad_(False)
    groups = [
        {"params": [p for p in reader.encoder.parameters() if p.requires_grad], "lr": cycle.rate},
        {"params": list(reader.reading.parameters()), "lr": cycle.reading_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=1e-2)
    steps = sum(1 for _ in _batches(np.random.default_rng(0), len(found.strength)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [cycle.rate, cycle.reading_rate], total_steps=steps + 1, pct_start=0.08
    )
    reader.train()
    start, mean = time.monotonic(), 0.0
    for step, rows in enumerate(_batches(rng, len(found.strength))):
        x = image(found.photos[rows], int(rng.choice(cycle.sizes)))
        truth = torch.from_numpy(found.strength[rows]), torch.from_numpy(found.kinds[rows])
        value = loss(reader(x), *truth)
        optimizer.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        mean += (float(value.detach()) - mean) / min(step + 1, 50)
        if step % 25 == 24:
            spent = (time.monotonic() - start) / 60
            print(f"step {step + 1:,} of {steps:,}: loss {mean:.3f}, {spent:.1f} min", flush=True)


def _gauge(reader: Reader, found: Renderings) -> None:
    count = min(GAUGE, len(found.strength))
    truth = torch.from_numpy(found.strength[:count]), torch.from_numpy(found.kinds[:count])
    starts = range(0, count, BATCH)
    photos = (found.photos[k : min(k + BATCH, count)] for k in starts)
    reader.gauge((image(few, GAUGE_SIZE) for few in photos), *truth)


def _batches(rng: np.random.Generator, count: int) -> Iterator[NDArray[np.int64]]:
    """Yield rows, ``BATCH`` at a time: pairs that show the same thing stay together."""
    for start in range(0, count, WINDOW):
        pairs = start // 2 + rng.permutation(min(WINDOW, count - start) // 2)
        for k in range(0, len(pairs) - BATCH // 2 + 1, BATCH // 2):
            part = pairs[k : k + BATCH // 2]
            yield np.stack([2 * part, 2 * part + 1], axis=1).ravel()
