"""Where the latest training looks on a photo, told to whoever asks."""

import numpy as np
import pytest
from PIL import Image

from tinyclf.data.encoder.attention_map import MAP_DIMENSION
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION, CHANNELS, PLACES
from tinyclf.domain import Grade
from tinyclf.errors import ModelError, PhotoError
from tinyclf.session import features as features_room
from tinyclf.training.config import TrainingConfig
from tinyclf.training.feature_names import ATTENTION_MAP

ROWS, COLUMNS = 12, 16


class Eye:
    """Sees a photo's brightness at each of a few places."""

    key = "eye"
    dimension = MAP_DIMENSION
    long_side = 64

    def extract(self, image):
        grey = np.asarray(image.convert("L").resize((COLUMNS, ROWS)), np.float32) / 255
        vector = np.zeros(MAP_DIMENSION, np.float32)
        vector[:BUILTIN_DIMENSION:50] = grey.mean()
        places = vector[BUILTIN_DIMENSION:-PLACES].reshape(PLACES, CHANNELS)
        places[: ROWS * COLUMNS] = grey.reshape(-1, 1) * np.linspace(-1, 1, CHANNELS)
        vector[-PLACES:][: ROWS * COLUMNS] = 1
        return vector


@pytest.fixture(autouse=True)
def eye(monkeypatch):
    monkeypatch.setattr(features_room, "map_encoder", lambda _: Eye())


@pytest.fixture
def thorough():
    return TrainingConfig(
        features=ATTENTION_MAP, hidden=(), folds=2, epochs=2, least_steps=20, learning_rate=0.03
    )


@pytest.fixture
def wide(session, finish, tmp_path):
    """A photo in the shape of the eye's places."""
    folder = tmp_path / "wide"
    folder.mkdir()
    pixels = np.zeros((120, 160, 3), np.uint8)
    pixels[:40, :40] = 255
    Image.fromarray(pixels).save(folder / "wide.png")
    finish(session.import_photos(folder))
    session.refresh()
    return session.table.ids[-1]


def test_it_tells_how_much_each_place_weighs(session, wide, grade_truly, thorough, finish):
    grade_truly(15)
    finish(session.train(thorough, "thorough"))
    assert session.can_show_attention
    told = finish(session.attention(wide))
    assert told.photo_id == wide
    assert told.weights.shape == (ROWS, COLUMNS)
    assert told.weights.sum() == pytest.approx(1, abs=1e-4)


def test_without_such_a_training_it_tells_nothing(session, wide, grade_truly, config, finish):
    assert not session.can_show_attention
    assert finish(session.attention(wide)) is None
    grade_truly(15)
    finish(session.train(config, "mine"))
    assert not session.can_show_attention
    assert finish(session.attention(wide)) is None


def test_quick_refits_between_two_trainings_change_nothing(
    session, wide, grade_truly, thorough, finish
):
    grade_truly(15)
    finish(session.train(thorough, "thorough"))
    finish(session.propose())
    session.refresh()
    before = finish(session.attention(wide)).weights
    for row in range(15, 20):
        session.grade([session.table.ids[row]], Grade(row % 5 + 1))
        finish(session.refit())
    assert session.model.is_quick
    assert session.can_show_attention
    np.testing.assert_array_equal(finish(session.attention(wide)).weights, before)


def test_another_training_looks_elsewhere(session, wide, grade_truly, thorough, finish):
    grade_truly(15)
    finish(session.train(thorough, "thorough"))
    before = finish(session.attention(wide)).weights
    finish(session.train(thorough, "thorough", seed=1))
    assert (finish(session.attention(wide)).weights != before).any()


def test_photos_of_the_exam_are_blind_until_they_are_graded(crowd):
    [photo_id, *_] = crowd.reserve_exam(3)
    assert crowd.is_blind(photo_id)
    assert not all(crowd.is_blind(one) for one in crowd.table.ids)
    crowd.grade([photo_id], Grade(3))
    assert not crowd.is_blind(photo_id)


def test_a_photo_that_is_gone_says_so(session, wide, grade_truly, thorough, finish):
    grade_truly(15)
    finish(session.train(thorough, "thorough"))
    session.table.photo(session.table.row_of[wide]).path.unlink()
    with pytest.raises(PhotoError):
        finish(session.attention(wide))


def test_another_encoder_asks_for_another_training(
    session, wide, grade_truly, thorough, finish, monkeypatch
):
    grade_truly(15)
    finish(session.train(thorough, "thorough"))
    monkeypatch.setattr(Eye, "key", "another")
    with pytest.raises(ModelError, match="train again"):
        finish(session.attention(wide))


def test_what_is_seen_at_places_brings_the_embedding_along(session, finish, thorough):
    seen = finish(session.read_features(thorough))
    ids, known = session._reader.known(session.table.ids)
    assert ids == session.table.ids
    np.testing.assert_array_equal(known, seen.matrix[:, :BUILTIN_DIMENSION])
