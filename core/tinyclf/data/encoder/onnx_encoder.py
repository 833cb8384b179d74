"""An ONNX network as feature extractor."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tinyclf.data.encoder.manifest import Manifest, read_manifest
from tinyclf.errors import ModelError


class OnnxEncoder:
    """Photo → vector through an ONNX network, on one thread a call."""

    def __init__(
        self,
        network: bytes | Callable[[], bytes],
        manifest: Manifest,
        key: str | None = None,
        dimension: int | None = None,
    ) -> None:
        """Load a network; one whose key and dimension are known sleeps until it sees a photo.

        Awake it takes 150 MB, and whoever only reads what is cached needs no more than those two.

        Args:
            network: The ONNX file's bytes, or what reads them whenever they are wanted.
            manifest: How to feed it.
            key: What identifies its vectors; else a hash of network and manifest.
            dimension: How long they are; else it is fed a grey picture to see.

        Raises:
            ModelError: the bytes are no network, or its output is not one vector a picture.
        """
        self._network = network
        self._manifest = manifest
        self._key = key or _key_of(self._bytes(), manifest)
        self._session: Any = None
        self._waking = threading.Lock()
        if dimension is None:
            grey = Image.new("RGB", (manifest.width, manifest.height), (128, 128, 128))
            dimension = len(self.extract(grey))
        self._dimension = dimension

    @property
    def key(self) -> str:
        """What identifies the vectors."""
        return self._key

    @property
    def dimension(self) -> int:
        """How long a vector is."""
        return self._dimension

    @property
    def long_side(self) -> int:
        """The longer side, in pixels, at which it wants photos decoded."""
        return 2 * max(self._manifest.width, self._manifest.height)

    def extract(self, image: Image.Image) -> NDArray[np.float32]:
        """Return the vector, shape ``(dimension,)``, of an upright RGB picture.

        Raises:
            ModelError: the network refuses the input or gives something else than one vector.
        """
        session = self._awake()
        try:
            vectors = [self._run(session, view) for view in self._views(image)]
        except Exception as error:  # onnxruntime's errors share no nearer root
            raise ModelError(f"The encoder {self._manifest.name} fails: {error}") from error
        for vector in vectors:
            if vector.ndim != 2 or not np.isfinite(vector).all():
                raise ModelError(
                    f"The encoder {self._manifest.name} gives an array of shape {vector.shape}, "
                    "not one vector of finite numbers: name another output in its manifest."
                )
        return np.asarray(np.mean([vector[0] for vector in vectors], axis=0), np.float32)

    def in_front_of(self, classifier: bytes) -> bytes:
        """Return a classifier's ONNX file with this encoder in front, so that it takes pixels.

        Raises:
            ModelError: the two cannot be joined.
        """
        from tinyclf.data.onnx_front import behind_encoder  # onnx takes a while to import

        return behind_encoder(classifier, self._bytes(), self._manifest, self.long_side)

    def _bytes(self) -> bytes:
        return self._network if isinstance(self._network, bytes) else self._network()

    def _awake(self) -> Any:
        """Return the network ready to run; the first call takes a while."""
        with self._waking:
            if self._session is None:
                self._session = _session(self._bytes(), self._manifest)
            return self._session

    def _run(self, session: Any, view: NDArray[np.float32]) -> NDArray[Any]:
        [vector] = session.run([self._manifest.output], {session.get_inputs()[0].name: view})
        return np.asarray(vector)

    def _views(self, image: Image.Image) -> list[NDArray[np.float32]]:
        """Return the network's inputs (1, 3, height, width), whose vectors are averaged."""
        upright = self._feed(image)
        if not self._manifest.mirrored:
            return [upright]
        return [upright, np.ascontiguousarray(upright[..., ::-1])]

    def _feed(self, image: Image.Image) -> NDArray[np.float32]:
        manifest = self._manifest
        small = image.resize(manifest.size_of(*image.size), Image.Resampling.BICUBIC)
        mean = np.asarray(manifest.mean, np.float32)
        scale = np.asarray(manifest.scale, np.float32)
        normalized = (np.asarray(small, np.float32) - mean) / scale
        return np.ascontiguousarray(normalized.transpose(2, 0, 1)[None])


def load_encoder(network: Path, manifest: Path | None = None) -> OnnxEncoder:
    """Return the encoder in a file.

    Args:
        network: The .onnx file.
        manifest: Its manifest; else the .json file of the same name beside it.

    Raises:
        ModelError: a file is missing, damaged or does not fit the other.
    """
    try:
        contents = network.read_bytes()
    except OSError as error:
        raise ModelError(
            f"The encoder {network} cannot be read ({error.strerror}): check its name."
        ) from error
    return OnnxEncoder(contents, read_manifest(manifest or network.with_suffix(".json")))


def _key_of(network: bytes, manifest: Manifest) -> str:
    digest = hashlib.sha256(network)
    digest.update(manifest.to_json().encode())
    return f"{manifest.name}-{digest.hexdigest()[:16]}"


def _session(network: bytes, manifest: Manifest) -> Any:
    import onnxruntime  # slow to import, and not wanted by whoever only looks at a collection

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(network, options, ["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no nearer root
        raise ModelError(
            f"The encoder {manifest.name} is damaged or no ONNX file: choose another."
        ) from error
    outputs = [output.name for output in session.get_outputs()]
    if manifest.output not in outputs or len(session.get_inputs()) != 1:
        raise ModelError(
            f"The encoder {manifest.name} has the outputs {', '.join(outputs)}, "
            f"not {manifest.output}, or more than one input: mend its manifest."
        )
    return session
