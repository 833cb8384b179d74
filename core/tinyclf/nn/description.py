"""Networks and losses as plain data and back: what a checkpoint says of them.

A frozen dataclass becomes ``{"kind": its class's name, field: value, …}``; what it holds likewise.
Only the kinds listed here are ever built: a file cannot name anything else.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeAlias

from tinyclf.errors import ConfigError, ModelError
from tinyclf.nn.initializers import Glorot, He
from tinyclf.nn.layers import LAYERS
from tinyclf.nn.losses import LOSSES, Loss
from tinyclf.nn.network import Network
from tinyclf.nn.stability import Stability

Json: TypeAlias = Any
"""None, bool, int, float, str, or lists and string-keyed dicts of these."""

KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (*LAYERS, *LOSSES, Glorot, He, Network, Stability)
}
"""What can be described, by name."""


def describe(thing: Network | Loss) -> dict[str, Json]:
    """Return a network or a loss as plain data, ready for JSON."""
    description = _describe(thing)
    return dict(description)


def network_from(description: Json) -> Network:
    """Return the network that :func:`describe` described.

    Raises:
        ModelError: it describes none.
    """
    network = _build(description)
    if not isinstance(network, Network):
        raise ModelError("The model file describes no network.")
    return network


def loss_from(description: Json) -> Loss:
    """Return the loss that :func:`describe` described.

    Raises:
        ModelError: it describes none.
    """
    loss = _build(description)
    if not isinstance(loss, LOSSES):
        raise ModelError("The model file describes no loss.")
    return loss


def _describe(value: Any) -> Json:
    if type(value) in KINDS.values():
        parts = {field.name: _describe(getattr(value, field.name)) for field in fields(value)}
        return {"kind": type(value).__name__, **parts}
    if isinstance(value, tuple):
        return [_describe(part) for part in value]
    return value


def _build(value: Json) -> Any:
    if isinstance(value, list):
        return tuple(_build(part) for part in value)
    if not isinstance(value, dict):
        return value
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ModelError(f"The model file asks for a {kind!r}, which this version does not know.")
    parts = {name: _build(part) for name, part in value.items() if name != "kind"}
    try:
        return KINDS[kind](**parts)
    except (ConfigError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(f"The model file describes a {kind} that cannot be: {error}") from error
