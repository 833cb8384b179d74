import csv
import shutil

import numpy as np
import onnxruntime
import pytest
from PIL import Image

from tinyclf.data.pixels import PixelExtractor
from tinyclf.domain import ActKind, Mark, Progress
from tinyclf.errors import InputError, TrainingError
from tinyclf.project.grades_csv import read_grades
from tinyclf.session import Session
from tinyclf.session.exporting import (
    TableReport,
    export_all,
    export_csv,
    export_folders,
    export_model,
    export_onnx,
    export_rows,
    export_walls,
    require_places,
)
from tinyclf.training.classifier import Classifier
from tinyclf.trust.review_order import most_doubtful_first


def test_rows_say_what_is_known_of_every_photo(trained):
    trained.grade(trained.table.ids[:1], Mark.UNSURE)
    rows = export_rows(trained)
    assert [row.source for row in rows] == ["human"] * 15 + ["proposal"] * 10
    assert (rows[0].human, rows[0].grade) == (Mark.UNSURE, None)
    assert rows[20].proposal.grade == trained.table.proposed[20]


def test_a_path_is_listed_once_as_the_photo_last_found_there(trained, photos, finish):
    old = trained.table.ids[0]
    shutil.copyfile(photos / "01.png", photos / "00.png")
    with (photos / "00.png").open("ab") as file:
        file.write(b"another")
    finish(trained.import_photos(photos))
    trained.refresh()
    [row] = [row for row in export_rows(trained) if row.path.name == "00.png"]
    assert (row.photo_id, row.human) == (trained.table.ids[-1], None)
    assert trained.table.codes[trained.table.row_of[old]] == 1


def test_all_that_has_a_path_is_taken_out(trained, tmp_path, finish):
    out = tmp_path / "out"
    out.mkdir()
    places = [out / "grades.csv", out / "copies", out / "walls", out / "model"]
    assert sorted(finish(export_all(trained, *places))) == sorted(places)
    with places[0].open(newline="") as file:
        assert len(list(csv.DictReader(file))) == 25
    assert len(list(places[1].glob("*/*"))) == 25
    assert len(list(places[2].iterdir())) == 5
    assert places[3].read_bytes() == trained.model_blob()
    assert Classifier.from_bytes(trained.model_blob()).extractor_key == trained.model.extractor_key


def test_walls_are_drawn_in_the_order_of_the_window(trained, tmp_path, finish, monkeypatch):
    def drawn(rows, _folder, _thumbnail):
        yield Progress("Drawing walls", 0, 0)
        return [trained.table.row_of[row.photo_id] for row in rows]

    monkeypatch.setattr("tinyclf.session.exporting.wall_sheets", drawn)
    order = most_doubtful_first(trained.table.probabilities[15:]) + 15
    assert finish(export_walls(trained, tmp_path))[:10] == order.tolist()


def test_what_has_no_path_is_left(trained, tmp_path, finish):
    assert finish(export_all(trained, None, None, None, None)) == []


def test_without_a_classifier_there_is_none_to_export(session, tmp_path):
    with pytest.raises(TrainingError):
        export_model(session, tmp_path / "model")
    with pytest.raises(TrainingError):
        export_onnx(session, tmp_path / "model.onnx")


def test_the_classifier_as_onnx_proposes_from_pixels_what_it_proposed(trained, tmp_path, photos):
    size = export_onnx(trained, tmp_path / "model.onnx")
    blob = (tmp_path / "model.onnx").read_bytes()
    images = [Image.open(trained.table.path(row)) for row in range(15, 25)]
    pixels = np.stack([np.asarray(one.resize((32, 32), Image.Resampling.BOX)) for one in images])
    network = onnxruntime.InferenceSession(blob, providers=["CPUExecutionProvider"])
    [probabilities] = network.run(["probabilities"], {"pixels": pixels})

    features = np.stack([PixelExtractor().extract(one) for one in images])
    same = Classifier.from_bytes(trained.model_blob()).probabilities(features)
    np.testing.assert_allclose(probabilities, same, rtol=0, atol=1e-5)
    # the features proposed from were kept in half precision
    kept = trained.table.probabilities[15:]
    np.testing.assert_allclose(probabilities, kept, rtol=0, atol=1e-3)
    assert Classifier.from_onnx(blob).to_bytes() == trained.model_blob()
    assert size == len(blob)


def test_a_place_is_checked_before_anything_is_written(trained, tmp_path, finish, photos):
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="is a file"):
        finish(export_all(trained, tmp_path / "out.csv", tmp_path / "file", None, None))
    with pytest.raises(InputError, match="is one of the photos"):
        finish(export_all(trained, tmp_path / "out.csv", None, None, photos / "00.png"))
    assert not (tmp_path / "out.csv").exists()


