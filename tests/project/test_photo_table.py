from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tinyclf.domain import ActKind, Grade, Mark, Photo, PhotoId
from tinyclf.project import CollectionStore, PhotoTable

PHOTOS = Path("/photos/stamps")
OPINION = np.array(
    [
        [0.9, 0.1, 0.0, 0.0, 0.0],
        [0.0, 0.4, 0.6, 0.0, 0.0],
        [0.5, 0.5, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.3, 0.7],
    ]
)


@pytest.fixture
def table(store: CollectionStore, ids: list[PhotoId]) -> PhotoTable:
    model = store.save_model(b"", preset="", config={}, quality=None, extractor_key="", seconds=0)
    store.save_proposals(model.number, ids[:4], OPINION)
    store.record(ActKind.GRADE, [(ids[1], Grade.GOOD), (ids[5], Mark.UNSURE)])
    store.record(ActKind.ACCEPT, [(ids[0], Grade.BARELY_VISIBLE)])
    return PhotoTable.load(store)


def test_an_empty_collection_is_an_empty_table(tmp_path: Path) -> None:
    with CollectionStore.create(tmp_path / "empty.tinyclf") as store:
        table = PhotoTable.load(store)
    assert len(table) == 0
    assert table.current.shape == (0,)
    assert table.replaced().shape == (0,)


def test_columns(table: PhotoTable, ids: list[PhotoId]) -> None:
    assert table.ids == ids
    assert [table.row_of[photo_id] for photo_id in ids] == list(range(6))
    assert table.names[1] == "stamp_1.jpg"
    assert table.places[1] == ("/photos/stamps", "stamp_1.jpg")
    assert (table.width.tolist(), table.height.tolist()) == ([40] * 6, [30] * 6)
    assert table.codes.tolist() == [1, 4, 0, 0, 0, -1]
    assert table.verified.tolist() == [True, False, False, False, False, False]
    assert table.has_proposal.tolist() == [True] * 4 + [False] * 2
    assert table.proposed.tolist() == [1, 3, 1, 5, 0, 0]
    assert table.runner_up.tolist() == [2, 2, 2, 4, 0, 0]
    assert table.current.tolist() == [1, 4, 1, 5, 0, 0]
    assert table.human.tolist() == [True, True, False, False, False, False]
    assert table.ungraded.tolist() == [False, False, True, True, True, False]
    np.testing.assert_allclose(table.confidence, [0.9, 0.6, 0.5, 0.7, 0, 0])
    np.testing.assert_allclose(table.expected_grade, [1.1, 2.6, 1.5, 4.7, 0, 0], rtol=1e-6)
    assert (table.codes.dtype, table.current.dtype, table.probabilities.dtype) == (
        np.int8,
        np.int8,
        np.float32,
    )


def test_a_row_is_a_photo(table: PhotoTable, store: CollectionStore) -> None:
    assert [table.photo(row) for row in range(6)] == store.photos()
    assert table.rows([table.ids[3], table.ids[0]]).tolist() == [3, 0]


def test_a_place_belongs_to_the_photo_last_found_there(
    table: PhotoTable, store: CollectionStore
) -> None:
    old = store.photos()[1]
    store.add_photos(PHOTOS, [replace(old, photo_id=PhotoId("a" * 32))])
    table.refresh(store)
    assert np.flatnonzero(table.replaced()).tolist() == [1]
    store.add_photos(PHOTOS, [old])
    table.refresh(store)
    assert np.flatnonzero(table.replaced()).tolist() == [6]


def test_a_refresh_reports_what_changed(
    table: PhotoTable, store: CollectionStore, ids: list[PhotoId]
) -> None:
    assert table.refresh(store).tolist() == []
    store.record(ActKind.CORRECT, [(ids[3], Grade.FAIR), (ids[1], Grade.POOR)])
    assert table.refresh(store).tolist() == [1, 3]
    assert table.current.tolist() == [1, 2, 1, 3, 0, 0]
    store.undo()
    store.redo()
    assert table.refresh(store).tolist() == []
    store.save_proposals(1, ids[2:5], OPINION[[2, 0, 0]])
    assert table.refresh(store).tolist() == [3, 4]


def test_new_and_moved_photos_come_in(
    table: PhotoTable, store: CollectionStore, ids: list[PhotoId]
) -> None:
    moved = replace(store.photos()[2], path=Path("/attic/old.jpg"))
    new = Photo(PhotoId("a" * 32), Path("/attic/new.jpg"), 7, 8, 9, 10)
    store.add_photos(Path("/attic"), [new, moved])
    store.record(ActKind.GRADE, [(new.photo_id, Grade.GOOD)])
    assert table.refresh(store).tolist() == [2, 6]
    assert (table.photo(2), table.photo(6)) == (moved, new)
    assert table.names[2] == "old.jpg"
    assert table.codes.tolist() == [1, 4, 0, 0, 0, -1, 4]
    assert table.proposed.tolist() == [1, 3, 1, 5, 0, 0, 0]


def test_of_an_exam_photo_no_proposal_is_told(
    store: CollectionStore, table: PhotoTable, ids: list[PhotoId]
) -> None:
    store.reserve_exam([ids[3]])
    assert table.refresh(store).tolist() == [3]
    again = PhotoTable.load(store)
    for one in (table, again):
        assert not one.has_proposal[3]
        assert (one.proposed[3], one.current[3], one.confidence[3]) == (0, 0, 0)
    store.save_proposals(1, ids[2:4], OPINION[:2])
    assert table.refresh(store).tolist() == [2]
    store.record(ActKind.GRADE, [(ids[3], Grade.GOOD)])
    table.refresh(store)
    assert (table.has_proposal[3], table.current[3]) == (False, 4)


def test_a_table_that_stays_as_it_is_keeps_its_dates(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    table = PhotoTable.load(store)
    before, taken = table.as_it_is(), table.taken[0]
    store.set_taken({ids[0]: 7})
    table.refresh(store)
    assert table.taken[0] == 7
    assert before.taken[0] == taken


def test_names_are_replaced_only_where_a_photo_comes_or_moves(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    table = PhotoTable.load(store)
    names, places = table.names, table.places
    store.set_taken({ids[0]: 7})
    table.refresh(store)
    assert table.names is names
    assert table.places is places
    [moved] = [photo for photo in store.photos() if photo.photo_id == ids[0]]
    store.add_photos(PHOTOS, [replace(moved, path=PHOTOS / "moved.jpg")])
    table.refresh(store)
    assert table.names is not names
    assert (names[0], table.names[0]) == ("stamp_0.jpg", "moved.jpg")


def test_the_file_is_not_asked_again_before_something_is_written(
    table: PhotoTable, store: CollectionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    news = store.news
    monkeypatch.setattr(store, "news", lambda since: (asked.append(since), news(since))[1])
    assert not len(table.refresh(store))
    assert asked == []
    store.record(ActKind.GRADE, [(table.ids[0], Grade.FAIR)])
    assert table.refresh(store).tolist() == [0]
    assert len(asked) == 1
