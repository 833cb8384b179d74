"""Photos as quick heads see them: kept on disk, and seen as well."""

import weakref

import numpy as np
import pytest

from tinyclf.data.cache_file import IN_MEMORY
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION
from tinyclf.domain import PhotoId
from tinyclf.session import refit_views
from tinyclf.session.refit_views import RefitViewCache
from tinyclf.training.feature_names import EMBEDDING

IDS = [PhotoId(f"{number:032x}") for number in range(600)]


class Vectors:
    """Stands in for the reader of features."""

    folder = IN_MEMORY

    def __init__(self, there=IDS):
        rng = np.random.default_rng(0)
        self.x = rng.normal(size=(len(IDS), BUILTIN_DIMENSION)).astype(np.float32)
        self.there = set(there)

    def cached(self, photo_ids, _features):
        ids = [one for one in photo_ids if one in self.there]
        return ids, self.x[[IDS.index(one) for one in ids]]


@pytest.fixture
def vectors():
    return Vectors()


@pytest.fixture
def photos(vectors, finish, monkeypatch):
    monkeypatch.setattr(refit_views, "READ_AT_ONCE", 70)
    return finish(RefitViewCache().photos(vectors, IDS, EMBEDDING))


def test_what_is_kept_is_what_was_seen(photos, vectors):
    order = [*range(500, 600), *range(500)]
    kept = photos.of([IDS[row] for row in order])
    for view, z in zip(photos.views, kept, strict=True):
        assert z[:].dtype == np.float32
        np.testing.assert_allclose(z[:], view.apply(vectors.x)[order], rtol=1e-4, atol=1e-5)


def test_photos_without_a_vector_are_not_among_them(finish, vectors):
    vectors.there = set(IDS[::2])
    photos = finish(RefitViewCache().photos(vectors, IDS, EMBEDDING))
    assert photos.known(IDS[:4]).tolist() == [True, False, True, False]
    assert [len(z) for z in photos.projected] == [300, 300]
    [first, _] = photos.of(IDS[8:9])
    np.testing.assert_allclose(
        first[:], photos.views[0].apply(vectors.x[8:9]), rtol=1e-4, atol=1e-5
    )


def test_they_are_projected_again_only_when_vectors_have_come(finish, vectors):
    cache = RefitViewCache()
    vectors.there = set(IDS[:500])
    before = finish(cache.photos(vectors, IDS, EMBEDDING))
    assert finish(cache.photos(vectors, IDS, EMBEDDING)) is before
    vectors.there = set(IDS)
    assert len(finish(cache.photos(vectors, IDS, EMBEDDING)).row_of) == 600


def test_those_of_before_are_gone_while_others_are_projected(finish, vectors):
    cache = RefitViewCache()
    vectors.there = set(IDS[:500])
    before = weakref.ref(finish(cache.photos(vectors, IDS, EMBEDDING)))
    vectors.there = set(IDS)
    job = cache.photos(vectors, IDS, EMBEDDING)
    next(job)
    assert before() is None
    finish(job)
