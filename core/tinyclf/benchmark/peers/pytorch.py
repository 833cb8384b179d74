"""PyTorch, eagerly: a ``Sequential`` in inference mode, and its best plain loop of training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.benchmark.peers.weights import matrices
from tinyclf.benchmark.work import Workload, checksum_of
from tinyclf.errors import DeviceError
from tinyclf.nn.backend import NumpyBackend

if TYPE_CHECKING:
    from tinyclf.benchmark.kinds import Inference, Training
    from tinyclf.benchmark.settings import Performance
    from tinyclf.training.config import TrainingConfig

DTYPES = {"f8": "float64", "f4": "float32", "f2": "float16"}
"""Its names of the precisions that it has; in f2 its arithmetic is f2, too."""

LOSSES = ("softmax", "hinge", "squared-error")

COPIES = 2
"""Of the drawn weights, at most: the core's, and its own."""


def refusal(case: Inference | Training) -> str:
    """Return what PyTorch cannot do, in a sentence; empty if it can do it all."""
    if case.kind == "inference":
        if case.math.precision not in DTYPES:
            return (
                f"PyTorch has no layers in {case.math.precision} that compare with ours: "
                "choose f8, f4 or f2."
            )
    elif case.loss not in LOSSES:
        return f"PyTorch has no loss '{case.loss}': choose softmax, hinge or squared-error."
    return ""


def inference(case: Inference) -> Workload:
    """Return the passes."""
    import torch

    device, dtype = _device(case.performance), getattr(torch, DTYPES[case.math.precision])
    layers = []
    for weights, biases in matrices(case):
        layers += [_linear(weights, biases), _activation(case.math.activation)]
    network = torch.nn.Sequential(*layers).to(device, dtype).eval()
    x = torch.from_numpy(case.inputs()).to(device, dtype)

    def run() -> Any:
        with torch.inference_mode():
            for _ in range(case.nepochs):
                y = network(x)
        return y.cpu().numpy()

    return Workload(run, checksum_of)


def training(case: Training) -> Workload:
    """Return the passes: the same start, new orders; gradients set to None; no ``.item()``."""
    import torch

    device, config = _device(case.performance), case.config()
    examples, classes = case.arrays()
    x, y = torch.from_numpy(examples).to(device), torch.from_numpy(classes).to(device)
    start = _start(case)
    _, steps = config.steps(len(examples))

    def run() -> Any:
        torch.manual_seed(0)
        network = _network(case, start).to(device)
        optimizer = _optimizer(config, network)
        for _ in range(case.epochs):
            for rows in torch.randperm(len(x), device=device).tensor_split(steps):
                optimizer.zero_grad(set_to_none=True)
                scores = network(x.index_select(0, rows))
                _loss(case.loss, scores, y.index_select(0, rows)).backward()
                optimizer.step()
        parameters = [each.detach().ravel() for each in network.parameters()]
        return torch.cat(parameters).cpu().numpy()

    return Workload(run, checksum_of)


def _device(performance: Performance) -> str:
    """Return the device by PyTorch's name, with so many threads from now on."""
    import torch

    if performance.threads is not None:
        torch.set_num_threads(performance.threads)
    if performance.device == "cuda" and not torch.cuda.is_available():
        raise DeviceError(
            "PyTorch finds no NVIDIA card. Install a PyTorch for cards, or choose the device cpu."
        )
    return performance.device


def _start(case: Training) -> list[dict[str, Any]]:
    """Return the parameters that our core would start from, layer by layer."""
    objective, (_, y) = case.objective(), case.arrays()
    theta = objective.initialize(
        y, np.random.default_rng(0), np.dtype(case.precision), backend=NumpyBackend()
    )
    return [views for views in objective.layout.views(theta) if "W" in views]


def _network(case: Training, start: list[dict[str, Any]]) -> Any:
    """Return the network at its start."""
    from torch import nn

    layers = []
    for views in start:
        layers += [_linear(views["W"], views["b"]), _activation(case.activation)]
    return nn.Sequential(*layers[:-1])


def _linear(weights: NDArray[Any], biases: NDArray[Any]) -> Any:
    """Return a layer with copies of weights (inputs, outputs) and biases (outputs,)."""
    import torch

    layer = torch.nn.utils.skip_init(torch.nn.Linear, *weights.shape)
    layer.weight.data = torch.from_numpy(weights.T.copy())
    layer.bias.data = torch.from_numpy(biases.copy())
    return layer


def _activation(name: str) -> Any:
    from torch import nn

    return {
        "sigmoid": nn.Sigmoid,
        "tanh": nn.Tanh,
        "relu": nn.ReLU,
        "leaky-relu": nn.LeakyReLU,
        "gelu": lambda: nn.GELU(approximate="tanh"),
    }[name]()


def _loss(name: str, scores: Any, y: Any) -> Any:
    """Return the mean loss of scores (n, classes) and classes y (n,), as our core defines it."""
    from torch.nn import functional

    if name == "softmax":
        return functional.cross_entropy(scores, y)
    if name == "hinge":
        return functional.multi_margin_loss(scores, y)
    wanted = functional.one_hot(y, scores.shape[1]).to(scores.dtype)
    return functional.mse_loss(scores, wanted, reduction="sum") / (2 * len(scores))


def _optimizer(config: TrainingConfig, network: Any) -> Any:
    """Return PyTorch's fused one: the fastest it has."""
    from torch import optim

    parameters, rate = list(network.parameters()), config.learning_rate
    if config.optimizer == "sgd":
        return optim.SGD(parameters, rate, momentum=config.momentum, nesterov=True, fused=True)
    if config.optimizer == "adam":
        return optim.Adam(parameters, rate, fused=True)
    groups = [
        {"params": parameters[::2], "weight_decay": config.weight_decay},
        {"params": parameters[1::2], "weight_decay": 0.0},
    ]
    return optim.AdamW(groups, rate, fused=True)
