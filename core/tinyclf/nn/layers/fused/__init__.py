"""Layers that do the work of several in a row, with the same outputs: see :mod:`tinyclf.nn.fusion`.

Nobody writes them into a network: a network finds them by itself.
"""
