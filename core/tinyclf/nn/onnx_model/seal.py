"""The seal at the end of an ONNX file of ours: a hash of all bytes before it.

Protocol buffers are made so that a message appended to another is merged into it. So the seal is
an entry of the metadata like any other, and is checked on bare bytes before anything is parsed.
"""

from __future__ import annotations

import hashlib

import onnx

from tinyclf.errors import ModelError

SEAL = "tinyclf.seal"
"""The key of the seal in the file's metadata."""


def sealed(model: onnx.ModelProto) -> bytes:
    """Return a model as a file, with its seal; equal models give equal bytes."""
    return with_seal(model.SerializeToString(deterministic=True))


def unsealed(blob: bytes) -> onnx.ModelProto:
    """Return the model that :func:`sealed` made a file of.

    Raises:
        ModelError: the file is damaged, or another program wrote or changed it.
    """
    try:
        whole = bytes(memoryview(blob))
    except TypeError:  # no bytes at all
        whole = b""
    body = whole[: -len(with_seal(b""))]
    if with_seal(body) != whole:
        raise ModelError(
            "This ONNX file was not exported by Tiny Classifier, or it is damaged. "
            "Choose another, or export it again."
        )
    try:
        return onnx.load_model_from_string(body)
    except Exception as error:  # protobuf's errors, whose package is not a dependency of ours
        raise ModelError("The ONNX file is damaged. Export it again.") from error


def with_seal(body: bytes) -> bytes:
    """Return a serialized model with its seal as the last entry of the metadata."""
    seal = hashlib.blake2b(body, digest_size=32).hexdigest()
    entry = onnx.StringStringEntryProto(key=SEAL, value=seal)
    end: bytes = onnx.ModelProto(metadata_props=[entry]).SerializeToString()
    return body + end
