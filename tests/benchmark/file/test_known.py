"""What a setting may be, in words, from its type alone."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from tinyclf.benchmark.file.known import WORDS, known_in, listed, nearest, paths_in
from tinyclf.benchmark.kinds.inference import Inference
from tinyclf.benchmark.settings import Settings


class Inner(Settings):
    depth: int = 0
    switch: bool = False


class Outer(Settings):
    whole: int = Field(default=1, ge=1, le=2000)
    least: int = Field(default=1, ge=1)
    most: float = Field(default=0, le=2.5)
    between: float = Field(default=0.5, gt=0, lt=1)
    any_number: float = 0
    word: Literal["one", "two", "three"] = "one"
    only: Literal[1] = 1
    text: str = ""
    short: str = Field(default="", max_length=1)
    widths: tuple[Annotated[int, Field(ge=1, le=9)], ...] = Field(default=(), max_length=3)
    some: list[str] = Field(default=["a"], min_length=1)
    either: Literal["auto"] | float | None = None
    inner: Inner = Inner()
    perhaps: Inner | None = None
    special: int = Field(default=2, json_schema_extra={WORDS: "a prime number"})
    anything: Any = None


@pytest.mark.parametrize(
    ("name", "words"),
    {
        "whole": "a whole number from 1 to 2,000",
        "least": "a whole number, at least 1",
        "most": "a number, at most 2.5",
        "between": "a number, above 0 and below 1",
        "any_number": "a number",
        "word": "one, two or three",
        "only": "1",
        "text": "text",
        "short": "text of at most 1 letter",
        "widths": "a list of at most 3 entries, each a whole number from 1 to 9",
        "some": "a list of at least 1 entry, each text",
        "either": "auto or a number, or left out",
        "inner": "a group of depth and switch",
        "perhaps": "a group of depth and switch, or left out",
        "special": "a prime number",
        "anything": "",
    }.items(),
)
def test_what_a_setting_may_be_is_told_in_words(name: str, words: str) -> None:
    assert known_in(Outer)[name].allowed == words


def test_a_switch_is_true_or_false() -> None:
    assert known_in(Inner)["switch"].allowed == "true or false"


def test_a_group_is_known_by_its_model() -> None:
    assert known_in(Outer)["inner"].group is Inner
    assert known_in(Outer)["perhaps"].group is Inner
    assert known_in(Outer)["whole"].group is None


def test_the_words_a_setting_may_be_are_its_choices() -> None:
    assert known_in(Outer)["word"].choices == ("one", "two", "three")
    assert known_in(Outer)["either"].choices == ("auto",)
    assert known_in(Outer)["only"].choices == ()


def test_a_setting_is_known_by_all_its_names() -> None:
    paths = paths_in(Inference)
    assert paths["exp"] == "math.epsilons.exp"
    assert paths["epsilon_exp"] == "math.epsilons.epsilon_exp"
    assert paths["dimension"] == "shape.dimension"
    assert paths["batch"] == "batch"


@pytest.mark.parametrize(
    ("word", "meant"),
    [("layer", "layers"), ("dimensions", "dimension"), ("batch", ""), ("", "")],
)
def test_the_nearest_word_is_one_that_can_be_meant(word: str, meant: str) -> None:
    assert nearest(word, ["layers", "dimension", "math"]) == meant


@pytest.mark.parametrize(
    ("words", "sentence"), [("a", "a"), ("ab", "a or b"), ("abc", "a, b or c")]
)
def test_words_are_listed_as_in_a_sentence(words: str, sentence: str) -> None:
    assert listed(words, "or") == sentence
