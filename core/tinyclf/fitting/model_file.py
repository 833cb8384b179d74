"""A fitted model as one file, and back: safetensors and JSON, sealed; nothing in it is executed.

A network of floats is a :class:`~tinyclf.nn.checkpoint.Checkpoint`. One of bits is kept as bits, in
a format of its own::

    safetensors
    ├── __metadata__
    │   └── tinyclf.bits   JSON: version, classes, preprocessing, training, and seal
    ├── bits.K  limits.K   of layer K; bias, scale, threshold, widths
    └── array.NAME         further arrays, for preprocessing
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinyclf.data.files import reason_of
from tinyclf.errors import InputError, ModelError
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.preprocessing import preprocessing_from
from tinyclf.fitting.scorers import FloatScorer, PackedScorer, Scorer
from tinyclf.nn import checkpoint
from tinyclf.nn.bits.packed_file import from_compact, to_compact
from tinyclf.nn.checkpoint import ARRAY, Checkpoint
from tinyclf.nn.losses import SoftmaxCrossEntropy
from tinyclf.nn.objective import Objective
from tinyclf.nn.sealed import not_a_model, read_metadata, unsealed, write_sealed
from tinyclf.whole_file import whole_file

BITS_FORMAT = "tinyclf.bits"
VERSION = 1
LARGEST = 4_000_000_000
"""Bytes of a model file."""


def save_model(model: FittedModel, path: Path) -> int:
    """Write a model, whole or not at all; return its bytes.

    Raises:
        StorageError: it cannot be written.
    """
    blob = model_bytes(model)
    with whole_file(path) as part:
        part.write_bytes(blob)
    return len(blob)


def load_model(path: Path) -> FittedModel:
    """Return the model that :func:`save_model` wrote.

    Raises:
        InputError: there is no such file.
        ModelError: it is damaged, or no model that was fitted.
    """
    try:
        if not path.is_file():
            what = "a folder" if path.is_dir() else "no file"
            raise InputError(f"{path} is {what}: name a model that tinyclf fit wrote.")
        if path.stat().st_size > LARGEST:
            raise ModelError(f"{path} is too large for a model: name one that tinyclf fit wrote.")
        blob = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {reason_of(error)}.") from error
    try:
        return model_from_bytes(blob)
    except ModelError as error:
        raise ModelError(f"{path}: {error}") from error


def model_bytes(model: FittedModel) -> bytes:
    """Return a model as bytes; equal models give equal bytes."""
    preprocessing = {
        "fit": VERSION,
        "inputs": model.preprocessing.kind,
        "shape": list(model.shape),
        "features": None if model.features is None else list(model.features),
        "bytes": model.takes_bytes,
        "temperature": model.temperature,
    }
    arrays, scorer = model.preprocessing.arrays(), model.scorer
    if isinstance(scorer, FloatScorer):
        return checkpoint.to_bytes(
            Checkpoint(
                scorer.objective.network,
                scorer.objective.loss,
                scorer.theta[None],
                model.classes,
                preprocessing,
                model.record,
                arrays,
            )
        )
    if not isinstance(scorer, PackedScorer):
        raise TypeError(type(scorer).__name__)
    record = {
        "version": VERSION,
        "classes": list(model.classes),
        "preprocessing": preprocessing,
        "training": dict(model.record),
    }
    further = {ARRAY + name: array for name, array in arrays.items()}
    return write_sealed(BITS_FORMAT, record, to_compact(scorer.network) | further)


def model_from_bytes(blob: bytes) -> FittedModel:
    """Return the model that :func:`model_bytes` wrote.

    Raises:
        ModelError: the bytes are damaged, something else, or of a newer version.
    """
    metadata, tensors = read_metadata(blob)
    if BITS_FORMAT in metadata:
        return _packed_model(metadata[BITS_FORMAT], tensors)
    kept = checkpoint.from_bytes(blob)
    if kept.preprocessing.get("fit") != VERSION:
        raise ModelError(
            "This classifier grades photos of a collection, so it takes what an encoder sees of "
            "them: use it through its collection, or name a model that tinyclf fit wrote."
        )
    if not isinstance(kept.loss, SoftmaxCrossEntropy) or len(kept.thetas) != 1:
        raise ModelError("The model's network is not one that tinyclf fit trains. Fit it again.")
    scorer = FloatScorer(Objective(kept.network, kept.loss), kept.thetas[0])
    model = _model(scorer, kept.classes, kept.preprocessing, kept.training, kept.arrays)
    if kept.network.input_shape != model.shape:
        raise ModelError("The model's network does not take the examples it names. Fit it again.")
    return model


def _packed_model(text: str, tensors: Mapping[str, NDArray[Any]]) -> FittedModel:
    try:
        record = unsealed(json.loads(text), tensors)
        if record["version"] != VERSION:
            raise ModelError(
                f"The model is of format version {record['version']}, but this program reads "
                f"version {VERSION}. Update Tiny Classifier."
            )
        network = from_compact(tensors)
        arrays = {
            name.removeprefix(ARRAY): array
            for name, array in tensors.items()
            if name.startswith(ARRAY)
        }
        model = _model(
            PackedScorer(network),
            tuple(record["classes"]),
            record["preprocessing"],
            record["training"],
            arrays,
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise not_a_model() from error
    if network.widths[0] != np.prod(model.shape) or network.widths[-1] != len(model.classes):
        raise ModelError("The model's network does not take the examples it names. Fit it again.")
    return model


def _model(
    scorer: Scorer,
    classes: tuple[str, ...],
    told: Mapping[str, Any],
    record: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
) -> FittedModel:
    try:
        features = told["features"]
        return FittedModel(
            scorer,
            preprocessing_from(told["inputs"], arrays),
            classes,
            tuple(int(length) for length in told["shape"]),
            None if features is None else tuple(map(str, features)),
            bool(told["bytes"]),
            _temperature(told["temperature"]),
            dict(record),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"The model file lacks a part or has a wrong one: {error}.") from error


def _temperature(told: Any) -> float:
    temperature = float(told)
    if not (math.isfinite(temperature) and temperature > 0):
        raise ValueError(f"the temperature is {temperature:g}")
    return temperature
