"""The exam, audits, doubts and groups from the command line."""

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tinyclf.cli.main import run

CROWD = 195


@pytest.fixture(scope="session")
def crowded(homes, tmp_path_factory):
    """A collection of 195 tiny pictures, 30 graded; number k has the grade k % 5 + 1."""
    folder = tmp_path_factory.mktemp("crowd")
    rng = np.random.default_rng(0)
    (folder / "photos").mkdir()
    for number in range(CROWD):
        level = 40 + 40 * (number % 5)
        pixels = rng.integers(level - 10, level + 10, (40, 40, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(folder / "photos" / f"{number:03d}.png")
    write(folder / "grades.csv", (folder / "photos" / f"{number:03d}.png" for number in range(30)))
    (folder / "quick.yaml").write_text("features: pixels\nhidden: []\nfolds: 2\nepochs: 5\n")
    file = folder / "crowd.tinyclf"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in homes.items():
            patch.setenv(name, value)
        assert run(["new", str(file), "--photos", str(folder / "photos")]) == 0
        assert run(["grade", str(file), "--csv", str(folder / "grades.csv")]) == 0
    return file


@pytest.fixture
def crowd(crowded, file):
    return Path(shutil.copy(crowded, file))


@pytest.fixture
def quick(crowded):
    return crowded.with_name("quick.yaml")


def write(path, photos, grade=None):
    """Write a table of true grades, or of one grade for all."""
    with path.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(("photo", "grade"))
        table.writerows((one, grade or int(Path(one).stem) % 5 + 1) for one in photos)
    return path


def test_an_exam_is_set_aside_graded_and_judges_the_training(tinyclf, crowd, quick, tmp_path):
    told = tinyclf("exam", crowd, "-n", "40", "--json").json
    assert (told["set_aside_now"], told["to_grade"], len(told["photos"])) == (40, 40, 40)
    assert told["exact"] is told["kappa_low"] is told["judged_on"] is None
    again = tinyclf("exam", crowd)
    assert again.out.splitlines() == told["photos"]
    assert "40 to grade" in again.err
    tinyclf("grade", crowd, "--csv", write(tmp_path / "exam.csv", told["photos"]))
    trained = tinyclf("train", crowd, "--config", quick, "--json").json
    assert (trained["judged_on"], trained["judged_photos"]) == ("exam", 40)
    assert trained["grades"] == 30
    assert "On the exam: right " in tinyclf("exam", crowd).out
    told = tinyclf("exam", crowd, "--json").json
    assert (told["judged_on"], told["judged_photos"]) == ("exam", 40)
    assert told["exact_low"] <= told["exact"] == trained["exact"] <= told["exact_high"]
    assert "By cross-validation it would be" in tinyclf("train", crowd, "--config", quick).out
    status = tinyclf("status", crowd, "--json").json
    assert (status["exam"]["reserved"], status["exam"]["answered"]) == (40, 40)
    assert "40 set aside for the exam: 40 graded, 0 to grade" in tinyclf("status", crowd).out


def test_an_exam_of_nothing_says_why(tinyclf, graded, truth, table):
    tinyclf("grade", graded, "--csv", table(truth))
    told = tinyclf("exam", graded)
    assert (told.code, told.out) == (0, "")
    assert "No photo can be set aside" in told.err


def test_an_exam_that_is_too_large_is_refused_before_anything_is_set_aside(tinyclf, crowd):
    told = tinyclf("exam", crowd, "-n", "200")
    assert (told.code, told.out) == (2, "")
    assert "takes 200 more photos; 165 photos are left that can be set aside." in told.complaint
    told = tinyclf("exam", crowd, "-n", "60")
    assert "Too few photos are left for an exam of 60" in told.complaint
    assert tinyclf("status", crowd, "--json").json["exam"]["reserved"] == 0


def test_where_none_is_worth_it_none_is_begun_and_one_begun_is_still_named(tinyclf, graded):
    told = tinyclf("exam", graded)
    assert told.code == 2
    assert "10 photos are left that can be set aside" in told.complaint
    assert len(tinyclf("exam", graded, "-n", "2").out.splitlines()) == 2
    assert len(tinyclf("exam", graded).out.splitlines()) == 2


def test_the_hint_how_to_grade_an_exam_is_a_command_that_works(tinyclf, crowd, tmp_path):
    told = tinyclf("exam", crowd)
    assert f"tinyclf grade {crowd} --csv " in told.err
    grades = write(tmp_path / "exam.csv", told.out.splitlines())
    assert tinyclf("grade", crowd, "--csv", grades).code == 0


def test_after_the_exam_status_and_exam_name_the_same_next_step(tinyclf, crowd, quick, tmp_path):
    tinyclf("train", crowd, "--config", quick)
    told = tinyclf("exam", crowd, "--json").json
    tinyclf("propose", crowd)
    tinyclf("grade", crowd, "--csv", write(tmp_path / "exam.csv", told["photos"]))
    assert "Next: train, then propose.\n" in tinyclf("status", crowd).out
    assert "Next: train, then propose.\n" in tinyclf("exam", crowd).err


def test_a_grade_that_no_photo_has_is_named_and_asked_for(tinyclf, crowd, quick, tmp_path):
    photos = [file for file in (quick.parent / "photos").iterdir() if int(file.stem) % 5 != 2]
    fair = sorted(set((quick.parent / "photos").iterdir()) - set(photos))[:6]
    with (tmp_path / "none.csv").open("w") as out:
        out.write("photo,grade\n" + "".join(f"{one},4\n" for one in fair))
    tinyclf("grade", crowd, "--csv", tmp_path / "none.csv")
    tinyclf("train", crowd, "--config", quick)
    tinyclf("propose", crowd)
    told = tinyclf("status", crowd)
    assert "No photo has the grade 3 yet: what is wrong here cannot be told" in told.out
    assert "Next: grade about 20 more photos of grade 3, then train." in told.out
    assert "are right now" not in told.out
    assert "about" not in told.out.split("wrong proposals")[1].split("\n\n")[0]
    assert tinyclf("status", crowd, "--json").json["grades_missing"] == [3]


@pytest.fixture
def proposing(tinyclf, crowd, quick):
    tinyclf("train", crowd, "--config", quick)
    tinyclf("propose", crowd)
    return crowd


def test_an_audit_names_photos_and_then_proves_something(tinyclf, proposing, tmp_path):
    walls = tinyclf("status", proposing, "--json").json["certificates"]
    wall = max(walls, key=lambda one: one["proposals"])
    grade = wall["grade"]
    told = tinyclf("audit", proposing, "--grade", grade, "--json").json
    assert len(told["photos"]) == wall["to_look_at"]
    assert told["certificate"]["at_most_wrong"] == wall["proposals"]
    words = tinyclf("audit", proposing, "--grade", grade).out.splitlines()
    assert words[2:] == told["photos"]
    assert "nothing is proved yet (0 photos looked at, 0 wrong)" in words[0]
    tinyclf("grade", proposing, "--csv", write(tmp_path / "a.csv", told["photos"], grade))
    proved = tinyclf("audit", proposing, "--grade", grade, "--json").json
    assert proved["certificate"]["found_wrong"] == 0
    assert proved["certificate"]["at_most_wrong"] < wall["proposals"] - len(told["photos"])
    assert "were wrong, 95 % sure" in tinyclf("status", proposing).out
    [certificate] = [
        one
        for one in tinyclf("status", proposing, "--json").json["certificates"]
        if one["grade"] == grade
    ]
    assert certificate["audited"]


def test_an_audit_is_drawn_anew_when_grades_were_proposed_anew(tinyclf, proposing, quick):
    first = tinyclf("audit", proposing, "--grade", "3", "--json").json
    tinyclf("train", proposing, "--config", quick)
    tinyclf("propose", proposing)
    told = tinyclf("audit", proposing, "--grade", "3")
    assert "The audit before is void" in told.err
    second = tinyclf("audit", proposing, "--grade", "3", "--json").json
    assert (first["audit"], second["audit"]) == (1, 2)
    assert not second["previous_void"]


def test_to_propose_the_same_again_is_nothing_new_and_leaves_an_audit_standing(tinyclf, proposing):
    first = tinyclf("audit", proposing, "--grade", "3", "--json").json
    assert tinyclf("propose", proposing).out == "Nothing new to propose.\n"
    again = tinyclf("audit", proposing, "--grade", "3", "--json").json
    assert again == first


def test_a_wall_without_proposals_is_not_audited(tinyclf, graded):
    told = tinyclf("audit", graded, "--grade", "3")
    assert told.code == 2
    assert "there is nothing to audit" in told.complaint


def test_doubts_name_slips_first_and_can_be_kept(tinyclf, crowd, crowded, quick, tmp_path):
    slip = crowded.parent / "photos" / "004.png"
    tinyclf("grade", crowd, "--csv", write(tmp_path / "slip.csv", [slip], grade=1))
    assert "There is no classifier yet" in tinyclf("doubts", crowd).err
    tinyclf("train", crowd, "--config", quick)
    told = tinyclf("doubts", crowd, "-n", "3", "--json").json
    assert len(told["doubts"]) == 3
    first = told["doubts"][0]
    assert (first["path"], first["grade"]) == (str(slip), 1)
    assert first["believed"] > 3
    words = tinyclf("doubts", crowd)
    assert words.out.startswith(f"{slip}: graded 1, looks like ")
    far = [one["far"] for one in tinyclf("doubts", crowd, "--json").json["doubts"]]
    assert far == sorted(far, reverse=True)
    slips = words.out.count(": a probable slip\n")
    assert slips == told["flagged"] >= 1
    assert words.err.startswith(f"{slips} probable slip")
    assert "may be a slip: tinyclf doubts" in tinyclf("status", crowd).out
    kept = tinyclf("doubts", crowd, "--keep", slip, "--json").json
    assert str(slip) not in [one["path"] for one in kept["doubts"]]
    assert kept["grades"] == told["grades"] - 1


def test_a_photo_that_is_not_there_cannot_be_kept(tinyclf, graded):
    told = tinyclf("doubts", graded, "--keep", "nobody.jpg")
    assert told.code == 2
    assert "--keep nobody.jpg: there is no such photo." in told.complaint


def test_groups_are_read_from_a_table(tinyclf, graded, truth, tmp_path):
    groups = tmp_path / "groups.csv"
    names = list(truth)
    groups.write_text(f"photo,group\n{names[0]},a\n{names[1]},a\n{names[2]},b\n")
    assert tinyclf("group", graded, "--csv", groups, "--json").json == {"photos": 3, "groups": 2}
    assert tinyclf("group", graded, "--csv", groups).out == "3 photos in 2 groups.\n"
    groups.write_text("photo,group\nnobody.jpg,a\n")
    told = tinyclf("group", graded, "--csv", groups)
    assert told.code == 2
    assert "line 2" in told.err


def test_status_tells_all_of_it_as_json(tinyclf, proposing):
    told = tinyclf("status", proposing, "--json").json
    assert [wall["grade"] for wall in told["certificates"]] == [1, 2, 3, 4, 5]
    assert told["effort"]["plan"]["points"]
    assert told["effort"]["pace"]["grade"] > 0
    assert told["effort"]["stop"]["way"] in ("grade", "review", "stop", "not-sure")
    assert told["exam"] == {
        "reserved": 0, "answered": 0, "marked": 0, "offered": True, "wanted": 40, "to_grade": 0,
    }  # fmt: skip
    assert told["consistency"] is None
    assert told["novelty"]["photos"] == 165


def test_status_tells_all_of_it_in_words(tinyclf, proposing):
    words = tinyclf("status", proposing).out
    assert "of the grades are right now." in words
    assert "Next: " in words


def test_the_first_suggestions_of_a_large_collection_begin_the_exam(tinyclf, crowd):
    tinyclf("suggest", crowd, "-n", "10")
    assert tinyclf("status", crowd, "--json").json["exam"]["reserved"] == 0  # 195 are too few
