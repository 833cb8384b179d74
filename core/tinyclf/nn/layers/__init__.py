"""The layers, one a file, all alike: who knows :mod:`.linear` knows them all."""

from tinyclf.nn.layers.attention_pool import AttentionPool
from tinyclf.nn.layers.batch_norm import BatchNorm
from tinyclf.nn.layers.binary_linear import BinaryLinear
from tinyclf.nn.layers.conv2d import Conv2d
from tinyclf.nn.layers.dropout import Dropout
from tinyclf.nn.layers.flatten import Flatten
from tinyclf.nn.layers.gelu import GELU
from tinyclf.nn.layers.layer import Backward, Layer
from tinyclf.nn.layers.leaky_relu import LeakyReLU
from tinyclf.nn.layers.linear import Linear
from tinyclf.nn.layers.max_pool2d import MaxPool2d
from tinyclf.nn.layers.parallel import Parallel
from tinyclf.nn.layers.relu import ReLU
from tinyclf.nn.layers.sigmoid import Sigmoid
from tinyclf.nn.layers.sign import Sign
from tinyclf.nn.layers.tanh import Tanh

LAYERS: tuple[type[Layer], ...] = (
    AttentionPool,
    BatchNorm,
    BinaryLinear,
    Conv2d,
    Dropout,
    Flatten,
    GELU,
    LeakyReLU,
    Linear,
    MaxPool2d,
    Parallel,
    ReLU,
    Sigmoid,
    Sign,
    Tanh,
)
"""Every kind of layer: what a checkpoint can hold, ONNX must know, and the tests go through."""

__all__ = [
    "GELU",
    "LAYERS",
    "AttentionPool",
    "Backward",
    "BatchNorm",
    "BinaryLinear",
    "Conv2d",
    "Dropout",
    "Flatten",
    "Layer",
    "LeakyReLU",
    "Linear",
    "MaxPool2d",
    "Parallel",
    "ReLU",
    "Sigmoid",
    "Sign",
    "Tanh",
]
