"""YAML as text → nodes that know their places, with the mistakes that make it no plain YAML."""

from __future__ import annotations

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode
from ruamel.yaml.reader import ReaderError

from tinyclf.benchmark.file.mistakes import TOP, Mistake, Place
from tinyclf.benchmark.file.nodes import Entry, Group, Listing, Node, Scalar

MOST_DEPTH = 20
"""Groups and lists inside each other."""

MOST_NODES = 100_000
"""No file that is read has as many characters: only aliases can make more of it."""

_STANDARD = "tag:yaml.org,2002:"
_NUMBERS = {"int": "a whole number", "float": "a number", "bool": "true or false"}
_KNOWN_TAGS = {"str", "null", "timestamp", "merge", "value", "map", "seq", *_NUMBERS}
_TOO_DEEP = f"more than {MOST_DEPTH} groups or lists stand inside each other."


def parse(text: str) -> tuple[Node | None, list[Mistake]]:
    """Return what the text holds, and its mistakes as YAML.

    A name that is given twice keeps its first value. Text that cannot be read as YAML at all is
    None, and has one mistake or more.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = MOST_DEPTH
    yaml.composer.warn_double_anchors = False
    try:
        root = yaml.compose(text)
    except RecursionError:  # of a ruamel.yaml that does not know max_depth
        return None, [Mistake(TOP, _TOO_DEEP)]
    except YAMLError as error:
        return None, _syntax_mistakes(error, text)
    if root is None:
        return None, [Mistake(TOP, "nothing stands here; a file begins with 'version: 2'.")]
    reading = _Reading(yaml)
    try:
        return reading.node(root, 1), reading.mistakes
    except _EndlessError as error:
        return None, [*reading.mistakes, error.mistake]


class _EndlessError(Exception):
    """Aliases make more of a file than can be read."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(str(mistake))
        self.mistake = mistake


class _Reading:
    """Walks what ruamel.yaml composed, and collects mistakes."""

    def __init__(self, yaml: YAML) -> None:
        self.mistakes: list[Mistake] = []
        self._yaml = yaml
        self._visited = 0

    def node(self, node: YamlNode, depth: int) -> Node:
        place = _place(node)
        self._visited += 1
        if depth > MOST_DEPTH:
            raise _EndlessError(Mistake(place, _TOO_DEEP))
        if self._visited > MOST_NODES:
            words = f"aliases (*) make more than {MOST_NODES:,} values of this; write them out."
            raise _EndlessError(Mistake(place, words))
        tag = str(node.tag)
        if tag.removeprefix(_STANDARD) not in _KNOWN_TAGS:
            self._complain(place, f"the tag {tag.replace(_STANDARD, '!!')} is not known here.")
        if isinstance(node, MappingNode):
            return Group(place, self._entries(node, depth))
        if isinstance(node, SequenceNode):
            return Listing(place, tuple(self.node(item, depth + 1) for item in node.value))
        return Scalar(place, self._scalar(node))

    def _entries(self, node: MappingNode, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for key, value in node.value:
            place, inside = _place(key), self.node(value, depth + 1)
            if not isinstance(key, ScalarNode):
                self._complain(place, "a name must be a word, not a list or a group.")
            elif key.value in entries:
                first = entries[key.value].place.line
                self._complain(place, f"{name_shown(key.value)} stands in line {first} already.")
            else:
                entries[key.value] = Entry(place, inside)
        return entries

    def _scalar(self, node: YamlNode) -> str | int | float | bool | None:
        tag, text = str(node.tag).removeprefix(_STANDARD), str(node.value)
        if tag == "null":
            return None
        if tag not in _NUMBERS:
            return text
        try:
            value: int | float | bool = self._yaml.constructor.construct_object(node)
        except (LookupError, ValueError, YAMLError):
            self._complain(_place(node), f"{shown(text)} cannot be read as {_NUMBERS[tag]}.")
            return text
        return value

    def _complain(self, place: Place, message: str) -> None:
        self.mistakes.append(Mistake(place, message))


def shown(value: object) -> str:
    """Return a value of a file as it can stand in a sentence: short, on one line, printable."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a group of settings"
    if isinstance(value, list):
        return f"a list of {len(value):,}" if value else "an empty list"
    try:
        return _short(repr(value))
    except ValueError:  # Python writes no whole numbers of thousands of digits
        return "a number of thousands of digits"


def name_shown(name: str) -> str:
    """Return the name of a setting as it can stand in a sentence; an odd one in quotes."""
    return name if name.isidentifier() and len(name) <= _LONGEST else _short(repr(name))


_LONGEST = 60


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _place(node: YamlNode) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def _syntax_mistakes(error: YAMLError, text: str) -> list[Mistake]:
    if isinstance(error, ReaderError):
        lines = text[: error.position].split("\n")
        words = f"the character U+{error.character:04X} is not allowed in YAML."
        return [Mistake(Place(len(lines), len(lines[-1]) + 1), words)]
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return [Mistake(TOP, f"this is no YAML: {' '.join(str(error).split())}.")]
    problem = str(error.problem)
    mark, began = error.problem_mark, error.context_mark
    place = Place(mark.line + 1, mark.column + 1)
    if "'\\t'" in problem:
        return _tabs(text) or [Mistake(place, "a tab stands here; use spaces.")]
    if "quoted scalar" in str(error.context) and "unexpected" in problem and began is not None:
        return [Mistake(Place(began.line + 1, began.column + 1), "this quote is never closed.")]
    return [Mistake(place, _plainly(problem, began.line + 1 if began else place.line, place.line))]


def _tabs(text: str) -> list[Mistake]:
    """Return a mistake for each line that is indented by a tab."""
    return [
        Mistake(Place(number, line.index("\t") + 1), "a tab stands here; indent with spaces.")
        for number, line in enumerate(text.split("\n"), start=1)
        if "\t" in line[: len(line) - len(line.lstrip())] and line.strip()
    ]


_PLAINLY = {
    "maximum depth": _TOO_DEEP,
    "cannot start any token": "a value cannot begin with this character; put it in quotes.",
    "another document": "a second document begins here; a file holds one.",
    "mapping values are not allowed": (
        "a ':' is not expected here; check the line above and the spaces at the line's start."
    ),
}
"""What the more usual words of ruamel.yaml mean to a person."""


def _plainly(problem: str, began: int, line: int) -> str:
    for words, plain in _PLAINLY.items():
        if words in problem:
            return plain
    where = f", in what begins in line {began}" if began != line else ""
    cure = "Check colons, quotes, brackets and the spaces at the line's start."
    return f"this is no YAML: {' '.join(problem.split())}{where}. {cure}"
