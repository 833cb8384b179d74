"""Every version of the collection file ever written still opens, with all that is in it."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import apsw
import pytest

from tinyclf.domain import (
    LOOKING_AGAIN,
    OF_THE_PHOTO,
    ActKind,
    Copy,
    Grade,
    Interval,
    Label,
    Mark,
    PhotoId,
)
from tinyclf.errors import CollectionError
from tinyclf.project import CollectionStore, PhotoTable, StoredModel, StoredNovelty
from tinyclf.project.migrations import MIGRATIONS
from tinyclf.project.schema import USER_VERSION
from tinyclf.training.gate import Gate

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
        judged = [
            act.kind for act in store.history() if act.kind not in LOOKING_AGAIN | OF_THE_PHOTO
        ]
        assert judged == [
            ActKind.UNDO,
            ActKind.CORRECT,
            ActKind.ACCEPT,
            ActKind.GRADE,
            ActKind.GRADE,
        ]
        assert store.redoable() is not None
        assert store.past(100)[-1].number == store.history()[-1].number
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


def test_copies_are_there_since_version_4(tmp_path: Path) -> None:
    path = tmp_path / "past.tinyclf"
    shutil.copy(FIXTURES / "v4.tinyclf", path)
    folder = Path("/photos/stamps")
    with CollectionStore.open(path) as store:
        [copy] = store.copies()
        assert copy == Copy(folder / "again.jpg", PhotoId(f"{3:032x}"), folder / "album/3.jpg")


def test_copies_were_problems_before_version_4(tmp_path: Path) -> None:
    path = tmp_path / "past.tinyclf"
    shutil.copy(FIXTURES / "v3.tinyclf", path)
    connection = apsw.Connection(str(path))
    connection.execute("INSERT INTO folders (path) VALUES ('/elsewhere')")
    here, elsewhere = (
        connection.execute("SELECT folder FROM folders WHERE path = ?", (folder,)).get
        for folder in ("/photos/stamps", "/elsewhere")
    )
    connection.executemany(
        "INSERT INTO problems VALUES (?, ?, ?)",
        [
            (here, "again.jpg", "the same photo as album/3.jpg"),
            (elsewhere, "x.jpg", "the same photo as /photos/stamps/1.jpg"),
            (elsewhere, "y.jpg", "the same photo as 1.jpg"),  # which is not in its folder
        ],
    )
    connection.close()
    with CollectionStore.open(path) as store:
        assert [(str(copy.path), copy.photo_id) for copy in store.copies()] == [
            ("/photos/stamps/again.jpg", f"{3:032x}"),
            ("/elsewhere/x.jpg", f"{1:032x}"),
        ]
        assert [problem.path.name for problem in store.problems()] == ["empty.jpg", "y.jpg"]


def test_what_is_known_of_a_model_is_there_since_version_3(tmp_path: Path) -> None:
    path = tmp_path / "past.tinyclf"
    shutil.copy(FIXTURES / "v3.tinyclf", path)
    with CollectionStore.open(path) as store:
        [model] = store.models()
        assert (model.grades, model.cross_validated, model.is_quick) == (2, 0.4, False)
        assert model.gate == Gate(is_open=True, gain=0.25, error=0.125)


JUDGED = {
    "exact": {"value": 0.75, "low": 0.5, "high": 1.0},
    "within_one": {"value": 1.0, "low": 1.0, "high": 1.0},
    "kappa": {"value": 0.5, "low": 0.25, "high": 0.75},
    "calibration_error": {"value": 0.1, "low": 0.0, "high": 0.2},
    "confusion": [[4, 0, 0, 0, 0]] * 5,
    "judged_on": "cross-validation",
    "photos": 20,
}


def opened_with(path: Path, version: int, judged: str) -> StoredModel:
    """The model of a past file, as it is read where the file said this of its quality."""
    shutil.copy(FIXTURES / f"v{version}.tinyclf", path)
    connection = apsw.Connection(str(path))
    connection.execute("UPDATE models SET quality = ?", (judged,))
    connection.close()
    with CollectionStore.open(path) as store:
        [model] = store.models()
    return model


@pytest.mark.parametrize("version", [1, 2])
def test_what_was_known_of_a_model_rode_in_its_quality_before_version_3(
    tmp_path: Path, version: int
) -> None:
    gate = {"is_open": False, "gain": -0.5, "error": 0.25}
    known = {"grades": 31, "cross_validated": 0.625, "quick": True, "gate": gate}
    path = tmp_path / "past.tinyclf"
    model = opened_with(path, version, json.dumps(JUDGED | known))
    assert (model.grades, model.cross_validated, model.is_quick) == (31, 0.625, True)
    assert model.gate == Gate(is_open=False, gain=-0.5, error=0.25)
    assert model.quality is not None
    assert (model.quality.exact, model.quality.photos) == (Interval(0.75, 0.5, 1.0), 20)
    [(quality,)] = apsw.Connection(str(path)).execute("SELECT quality FROM models")
    assert json.loads(quality) == JUDGED


def test_an_old_training_by_cross_validation_is_a_point_of_the_history(tmp_path: Path) -> None:
    model = opened_with(tmp_path / "past.tinyclf", 1, json.dumps(JUDGED))
    assert (model.grades, model.cross_validated) == (20, 0.75)
    assert not model.is_quick
    assert model.gate is None


def test_a_quality_that_makes_no_sense_stays_and_is_named(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="makes no sense"):
        opened_with(tmp_path / "past.tinyclf", 2, "{")


def schema_of(path: Path) -> list[tuple[str, ...]]:
    """The tables, indices and triggers of a file, but for comments and blanks."""
    connection = apsw.Connection(str(path))
    found = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema")
    return sorted((*names, "".join(re.sub("--.*", "", sql).split())) for *names, sql in found)


@pytest.mark.parametrize("version", range(1, USER_VERSION + 1))
def test_a_past_version_becomes_what_a_new_file_is(tmp_path: Path, version: int) -> None:
    path = tmp_path / "past.tinyclf"
    shutil.copy(FIXTURES / f"v{version}.tinyclf", path)
    CollectionStore.open(path).close()
    CollectionStore.create(tmp_path / "new.tinyclf").close()
    assert schema_of(path) == schema_of(tmp_path / "new.tinyclf")


def test_every_version_has_its_fixture_and_its_way_up() -> None:
    assert sorted(MIGRATIONS) == list(range(1, USER_VERSION))
    assert {path.name for path in FIXTURES.glob("v*.tinyclf")} == {
        f"v{version}.tinyclf" for version in range(1, USER_VERSION + 1)
    }
