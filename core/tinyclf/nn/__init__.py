"""A small neural network core: arrays in, arrays out.

Read it in this order: :mod:`.layers.linear` (a layer's forward returns its backward),
:mod:`.network` (layers in a row over one flat vector), :mod:`.losses`, :mod:`.objective` (network
and loss as one function to be made small), :mod:`.optimizers` (how it is made small). Then, for
speed: :mod:`.kernels` (one operation, several forms), :mod:`.fusion` (several layers, one stage),
:mod:`.inference` (what is left of a network that only predicts), :mod:`.bits` (in 1 bit a weight).

Parameters, gradients, random generators and the backend are arguments, not state. So a network can
predict from a snapshot of its parameters while training goes on. What does remember something:

* an optimizer at work, ``Optimizer.start(…)``: its running means and its count of steps;
* a batch norm in training, within the parameters that it is given: its running figures;
* a step recorded on a card: it owns the buffers that it is replayed on;
* a backend: the kernels that it has bound, which compute the same each time.

All of it, from examples to probabilities::

    import numpy as np
    from tinyclf.nn.architecture import mlp
    from tinyclf.nn.backend import NumpyBackend
    from tinyclf.nn.losses import SoftmaxCrossEntropy
    from tinyclf.nn.objective import Objective
    from tinyclf.nn.optimizers import Adam

    backend, rng = NumpyBackend(), np.random.default_rng(0)
    x = rng.standard_normal((500, 2))
    y = (x[:, 0] * x[:, 1] > 0).astype(int)  # no straight line parts these two classes
    objective = Objective(mlp(2, (16,), 2), SoftmaxCrossEntropy(2))
    theta = objective.initialize(y, rng, "f8", backend=backend)
    step, gradient = Adam().start(theta, backend=backend), np.empty_like(theta)
    for _ in range(300):
        loss = objective.value_and_gradient(theta, x, y, gradient, backend=backend, rng=rng)
        step(theta, gradient, 0.02)
    p = objective.probabilities(theta, np.array([[1, 1], [1, -1]]), backend=backend)
    print(f"{loss:.2f}", *p.round(2))  # 0.02 [0. 1.] [1. 0.]
"""
