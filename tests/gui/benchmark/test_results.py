from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tinyclf.benchmark.compare import compare_reports
from tinyclf.benchmark.history import Kept
from tinyclf.benchmark.kinds import Features, Store
from tinyclf.benchmark.kinds.inference import Math
from tinyclf.benchmark.speed import Speed
from tinyclf_gui import theme
from tinyclf_gui.models.benchmark_rows import rows_of, shortened, speed_in_words
from tinyclf_gui.widgets.benchmark_results import BenchmarkResults
from tinyclf_gui.widgets.benchmark_table import BenchmarkTable
from tinyclf_gui.widgets.change_table import ChangeTable
from tinyclf_gui.widgets.history_list import HistoryList
from tinyclf_gui.widgets.limit_bars import MOST_CASES, LimitBars


def test_a_row_tells_time_speed_and_share(shown, case, report):
    table = shown(BenchmarkTable(), 640)
    table.set_rows(rows_of(report((case(), 0.01))))
    title, time, spread, *speeds, share = table.texts(0)
    assert title == "2 × 64², f4, sigmoid, batch 1, 1 thread"
    assert (time, spread) == ("1.03 ms", "1.00–1.05")
    assert all(speeds)
    assert share.endswith(" %")


def test_what_is_short_is_told_in_microseconds(shown, case, report):
    table = shown(BenchmarkTable(), 640)
    table.set_rows(rows_of(report((case(), 0.00001))))
    assert table.texts(0)[1] == "1.03 µs"


def test_what_is_no_inference_is_told_with_its_unit(shown, report):
    table = shown(BenchmarkTable(), 640)
    table.set_rows(rows_of(report((Features(photos=10), 0.1))))
    assert table.texts(0)[1] == "10.3 ms/photo"


def test_from_right_to_left_figures_keep_their_units_behind_them(qapp, shown, case, report):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        table = shown(BenchmarkTable(), 640)
        table.set_rows(rows_of(report((case(), 0.00001), (Features(photos=10), 0.1))))
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    isolate, end = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
    assert table.texts(0)[1] == f"{isolate}1.03 µs{end}"
    assert table.texts(0)[2] == f"{isolate}1.00–1.05{end}"
    assert table.texts(1)[1].endswith(f"/photo{end}")


def test_a_case_that_failed_has_its_reason(shown, case, report):
    table = shown(BenchmarkTable(), 640)
    table.set_rows(rows_of(report((case(), 0.01), (case(device="cuda"), "No card answers."))))
    assert table.texts(1) == ("2 × 64², f4, sigmoid, batch 1, 1 thread, cuda", "No card answers.")
    assert table.columnSpan(1, 1) == table.columnCount() - 1
    assert not table.grab().isNull()


def test_rows_are_called_what_tells_them_apart():
    assert shortened(["a, f4, 1 thread", "a, f8, 1 thread"]) == ["f4", "f8"]
    assert shortened(["a, f4, b", "a, f8, b, 1 thread"]) == ["f4", "f8, 1 thread"]
    for same in (["a, b"], ["a, b", "a, b"], ["a", "a, b"], ["a, b", "b, a"]):
        assert shortened(same) == same
    assert shortened([]) == []


def test_no_two_rows_are_called_the_same(report, case):
    """Words alone would be: a library, epsilons and the number of epochs are not among them."""
    cut = {"epsilon_exp": 4e-6}
    others = ({"library": "pytorch"}, {"nepochs": 20}, {"math": Math(epsilons=cut)})
    cases = [case(), *(case().model_copy(update=other) for other in others)]
    rows = rows_of(report(*[(each, 0.01) for each in cases]))
    assert len({row.title for row in rows}) == len({row.short for row in rows}) == len(cases)


def test_the_chosen_row_is_told(shown, case, report, qtbot):
    table = shown(BenchmarkTable(), 640)
    rows = rows_of(report((case(), 0.01), (case(2), 0.02)))
    table.set_rows(rows)
    with qtbot.waitSignal(table.rowChanged) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert heard.args == [rows[1]]


def test_in_a_narrow_table_the_case_keeps_its_name(shown, case, report):
    table = shown(BenchmarkTable(), 360)
    table.set_rows(rows_of(report((case(), 0.01))))
    assert table.columnWidth(0) > 100


def test_bars_are_told_in_words(shown, case, report):
    bars = shown(LimitBars())
    bars.set_rows(rows_of(report((case(), 0.01))))
    told = bars.accessibleDescription()
    assert told.startswith("2 × 64², f4, sigmoid, batch 1, 1 thread, reads ")
    assert "GB/s · " in told
    assert "computes " in told


def test_bars_are_drawn_at_any_width_and_number(shown, case, report):
    bars = shown(LimitBars())
    bars.set_rows(rows_of(report(*[(case(n), 0.01 * n) for n in range(1, MOST_CASES + 5)])))
    for width in (60, 220, 900):
        bars.resize(width, bars.sizeHint().height())
        assert not bars.grab().isNull()
    assert bars.isVisible()


def test_bars_take_on_another_theme(shown, case, report, qapp):
    bars = shown(LimitBars())
    bars.set_rows(rows_of(report((case(), 0.01))))
    before = bars.grab().toImage()
    theme.apply(qapp, theme.LIGHT)
    assert bars.grab().toImage() != before
    theme.apply(qapp, theme.DARK)
    assert bars.grab().toImage() == before


