"""Files of every kind in one folder: each is imported, or a problem with its reason."""

import pytest


@pytest.fixture
def mixed(corpus, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    corpus.write_corpus(folder)
    (folder / "circle.jpg").symlink_to(folder / "circle.jpg")
    (folder / "gone.jpg").symlink_to(folder / "nowhere.jpg")
    (folder / "loop").symlink_to(folder)
    (folder / "letter.txt").write_text("Dear collector")
    (folder / "same again.jpg").write_bytes((folder / "plain.jpg").read_bytes())
    return folder


def test_all_that_is_found_is_imported_or_a_problem(tinyclf, mixed, file, corpus):
    told = tinyclf("new", file, "--photos", mixed, "--json").json
    assert told["found"] == told["imported"] + len(told["problems"])
    assert told["found"] == len(corpus.GOOD) + len(corpus.BAD) + 3
    different = {contents() for contents, _ in corpus.GOOD.values()}
    assert told["imported"] == len(different)


def test_each_reason_is_the_files_own(tinyclf, mixed, file, corpus):
    told = tinyclf("new", file, "--photos", mixed, "--json").json["problems"]
    reasons = {problem["path"].rsplit("/", 1)[1]: problem["reason"] for problem in told}
    for name, (_, reason) in corpus.BAD.items():
        assert reasons[name] == reason or reason == "damaged or cut"
    assert reasons["circle.jpg"] == "the link leads in a circle"
    assert reasons["gone.jpg"] == "the link leads to a file that is gone"
    assert reasons["same again.jpg"].startswith("the same photo as ")
    assert all(reason and "\n" not in reason for reason in reasons.values())


def test_what_is_no_photo_is_not_trained_on_nor_lost(tinyclf, mixed, file):
    tinyclf("new", file, "--photos", mixed)
    told = tinyclf("status", file, "--json").json
    assert told["problems"] == len(told["problem_files"])
    again = tinyclf("import", file, mixed, "--json").json
    assert (again["new"], len(again["problems"])) == (0, told["problems"])
