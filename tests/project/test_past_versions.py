"""Every version of the collection file ever written still opens, with all that is in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tinyclf.domain import ActKind, Grade, Label, Mark, PhotoId
from tinyclf.project import CollectionStore, PhotoTable
from tinyclf.project.schema import MIGRATIONS, USER_VERSION

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.mark.parametrize("version", range(1, USER_VERSION + 1))
def test_a_past_version_opens(tmp_path: Path, version: int) -> None:
    path = tmp_path / "past.tinyclf"
    shutil.copy(FIXTURES / f"v{version}.tinyclf", path)
    with CollectionStore.open(path) as store:
        ids = [PhotoId(f"{number:032x}") for number in range(1, 7)]
        assert [photo.photo_id for photo in store.photos()] == ids
        assert store.photos()[4].path == Path("/photos/stamps") / os.fsdecode(b"5 caf\xe9.jpg")
        assert [problem.path.name for problem in store.problems()] == ["empty.jpg"]
        assert store.labels() == [
            Label(ids[0], Grade.BARELY_VISIBLE, verified=False),
            Label(ids[1], Grade.POOR, verified=False),
            Label(ids[2], Grade.FAIR, verified=True),
            Label(ids[5], Mark.NOT_GRADABLE, verified=False),
        ]
        assert [act.kind for act in store.history()] == [
            ActKind.UNDO,
            ActKind.CORRECT,
            ActKind.ACCEPT,
            ActKind.GRADE,
            ActKind.GRADE,
        ]
        assert store.redoable() is not None
        assert PhotoTable.load(store).proposed.tolist() == [0, 0, 3, 4, 5, 0]
        model = store.latest_model()
        assert model is not None
        assert model.quality is not None
        assert (model.preset, model.quality.photos) == ("balanced", 5)
        assert store.model_blob(model.number) == b"weights"


def test_every_version_has_its_fixture_and_its_way_up() -> None:
    assert sorted(MIGRATIONS) == list(range(1, USER_VERSION))
    assert {path.name for path in FIXTURES.glob("v*.tinyclf")} == {
        f"v{version}.tinyclf" for version in range(1, USER_VERSION + 1)
    }
