"""Files with mistakes: all of them are told, each with its line."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.benchmark.file.mistaken import mistakes_in
from tinyclf.benchmark.file import PlanFileError, plan_of_text

KNOWN = "Known here: kind, name, library, nepochs, batch, shape, math, performance."
LAYERS = "must be a whole number from 1 to 10,000"
PRECISIONS = "must be f4, f8, f2, int8 or 1bit"
SIGN = "1-bit layers have the activation sign, and no others have it"

BROKEN = {
    "names that are nearly right": (
        """\
version: 2
benchmark:
  nepoch: 10
  math: {precison: f4, epsilons: {epsilon_ex: 0}}
  layers: 3
""",
        [
            f"line 3: there is no nepoch; did you mean nepochs? {KNOWN}",
            "line 4: there is no math.epsilons.epsilon_ex; did you mean epsilon_exp? "
            "Known here: epsilon_exp, exp, epsilon_square, square.",
            "line 4: there is no math.precison; did you mean precision? "
            "Known here: precision, activation, epsilons.",
            f"line 5: there is no layers; did you mean shape.layers? {KNOWN}",
        ],
    ),
    "a name like no other": (
        "version: 2\ncolour: red\nbenchmark: {}\n",
        [
            "line 2: there is no colour. "
            "Known here: version, rounds, budget, benchmarks, benchmark.",
        ],
    ),
    "a rule that is broken whatever the wrong values would be": (
        """\
version: 2
benchmark:
  nepochs: 0
  math: {precision: 1bit, activation: sign}
  performance: {device: cuda}
""",
        [
            "line 2: 1-bit layers are computed in main memory: choose the device cpu.",
            "line 3: nepochs must be a whole number from 1 to 1,000,000, not 0.",
        ],
    ),
    "a rule that a right value would keep": (
        "version: 2\nbenchmark:\n  math: {precision: 1bits, activation: sign}\n",
        [f"line 3: math.precision {PRECISIONS}, not '1bits'. Did you mean 1bit?"],
    ),
    "a rule that a right number would keep": (
        "version: 2\nbenchmark:\n  library: onnxruntime\n  shape: {layers: x, dimension: 16384}\n",
        [f"line 4: shape.layers {LAYERS}, not 'x'."],
    ),
    "a kind that is nearly right, and what is wrong in it": (
        "version: 2\nbenchmark: {kind: inferense, nepochs: 0}\n",
        [
            "line 2: kind must be inference, training, features, thumbnails or store, "
            "not 'inferense'. Did you mean inference?",
            "line 2: nepochs must be a whole number from 1 to 1,000,000, not 0.",
        ],
    ),
    "a name that is more than a line": (
        'version: 2\nbenchmark: {name: "a\\nb"}\n',
        ["line 2: name must be text of at most 200 letters, on one line, not 'a\\nb'."],
    ),
    "names at the wrong depth": (
        "version: 1\nbenchmark:\n  nepochs: 1\n  shape: {layers: 1, dimension: 1}\n"
        "  math: {precision: f4, activation: tanh, threads: 2}\nthreads: 5\n",
        [
            "line 5: there is no math.threads; did you mean performance.threads? "
            "Known here: precision, epsilons, activation.",
            "line 6: there is no threads; did you mean benchmark.performance.threads? "
            "Known here: version, benchmark.",
        ],
    ),
    "numbers out of their ranges": (
        """\
version: 2
rounds: 0
budget: 0
benchmark:
  nepochs: -1
  batch: 1e3
  shape:
    layers: 0
    dimension: 65537
  math:
    epsilons: {exp: 0.2, square: .inf}
  performance: {threads: 257}
""",
        [
            "line 2: rounds must be a whole number from 1 to 1,000, not 0.",
            "line 3: budget must be a number of seconds, above 0 and at most 604,800 (a week), "
            "or left out, not 0.",
            "line 5: nepochs must be a whole number from 1 to 1,000,000, not -1.",
            "line 6: batch must be a whole number from 1 to 65,536, not 1000.0.",
            f"line 8: shape.layers {LAYERS}, not 0.",
            "line 9: shape.dimension must be a whole number from 1 to 65,536, not 65537.",
            "line 11: math.epsilons.exp must be a number from 0 to 0.1, not 0.2.",
            "line 11: math.epsilons.square must be a number from 0 to 0.1, not inf.",
            "line 12: performance.threads must be a whole number from 1 to 256, or left out, "
            "not 257.",
        ],
    ),
    "values of another kind": (
        """\
