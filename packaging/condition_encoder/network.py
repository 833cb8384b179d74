"""EfficientNet-Lite0 in PyTorch with its batch norms frozen: only filters and biases learn.

A frozen batch norm is a factor and a shift for each channel. Both are laid into the convolution
before it, at every step anew, so that training costs no more than convolutions do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - the field's name for it

from tinyclf.data.encoder.efficientnet_lite import BATCH_NORM_EPSILON, STAGES, same_pads

Tensors = Mapping[str, NDArray[Any]]


class Convolution(nn.Module):
    """A convolution and the frozen batch norm after it, with ReLU6 where the network has it."""

    def __init__(
        self, tensors: Tensors, name: str, norm: str, kernel: int, stride: int, activate: bool
    ) -> None:
        super().__init__()
        self.name, self.norm, self.activate = name, norm, activate
        self.weight = nn.Parameter(torch.tensor(tensors[f"{name}.weight"].astype(np.float32)))
        gamma, beta, mean, variance = (
            torch.tensor(tensors[f"{norm}.{part}"].astype(np.float32))
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        self.beta = nn.Parameter(beta)
        self.register_buffer("scale", gamma / torch.sqrt(variance + BATCH_NORM_EPSILON))
        self.register_buffer("mean", mean)
        self.stride = stride
        self.groups = self.weight.shape[0] if self.weight.shape[1] == 1 else 1
        before, _, after, _ = same_pads(kernel, stride)
        self.pads = (before, after, before, after)

    def forward(self, x: Tensor) -> Tensor:
        """Return the map after padding as TensorFlow pads, filtering and clipping."""
        before, after = self.pads[:2]
        if before != after:
            x, before = F.pad(x, self.pads), 0
        weight = self.weight * self.scale[:, None, None, None]
        bias = self.beta - self.mean * self.scale
        y = F.conv2d(x, weight, bias, self.stride, before, groups=self.groups)
        return F.hardtanh(y, 0.0, 6.0, inplace=True) if self.activate else y


class Block(nn.Module):
    """An inverted residual."""

    def __init__(self, tensors: Tensors, name: str, stage: Any, first: bool) -> None:
        super().__init__()
        steps = []
        if stage.expansion > 1:
            steps.append(Convolution(tensors, f"{name}._expand_conv", f"{name}._bn0", 1, 1, True))
        depthwise = (f"{name}._depthwise_conv", f"{name}._bn1")
        stride = stage.stride if first else 1
        steps.append(Convolution(tensors, *depthwise, stage.kernel, stride, True))
        steps.append(Convolution(tensors, f"{name}._project_conv", f"{name}._bn2", 1, 1, False))
        self.steps = nn.Sequential(*steps)
        self.adds = not first

    def forward(self, x: Tensor) -> Tensor:
        """Return the map after the block."""
        y: Tensor = self.steps(x)
        return x + y if self.adds else y


class Encoder(nn.Module):
    """The same network and vector as ``efficientnet_lite.build_graph`` gives."""

    def __init__(self, tensors: Tensors) -> None:
        super().__init__()
        self.stem = Convolution(tensors, "_conv_stem", "_bn0", 3, 2, True)
        self.stages = nn.ModuleList()
        number = 0
        for stage in STAGES:
            blocks = []
            for k in range(stage.blocks):
                blocks.append(Block(tensors, f"_blocks.{number}", stage, k == 0))
                number += 1
            self.stages.append(nn.Sequential(*blocks))
        self.head = Convolution(tensors, "_conv_head", "_bn1", 1, 1, True)

    def forward(self, image: Tensor) -> Tensor:
        """Return the vectors, (n, 2848), of images (n, 3, height, width)."""
        x = self.stem(image)
        parts = []
        for stage in self.stages:
            x = stage(x)
            # a deviation of nothing has no slope: kept a hair away from 0
            deviation = torch.sqrt(x.var(dim=(2, 3), correction=0) + 1e-8)
            parts += [x.mean(dim=(2, 3)), deviation]
        return torch.cat([self.head(x).mean(dim=(2, 3)), *parts], dim=1)

    def tensors(self, published: Tensors) -> dict[str, NDArray[Any]]:
        """Return all tensors ``build_graph`` needs: what learned in f2, batch norms in f4."""
        found: dict[str, NDArray[Any]] = {}
        for module in self.modules():
            if isinstance(module, Convolution):
                weight = module.weight.detach().numpy()
                found[f"{module.name}.weight"] = np.ascontiguousarray(weight).astype(np.float16)
                for part in ("weight", "running_mean", "running_var"):
                    found[f"{module.norm}.{part}"] = published[f"{module.norm}.{part}"]
                found[f"{module.norm}.bias"] = module.beta.detach().numpy().copy()
        return found
