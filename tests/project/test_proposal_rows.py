"""What the machine thinks of photos: the newest opinion of each, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tinyclf.domain import PhotoId
from tinyclf.errors import CollectionError, StorageError
from tinyclf.project import CollectionStore, PhotoTable, database


def test_a_newer_opinion_takes_the_place_of_an_older(
    store: CollectionStore, ids: list[PhotoId], trained: Callable[[], int]
) -> None:
    store.save_proposals(trained(), ids, np.eye(5)[[0, 0, 0, 0, 0, 0]])
    store.save_proposals(trained(), ids[3:], np.eye(5)[[4, 4, 4]])
    table = PhotoTable.load(store)
    assert table.proposed.tolist() == [1, 1, 1, 5, 5, 5]
    assert table.proposed_by.tolist() == [1, 1, 1, 2, 2, 2]


def test_bad_proposals_are_refused_whole(
    store: CollectionStore, ids: list[PhotoId], trained: Callable[[], int]
) -> None:
    model = trained()
    with pytest.raises(ValueError, match="6 photos"):
        store.save_proposals(model, ids, np.zeros((5, 5)))
    with pytest.raises(ValueError, match="not finite"):
        store.save_proposals(model, ids, np.full((6, 5), np.nan))
    with pytest.raises(CollectionError, match="not in this collection"):
        store.save_proposals(model, [*ids[:5], PhotoId("f" * 32)], np.full((6, 5), 0.2))
    assert not PhotoTable.load(store).has_proposal.any()


def test_the_last_proposing_is_known(
    store: CollectionStore, ids: list[PhotoId], trained: Callable[[], int]
) -> None:
    assert store.last_proposing == 0
    store.save_proposals(trained(), ids, np.full((6, 5), 0.2))
    assert store.last_proposing == store.last_act


def test_what_a_model_proposed_is_known_as_far_as_no_later_one_was_asked(
    store: CollectionStore, ids: list[PhotoId], trained: Callable[[], int]
) -> None:
    first = trained()
    store.save_proposals(first, ids[:2], np.full((2, 5), 0.2))
    second = trained()
    store.save_proposals(second, ids[1:2], np.eye(5)[[3]])
    assert dict(store.proposals_of(first)) == {ids[0]: (0.2,) * 5}
    assert dict(store.proposals_of(second)) == {ids[1]: (0, 0, 0, 1, 0)}


def test_proposals_written_in_parts_are_told_once_all_are_there(
    store: CollectionStore,
    ids: list[PhotoId],
    trained: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(database, "AT_ONCE", 2)
    table, meanwhile, all_proposals = PhotoTable.load(store), list[list[int]](), store.all_proposals

    def refreshed_meanwhile() -> object:
        monkeypatch.undo()
        meanwhile.append(table.refresh(store).tolist())
        return all_proposals()

    monkeypatch.setattr(store, "all_proposals", refreshed_meanwhile)
    store.save_proposals(trained(), ids, np.eye(5)[[0, 1, 2, 3, 4, 0]])
    assert meanwhile == [[]]
    assert table.refresh(store).tolist() == [0, 1, 2, 3, 4, 5]
    assert table.proposed.tolist() == [1, 2, 3, 4, 5, 1]
    assert table.refresh(store).tolist() == []


def test_what_was_written_of_proposals_is_told_even_if_the_rest_fails(
    store: CollectionStore,
    ids: list[PhotoId],
    trained: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(database, "AT_ONCE", 4)
    model, table, parts = trained(), PhotoTable.load(store), []
    append = database.append_act

    def full_at_the_second(*of_act: object) -> int:
        parts.append(table.refresh(store).tolist() if parts else [])
        if len(parts) == 2:
            raise StorageError("The disk is full.")
        return append(*of_act)  # type: ignore[arg-type]

    monkeypatch.setattr(database, "append_act", full_at_the_second)
    with pytest.raises(StorageError):
        store.save_proposals(model, ids, np.eye(5)[[0, 1, 2, 3, 4, 0]])
    assert parts == [[], []]
    assert table.refresh(store).tolist() == [0, 1, 2, 3]
    assert table.proposed.tolist() == [1, 2, 3, 4, 0, 0]
