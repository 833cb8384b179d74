"""The few operations that are worth more than one form: plain, compiled, and for a graphics card.

Each kernel is one file: the formula, written plainly over the array module. That is its meaning,
and it runs everywhere. Where a faster form is worth its lines, it stands under the same name in
:mod:`.compiled` (loops for numba) or :mod:`.cuda` (a source for the card), and must give the same
numbers; ``tests/nn/kernels`` holds each against the plain one in float64.

Whoever computes asks its backend: ``backend.kernel(adam_step)(theta, gradient, …)``.
"""
