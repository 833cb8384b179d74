"""Pooling of a map by attention: what stands at the places that matter, of however many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tinyclf.errors import ConfigError
from tinyclf.nn.arrays import Array, Shape, Views
from tinyclf.nn.backend import Backend
from tinyclf.nn.formulas import sigmoid
from tinyclf.nn.initializers import Glorot
from tinyclf.nn.layers.layer import Backward
from tinyclf.nn.ranges import require_whole, settle

MOST_PLACES = 1_000_000

LEAST_PRESENCE = 1e-30
"""Of a place that is there: the weights are divided by presences, and must not overflow."""


@dataclass(frozen=True)
class AttentionPool:
    """z = Σ a h over the places of a map, a = softmax of scores that the h at each place gets.

    The score is gated attention's, w · (tanh(h V + c) ⊙ σ(h U + e)) (Ilse, Tomczak and Welling
    2018, equation 9). A place weighs in proportion to its presence: 0 for one that is not there,
    so that maps of several shapes are rows of one length; a presence below 1e-30 counts as 0. All
    presences times one factor change nothing, and of a map without places z is 0.

    A row of inputs holds the map place by place, then the presence of each place.

    Attributes:
        places: Of the map, 1 to 1,000,000.
        channels: Numbers at a place, 1 to 1,000,000.
        hidden: Width of the scores' one layer, 1 to 1,000,000.
    """

    places: int
    channels: int
    hidden: int

    def __post_init__(self) -> None:
        what = "of an attention pooling"
        settle(
            self,
            places=require_whole(f"The places {what}", self.places, 1, MOST_PLACES),
            channels=require_whole(f"The channels {what}", self.channels, 1, MOST_PLACES),
            hidden=require_whole(f"The hidden width {what}", self.hidden, 1, MOST_PLACES),
        )

    def __str__(self) -> str:
        return f"AttentionPool {self.places} × {self.channels}"

    @property
    def inputs(self) -> int:
        """Numbers in a row of inputs."""
        return self.places * (self.channels + 1)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (channels,) for (inputs,), else raise ConfigError."""
        if input_shape != (self.inputs,):
            raise ConfigError(f"{self} takes shape {(self.inputs,)}, but is given {input_shape}.")
        return (self.channels,)

    def shapes(self) -> dict[str, Shape]:
        """Return the shapes of V, c, U, e and w."""
        V, c = (self.channels, self.hidden), (self.hidden,)
        return {"V": V, "c": c, "U": V, "e": c, "w": (self.hidden, 1)}

    def initialize(self, parameters: Views, rng: np.random.Generator) -> None:
        """Draw V and U, clear the others: at first all places weigh alike."""
        for name in ("V", "U"):
            W = parameters[name]
            W[:] = Glorot().draw(W.shape, self.channels, self.hidden, rng)
        for name in ("c", "e", "w"):
            parameters[name][:] = 0

    def attention(self, parameters: Views, x: Array, *, backend: Backend) -> Array:
        """Return how much each place weighs, (n, places), for rows of inputs (n, inputs).

        The weights of a row sum to 1, unless it has no place that is there.
        """
        h, presence = self._map(x)
        return self._weights(parameters, h, presence, backend)[0]

    def forward(
        self, parameters: Views, x: Array, *, backend: Backend, rng: np.random.Generator | None
    ) -> tuple[Array, Backward]:
        """Return z (n, channels) for rows (n, inputs), and the way back."""
        xp = backend.xp
        h, presence = self._map(x)
        a, share, t, g = self._weights(parameters, h, presence, backend)
        z = xp.matmul(a[:, None, :], h)[:, 0]

        def backward(dy: Array, gradient: Views, wants_dx: bool = True) -> Array | None:
            da = xp.matmul(h, dy[:, :, None])[:, :, 0]
            da = da - xp.sum(a * da, axis=1, keepdims=True)
            ds = (a * da).reshape(-1, 1)
            rows = h.reshape(-1, self.channels)
            u = ds * parameters["w"].T
            xp.matmul((t * g).T, ds, out=gradient["w"])
            dt = u * g * (1 - t * t)
            dg = u * t * (g * (1 - g))
            xp.matmul(rows.T, dt, out=gradient["V"])
            xp.sum(dt, axis=0, out=gradient["c"])
            xp.matmul(rows.T, dg, out=gradient["U"])
            xp.sum(dg, axis=0, out=gradient["e"])
            if not wants_dx:
                return None
            dh = xp.matmul(dt, parameters["V"].T) + xp.matmul(dg, parameters["U"].T)
            dh = dh.reshape(h.shape) + a[:, :, None] * dy[:, None, :]
            dh = dh.reshape(len(x), self.places * self.channels)
            dx: Array = xp.concatenate([dh, share * da], axis=1)
            return dx

        return z, backward

    def _map(self, x: Array) -> tuple[Array, Array]:
        """Return the map h (n, places, channels) and the presences (n, places)."""
        end = self.places * self.channels
        return x[:, :end].reshape(len(x), self.places, self.channels), x[:, end:]

    def _weights(
        self, parameters: Views, h: Array, presence: Array, backend: Backend
    ) -> tuple[Array, Array, Array, Array]:
        """Return the weights a, ∂a/∂presence over a's own share, and tanh and σ row by row."""
        xp = backend.xp
        rows = h.reshape(-1, self.channels)
        t = xp.tanh(xp.matmul(rows, parameters["V"]) + parameters["c"])
        g = sigmoid(xp, xp.matmul(rows, parameters["U"]) + parameters["e"])
        s = xp.matmul(t * g, parameters["w"]).reshape(presence.shape)
        there = presence > LEAST_PRESENCE
        low = xp.min(s, axis=1, keepdims=True)
        s = s - xp.max(xp.where(there, s, low), axis=1, keepdims=True)
        # A place that is not there may score above all others: its exponential is not wanted.
        share = xp.exp(xp.minimum(s, 0)) * there
        a = share * presence
        total = xp.sum(a, axis=1, keepdims=True)
        total = xp.where(total > 0, total, 1)
        return a / total, share / total, t, g
