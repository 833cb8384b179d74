"""The way back through rectifier and bias, in one pass."""

from __future__ import annotations

from tinyclf.nn.arrays import Array
from tinyclf.nn.kernels.compiled.jit import jit


@jit
def relu_gradient(dy: Array, y: Array, dz: Array, db: Array) -> None:
    """Make dz and db; see :mod:`tinyclf.nn.kernels.relu_gradient`."""
    zero = y.dtype.type(0)
    db[:] = zero
    for i in range(y.shape[0]):
        into, out, outputs = dz[i], dy[i], y[i]
        for j in range(db.size):
            slope = out[j] if outputs[j] > zero else zero
            into[j] = slope
            db[j] += slope