def test_without_a_limit_there_are_no_bars(shown, report):
    bars = shown(LimitBars())
    bars.set_rows(rows_of(report((Store(), 0.01))))
    assert bars.isHidden()
    assert bars.accessibleDescription() == ""


def test_a_case_faster_than_its_limit_is_drawn(shown, case, report):
    bars = shown(LimitBars())
    bars.set_rows(rows_of(report((case(), 1e-9))))
    assert not bars.grab().isNull()


def test_results_teach_then_tell(shown, case, report):
    results = shown(BenchmarkResults(), 640, 480)
    advice = results.findChild(QLabel, "benchmarkAdvice")
    assert advice.text().startswith("Run a benchmark")
    results.show_report(report((case(), 0.01), (case(device="cuda"), "No card answers.")))
    assert advice.text() == rows_of(results.report)[0].advice
    results.findChild(BenchmarkTable).setCurrentCell(1, 0)
    assert advice.text() == "No card answers."
    assert results.findChild(QLabel, "benchmarkMachine").text() == "A chip, 4 cores"


def test_the_chosen_row_has_its_details(shown, case, report):
    results = shown(BenchmarkResults(), 640, 480)
    details = results.findChild(QLabel, "benchmarkDetails")
    assert details.isHidden()
    results.show_report(report((case(), 0.01), (case(device="cuda"), "No card answers.")))
    assert details.text() == "Warm-up 1.00 ms, not counted · 6 turns · checksum 1"
    results.findChild(BenchmarkTable).setCurrentCell(1, 0)
    assert details.isHidden()


def test_turns_that_disagree_are_told_of(shown, case, report):
    results = shown(BenchmarkResults(), 640, 480)
    told = report((case(), 0.01), (case(2), 0.01))
    first, second = told.measurements
    other = first.turns[0].model_copy(update={"checksum": "2"})
    first = first.model_copy(update={"turns": (other, *first.turns[1:])})
    results.show_report(told.model_copy(update={"measurements": (first, second)}))
    advice = results.findChild(QLabel, "benchmarkAdvice")
    details = results.findChild(QLabel, "benchmarkDetails")
    assert advice.text().startswith("Its turns did not all come to the same result.")
    assert details.text().endswith("checksums differ")
    results.findChild(BenchmarkTable).setCurrentCell(1, 0)
    assert "same result" not in advice.text()
    assert details.text().endswith("checksum 1")


def compared(shown, before, after):
    changes = shown(ChangeTable(), 640)
    changes.show_comparison("then and now", compare_reports(before, after))
    return changes


def notes(changes):
    return changes.findChild(QLabel, "changeNotes").text()


def test_a_change_is_told_with_its_interval(shown, case, report):
    changes = compared(shown, report((case(), 1.0)), report((case(), 2.0)))
    assert changes.table.texts(0)[1:] == ("102 ms", "205 ms", "2.00 times as slow (1.94 to 2.06)")
    assert notes(changes) == ""


def test_noise_is_called_noise(shown, case, report):
    changes = compared(shown, report((case(), 1.0)), report((case(), 1.01)))
    assert changes.table.texts(0)[3].startswith("within noise")


def test_what_cannot_be_compared_is_named(shown, case, report):
    cuda = case(device="cuda")
    changes = compared(shown, report((case(1), 1.0)), report((case(2), 1.0), (cuda, "No card.")))
    assert "no case in common" in notes(changes)
    assert "Failed: 2 × 64², f4, sigmoid, batch 1, 1 thread, cuda. No card." in notes(changes)
    assert changes.table.isHidden()


def kept(tmp_path, report, *cases, hours):
    return Kept(tmp_path / f"{hours}.json", report(*cases, hours=hours))


def test_two_of_the_past_can_be_ticked(shown, case, report, tmp_path, qtbot):
    reports = [kept(tmp_path, report, (case(n), 1.0), hours=9 - n) for n in (1, 2, 3)]
    past = shown(HistoryList())
    past.set_reports(reports)
    assert past.current is reports[0].report
    for _ in range(2):
        qtbot.keyClick(past, Qt.Key.Key_Space)
        qtbot.keyClick(past, Qt.Key.Key_Down)
    assert past.pair == (reports[1], reports[0])
    qtbot.keyClick(past, Qt.Key.Key_Space)
    assert past.pair == (reports[2], reports[1])
    past.set_reports(reports)
    assert past.pair == (reports[2], reports[1])
    assert past.current is reports[2].report
    past.set_reports(reports, newest=True)
    assert past.current is reports[0].report
    past.set_reports(reports[:2])
    assert past.pair is None


def test_a_report_is_called_by_its_cases(shown, case, report, tmp_path):
    past = shown(HistoryList())
    several = (case(1, name="A"), 1.0), (case(2, name="B"), 1.0)
    past.set_reports([kept(tmp_path, report, *several, hours=1)])
    assert past.item(0).text().endswith("\n2 cases: A, B")


def test_settings_are_told_in_words():
    assert speed_in_words(Speed()) == "1 thread, single precision (f4), on the processor"
    words = speed_in_words(Speed(None, "f8", "cuda"))
    assert words == "all threads, double precision (f8), on the graphics card"
