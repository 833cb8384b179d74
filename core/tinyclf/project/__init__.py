"""The collection file and the rules for what is in it."""

from tinyclf.project.audit_rows import Audit
from tinyclf.project.how_given import Deed
from tinyclf.project.model_rows import OutOfFold, StoredModel, StoredNovelty
from tinyclf.project.photo_table import PhotoTable
from tinyclf.project.second_looks import SecondLook
from tinyclf.project.store import SUFFIX, CollectionStore

__all__ = [
    "SUFFIX",
    "Audit",
    "CollectionStore",
    "Deed",
    "OutOfFold",
    "PhotoTable",
    "SecondLook",
    "StoredModel",
    "StoredNovelty",
]
