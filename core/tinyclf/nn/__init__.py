"""A small neural network core: arrays in, arrays out.

Read it in this order: :mod:`.layers.linear` (a layer's forward returns its backward),
:mod:`.network` (layers in a row over one flat vector), :mod:`.losses`, :mod:`.objective` (network
and loss as one function to be made small), :mod:`.optimizers` (how it is made small).

Nothing here keeps state between calls: parameters, gradients, random generators and the backend
are arguments. So a network can predict from a snapshot of its parameters while training goes on.
"""
