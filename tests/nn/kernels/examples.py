"""What kernels are held against their formulas with, where several take the same."""

from hypothesis import strategies as st

from tinyclf.nn.kernels.activations import NONE, RELU, TANH, Activation

ACTIVATIONS = [
    Activation(NONE),
    Activation(RELU),
    Activation(TANH),
    Activation(TANH, 0.75),
    Activation(TANH, 0.9, 1e-6, 0.0),
    Activation(TANH, 1.0, 2e-6 - 1, -1.0),
]

CONVOLUTIONS = {
    "n": st.sampled_from([0, 1, 2, 5, 17, 128, 131]),
    "channels": st.integers(1, 6),
    "outputs": st.integers(1, 5),
    "k": st.sampled_from([2, 3]),
    "h": st.integers(4, 9),
    "w": st.integers(4, 9),
}
"""Strategies for the sizes of a convolution: of pictures (channels, h, w, n) by k × k filters."""
