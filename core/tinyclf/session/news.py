"""What a person said since a model was made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tinyclf.project import CollectionStore, PhotoTable, StoredModel
from tinyclf.session.remembered import Remembered, by_row, fitted


@dataclass(frozen=True)
class News:
    """How much was said since; of exam and bad photos a model learns nothing: no news.

    Attributes:
        said: Verdicts given, changed or cleared.
        corrected: Of these, grades that are not what was proposed.
        unlearnt: The corrected ones, and grades that were taken back.
        agreed: Of those said, proposals accepted as they were: they correct nothing.
    """

    said: int = 0
    corrected: int = 0
    unlearnt: int = 0
    agreed: int = 0


def news_of(
    store: CollectionStore, table: PhotoTable, model: StoredModel | None, remembered: Remembered
) -> News:
    """Count what was said since a model; nothing where there is none."""
    if model is None:
        return News()
    question = f"codes after the {'quick refit' if model.is_quick else 'training'}"
    # A table from before the model does not tell what was said between the two.
    basis = (model.act, len(table), max(model.act - table.act, 0))
    codes = remembered.get(question, basis, lambda: codes_after(store, table, model.act))
    news = np.not_equal(table.codes, codes)
    news &= ~(table.exam | table.bad)
    corrections = news & table.human & table.has_proposal & (table.codes != table.proposed)
    accepted = news & table.verified
    return News(
        said=_number(news),
        corrected=_number(corrections),
        unlearnt=_number(corrections | (news & ~table.human)),
        agreed=_number(accepted & ~corrections),
    )


def codes_after(store: CollectionStore, table: PhotoTable, act: int) -> NDArray[np.int8]:
    """Return the verdicts on the photos right after an act, (n,)."""
    before = store.codes_after(act)
    spoken_of = fitted(by_row(table, before, values=True, dtype=np.bool_), table)
    codes = fitted(by_row(table, before, list(before.values()), np.int8), table)
    return np.where(spoken_of, codes, table.codes)


def _number(flags: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(flags))
