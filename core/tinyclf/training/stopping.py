"""Stopping early: when the validation loss has not improved for a while, back to the best."""

from __future__ import annotations

from tinyclf.nn.arrays import Array


class EarlyStopping:
    """Remembers the best parameters, by the loss on photos that were not trained on.

    Args:
        patience: Passes without a better loss until it is enough; ``None`` for never.
    """

    def __init__(self, patience: int | None) -> None:
        self.patience = patience
        self.best_loss = float("inf")
        self.best: Array | None = None
        self._waited = 0

    def enough(self, loss: float, parameters: Array) -> bool:
        """Take note of a pass's validation loss; return whether to stop.

        Args:
            loss: Of this pass.
            parameters: Those it was made with, flat; copied if they are the best up to now.
        """
        if self.patience is None:
            return False
        self._waited += 1
        if loss < self.best_loss:
            self.best_loss, self.best, self._waited = loss, parameters.copy(), 0
        return self._waited >= self.patience

    def restore(self, parameters: Array) -> Array:
        """Return the best parameters noted, or those given where none were."""
        return parameters if self.best is None else self.best
