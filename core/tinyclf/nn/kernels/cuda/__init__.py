"""Kernels for NVIDIA cards: one file each, named as its formula is, with ``build(cupy)``.

What is computed number by number is an ``ElementwiseKernel``: CuPy writes the loop around it and
takes any strides and sizes. Its plain numbers may also be arrays with a single float64 on the card,
as a recorded training step has them (:mod:`tinyclf.nn.steps`). What sums is a ``RawKernel``
over the type ``real``. Sources are plain C++ without headers, so that the tests compile the same
text for the processor, too.

Compute capability 6.0 (Pascal) and newer: nothing here asks for more than CUDA had from the start.
"""
