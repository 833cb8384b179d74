import pytest

from tinyclf.benchmark.history import history
from tinyclf.benchmark.plan import Plan
from tinyclf.errors import ConfigError, StorageError
from tinyclf_gui.models.benchmark_bench import Measured


def listened(bench):
    heard = []
    for name in ("begun", "reported", "measured", "failed", "cancelled", "ended"):
        getattr(bench, name).connect(lambda *what, name=name: heard.append((name, *what)))
    return heard


@pytest.fixture
def plan(case):
    return Plan((case(),))


def test_a_run_is_told_from_begin_to_end_and_kept(bench, plan, qtbot):
    heard = listened(bench)
    with qtbot.waitSignal(bench.historyRead) as read:
        bench.run(plan)
    names = [name for name, *_ in heard]
    assert names[0] == "begun"
    assert names[-2:] == ["measured", "ended"]
    assert not bench.busy
    [kept] = read.args[0].reports
    assert kept.report.measurements == bench.latest.report.measurements
    assert bench.latest.problem == ""


def test_a_report_that_cannot_be_kept_is_shown_all_the_same(bench, plan, qtbot, monkeypatch):
    def full(report):
        raise StorageError("The disk is full.")

    monkeypatch.setattr("tinyclf_gui.models.benchmark_bench.keep", full)
    with qtbot.waitSignal(bench.measured) as heard:
        bench.run(plan)
    assert heard.args == [Measured(bench.latest.report, "The disk is full.")]


def test_nothing_measured_is_nothing_to_keep(bench, plan, qtbot, measuring, report, case):
    measuring.report = lambda *_, hours: report((case(), "It broke."), hours=hours)
    with qtbot.waitSignal(bench.measured):
        bench.run(plan)
    assert history().reports == ()


def test_cancel_closes_the_run_in_time(bench, plan, qtbot, measuring):
    measuring.lasts = True
    with qtbot.waitSignal(bench.reported):
        bench.run(plan)
    with qtbot.waitSignal(bench.cancelled, timeout=1000):
        bench.cancel()
    assert measuring.closed == 1
    assert bench.latest is None


def test_stop_closes_it_at_once_and_says_so(bench, plan, qtbot, measuring):
    measuring.lasts = True
    with qtbot.waitSignal(bench.reported):
        bench.run(plan)
    heard = listened(bench)
    bench.stop()
    assert [name for name, *_ in heard] == ["cancelled", "ended"]
    assert measuring.closed == 1


def test_an_error_is_told(bench, plan, qtbot, measuring):
    measuring.error = ConfigError("It needs 9 GB of memory.")
    with qtbot.waitSignal(bench.failed) as heard:
        bench.run(plan)
    assert heard.args[0] == "It needs 9 GB of memory."


def test_nothing_runs_while_something_hinders(bench, plan, qtbot, measuring):
    with qtbot.waitSignal(bench.hindranceChanged):
        bench.set_hindrance("Training")
    bench.run(plan)
    assert not bench.busy
    with qtbot.waitSignal(bench.hindranceChanged):
        bench.set_hindrance("")
    with qtbot.waitSignal(bench.measured):
        bench.run(plan)


def test_one_run_at_a_time(bench, plan, qtbot, measuring):
    with qtbot.waitSignal(bench.measured):
        bench.run(plan)
        bench.run(plan)
    assert len(measuring.plans) == 1


def test_of_texts_the_newest_is_checked(bench, qtbot, tmp_path):
    heard = []
    bench.checked.connect(heard.append)
    with qtbot.waitSignal(bench.checked):
        for text in ("versio: 1", "version: 3", "version: 2\nbenchmark: {nepochs: 3}"):
            bench.check(text, tmp_path)
    qtbot.wait(50)
    [checked] = heard
    assert checked.plan.cases[0].nepochs == 3


def test_mistakes_come_with_their_lines(bench, qtbot, tmp_path):
    with qtbot.waitSignal(bench.checked) as heard:
        bench.check("version: 2\nbenchmark:\n  nepochs: 0\n  bach: 1\n", tmp_path)
    [checked] = heard.args
    assert checked.plan is None
    assert [each.line for each in checked.mistakes] == [3, 4]
