"""The pretrained network that turns a photo into a vector."""
