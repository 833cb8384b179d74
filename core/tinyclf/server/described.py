"""A model in plain data, for those who ask and for the page: no path of this machine in it."""

from __future__ import annotations

from typing import Any

from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.server.grids import Grids
from tinyclf.server.inputs import Reader
from tinyclf.server.pictures import takes_files

RECORDED = (
    "settings",
    "examples",
    "epochs",
    "train_seconds",
    "test_accuracy",
    "tested_on",
    "tested",
    "validation_accuracy",
    "fold_accuracies",
    "when",
)


def describe(model: FittedModel, reader: Reader) -> dict[str, Any]:
    """Return what a model takes and tells, and its record without its history."""
    columns = () if isinstance(reader, Grids) else reader.columns
    return {
        "classes": list(model.classes),
        "takes": "picture" if isinstance(reader, Grids) else "row",
        "shape": list(model.shape),
        "files": takes_files(model),
        "columns": [{"name": each.name, "texts": list(each.words)} for each in columns],
        "record": {name: model.record[name] for name in RECORDED if name in model.record},
    }
