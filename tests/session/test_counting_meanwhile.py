"""Counting on a thread of its own: on the photos of then, while more come in and are judged."""

import threading

import pytest

from tests.walking import finished
from tinyclf.domain import ActKind, Grade
from tinyclf.session import label_issues, status
from tinyclf.session.remembered import Remembered


@pytest.fixture
def grown(trained, photos):
    """A count that was begun before photos came in and were judged; and the collection."""
    count = trained.counting()
    for path in sorted(photos.iterdir())[:10]:
        (photos / f"new {path.name}").write_bytes(path.read_bytes() + b"\0")
    finished(trained.import_photos(photos))
    trained.refresh()
    finished(trained.propose(only_new=True))
    trained.refresh()
    new = trained.table.ids[25:]
    assert len(new) == 10
    trained.accept(new[:5], ActKind.ACCEPT_REST)
    trained.grade(new[5:], Grade.POOR)
    trained.keep(new[5:7])
    return trained, count


def test_photos_that_came_in_since_are_not_counted(grown):
    _, count = grown
    counted = finished(count)
    assert (counted.counts.photos, counted.counts.human, counted.bulk.photos) == (25, 15, 0)
    assert counted.new_verdicts == 0


@pytest.mark.parametrize("then_first", [True, False])
def test_what_is_counted_of_then_and_of_now_does_not_mix(grown, then_first):
    session, count = grown
    if then_first:
        finished(count)
    now = session.status()
    if not then_first:
        assert finished(count).bulk.photos == 0
    assert (now.counts.photos, now.counts.human, now.bulk.photos) == (35, 25, 5)
    assert now.new_verdicts == 10
    assert session.in_bulk().tolist() == [False] * 25 + [True] * 5 + [False] * 5
    assert not session.disagreements()[30:32].any()  # a person stood by these
    assert session.status() == now


def test_disagreements_are_counted_on_each_wall(grown):
    session, _ = grown
    counts = session.status().disagreements
    codes = session.table.codes[session.disagreements()]
    assert counts == tuple(int((codes == grade).sum()) for grade in Grade)
    assert sum(counts)


def test_a_table_from_before_a_refit_does_not_tell_what_it_learnt(trained):
    before = trained.counting()
    trained.grade([trained.table.ids[20]], Grade.POOR)
    finished(trained.refit())
    finished(before)
    trained.refresh()
    assert trained.status().unlearnt == 0


def test_a_count_can_be_dropped_after_each_part(trained, monkeypatch):
    asked = []
    monkeypatch.setattr(status, "foresight", lambda *_: asked.append("foresight"))
    count = trained.counting()
    for _ in range(3):
        next(count)
    count.close()
    assert asked == []


def test_what_the_table_alone_tells_is_counted_at_a_glance(crowd, truly, monkeypatch):
    before = crowd.status()
    truly(crowd, crowd.table.ids[:60])
    crowd.reserve_exam()
    with monkeypatch.context() as patch:
        patch.setattr(crowd, "_store", None)  # it is not asked
        now = crowd.at_a_glance(before)
    assert now.counts.can_train
    assert now.counts.can_learn_from == now.counts.human == 60
    assert now.exam.reserved > 0


def test_doubts_are_worked_out_once_for_all(trained, monkeypatch):
    work_out, asked = label_issues.label_issues, []
    monkeypatch.setattr(
        label_issues, "label_issues", lambda *of: asked.append("asked") or work_out(*of)
    )
    trained.grade([trained.table.ids[0]], Grade.POOR)
    trained.status()
    trained.label_issues()
    assert len(asked) == 1


def test_second_looks_are_not_read_anew_for_a_grade(trained, monkeypatch):
    trained.disagreements()
    monkeypatch.setattr(trained._store, "second_looks", None)
    trained.grade([trained.table.ids[0]], Grade.POOR)
    trained.disagreements()


def test_files_are_not_counted_anew_until_the_next_import(trained, photos, monkeypatch):
    count, asked = trained._store.count_copies, []
    monkeypatch.setattr(trained._store, "count_copies", lambda: asked.append("asked") or count())
    trained.status()
    trained.grade([trained.table.ids[0]], Grade.POOR)
    trained.status()
    assert len(asked) == 1
    (photos / "torn.png").write_bytes(b"torn")
    (photos / "copy.png").write_bytes((photos / "02.png").read_bytes())
    finished(trained.import_photos(photos))
    trained.refresh()
    now = trained.status()
    assert (now.files.problems, now.files.copies) == (1, 1)
    assert len(trained.problems) == 1


def test_who_asks_what_another_works_out_waits_for_that_alone():
    remembered, begun, free = Remembered(), threading.Event(), threading.Event()

    def slow():
        begun.set()
        free.wait(10)
        return "slow"

    other = threading.Thread(target=remembered.get, args=("hard", 1, slow))
    other.start()
    assert begun.wait(10)
    assert remembered.get("easy", 1, lambda: "easy") == "easy"
    free.set()
    assert remembered.get("hard", 1, lambda: "anew") == "slow"
    other.join()
