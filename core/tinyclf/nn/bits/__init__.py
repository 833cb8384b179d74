"""1-bit networks as bits: 64 weights a word, sums by XOR and counting ones, no floats between.

A network of :class:`~tinyclf.nn.layers.Sign` and :class:`~tinyclf.nn.layers.BinaryLinear` layers is
trained like any other; :func:`pack_network` then makes a :class:`PackedNetwork` of it, which gives
the same scores to the last bit from a thirtieth of the memory. In main memory only.
"""

from tinyclf.nn.bits.packed_network import PackedNetwork
from tinyclf.nn.bits.packing import pack_network

__all__ = ["PackedNetwork", "pack_network"]
