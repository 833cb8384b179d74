"""A trained network as bytes: safetensors with JSON in its metadata, sealed by a hash.

One blob holds all that is needed to predict: architecture, parameters, classes, how inputs are to
be prepared, and how it was trained. It is data only; nothing in it is ever executed. Reading checks
the seal first, so a damaged file is refused, never half understood.

::

    safetensors
    ├── __metadata__
    │   └── tinyclf.nn     JSON: version, network, loss, classes, preprocessing, training,
    │                      and seal, the BLAKE2b-256 of all the rest
    ├── thetas             (members, n_parameters): one row for each network of a bag
    └── array.NAME         further arrays, for preprocessing
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import safetensors.numpy

from tinyclf.errors import ConfigError, ModelError
from tinyclf.nn.arrays import PRECISIONS
from tinyclf.nn.description import Json, describe, loss_from, network_from
from tinyclf.nn.losses import Loss
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective
from tinyclf.nn.sealed import Record, Tensors, not_a_model, read_metadata, sealed, unsealed

FORMAT = "tinyclf.nn"
VERSION = 1
THETAS = "thetas"
ARRAY = "array."
"""What the further arrays' names begin with among the tensors."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """All that is needed to predict.

    Attributes:
        network: The architecture.
        loss: What its scores mean.
        thetas: Parameters (members, n_parameters) of network and loss (see
            :class:`.objective.Objective`), NumPy; more than one row for a bag of networks.
        classes: The names of the classes, in the order of the loss's.
        preprocessing: How inputs are prepared: plain data.
        training: How it was trained: plain data, for the record.
        arrays: Further arrays by name, for preprocessing.

    Raises:
        ConfigError: the loss does not fit the network.
        ModelError: other parts do not fit each other.
    """

    network: Network
    loss: Loss
    thetas: npt.NDArray[np.floating[Any]]
    classes: tuple[str, ...]
    preprocessing: Mapping[str, Json] = field(default_factory=dict)
    training: Mapping[str, Json] = field(default_factory=dict)
    arrays: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n_parameters = Objective(self.network, self.loss).n_parameters
        if self.thetas.shape[1:] != (n_parameters,) or len(self.thetas) == 0:
            raise ModelError(
                f"The model has parameters of shape {self.thetas.shape}, "
                f"but its network needs (members, {n_parameters}), and at least one member."
            )
        if self.thetas.dtype not in PRECISIONS:
            raise ModelError(f"The model's parameters are {self.thetas.dtype}, not float32 or 64.")
        if not np.isfinite(self.thetas).all():
            raise ModelError("The model's parameters are not all finite.")
        if len(self.classes) != self.loss.classes:
            raise ModelError(
                f"The model names {len(self.classes)} classes, "
                f"but its loss knows {self.loss.classes}."
            )
        if not all(isinstance(name, str) for name in self.classes):
            raise ModelError("The names of a model's classes must be text.")


def to_bytes(checkpoint: Checkpoint) -> bytes:
    """Return a checkpoint as bytes; equal checkpoints give equal bytes.

    Raises:
        ModelError: one of the further arrays holds other than truth values, whole numbers or
            floats of at most 64 bits.
        TypeError: ``preprocessing`` or ``training`` holds what JSON cannot.
        ValueError: it holds NaN or infinity, which JSON cannot either.
    """
    record, tensors = to_parts(checkpoint)
    return safetensors.numpy.save(dict(tensors), {FORMAT: record})


def from_bytes(blob: bytes) -> Checkpoint:
    """Return the checkpoint that :func:`to_bytes` wrote; its arrays are read-only.

    Raises:
        ModelError: the bytes are damaged, cut short, something else altogether, or written by a
            newer version.
    """
    return from_parts(*_read(blob))


def to_parts(checkpoint: Checkpoint) -> tuple[str, Tensors]:
    """Return all that a checkpoint says: its sealed record as JSON, and its tensors by name.

    Raises:
        ModelError: one of the further arrays holds other than truth values, whole numbers or
            floats of at most 64 bits.
        TypeError: ``preprocessing`` or ``training`` holds what JSON cannot.
        ValueError: it holds NaN or infinity, which JSON cannot either.
    """
    record: Record = {
        "version": VERSION,
        "network": describe(checkpoint.network),
        "loss": describe(checkpoint.loss),
        "classes": checkpoint.classes,
        "preprocessing": dict(checkpoint.preprocessing),
        "training": dict(checkpoint.training),
    }
    arrays = {ARRAY + name: array for name, array in checkpoint.arrays.items()}
    tensors = {THETAS: checkpoint.thetas, **arrays}
    return sealed(record, tensors)


def read_record(text: str) -> Record:
    """Return the record that :func:`to_parts` wrote as JSON; its seal is not looked at yet.

    Raises:
        ModelError: it is of a newer version.
        TypeError: it is no text, or no record.
        ValueError: it is no JSON.
        RecursionError: it is nested without measure.
    """
    record = json.loads(text)
    if not isinstance(record, dict):
        raise TypeError("the record is no JSON object")
    if record.get("version") != VERSION:
        raise ModelError(
            f"The model is of format version {record.get('version')}, but this program reads "
            f"version {VERSION}. Update Tiny Classifier."
        )
    return record


def from_parts(record: Record, tensors: Tensors) -> Checkpoint:
    """Return the checkpoint whose record and tensors :func:`to_parts` gave.

    Raises:
        ModelError: they are not those of one checkpoint.
    """
    try:
        return _checkpoint(unsealed(record, tensors), tensors)
    except (ConfigError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ModelError(f"The model file lacks a part or has a wrong one: {error}.") from error


def _read(blob: bytes) -> tuple[Record, Tensors]:
    """Return the record and the tensors of a file, not yet to be trusted."""
    metadata, tensors = read_metadata(blob)
    try:
        return read_record(metadata[FORMAT]), tensors
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise not_a_model() from error


def _checkpoint(record: Record, tensors: Tensors) -> Checkpoint:
    return Checkpoint(
        network=network_from(record["network"]),
        loss=loss_from(record["loss"]),
        thetas=tensors[THETAS],
        classes=tuple(record["classes"]),
        preprocessing=dict(record["preprocessing"]),
        training=dict(record["training"]),
        arrays={
            name.removeprefix(ARRAY): array
            for name, array in tensors.items()
            if name.startswith(ARRAY)
        },
    )
