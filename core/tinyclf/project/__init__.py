"""The collection file and the rules for what is in it."""

from tinyclf.project.model_rows import StoredModel
from tinyclf.project.photo_table import PhotoTable
from tinyclf.project.store import SUFFIX, CollectionStore

__all__ = ["SUFFIX", "CollectionStore", "PhotoTable", "StoredModel"]
