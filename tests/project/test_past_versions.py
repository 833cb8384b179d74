"""Every version of the collection file ever written still opens, with all that is in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import apsw
import pytest

from tinyclf.domain import LOOKING_AGAIN, ActKind, Grade, Label, Mark, PhotoId
from tinyclf.project import CollectionStore, PhotoTable, StoredNovelty
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
        judged = [act.kind for act in store.history() if act.kind not in LOOKING_AGAIN]
        assert judged == [
            ActKind.UNDO,
            ActKind.CORRECT,
            ActKind.ACCEPT,
            ActKind.GRADE,
            ActKind.GRADE,
        ]
        assert store.redoable() is not None
        told = 0 if store.exam() else 5  # an exam photo's proposal is not
        assert PhotoTable.load(store).proposed.tolist() == [0, 0, 3, 4, told, 0]
        model = store.latest_model()
        assert model is not None
        assert model.quality is not None
        assert (model.preset, model.quality.photos) == ("balanced", 5)
        assert store.model_blob(model.number) == b"weights"


@pytest.mark.parametrize("version", range(2, USER_VERSION + 1))
def test_what_trust_rests_on_is_there_since_version_2(tmp_path: Path, version: int) -> None:
    path = tmp_path / "past.tinyclf"
    shutil.copy(FIXTURES / f"v{version}.tinyclf", path)
    ids = [PhotoId(f"{number:032x}") for number in range(1, 7)]
    with CollectionStore.open(path) as store:
        assert store.exam() == [ids[4]]
        [audit] = store.audits()
        assert (audit.grade, audit.model, audit.population) == (Grade.GOOD, 1, 1)
        assert (audit.photo_ids, audit.sizes) == ((ids[3],), (1,))
        assert store.audit_answers(audit) == (None,)
        store.redo()
        assert store.audit_answers(audit) == (Grade.FLAWLESS,)
        looks = store.second_looks()
        assert [(look.photo_id, look.first, look.second, look.blind) for look in looks] == [
            (ids[0], Grade.BARELY_VISIBLE, Grade.POOR, True),
            (ids[1], Grade.POOR, Grade.POOR, False),
        ]
        opinions = store.out_of_fold()
        assert opinions is not None
        assert (opinions.model, opinions.photo_ids) == (1, tuple(ids[:2]))
        assert opinions.grades.tolist() == [1, 2]
        assert store.novelty_of(1) == StoredNovelty(3, 0.5, 0.1, is_unlike=True)
        model = store.latest_model()
        assert model is not None
        assert (model.grades, model.cross_validated) == (2, 0.4)
        assert store.groups() == dict.fromkeys(ids[:3], "front and back")


def test_the_strangest_are_there_since_version_3(tmp_path: Path) -> None:
    path = tmp_path / "past.tinyclf"
    shutil.copy(FIXTURES / "v3.tinyclf", path)
    with CollectionStore.open(path) as store:
        assert store.strangest_of(1) == [PhotoId(f"{4:032x}")]
        assert store.strangest_of(2) == []


def statements(path: Path) -> list[str]:
    """What the tables, indices and triggers of a file were made by."""
    connection = apsw.Connection(str(path))
    found = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    return [sql for (sql,) in found]


@pytest.mark.parametrize("version", range(1, USER_VERSION + 1))
def test_a_past_version_becomes_what_a_new_file_is(tmp_path: Path, version: int) -> None:
    path = tmp_path / "past.tinyclf"
    shutil.copy(FIXTURES / f"v{version}.tinyclf", path)
    CollectionStore.open(path).close()
    CollectionStore.create(tmp_path / "new.tinyclf").close()
    assert statements(path) == statements(tmp_path / "new.tinyclf")


def test_every_version_has_its_fixture_and_its_way_up() -> None:
    assert sorted(MIGRATIONS) == list(range(1, USER_VERSION))
    assert {path.name for path in FIXTURES.glob("v*.tinyclf")} == {
        f"v{version}.tinyclf" for version in range(1, USER_VERSION + 1)
    }
