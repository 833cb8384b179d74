"""Find the fixed directions on which the attention map's numbers are projected, on drawn stamps.

    python packaging/attention_map.py resources/models/attention-map.safetensors

At each place of a photo the networks' maps hold 432 numbers. Brought to one scale and projected on
their principal components over all places of drawn stamps, a few say most of it. It uses no photo
of anyone. Run it again when the condition encoder's weights have changed, and write the hash that
it prints into ``tinyclf.data.encoder.attention_map``.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from tinyclf.data.decode import decode
from tinyclf.data.encoder.attention_map import manifest
from tinyclf.data.encoder.builtin import checked_weights, weights_path
from tinyclf.data.encoder.condition import condition_weights
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, CHANNELS, PLACES
from tinyclf.data.encoder.map_graph import WIDTH, build_map_graph
from tinyclf.data.encoder.onnx_encoder import OnnxEncoder
from tinyclf.data.encoder.torch_pickle import read_tensors
from tinyclf.samples import draw_samples

STAMPS, SEED = 120, 7
LEAST_DEVIATION = 1e-6


def main() -> None:
    """Draw, look, find the directions, write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="the file to write")
    out: Path = parser.parse_args().out
    with tempfile.TemporaryDirectory() as folder:
        for _ in draw_samples(Path(folder), STAMPS, SEED):
            pass
        encoder = whole_encoder()
        stamps = sorted(Path(folder).glob("*.jpg"))
        places = np.concatenate([look(encoder, stamp) for stamp in stamps])
    weight, bias, share = directions(places)
    contents = save({"weight": weight.astype(np.float32), "bias": bias.astype(np.float32)})
    out.write_bytes(contents)
    print(f"{len(places)} places; {CHANNELS} directions hold {share:.0%} of what varies")
    print(hashlib.sha256(contents).hexdigest())


def whole_encoder() -> OnnxEncoder:
    """Return the encoder whose map is not projected."""
    projection = {"weight": np.eye(WIDTH, dtype=np.float32), "bias": np.zeros(WIDTH, np.float32)}
    tensors = read_tensors(checked_weights(weights_path()))
    graph = build_map_graph(tensors, condition_weights(), projection, PLACES)
    return OnnxEncoder(graph, manifest(), "whole")


def look(encoder: OnnxEncoder, path: Path) -> NDArray[np.float32]:
    """Return what the networks see at each place of a photo, (places, WIDTH)."""
    image = decode(path, long_side=encoder.long_side)
    vector = encoder.extract(image)[BUILTIN_DIMENSION:]
    there = vector[PLACES * WIDTH :] > 0
    return vector[: PLACES * WIDTH].reshape(PLACES, WIDTH)[there]


def directions(
    places: NDArray[np.float32],
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Return weight (CHANNELS, WIDTH), bias (CHANNELS,), and their share of the variance."""
    mean = places.mean(axis=0, dtype=np.float64)
    deviation = places.std(axis=0, dtype=np.float64) + LEAST_DEVIATION
    scaled = (places - mean) / deviation
    strengths, axes = np.linalg.eigh(scaled.T @ scaled / len(scaled))
    main_axes = axes[:, ::-1][:, :CHANNELS]
    main_axes *= np.sign(main_axes[np.abs(main_axes).argmax(axis=0), range(CHANNELS)])
    weight = (main_axes / deviation[:, None]).T
    return weight, -weight @ mean, float(strengths[::-1][:CHANNELS].sum() / strengths.sum())


if __name__ == "__main__":
    main()