version: 2
benchmark:
  name: 2026
  shape: 100
  math: {precision: true, activation: sigmoit, epsilons: {exp: true}}
  performance: {threads: "two"}
""",
        [
            "line 3: name must be text of at most 200 letters, on one line, not 2026. "
            "Put it in quotes.",
            "line 4: shape must be a group of layers and dimension, not 100.",
            "line 5: math.activation must be sigmoid, tanh, relu, leaky-relu, gelu or sign, "
            "not 'sigmoit'. Did you mean sigmoid?",
            "line 5: math.epsilons.exp must be a number from 0 to 0.1, not true.",
            f"line 5: math.precision {PRECISIONS}, not true.",
            "line 6: performance.threads must be a whole number from 1 to 256, or left out, "
            "not 'two'.",
        ],
    ),
    "a setting given twice": (
        "version: 2\nbenchmark:\n  nepochs: 3\n  batch: 1\n  nepochs: 4\n"
        "  math: {epsilons: {exp: 0, epsilon_exp: 0}}\n",
        [
            "line 5: nepochs stands in line 3 already.",
            "line 6: math.epsilons.exp is given already, by another name; remove one of them.",
        ],
    ),
    "version 1 without what it needs": (
        "version: 1\nbenchmark:\n  nepochs: 3\n  shape:\n    layers: 2\n  math:\n",
        [
            "line 4: shape.dimension is missing; it must be a whole number from 1 to 65,536. "
            "(Version 2 would allow it.)",
            "line 6: math.activation is missing; it must be sigmoid or tanh. "
            "(Version 2 would allow it.)",
            "line 6: math.precision is missing; it must be f4 or f8. (Version 2 would allow it.)",
        ],
    ),
    "version 1 with what only version 2 knows": (
        """\
version: 1
benchmark:
  nepochs: 3
  batch: 8
  shape: {layers: [1, 2], dimension: 2}
  math: {precision: int8, activation: relu, epsilons: 3}
""",
        [
            "line 4: there is no batch. Known here: name, nepochs, shape, math, performance. "
            "(Version 2 would allow it.)",
            f"line 5: shape.layers {LAYERS}, not a list of 2. (Version 2 would allow it.)",
            "line 6: math.activation must be sigmoid or tanh, not 'relu'. "
            "(Version 2 would allow it.)",
            "line 6: math.epsilons must be a group of epsilon_exp and epsilon_square, not 3.",
            "line 6: math.precision must be f4 or f8, not 'int8'. (Version 2 would allow it.)",
        ],
    ),
    "version 1 with several benchmarks": (
        "version: 1\nbenchmarks: []\n",
        [
            "line 1: benchmark is missing; it must be a group of settings: what is measured.",
            "line 2: there is no benchmarks; did you mean benchmark? "
            "Known here: version, benchmark.",
        ],
    ),
    "version 1 with no settings to measure": (
        "version: 1\nbenchmark: fast\n",
        [
            "line 2: a benchmark must be a group of name, nepochs, shape, math and performance, "
            "not 'fast'.",
        ],
    ),
    "no version": (
        "benchmark: {nepochs: 0}\n",
        [
            "line 1: version is missing; it must be 1 or 2.",
            "line 1: nepochs must be a whole number from 1 to 1,000,000, not 0.",
        ],
    ),
    "another version": (
        "version: 3\nbenchmark: {}\n",
        ["line 1: version must be 1 or 2, not 3."],
    ),
    "a version that is no whole number": (
        "version: 1.0\nbenchmark: {nepochs: 1, shape: {layers: 1, dimension: 1}, "
        "math: {precision: f4, activation: tanh}}\n",
        ["line 1: version must be 1 or 2, not 1.0."],
    ),
    "kinds that are not there": (
        "version: 2\nbenchmarks:\n- {kind: trainig}\n- {kind: 3}\n- 4\n-\n",
        [
            "line 3: kind must be inference, training, features, thumbnails or store, "
            "not 'trainig'. Did you mean training?",
            "line 4: kind must be inference, training, features, thumbnails or store, not 3.",
            "line 5: a benchmark must be settings such as 'kind: inference', not 4.",
            "line 6: a benchmark must be settings such as 'kind: inference', not nothing.",
        ],
    ),
    "nothing to measure": (
        "version: 2\nbenchmarks: []\n",
        ["line 2: the list is empty; name at least one benchmark."],
    ),
    "nothing about what to measure": (
        "version: 2\nrounds: 3\n",
        ["line 1: benchmarks is missing; it must be a list of them, or one."],
    ),
    "benchmark and benchmarks": (
        "version: 2\nbenchmark: {}\nbenchmarks: [{}]\n",
        ["line 3: benchmark and benchmarks are the same; keep one of them."],
    ),
    "wrong values among right ones": (
        """\
