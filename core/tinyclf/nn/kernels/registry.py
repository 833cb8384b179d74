"""All kernels there are."""

from __future__ import annotations

from typing import Any

from tinyclf.nn.kernels.adam_step import adam_step
from tinyclf.nn.kernels.add_bias_relu import add_bias_relu
from tinyclf.nn.kernels.add_up import add_up
from tinyclf.nn.kernels.conv_relu_pool import conv_relu_pool
from tinyclf.nn.kernels.conv_relu_pool_inputs import conv_relu_pool_inputs
from tinyclf.nn.kernels.conv_relu_pool_weights import conv_relu_pool_weights
from tinyclf.nn.kernels.dense_chain import dense_chain
from tinyclf.nn.kernels.drop import drop
from tinyclf.nn.kernels.gather_rows import gather_rows
from tinyclf.nn.kernels.half_chain import half_chain
from tinyclf.nn.kernels.int8_chain import int8_chain
from tinyclf.nn.kernels.kernel import Kernel
from tinyclf.nn.kernels.pack_signs import pack_signs
from tinyclf.nn.kernels.relu_gradient import relu_gradient
from tinyclf.nn.kernels.sgd_step import sgd_step
from tinyclf.nn.kernels.softmax_gradient import softmax_gradient
from tinyclf.nn.kernels.xnor_layers import xnor_layers

KERNELS: tuple[Kernel[..., Any], ...] = (
    adam_step,
    add_bias_relu,
    add_up,
    conv_relu_pool,
    conv_relu_pool_inputs,
    conv_relu_pool_weights,
    dense_chain,
    drop,
    gather_rows,
    half_chain,
    int8_chain,
    pack_signs,
    relu_gradient,
    sgd_step,
    softmax_gradient,
    xnor_layers,
)
"""In the order of their names; ``tests/nn/kernels`` asks for a case of every one."""
