"""What is learned from is drawn to its end, before learning begins."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture
def found(scripts: Path, tmp_path: Path):
    from renderings import render

    return render(tmp_path / "photos.npy", seed=1, things=[3], side=64, processes=1)


def test_rendering_returns_when_every_photo_is_drawn(found):
    from renderings import EACH

    assert found.photos.shape == (EACH, 64, 64, 3)
    assert all(photo.std() > 1 for photo in found.photos)
    found.require_drawn()


def test_a_photo_that_was_left_blank_is_refused(found):
    photos = np.array(found.photos)
    photos[[5, 7]] = 0

    with pytest.raises(ValueError, match="2 of 12 renderings are blank, the first is number 5"):
        replace(found, photos=photos).require_drawn()


def test_photos_are_undamaged_where_no_kind_is_said_to_be_there(found):
    assert ((found.kinds.max(axis=1) > 0) == (found.strength > 0)).all()
