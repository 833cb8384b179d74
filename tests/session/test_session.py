import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from tinyclf.data.bounded_cache import MEMORY_LIMIT
from tinyclf.data.encoder.builtin import BUILTIN_KEY
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION
from tinyclf.data.features import FeatureCache
from tinyclf.data.thumbnails import thumbnail
from tinyclf.domain import ActKind, Grade, Mark
from tinyclf.errors import CollectionError, InputError, StorageError, TrainingError
from tinyclf.session import Session, require_photos
from tinyclf.training.classifier import Classifier
from tinyclf.trust.review_order import most_doubtful_first


def test_a_session_shows_its_photos_only_after_a_refresh(tmp_path, photos, finish):
    with Session.create(tmp_path / "new.tinyclf") as session:
        report = finish(session.import_photos(photos))
        assert (report.imported, len(session.table)) == (25, 0)
        assert len(session.refresh()) == 25
        assert session.folders == [photos]


def test_its_name_is_its_files(session, tmp_path):
    assert (session.name, session.path) == ("small", tmp_path / "small.tinyclf")


def test_a_cache_that_cannot_be_used_makes_no_file(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        Session.create(tmp_path / "new.tinyclf", caches=tmp_path / "file")
    assert not (tmp_path / "new.tinyclf").exists()


def test_a_collection_opens_though_its_caches_cannot_be_used(session, tmp_path, finish, config):
    session.grade(session.table.ids[:1], Grade.GOOD)
    session.close()
    (tmp_path / "file").touch()
    with Session.open(session.path, tmp_path / "file") as opened:
        assert "file cannot be made" in opened.cache_problem
        assert thumbnail(opened.table.photo(0), opened.thumbnails)
        assert opened.thumbnails.known(opened.table.ids) == {opened.table.ids[0]}
        assert finish(opened.read_features(config)).ok.all()
        assert opened.grade(opened.table.ids[1:2], Grade.FAIR) is not None
    assert not Path(":memory:").exists()


def test_a_cache_on_a_full_disk_is_replaced(session, tmp_path):
    session.close()
    (tmp_path / "caches" / "features.sqlite").mkdir(parents=True)
    with Session.open(session.path, tmp_path / "caches") as opened:
        assert "features.sqlite cannot be used" in opened.cache_problem
        assert opened.thumbnails.limit == MEMORY_LIMIT


def test_nothing_is_said_of_caches_that_are_well(session):
    assert session.cache_problem is None


def test_a_file_that_cannot_be_opened_leaves_nothing_open(tmp_path):
    (tmp_path / "no.tinyclf").write_text("no collection")
    with pytest.raises(CollectionError):
        Session.open(tmp_path / "no.tinyclf")
    (tmp_path / "no.tinyclf").unlink()
    Session.create(tmp_path / "no.tinyclf").close()


def test_closing_twice_is_fine_and_lets_go_of_the_file(session):
    session.close()
    session.close()
    Session.open(session.path).close()


def test_importing_an_empty_folder_says_so(session, tmp_path, finish):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="There is no photo in"):
        finish(session.import_photos(tmp_path / "empty"))
    with pytest.raises(InputError, match="There is no folder"):
        finish(session.import_photos(tmp_path / "nowhere"))
    assert len(session.table) == 25