def test_the_collection_is_known_by_any_of_its_names(trained, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(InputError, match="is the collection itself"):
        require_places(trained, files=[tmp_path / "link" / "small.tinyclf"], folders=[])


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("name", ["small.tinyclf", "other.tinyclf", "disguised.csv"])
def test_a_collection_and_what_lies_beside_it_is_never_replaced(trained, tmp_path, name, end):
    if not name.startswith("small"):
        Session.create(tmp_path / name).close()
    with pytest.raises(InputError, match="collection"):
        require_places(trained, files=[tmp_path / (name + end)], folders=[])


def test_a_file_that_only_sounds_like_a_log_may_be_written(trained, tmp_path):
    require_places(trained, files=[tmp_path / "grades-wal", tmp_path / "-wal"], folders=[])


def test_a_photo_of_the_same_name_elsewhere_is_another_file(trained, tmp_path):
    require_places(trained, files=[tmp_path / "00.png"], folders=[])


def test_a_copy_has_a_line_of_its_own_with_the_grade_of_its_photo(
    trained, photos, tmp_path, finish
):
    shutil.copyfile(photos / "01.png", photos / "again.png")
    report = finish(trained.import_photos(photos))
    trained.refresh()
    assert [copy.path.name for copy in report.copies] == ["again.png"]
    assert trained.status().files.copies == 1
    out = tmp_path / "grades.csv"
    assert finish(export_csv(trained, out)) == TableReport(25, 1)
    with out.open(newline="") as file:
        lines = {line["path"]: line for line in csv.DictReader(file)}
    photo, copy = (lines[str(photos / name)] for name in ("01.png", "again.png"))
    assert (photo["copy_of"], copy["copy_of"]) == ("", photo["path"])
    assert {**copy, "path": "", "copy_of": ""} == {**photo, "path": "", "copy_of": ""}
    assert photo["human_grade"] == "2"
    grades = read_grades(out, trained.table, trained.folders, trained.copies)
    assert len(grades.require_all()) == 15


def test_a_file_that_is_another_one_by_now_has_no_line(trained, photos, tmp_path, finish):
    shutil.copyfile(photos / "02.png", photos / "again.png")
    finish(trained.import_photos(photos))
    trained.refresh()
    (photos / "01.png").rename(photos / "t.png")
    (photos / "00.png").rename(photos / "01.png")
    (photos / "t.png").rename(photos / "00.png")
    with (photos / "again.png").open("ab") as file:
        file.write(b"more")
    (photos / "03.png").touch()
    (photos / "04.png").unlink()
    out, problems = tmp_path / "grades.csv", []
    report = finish(export_csv(trained, out))
    finish(export_all(trained, out, tmp_path / "folders", None, None, problems=problems))
    with out.open(newline="") as file:
        lines = [line["path"] for line in csv.DictReader(file)]
    others = {photos / name for name in ("00.png", "01.png", "again.png")}
    assert {problem.path for problem in report.problems} == others
    assert all("another one than was graded" in problem.reason for problem in report.problems)
    assert sorted(lines) == [str(photos / f"{n:02}.png") for n in range(2, 25)]
    assert sorted(problem.path for problem in problems) == sorted({*others, photos / "04.png"})


def test_what_was_accepted_unseen_is_told_from_what_was_looked_at(trained, tmp_path, finish):
    out, ids = tmp_path / "grades.csv", trained.table.ids
    trained.accept(ids[15:17])
    trained.accept(ids, ActKind.ACCEPT_REST)
    trained.keep(ids[17:18])
    finish(export_csv(trained, out))
    with out.open(newline="") as file:
        lines = {line["photo_id"]: line for line in csv.DictReader(file)}
    assert [lines[one]["verified"] for one in ids] == ["false"] * 15 + ["true"] * 10
    assert [lines[one]["in_bulk"] for one in ids] == ["false"] * 18 + ["true"] * 7


def test_a_photo_keeps_its_line_in_the_place_of_its_copy(trained, photos, tmp_path, finish):
    other = tmp_path / "other"
    other.mkdir()
    shutil.copyfile(photos / "01.png", other / "again.png")
    finish(trained.import_photos(other))
    shutil.copyfile(photos / "02.png", photos / "01.png")  # now it is a copy of another
    finish(trained.import_photos(photos))
    trained.refresh()
    out = tmp_path / "grades.csv"
    finish(export_csv(trained, out))
    with out.open(newline="") as file:
        lines = {line["path"]: line for line in csv.DictReader(file)}
    kept, drawn_over = lines[str(other / "again.png")], lines[str(photos / "01.png")]
    assert (kept["human_grade"], kept["copy_of"]) == ("2", "")
    assert drawn_over["copy_of"] == str(photos / "02.png")


def test_a_photo_whose_place_a_copy_of_another_took_has_no_line(trained, photos, finish):
    lost = trained.table.ids[1]
    shutil.copyfile(photos / "02.png", photos / "01.png")
    finish(trained.import_photos(photos))
    trained.refresh()
    told = {row.photo_id for row in export_rows(trained)}
    assert told == set(trained.table.ids) - {lost}


def test_of_copies_only_the_photo_is_put_into_a_folder(trained, photos, tmp_path, finish):
    shutil.copyfile(photos / "01.png", photos / "again.png")
    finish(trained.import_photos(photos))
    trained.refresh()
    assert finish(export_folders(trained, tmp_path / "out")).copied == 25


def test_nothing_is_written_over_a_copy(trained, photos, finish):
    shutil.copyfile(photos / "01.png", photos / "again.png")
    finish(trained.import_photos(photos))
    with pytest.raises(InputError, match="is one of the photos"):
        require_places(trained, files=[photos / "again.png"], folders=[])
