"""What the encoder sees at each place of a photo, besides its vector: for attention to choose from.

The map is the published network's last stage beside the condition encoder's fifth, which are of the
same size: a place for every 32 × 32 pixels of the large picture. At each place their 432 numbers
are projected on fixed directions, those along which drawn stamps vary most
(``packaging/attention_map.py``). As photos keep their shape, so do maps; a vector has room for the
largest, and says of each place whether it is there.
"""

from __future__ import annotations

from pathlib import Path

from tinyclf.data.encoder.builtin import BOTH, SIDE, checked_weights, manifest_of, weights_path
from tinyclf.data.encoder.condition import condition_weights
from tinyclf.data.encoder.graph_cache import graph_source
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, MAP_NUMBERS, PLACES
from tinyclf.data.encoder.manifest import Manifest
from tinyclf.data.encoder.onnx_encoder import OnnxEncoder
from tinyclf.data.encoder.shipped import shipped_arrays, shipped_path

NAME = "attention-map.safetensors"
SHA256 = "84d58ed1c4cbb023a19f77885224f539dbbfa56c7da247106d9023016efe6655"

MAP_DIMENSION = BUILTIN_DIMENSION + MAP_NUMBERS
"""How long the vectors are: behind the built-in encoder's comes the map."""


def manifest() -> Manifest:
    """Return how the graph is fed; it looks at mirror images of itself."""
    return manifest_of(SIDE, step=64, mirrored=False)


def map_encoder(folder: Path) -> OnnxEncoder:
    """Return the encoder; the first time its graph is written.

    Args:
        folder: The caches', see ``caches.cache_folder``.

    Raises:
        ModelError: weights are missing or damaged.
        StorageError: the graph cannot be written.
    """
    name = f"{BOTH}-map-{SHA256[:8]}"
    graph = graph_source(folder, name, _built)
    return OnnxEncoder(graph, manifest(), f"{name}-{SIDE}", MAP_DIMENSION)


def _built() -> bytes:
    # onnx takes a while to import and is needed this once
    from tinyclf.data.encoder.map_graph import build_map_graph
    from tinyclf.data.encoder.torch_pickle import read_tensors

    projection = shipped_arrays(shipped_path(NAME), SHA256, "The directions of the attention map")
    return build_map_graph(
        read_tensors(checked_weights(weights_path())),
        condition_weights(),
        projection,
        PLACES,
    )
