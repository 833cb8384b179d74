"""What photos new to a model look like to it."""

from __future__ import annotations

from collections.abc import Callable

from tinyclf.domain import PhotoId
from tinyclf.project import CollectionStore, StoredNovelty


def test_what_new_photos_look_like_is_kept_with_the_model(
    store: CollectionStore, trained: Callable[[], int]
) -> None:
    number = trained()
    assert store.novelty_of(number) is None
    store.save_novelty(number, StoredNovelty(5, 0.4, 0.1, is_unlike=False))
    store.save_novelty(number, StoredNovelty(9, 0.8, 0.1, is_unlike=True))
    assert store.novelty_of(number) == StoredNovelty(9, 0.8, 0.1, is_unlike=True)
    assert store.novelty_of(trained()) is None


def test_the_strangest_of_them_are_kept_in_their_order(
    store: CollectionStore, ids: list[PhotoId], trained: Callable[[], int]
) -> None:
    number = trained()
    novelty = StoredNovelty(5, 0.4, 0.1, is_unlike=True)
    store.save_novelty(number, novelty, ids[:2])
    store.save_novelty(number, novelty, [ids[3], ids[1]])
    assert store.strangest_of(number) == [ids[3], ids[1]]
    assert store.strangest_of(trained()) == []
