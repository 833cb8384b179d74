"""An ONNX graph as it grows."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import onnx

OPSET = 17
"""Of the operators. Those used here mean the same from 13 to 21."""

IR_VERSION = 8
"""Of the file, that of ONNX 1.12, which had operator set 17."""

Value: TypeAlias = str
"""The name of an array in the graph."""


class Graph:
    """Nodes and the arrays they start from; every method returns the name of what it adds.

    Attributes:
        dtype: The precision it computes in.
        prefix: Before the names of its nodes and numbers, where it is to be joined with another.
        nodes: In the order they are computed.
        initializers: The arrays it starts from, by name.
    """

    def __init__(self, dtype: npt.DTypeLike, prefix: str = "") -> None:
        self.dtype = np.dtype(dtype)
        self.prefix = prefix
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[Value, onnx.TensorProto] = {}

    @property
    def element_type(self) -> int:
        """Its precision, as ONNX counts them."""
        number: int = onnx.helper.np_dtype_to_tensor_dtype(self.dtype)
        return number

    def add(self, operator: str, *inputs: Value, **attributes: Any) -> Value:
        """Add a node of one output."""
        output = f"{self.prefix}{operator}.{len(self.nodes)}"
        node = onnx.helper.make_node(operator, inputs, [output], name=output, **attributes)
        self.nodes.append(node)
        return output

    def array(self, name: str, array: npt.NDArray[Any]) -> Value:
        """Add an array under a name, bit for bit; the name is taken as it is."""
        self.initializers[name] = onnx.numpy_helper.from_array(array, name)
        return name

    def number(self, value: float) -> Value:
        """Return a number in the graph's precision; asked for again, the same one."""
        return self.array(f"{self.prefix}number.{value!r}", np.array(value, self.dtype))

    def integer(self, value: int) -> Value:
        """Return a whole number (), as the one place to gather from or one axis is given."""
        return self.array(f"{self.prefix}integer.{value}", np.array(value, np.int64))

    def integers(self, *values: int) -> Value:
        """Return whole numbers (len(values),), as axes and places are given."""
        name = f"{self.prefix}integers.{'.'.join(map(str, values))}"
        return self.array(name, np.array(values, np.int64))

    def cast(self, x: Value, dtype: npt.DTypeLike) -> Value:
        """Add a change of precision."""
        return self.add("Cast", x, to=onnx.helper.np_dtype_to_tensor_dtype(np.dtype(dtype)))

    def columns(self, x: Value, start: int, end: int) -> Value:
        """Add some columns of rows; an end beyond the last stands for it."""
        return self.add("Slice", x, self.integers(start), self.integers(end), self.integers(1))

    def name(self, x: Value, name: str) -> Value:
        """Give a value another name, as an output of the graph has one."""
        self.nodes.append(onnx.helper.make_node("Identity", [x], [name], name=name))
        return name
