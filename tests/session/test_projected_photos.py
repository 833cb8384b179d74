"""Photos as quick heads see them: kept compactly, and seen as well."""

import numpy as np
import pytest

from tinyclf.data.encoder.layout import BUILTIN_DIMENSION
from tinyclf.domain import PhotoId
from tinyclf.session import projected_photos
from tinyclf.session.projected_photos import ROUNDED, ProjectionCache
from tinyclf.training.feature_names import EMBEDDING
from tinyclf.training.quick_fit import quick_heads

IDS = [PhotoId(f"{number:032x}") for number in range(600)]


class Vectors:
    """Stands in for the reader of features: photos whose grades show in some of their numbers."""

    def __init__(self, there=IDS):
        rng = np.random.default_rng(0)
        self.grades = np.arange(len(IDS)) % 5
        self.x = rng.normal(size=(len(IDS), BUILTIN_DIMENSION)).astype(np.float32)
        self.x[:, ::3] += 0.5 * self.grades[:, None]
        self.there = set(there)

    def cached(self, photo_ids, _features):
        ids = [one for one in photo_ids if one in self.there]
        return ids, self.x[[IDS.index(one) for one in ids]]


@pytest.fixture
def vectors():
    return Vectors()


@pytest.fixture
def photos(vectors, finish, monkeypatch):
    monkeypatch.setattr(projected_photos, "READ_AT_ONCE", 70)
    return finish(ProjectionCache().photos(vectors, IDS, EMBEDDING))


def test_opinions_of_what_is_kept_are_those_of_what_was_seen(photos, vectors, finish):
    seen = [view.apply(vectors.x) for view in photos.views]
    kept = photos.of(IDS)
    assert {z.dtype for z in kept} == {np.dtype(np.float16)}
    heads = finish(quick_heads([z[:200] for z in seen], vectors.grades[:200]))
    told, wanted = heads.opinions(kept), heads.opinions(seen)
    assert np.abs(told - wanted).max() < ROUNDED
    learnt = finish(quick_heads([z[:200] for z in kept], vectors.grades[:200]))
    assert np.abs(learnt.opinions(kept) - wanted).max() < ROUNDED


def test_photos_without_a_vector_are_not_among_them(finish, vectors):
    vectors.there = set(IDS[::2])
    photos = finish(ProjectionCache().photos(vectors, IDS, EMBEDDING))
    assert photos.known(IDS[:4]).tolist() == [True, False, True, False]
    assert [len(z) for z in photos.projected] == [300, 300]
    [first, _] = photos.of(IDS[8:9])
    np.testing.assert_allclose(first, photos.views[0].apply(vectors.x[8:9]), rtol=2e-3, atol=1e-4)


def test_they_are_projected_again_only_when_vectors_have_come(finish, vectors):
    cache = ProjectionCache()
    vectors.there = set(IDS[:500])
    before = finish(cache.photos(vectors, IDS, EMBEDDING))
    assert finish(cache.photos(vectors, IDS, EMBEDDING)) is before
    vectors.there = set(IDS)
    assert len(finish(cache.photos(vectors, IDS, EMBEDDING)).row_of) == 600
