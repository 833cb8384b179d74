"""The collection file and the rules for what is in it."""

from tinyclf.project.audit_rows import Audit
from tinyclf.project.model_rows import StoredModel
from tinyclf.project.novelty_rows import StoredNovelty
from tinyclf.project.opinion_rows import OutOfFold
from tinyclf.project.past_rows import Past, PastAct, PastTraining
from tinyclf.project.photo_table import PhotoTable
from tinyclf.project.second_look_rows import SecondLook
from tinyclf.project.store import SUFFIX, CollectionStore

__all__ = [
    "SUFFIX",
    "Audit",
    "CollectionStore",
    "OutOfFold",
    "Past",
    "PastAct",
    "PastTraining",
    "PhotoTable",
    "SecondLook",
    "StoredModel",
    "StoredNovelty",
]