def test_a_folder_with_one_file_that_looks_like_a_photo_is_worth_a_try(tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    with pytest.raises(InputError):
        require_photos(tmp_path / "deep")
    (tmp_path / "deep" / "er" / "stamp.jpg").touch()
    require_photos(tmp_path / "deep")


def test_a_grade_is_seen_at_once_and_can_be_undone(session):
    photo = session.table.ids[3]
    session.grade([photo], Grade.GOOD)
    assert session.table.codes[3] == 4
    assert session.undoable.photo_ids == (photo,)
    session.undo()
    assert session.table.codes[3] == 0
    session.redo()
    assert session.table.codes[3] == 4
    assert len(session.history()) == 3


def test_a_grade_that_changes_nothing_is_no_act(session):
    session.grade(session.table.ids[:2], Grade.GOOD)
    assert session.grade(session.table.ids[:2], Grade.GOOD) is None


def test_grades_are_there_on_reopening(session):
    session.grade(session.table.ids[:2], Grade.GOOD)
    session.close()
    with Session.open(session.path) as again:
        assert again.table.codes.tolist()[:3] == [4, 4, 0]


def test_accepting_signs_proposals_only(trained):
    act = trained.accept(trained.table.ids, ActKind.ACCEPT_REST)
    assert len(act.photo_ids) == 10
    assert trained.table.verified.sum() == 10
    assert trained.status().counts.verified == 10
    assert trained.accept(trained.table.ids) is None


def test_training_tells_how_good_it_is(session, grade_truly, config, finish):
    grade_truly(15)
    result = finish(session.train(config, "mine"))
    assert (result.grades, result.preset, result.left_out) == (15, "mine", ())
    assert session.model.number == result.model
    assert session.model.quality == result.quality == session.status().quality


def test_training_learns_from_grades_only(session, grade_truly, config, finish):
    grade_truly(15)
    session.grade(session.table.ids[:3], Mark.UNSURE)
    assert finish(session.train(config, "mine")).grades == 12


def test_training_sees_the_grades_of_the_moment_it_was_asked_for(
    session, grade_truly, config, finish
):
    grade_truly(10)
    job = session.train(config, "mine")
    grade_truly(20)
    assert finish(job).grades == 10


def test_photos_marked_by_a_person_get_no_proposal(session, grade_truly, config, finish):
    grade_truly(15)
    session.grade(session.table.ids[20:], Mark.NOT_GRADABLE)
    finish(session.train(config, "mine"))
    assert finish(session.propose()).proposed == 5


def test_a_stopped_training_saves_nothing(session, grade_truly, config):
    grade_truly(15)
    job = session.train(config, "mine")
    for _ in range(4):
        next(job)
    job.close()
    assert session.model is None


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_grades_cannot_train(session, grade_truly, config, finish, count):
    grade_truly(count)
    with pytest.raises(TrainingError, match="at least two different grades"):
        finish(session.train(config, "mine"))


def test_without_a_classifier_nothing_is_proposed(session, finish):
    with pytest.raises(TrainingError, match="train first"):
        finish(session.propose())
    assert session.model_blob() is None


def test_the_saved_classifier_is_the_one_that_proposes(trained, config, finish):
    features = finish(trained.read_features(config))
    classifier = Classifier.from_bytes(trained.model_blob())
    probabilities = classifier.probabilities(features.matrix[20:])
    assert (probabilities.argmax(axis=1) + 1).tolist() == trained.table.proposed[20:].tolist()


def test_photos_that_are_gone_or_changed_are_left_out(session, photos, grade_truly, config, finish):
    grade_truly(15)
    (photos / "00.png").unlink()
    (photos / "01.png").write_bytes((photos / "02.png").read_bytes())
    (photos / "20.png").unlink()
    result = finish(session.train(config, "mine"))
    assert [problem.path.name for problem in result.left_out] == ["00.png", "01.png"]
    proposals = finish(session.propose())
    assert proposals.proposed == 9
    assert [problem.path.name for problem in proposals.left_out] == ["20.png"]


def test_before_training_varied_photos_are_suggested(session, grade_truly, finish):
    grade_truly(5)
    suggested = finish(session.suggest(8))
    assert len(set(suggested)) == 8
    assert not set(suggested) & set(session.table.ids[:5])


def test_a_damaged_vector_in_the_cache_is_not_suggested_by(session, tmp_path, finish):
    ids = session.table.ids
    vectors = np.random.default_rng(0).normal(size=(6, BUILTIN_DIMENSION)).astype(np.float32)
    with FeatureCache(tmp_path / "cache") as cache:
        cache.put_many(BUILTIN_KEY, dict(zip(ids[:6], vectors, strict=True)))
        cache.put_many(BUILTIN_KEY, {ids[0]: np.float32([1, 2]), ids[1]: vectors[0] * np.nan})
    assert sorted(finish(session.suggest(4))) == sorted(ids[2:6])


def test_after_training_the_most_doubtful_are_suggested(trained, finish):
    table = trained.table
    suggested = table.rows(finish(trained.suggest(4)))
    assert suggested.tolist() == (15 + most_doubtful_first(table.probabilities[15:])[:4]).tolist()


def test_comparing_judges_every_configuration(session, grade_truly, config, finish):
    grade_truly(15)
    rows = finish(session.compare({"one": config, "other": config}))
    assert {row.name for row in rows} == {"one", "other"}
    assert rows[0].quality == rows[1].quality


def test_comparing_names_photos_that_are_gone(session, photos, grade_truly, config, finish):
    grade_truly(2)
    (photos / "00.png").unlink()
    with pytest.raises(TrainingError, match=r"1 more could not be read \(00.png: the file is gone"):
        finish(session.compare({"one": config}))


def test_a_file_that_was_only_touched_is_believed_from_then_on(session, finish):
    photo = session.table.photo(0)
    os.utime(photo.path, ns=(10**9, 10**9))
    assert finish(session.find_missing()).photo_ids == ()
    session.refresh()
    assert session.table.photo(0).modified_ns == 10**9


@pytest.mark.parametrize("taken", [False, True])
@pytest.mark.parametrize("by", ["looking", "linking"])
def test_a_photo_that_is_gone_lies_where_a_copy_of_it_was(
    session, photos, tmp_path, finish, by, taken
):
    photo = session.table.photo(1)
    copy = tmp_path / "other" / "again.png"
    copy.parent.mkdir()
    shutil.copyfile(photo.path, copy)
    finish(session.import_photos(copy.parent))
    photo.path.unlink()
    if taken:
        shutil.copyfile(photos / "02.png", photo.path)
    if by == "looking":
        missing = finish(session.find_missing())
        assert (missing.photo_ids, missing.moved) == ((), {photo.photo_id})
    else:
        (tmp_path / "empty").mkdir()
        report = finish(session.relink(tmp_path / "empty"))
        assert (report.missing, report.found, report.still_missing) == (1, 1, ())
    session.refresh()
    assert session.table.photo(1).path == copy


def test_a_copy_that_is_gone_is_counted_no_longer(session, photos, tmp_path, finish):
    copy = tmp_path / "other" / "again.png"
    copy.parent.mkdir()
    shutil.copyfile(photos / "00.png", copy)
    finish(session.import_photos(copy.parent))
    assert session.status().files.copies == 1
    copy.unlink()
    assert finish(session.find_missing()).forgotten == 1
    assert (session.status().files.copies, session.copies) == (0, [])
