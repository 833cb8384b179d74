from tinyclf.benchmark.allowed import default_of, range_of, words_of
from tinyclf.benchmark.kinds.inference import Math, Shape
from tinyclf.benchmark.settings import Performance


def test_a_number_has_a_range():
    layers = Shape.model_json_schema()["properties"]["layers"]
    assert range_of(Shape, "layers") == (layers["minimum"], layers["maximum"])
    assert range_of(Performance, "threads")[0] == 1


def test_a_choice_has_words_and_a_number_has_none():
    assert words_of(Performance, "device") == ("cpu", "cuda")
    assert "1bit" in words_of(Math, "precision")
    assert words_of(Shape, "layers") == words_of(Performance, "threads") == ()


def test_a_setting_has_a_default():
    assert default_of(Math, "precision") == Math().precision
    assert default_of(Performance, "threads") is None
