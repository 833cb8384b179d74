"""Trained networks as ONNX files, for other programs; and back, if this program wrote them.

Read :mod:`.graph` (how a graph grows), :mod:`.layers` and :mod:`.losses` (one function a kind),
:mod:`.writing` (the whole file), :mod:`.seal` and :mod:`.reading` (the way back).

Importing this room imports onnx, which takes a moment: do so where it is needed.
"""

from tinyclf.nn.onnx_model.opinion import Second, Standardize
from tinyclf.nn.onnx_model.reading import from_onnx
from tinyclf.nn.onnx_model.writing import to_onnx

__all__ = ["Second", "Standardize", "from_onnx", "to_onnx"]
