"""What is asked of the encoder while it learns: a linear reading of its vector, and the loss."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from network import Encoder, Tensors
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the field's name for it

from tinyclf.data.encoder.layout import PLAIN_DIMENSION
from tinyclf.samples.renderings import EVERY_KIND

RIDGE = 0.5


class Reader(nn.Module):
    """The encoder with a linear reading of its vector: how bad, and how much of each kind."""

    def __init__(self, tensors: Tensors) -> None:
        super().__init__()
        self.encoder = Encoder(tensors)
        self.register_buffer("centre", torch.zeros(PLAIN_DIMENSION))
        self.register_buffer("spread", torch.ones(PLAIN_DIMENSION))
        self.reading = nn.Linear(PLAIN_DIMENSION, 1 + len(EVERY_KIND))

    def gauge(self, images: Iterator[Tensor], strength: Tensor, kinds: Tensor) -> None:
        """Fix what the vector is scaled by, and start from the ridge regression on it."""
        with torch.no_grad():
            vectors = torch.cat([self.encoder(image) for image in images])
        self.centre.copy_(vectors.mean(dim=0))
        self.spread.copy_(vectors.std(dim=0) + 1e-3)
        z = ((vectors - self.centre) / self.spread).clamp(-6, 6)
        wanted = torch.cat([6 * (strength[:, None] - 0.4), 4 * kinds - 2.5], dim=1)
        middle = wanted.mean(dim=0)
        gram = z @ z.T + RIDGE * PLAIN_DIMENSION * torch.eye(len(z))
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
