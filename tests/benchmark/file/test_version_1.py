"""Files of version 1 run as they always did."""

from pathlib import Path

import pytest

from tests.benchmark.file.mistaken import mistakes_in
from tinyclf.benchmark.file import plan_of_text
from tinyclf.benchmark.kinds import Inference
from tinyclf.benchmark.kinds.inference import Epsilons, Math, Shape
from tinyclf.benchmark.plan import Plan
from tinyclf.benchmark.settings import Performance

AS_PRINTED = """\
version : 1
benchmark :
    name : "Hello World!"               # optional
    nepochs : 100                       # 1 epoch == 1 inference
    shape :
        layers : 100                    # only hidden layers
        dimension : 128
    math :
        precision : "f4"                # f4 or f8
        epsilons :                      # for numerical stability
            epsilon_exp : "4e-6"        # also accepted as: exp
            epsilon_square : "1e-7"     # also accepted as: square
        activation : "sigmoid"          # sigmoid or tanh
    performance :
        threads : 5                     # optional: absent means unlimited
"""

HELLO = Inference(
    name="Hello World!",
    nepochs=100,
    shape=Shape(layers=100, dimension=128),
    math=Math(
        precision="f4",
        activation="sigmoid",
        epsilons=Epsilons(epsilon_exp=4e-6, epsilon_square=1e-7),
    ),
    performance=Performance(threads=5),
)


def plan(text: str) -> Plan:
    return plan_of_text(text, Path())


def test_the_first_file_is_read_as_printed() -> None:
    assert plan(AS_PRINTED) == Plan((HELLO,))


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("epsilon_exp", "exp"),
        ("epsilon_square", "square"),
        ('"4e-6"', "4e-6"),
        ('"1e-7"', "0.0000001"),
        ('"f4"', "f4"),
        ("\n", "\r\n"),
        ("version", "\ufeffversion"),
    ],
)
def test_it_may_be_written_otherwise(printed: str, written: str) -> None:
    assert plan(AS_PRINTED.replace(printed, written)) == Plan((HELLO,))


@pytest.mark.parametrize("threads", ["", "# threads : 5", "threads :", "threads : null"])
def test_without_threads_they_are_unlimited(threads: str) -> None:
    (case,) = plan(AS_PRINTED.replace("threads : 5", threads)).cases
    assert case.performance.threads is None


def test_what_is_optional_may_be_left_out() -> None:
    text = """
        version: 1
        benchmark:
          nepochs: 7
          shape: {layers: 2, dimension: 3}
          math: {precision: f8, activation: tanh}
    """
    math = Math(precision="f8", activation="tanh")
    assert plan(text).cases == (
        Inference(nepochs=7, shape=Shape(layers=2, dimension=3), math=math),
    )


@pytest.mark.parametrize("word", ["f2", "int8", "1bit", "relu", "gelu", "leaky-relu", "sign"])
def test_words_of_version_2_are_no_words_of_version_1(word: str) -> None:
    name = "activation" if word in ("relu", "gelu", "leaky-relu", "sign") else "precision"
    old = "sigmoid" if name == "activation" else "f4"
    (mistake,) = mistakes_in(AS_PRINTED.replace(f'"{old}"', word))
    assert mistake.message.startswith(f"math.{name} must be ")


@pytest.mark.parametrize("line", ["kind: inference", "batch: 2", "library: tinyclf"])
def test_settings_of_version_2_are_no_settings_of_version_1(line: str) -> None:
    (mistake,) = mistakes_in(AS_PRINTED.replace("benchmark :", f"benchmark :\n    {line}"))
    assert mistake.line == 3
    assert mistake.message.endswith("(Version 2 would allow it.)")


@pytest.mark.parametrize("line", ["rounds: 2", "budget: 3", "benchmarks: []"])
def test_a_file_of_version_1_holds_one_benchmark_alone(line: str) -> None:
    (mistake,) = mistakes_in(f"{AS_PRINTED}{line}\n")
    assert mistake.line == 16
    assert "Known here: version, benchmark." in mistake.message


def test_a_file_of_version_1_is_also_one_of_version_2() -> None:
    assert plan(AS_PRINTED.replace("version : 1", "version : 2")) == Plan((HELLO,))
