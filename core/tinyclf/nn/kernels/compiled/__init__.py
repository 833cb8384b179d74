"""Kernels as loops that numba compiles: one file each, named as its formula is.

These modules import numba; only :class:`~tinyclf.nn.kernels.kernel.CompiledLane` imports them.
"""
