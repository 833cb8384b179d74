"""What a configuration calls the features of a photo; one's own encoder is the path of its file."""

EMBEDDING = "embedding"
"""The built-in encoder's vector, with the condition encoder's behind it."""

PLAIN_EMBEDDING = "plain-embedding"
"""The same without the condition encoder."""

SMALL_EMBEDDING = "small-embedding"
"""That of a smaller picture, there in a quarter of the time."""

ATTENTION_MAP = "attention-map"
"""The embedding, and what both encoders see at each place of the photo."""

PIXELS = "pixels"
"""A tiny thumbnail as it is."""

FEATURES = (EMBEDDING, PLAIN_EMBEDDING, SMALL_EMBEDDING, ATTENTION_MAP, PIXELS)
"""All that have a name."""

ENCODER_SUFFIX = ".onnx"
"""How the path of an encoder of one's own ends."""