version: 2
benchmarks:
- shape:
    layers:
    - 1
    - 0
    - 2.5
  math: {precision: [f4, f9, []]}
- shape: [{layers: 1}, {dimension: no}]
""",
        [
            f"line 6: shape.layers {LAYERS}, not 0.",
            f"line 7: shape.layers {LAYERS}, not 2.5.",
            f"line 8: math.precision {PRECISIONS}, not 'f9'.",
            f"line 8: math.precision {PRECISIONS}, not an empty list.",
            "line 9: shape.dimension must be a whole number from 1 to 65,536, not 'no'.",
        ],
    ),
    "values that do not go together": (
        """\
version: 2
benchmarks:
- math:
    precision: [f4, 1bit]
    activation: [sigmoid, sign]
- math: {precision: 1bit}
""",
        [
            f"line 3: math: {SIGN} (here: precision f4 with activation sign; "
            "precision 1bit with activation sigmoid).",
            f"line 6: math: {SIGN}.",
        ],
    ),
    "many values that do not go together": (
        "version: 2\nbenchmark: {math: {precision: [f4, f8, f2, int8], activation: sign}}\n",
        [
            f"line 2: math: {SIGN} (here: precision f4; precision f8; precision f2; 1 more).",
        ],
    ),
    "widths of layers": (
        "version: 2\nbenchmark:\n  kind: training\n  hidden: [[16, 0], [8], 5]\n",
        [
            "line 4: hidden must be a list of at most 32 entries, each a whole number from 1 to "
            "8,192; value 2 of it is 0.",
            "line 4: hidden must be a list of at most 32 entries, each a whole number from 1 to "
            "8,192, not 5.",
        ],
    ),
    "an extractor by a wrong name": (
        "version: 2\nbenchmark: {kind: features, extractor: [pixels, mine.pt]}\n",
        [
            "line 2: extractor is 'mine.pt': it must be embedding, small-embedding, pixels, or the "
            "path of an encoder, which ends in .onnx.",
        ],
    ),
    "more cases than anybody waits for": (
        "version: 2\nbenchmarks:\n- {}\n- nepochs: [1, 2, 3, 0, 4, 5, 6, 7, 8, 9]\n"
        "  batch: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n"
        "  shape: {layers: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, x]}\n",
        [
            "line 4: nepochs must be a whole number from 1 to 1,000,000, not 0.",
            "line 4: the lists make 1,101 cases of this file; 1,000 are allowed.",
            f"line 6: shape.layers {LAYERS}, not 'x'.",
        ],
    ),
    "tabs": (
        "version: 2\nbenchmark:\n\tnepochs: 1\n\n  \tbatch: 1\n",
        [
            "line 3: a tab stands here; indent with spaces.",
            "line 5: a tab stands here; indent with spaces.",
        ],
    ),
    "a tab behind a colon": (
        "version: 2\nbenchmark: \t{}\n",
        ["line 2: a tab stands here; use spaces."],
    ),
    "a character that YAML keeps for itself": (
        "version: 2\nbenchmark: {name: @home}\n",
        ["line 2: a value cannot begin with this character; put it in quotes."],
    ),
    "a quote that is not closed": (
        'version: 2\nbenchmark:\n  name: "mine\n  batch: 1\n',
        ["line 3: this quote is never closed."],
    ),
    "a bracket that is not closed": (
        "version: 2\nbenchmark:\n  batch: [1, 2\n",
        [
            "line 4: this is no YAML: expected ',' or ']', but got '<stream end>', in what begins "
            "in line 3. Check colons, quotes, brackets and the spaces at the line's start.",
        ],
    ),
    "lines that do not stand under each other": (
        "version: 2\nbenchmark: fast\n  batch: 1\n",
        [
            "line 3: a ':' is not expected here; check the line above and the spaces at the "
            "line's start.",
        ],
    ),
    "an empty file": ("", ["line 1: nothing stands here; a file begins with 'version: 2'."]),
    "only a comment": (
        "# later\n",
        ["line 1: nothing stands here; a file begins with 'version: 2'."],
    ),
    "a file that is a list": (
        "\n- version: 2\n",
        ["line 2: a file holds settings such as 'version: 2', not a list of 1."],
    ),
    "two documents": (
        "version: 2\nbenchmark: {}\n---\nversion: 2\nbenchmark: {}\n",
        ["line 3: a second document begins here; a file holds one."],
    ),
    "a character that is none": (
        "version: 2\nbenchmark: {name: a\x07b}\n",
        ["line 2: the character U+0007 is not allowed in YAML."],
    ),
    "tags": (
        "version: 2\nbenchmark: !python/object {batch: !!int many, name: !!binary aGk=}\n",
        [
            "line 2: 'many' cannot be read as a whole number.",
            "line 2: batch must be a whole number from 1 to 65,536, not 'many'.",
            "line 2: the tag !!binary is not known here.",
            "line 2: the tag !python/object is not known here.",
        ],
    ),
    "a name that is a list": (
        "version: 2\nbenchmark: {}\n? [rounds]\n: 3\n",
        ["line 3: a name must be a word, not a list or a group."],
    ),
    "an alias without its anchor": (
        "version: 2\nbenchmark: *mine\n",
        [
            "line 2: this is no YAML: found undefined alias 'mine'. "
            "Check colons, quotes, brackets and the spaces at the line's start.",
        ],
    ),
    "an anchor within itself": (
        "version: 2\nbenchmark: &mine [*mine]\n",
        ["line 2: more than 20 groups or lists stand inside each other."],
    ),
    "too many groups in each other": (
        "version: 2\nbenchmark: " + "[" * 500,
        ["line 2: more than 20 groups or lists stand inside each other."],
    ),
    "a number of thousands of digits": (
        f"version: 2\nbenchmark: {{nepochs: 0x{'f' * 5000}, batch: {'9' * 5000}}}\n",
        [
            f"line 2: '{'9' * 59}… cannot be read as a whole number.",
            f"line 2: batch must be a whole number from 1 to 65,536, not '{'9' * 59}….",
            "line 2: nepochs must be a whole number from 1 to 1,000,000, "
            "not a number of thousands of digits.",
        ],
    ),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=list(BROKEN))
def test_all_mistakes_of_a_file_are_told_with_their_lines(text: str, told: list[str]) -> None:
    mistakes = mistakes_in(text)
    assert sorted(map(str, mistakes)) == sorted(told)
    places = [mistake.place for mistake in mistakes]
    assert places == sorted(places)


def test_the_message_is_a_sentence_and_a_line_for_each_mistake() -> None:
    with pytest.raises(PlanFileError) as caught:
        plan_of_text("version: 2\nrounds: 0\nbenchmark: {batch: 0}\n", Path(), "my.yaml")
    assert str(caught.value).splitlines() == [
        "my.yaml has 2 mistakes:",
        "line 2: rounds must be a whole number from 1 to 1,000, not 0.",
        "line 3: batch must be a whole number from 1 to 65,536, not 0.",
    ]
    assert caught.value.lines == tuple(str(caught.value).splitlines())


def test_a_mistake_has_the_column_of_what_is_wrong() -> None:
    (value, name) = mistakes_in("version: 2\nbenchmark:\n  batch:   0\n  naem: x\n")
    assert (value.line, value.column) == (3, 12)
    assert (name.line, name.column) == (4, 3)


def test_a_bomb_of_aliases_is_soon_given_up() -> None:
    bomb = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
        f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in pairwise("abcdefghijkl")
    )
    (mistake,) = mistakes_in(bomb)
    assert str(mistake).endswith(
        "aliases (*) make more than 100,000 values of this; write them out."
    )


def test_a_very_long_list_is_soon_given_up() -> None:
    mistakes = mistakes_in(f"version: 2\nbenchmark: {{nepochs: [{'1,' * 5000}]}}\n")
    assert [mistake.message for mistake in mistakes] == [
        "the lists make 5,000 cases of this file; 1,000 are allowed."
    ]
