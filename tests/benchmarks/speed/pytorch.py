"""PyTorch training by a recipe: its best honest loop.

The pictures are floats in memory, shuffled by index; no DataLoader, no ``.item()`` in a step,
gradients set to None.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.benchmarks.speed import datasets
from tests.benchmarks.speed.contender import Prepared, threads
from tests.benchmarks.speed.recipe import CLASSES, MOMENTUM, Recipe

WARM_UP_PICTURES = 5_000


def training(recipe: dict[str, Any], fused: bool = False, channels_last: bool = False) -> Prepared:
    """Train a fresh network, its seed the number of the repetition; checks test accuracy.

    Args:
        recipe: The fields of a :class:`Recipe`.
        fused: Whether the optimizer is PyTorch's fused one.
        channels_last: Whether pictures lie in memory so, which some convolutions like better.
    """
    import torch

    torch.set_num_threads(threads())
    chosen = Recipe(**recipe)
    x, y = (_tensor(array) for array in datasets.training(chosen.dataset))
    x = torch.nn.functional.pad(_scaled(x), (chosen.shift,) * 4)
    order = torch.channels_last if channels_last else torch.contiguous_format

    def work(seed: int, n: int = len(x)) -> Any:
        return train(chosen, x[:n], y[:n], seed, fused, order)

    return Prepared(work, partial(_accuracy, chosen), warm_up=lambda: work(0, WARM_UP_PICTURES))


def train(recipe: Recipe, x: Any, y: Any, seed: int, fused: bool, order: Any) -> Any:
    """Return a network trained on pictures x (n, channels, down, across), padded, of classes y."""
    import torch

    torch.manual_seed(seed)
    network = build(recipe).to(memory_format=order)
    optimizer = _optimizer(recipe, network, fused)
    rates = recipe.rates(len(x))
    for _ in range(recipe.epochs):
        for rows in torch.randperm(len(x)).split(recipe.batch):
            rate = next(rates)
            for group in optimizer.param_groups:
                group["lr"] = rate
            inputs = _shifted(x.index_select(0, rows), recipe)
            inputs = inputs.contiguous(memory_format=order)
            optimizer.zero_grad(set_to_none=True)
            torch.nn.functional.cross_entropy(network(inputs), y.index_select(0, rows)).backward()
            optimizer.step()
    return network


def build(recipe: Recipe) -> Any:
    """Return the network, begun as ours begins."""
    from torch import nn

    layers: list[nn.Module] = []
    channels = datasets.shape(recipe.dataset)[0]
    for more, kernel in recipe.convolutions:
        layers += [nn.Conv2d(channels, more, kernel), nn.ReLU(), nn.MaxPool2d(2)]
        channels = more
    layers.append(nn.Flatten())
    inputs = recipe.features
    for width in recipe.hidden:
        layers += [nn.Linear(inputs, width), nn.ReLU()]
        if recipe.dropout:
            layers.append(nn.Dropout(recipe.dropout))
        inputs = width
    network = nn.Sequential(*layers, nn.Linear(inputs, CLASSES))
    for layer in network:
        if hasattr(layer, "weight"):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)
    network[-1].weight.data.mul_(0.1)
    return network


def _optimizer(recipe: Recipe, network: Any, fused: bool) -> Any:
    """Return the optimizer; None for ``fused`` leaves the choice to PyTorch."""
    import torch

    parameters, which = list(network.parameters()), True if fused else None
    if recipe.optimizer == "sgd":
        return torch.optim.SGD(
            parameters, lr=recipe.rate, momentum=MOMENTUM, nesterov=True, fused=which
        )
    if recipe.optimizer == "adam":
        return torch.optim.Adam(parameters, lr=recipe.rate, fused=which)
    weights = [parameter for parameter in parameters if parameter.ndim > 1]
    biases = [parameter for parameter in parameters if parameter.ndim == 1]
    groups = [
        {"params": weights, "weight_decay": recipe.weight_decay},
        {"params": biases, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=recipe.rate, fused=which)


def _shifted(x: Any, recipe: Recipe) -> Any:
    """Return the part of each padded picture that its own shift leaves in view."""
    import torch

    if recipe.shift == 0:
        return x
    _, *sides = datasets.shape(recipe.dataset)
    down, right = torch.randint(0, 2 * recipe.shift + 1, (2, len(x)))
    windows = x.unfold(2, sides[0], 1).unfold(3, sides[1], 1)
    return windows[torch.arange(len(x)), :, down, right]


def _accuracy(recipe: Recipe, network: Any) -> float:
    import torch

    x, y = (_tensor(array) for array in datasets.test(recipe.dataset))
    network.eval()
    with torch.inference_mode():
        classes = torch.cat([network(batch).argmax(1) for batch in _scaled(x).split(1000)])
    return float((classes == y).double().mean())


def _tensor(array: Any) -> Any:
    import torch

    return torch.from_numpy(array.copy())


def _scaled(pictures: Any) -> Any:
    """Return bytes as floats, 0 to 1."""
    return pictures.float().div_(255)
