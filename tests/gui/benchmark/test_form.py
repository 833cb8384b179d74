import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox

from tinyclf.benchmark.kinds import Inference
from tinyclf.benchmark.kinds.inference import Math, Shape
from tinyclf.benchmark.settings import Performance
from tinyclf_gui.widgets.benchmark_form import BenchmarkForm, bytes_in_words


@pytest.fixture
def form(shown):
    return shown(BenchmarkForm(), 300, 400)


def number(form, name):
    return form.findChild(QSpinBox, f"benchmark{name}Field")


def words(form, name):
    return form.findChild(QComboBox, f"benchmark{name}Field")


def memory(form):
    return form.findChild(QLabel, "benchmarkMemory").text()


def test_it_begins_with_the_usual_case(form):
    assert form.case == Inference()


def test_every_field_is_part_of_the_case(form):
    for name, value in (("Epochs", 7), ("Layers", 3), ("Dimension", 32), ("Batch", 4)):
        number(form, name).setValue(value)
    number(form, "Threads").setValue(2)
    form.set_values(precision="f8", activation="tanh", device="cuda")
    assert form.case == Inference(
        nepochs=7,
        batch=4,
        shape=Shape(layers=3, dimension=32),
        math=Math(precision="f8", activation="tanh"),
        performance=Performance(threads=2, device="cuda"),
    )


def test_limits_and_words_are_the_engines(form):
    most = Shape.model_json_schema()["properties"]["layers"]["maximum"]
    assert number(form, "Layers").maximum() == most
    assert number(form, "Layers").minimum() == 1
    offered = [words(form, "Precision").itemData(i) for i in range(5)]
    assert offered == list(Math.model_json_schema()["properties"]["precision"]["enum"])


def test_all_threads_stand_below_the_first(form, qtbot):
    field = number(form, "Threads")
    assert field.text() == "all"
    assert form.case.performance.threads is None
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert form.case.performance.threads == 1


def test_bits_and_the_sign_go_together(form):
    form.set_values(activation="tanh", precision="1bit")
    assert form.case.math.activation == "sign"
    assert not words(form, "Activation").isEnabled()
    form.set_values(precision="f4")
    assert form.case.math.activation == "tanh"
    form.set_values(activation="sign")
    assert form.case.math.precision == "1bit"


def test_what_memory_it_needs_is_told(form):
    needed = bytes_in_words(form.case.work().needed_bytes)
    assert memory(form) == f"Needs {needed} of memory."


def test_what_does_not_fit_is_refused_in_words(form, qtbot):
    with qtbot.waitSignal(form.edited):
        form.set_values(layers=10_000, dimension=65_536)
    assert "GB are available" in form.problem
    assert memory(form) == form.problem
    form.set_values(layers=1, dimension=8)
    assert form.problem == ""


def test_the_wheel_scrolls_past(form):
    assert number(form, "Epochs").focusPolicy() is Qt.FocusPolicy.StrongFocus


@pytest.mark.parametrize(
    ("count", "words"),
    [(10, "less than 1 MB"), (13_400_000, "13 MB"), (1_230_000_000, "1.2 GB")],
)
def test_bytes_are_told_in_words(count, words):
    assert bytes_in_words(count) == words
