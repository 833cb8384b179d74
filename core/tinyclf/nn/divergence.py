"""Training that runs into infinity stops with one sentence, never with a silent NaN."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tinyclf.errors import DivergedError
from tinyclf.nn.backend import Backend


@contextmanager
def guarded(backend: Backend, step: int, *, immediate: bool = True) -> Iterator[None]:
    """Guard one step of training: overflow, division by zero and NaN raise within.

    Enter it anew for each step, never around a ``yield``: what NumPy raises on would stay changed
    for whoever runs between.

    Args:
        backend: Whose arrays are computed on.
        step: The number of the step, for the message.
        immediate: Whether infinity is found at the step that ran into it; else the message says
            only by which step it did.

    Raises:
        DivergedError: the step ran into infinity; the message says where, and what to try.
    """
    try:
        with backend.raising():
            yield
    except FloatingPointError as error:
        raise diverged(f"{'at' if immediate else 'by'} step {step}", str(error)) from error


def diverged(when: str, what: str) -> DivergedError:
    """Return the error that training ran into infinity.

    Args:
        when: In words, such as ``"after step 12"``.
        what: Where infinity or NaN is, in words.
    """
    return DivergedError(
        f"Training ran into infinity {when}: {what}. "
        "Try a smaller learning rate, or check the inputs for huge numbers."
    )
