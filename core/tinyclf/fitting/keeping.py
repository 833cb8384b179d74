"""What becomes of a model's file that is there already: of models of the same data the better."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tinyclf.errors import InputError, ModelError
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.model_file import load_model, save_model
from tinyclf.fitting.record import choosing_figure, chosen_by
from tinyclf.fitting.settings import FitSettings
from tinyclf.whole_file import is_part_of, require_file_place, require_no_collection


@dataclass(frozen=True)
class Kept:
    """What became of it.

    Attributes:
        is_new: Whether the new model was written.
        size: Bytes of the file that is there now.
        before: By what the model there before is judged; ``None`` where there was none, or it was
            not asked.
        now: Likewise the new one.
    """

    is_new: bool
    size: int
    before: float | None = None
    now: float | None = None


def require_place(
    path: Path, data: Path, key: str, settings: FitSettings, *, overwrite: bool
) -> None:
    """Make sure, before work begins, that a model can be kept at a place.

    Args:
        path: The file.
        data: What is learnt from: a file or a folder, of which nothing is written over.
        key: The :func:`~tinyclf.fitting.record.data_key` of what it will learn from.
        settings: Of the fit.
        overwrite: Whether whatever is there may go.

    Raises:
        InputError: it cannot be written, or what is there cannot be compared with it.
    """
    require_file_place(path)
    require_no_collection(path)
    if not os.path.lexists(path):
        return
    if is_part_of(path, data) and not _is_model(path):
        raise InputError(f"{path} is of the data that is learnt from. Name another file.")
    if overwrite:
        return
    try:
        record = load_model(path).record
    except ModelError as error:
        raise InputError(f"{error} To write over it: --overwrite.") from error
    if record.get("data_key") != key:
        raise InputError(
            f"{path} is a model of other data, or of other columns or classes of it. Name another "
            "file, or write over it: --overwrite."
        )
    before, now = chosen_by(record.get("settings")), chosen_by(settings.to_mapping())
    if now is None or before is None or choosing_figure(record) is None:
        raise InputError(
            f"{path} is there already, and without validation or folds nothing says which model "
            "is better: fit both with --validation or --folds, name another file, or write over "
            "it: --overwrite."
        )
    if before != now:
        raise InputError(
            f"{path} was judged by {before}, this fit is by {now}: ask for the same, name another "
            "file, or write over it: --overwrite."
        )


def _is_model(path: Path) -> bool:
    """Tell whether a file is a model, as one that was kept beside the data it learnt from."""
    try:
        load_model(path)
    except (InputError, ModelError):
        return False
    return True


def keep_better(model: FittedModel, path: Path, *, overwrite: bool) -> Kept:
    """Write a model, unless the one there is better or as good.

    Raises:
        StorageError: it cannot be written.
        InputError: what is there has changed meanwhile.
    """
    if overwrite or not os.path.lexists(path):
        return Kept(True, save_model(model, path))
    before, now = choosing_figure(load_model(path).record), choosing_figure(model.record)
    if before is None or now is None:
        raise InputError(f"Nothing says whether {path} is better: name another file.")
    if now <= before:
        return Kept(False, path.stat().st_size, before, now)
    return Kept(True, save_model(model, path), before, now)
