"""The whole loop on sample stamps."""

import csv
import shutil
from pathlib import Path

import pytest

from tinyclf.cli.main import run
from tinyclf.domain import Grade
from tinyclf.session import Session

COUNT = 20


@pytest.fixture(scope="session")
def finished_demo(homes, tmp_path_factory):
    """The folder of a demo that has been run to its end; do not change it."""
    folder = tmp_path_factory.mktemp("finished") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in homes.items():
            patch.setenv(name, value)
        assert run(["demo", str(folder), "--count", str(COUNT)]) == 0
    return folder


@pytest.fixture
def earlier(finished_demo, tmp_path):
    """A folder of an earlier demo, to be spoiled."""
    return Path(shutil.copytree(finished_demo, tmp_path / "demo"))


def test_the_demo_tells_each_round_and_leaves_its_results(tinyclf, tmp_path):
    folder = tmp_path / "demo"
    told = tinyclf("demo", folder, "--count", COUNT, "--seed", 1)
    assert told.code == 0
    head, *rounds = told.out.splitlines()[1:5]
    assert head.split()[:3] == ["round", "by", "hand"]
    assert [line.split()[0] for line in rounds] == ["1", "2", "3"]
    assert "The last training says of itself: right " in told.out
    assert f"of {COUNT} photos" in told.out
    assert sorted(path.name for path in folder.iterdir()) == [
        ".demo",
        "demo.tinyclf",
        "grades.csv",
        "photos",
        "walls",
    ]
    with (folder / "grades.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == COUNT


def test_the_demo_is_made_anew_and_leaves_other_photos_aside(tinyclf, earlier, stamps):
    stranger = earlier / "photos" / "mine.jpg"
    shutil.copy(stamps / "stamp_0030.jpg", stranger)
    told = tinyclf("demo", earlier, "--count", COUNT, "--json").json
    assert told["photos"] == COUNT
    assert [one["number"] for one in told["rounds"]] == [1, 2, 3]
    assert all(one["judged_on"] + one["by_hand"] == COUNT for one in told["rounds"])
    assert stranger.exists()
    status = tinyclf("status", earlier / "demo.tinyclf", "--json").json
    assert (status["photos"], status["not_gradable"]) == (COUNT + 1, 1)


@pytest.mark.parametrize("exported", [False, True])
def test_the_demo_keeps_what_a_person_has_graded_since(tinyclf, earlier, exported):
    file = earlier / "demo.tinyclf"
    with Session.open(file) as session:
        session.grade(session.table.ids[:1], Grade(6 - max(1, int(session.table.current[0]))))
    if exported:
        tinyclf("export", file, "--csv", earlier / "grades.csv")
    before = file.read_bytes()
    told = tinyclf("demo", earlier, "--count", COUNT)
    assert (told.code, told.out) == (2, "")
    assert "holds grades that are not the demo's" in told.complaint
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("which", "words"), [("graded", "holds grades"), ("imported", "is not an earlier demo's")]
)
def test_the_demo_keeps_another_collection_of_that_name(tinyclf, earlier, templates, which, words):
    shutil.copy(templates[which], earlier / "demo.tinyclf")
    assert words in tinyclf("demo", earlier, "--count", COUNT).complaint
    assert (earlier / "demo.tinyclf").read_bytes() == templates[which].read_bytes()


def test_the_demo_keeps_a_photo_in_the_way_and_everything_else_then(tinyclf, earlier):
    (earlier / "photos" / "stamp_0001.jpg").write_bytes(b"mine")
    assert "is in the way" in tinyclf("demo", earlier, "--count", COUNT).complaint
    assert (earlier / "demo.tinyclf").exists()


@pytest.mark.parametrize("stopped_at", ["draw_stamp", "export_csv"])
def test_a_demo_stopped_at_any_step_can_be_begun_again(tinyclf, earlier, monkeypatch, stopped_at):
    def stop(*_):
        raise KeyboardInterrupt

    home = "tinyclf.samples.folder" if stopped_at == "draw_stamp" else "tinyclf.cli.demo"
    with monkeypatch.context() as patch:
        patch.setattr(f"{home}.{stopped_at}", stop)
        assert tinyclf("demo", earlier, "--count", COUNT).code == 130
    assert tinyclf("demo", earlier, "--count", COUNT).code == 0


def test_the_demo_never_replaces_what_is_not_its_own(tinyclf, tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "grades.csv").write_text("mine")
    told = tinyclf("demo", folder, "--count", COUNT)
    assert (told.code, told.out) == (2, "")
    assert "is not an earlier demo's" in told.complaint
    assert (folder / "grades.csv").read_text() == "mine"
    (folder / "demo.tinyclf").write_text("mine")
    assert "is no Tiny Classifier collection" in tinyclf("demo", folder).complaint
    assert (folder / "demo.tinyclf").read_text() == "mine"


def test_the_demo_needs_a_folder(tinyclf, tmp_path):
    (tmp_path / "file").touch()
    told = tinyclf("demo", tmp_path / "file" / "demo", "--count", COUNT)
    assert told.code in (1, 2)
    assert "tinyclf: " in told.err
