"""Memory asked for before it is needed: what lies at random the processor cannot foresee."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

CACHE_LINE = 64
"""Bytes that come at once, on the processors there are."""

_TO_READ, _TO_KEEP, _DATA = 0, 3, 1  # the last three arguments of LLVM's prefetch, in its manual


@intrinsic  # type: ignore[untyped-decorator]
def prefetch(context: Any, array: Any, row: Any, column: Any) -> Any:
    """Start to load ``array[row, column]`` (and its cache line), and do not wait for it.

    Args:
        context: numba's own.
        array: Of two dimensions.
        row: Within the array; nothing happens if it is not.
        column: Likewise.
    """
    return types.void(array, row, column), _call


def _call(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    kind = signature.args[0]
    array = context.make_array(kind)(context, builder, arguments[0])
    place = cgutils.get_item_pointer(context, builder, kind, array, list(arguments[1:]))
    byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
    form = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
    instruction = cgutils.get_or_insert_function(builder.module, form, "llvm.prefetch.p0")
    how = [ir.Constant(number, value) for value in (_TO_READ, _TO_KEEP, _DATA)]
    builder.call(instruction, [builder.bitcast(place, byte), *how])
    return context.get_dummy_value()
