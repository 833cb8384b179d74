"""Whatever a file holds, it is a plan or has mistakes: nothing else comes of it."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tinyclf.benchmark.file import PlanFileError, plan_of_text

FOLDER = Path(__file__).parents[3] / "resources" / "benchmarks"
EXAMPLES = [path.read_text() for path in sorted(FOLDER.glob("*.yaml"))]

SIGNS = [*"[]{}:,?|>'\"#&*!~%@`.+_-0\t\r\n\\ \x00\x85\ufeff\u2028é"]
MARKS = ["  ", "- ", "? ", ": ", "&a ", "*a", "*a\n", "<<: ", "---", "...", "|-\n", ">\n"]
TAGS = ["!!int ", "!!float ", "!!bool ", "!!null ", "!!binary ", "!!set ", "!!omap ", "!!map "]
NUMBERS = ["1e999", ".nan", "-.inf", "0x", "0b", "0o8", "1:30", "9" * 5000, "0x" + "f" * 5000]
ODDITIES = ["2026-99-99", "%YAML 1.1\n---\n", "%TAG ! x\n", "!<x> ", "!a!b ", "null"]
SETTINGS = [
    "version: 1\n",
    "version: 2\n",
    "benchmark:\n",
    "benchmarks:\n",
    "kind: store\n",
    "kind: ",
    "shape: ",
    "layers: ",
    "hidden: [[1], 2]\n",
    "math:\n",
    "precision: [f4, 1bit]\n",
]

PIECES = st.sampled_from([*SIGNS, *MARKS, *TAGS, *NUMBERS, *ODDITIES, *SETTINGS])

MUTATIONS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES | st.text(max_size=5)), max_size=5
)


@given(st.lists(PIECES, max_size=15).map("".join) | st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_plan_or_has_mistakes(text: str) -> None:
    check(text)


@given(st.sampled_from(EXAMPLES), MUTATIONS)
@settings(max_examples=150, deadline=None)
def test_any_change_of_a_good_file_leaves_a_plan_or_mistakes(
    text: str, mutations: list[tuple[float, int, str]]
) -> None:
    for where, removed, piece in mutations:
        start = int(where * len(text))
        text = text[:start] + piece + text[start + removed :]
    check(text)


def check(text: str) -> None:
    try:
        assert plan_of_text(text, Path("/photos")).cases
    except PlanFileError as error:
        told = error
    else:
        return
    ends = sum(text.count(end) for end in "\n\r\x85\u2028\u2029")
    assert told.mistakes
    assert all(1 <= each.line <= ends + 1 and each.column >= 1 for each in told.mistakes)
    assert all(line.isprintable() for line in told.lines)
