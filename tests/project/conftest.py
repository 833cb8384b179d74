from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tinyclf.domain import Photo, PhotoId
from tinyclf.project import CollectionStore

PHOTOS = Path("/photos/stamps")


def photo(number: int, folder: Path = PHOTOS) -> Photo:
    return Photo(PhotoId(f"{number:032x}"), folder / f"stamp_{number}.jpg", 40, 30, 999, 123)


@pytest.fixture(autouse=True)
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "data home"
    monkeypatch.setenv("TINYCLF_DATA", str(home))
    return home


@pytest.fixture
def make_store(tmp_path: Path) -> Iterator[Callable[[int], CollectionStore]]:
    made = []

    def make(photos: int) -> CollectionStore:
        store = CollectionStore.create(tmp_path / f"stamps{len(made)}.tinyclf")
        store.add_photos(PHOTOS, [photo(number) for number in range(photos)])
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: Callable[[int], CollectionStore]) -> CollectionStore:
    return make_store(6)


@pytest.fixture
def ids(store: CollectionStore) -> list[PhotoId]:
    return [photo.photo_id for photo in store.photos()]


@pytest.fixture
def trained(store: CollectionStore) -> Callable[[], int]:
    """Saves a model that nobody judged; returns its number."""

    def train() -> int:
        return store.save_model(
            b"", preset="", config={}, quality=None, extractor_key="", seconds=0
        ).number

    return train
