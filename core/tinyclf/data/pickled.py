"""Builds what a pickle holds without unpickling it.

A pickle is a program for a small stack machine that may import and call anything. This machine
knows the instructions that build numbers, texts, tuples, lists and dicts; a name from outside is
never looked up, only compared with the few that whoever reads expects, each of which stands for a
function of ours. A pickle that asks for more is refused at the instruction that does.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from tinyclf.errors import InputError

MOST_INSTRUCTIONS = 5_000_000
"""The largest batch of CIFAR-100 has a twentieth of it."""

LONGEST_REASON = 120
"""Characters of the file's own that are shown."""

Made = Callable[..., Any]


class Name(str):
    """The name of something outside the file, module and name with a blank between."""

    __slots__ = ()


class Unbuilt:
    """Stands for an object whose content follows later in the pickle."""

    def build(self, state: Any) -> None:
        """Take that content in."""
        raise NotImplementedError


@dataclass(frozen=True)
class Allowed:
    """What a pickle may ask for beside numbers, texts, tuples, lists and dicts.

    Attributes:
        what: The file in words, for messages.
        names: The names it may use, ``"module name"``, and what is called where it calls them;
            ``None`` for what it may name, but not call.
        stored: What is called for what lies elsewhere in the file, with where that is.
        error: What is raised.
    """

    what: str
    names: Mapping[str, Made | None]
    stored: Made | None = None
    error: type[InputError] = InputError

    def refusal(self, asked: str) -> InputError:
        """Return the error that a pickle is answered with that asks for more."""
        return self.error(
            f"{self.what} holds more than plain arrays: {asked[:LONGEST_REASON]!r} is refused, and "
            "nothing of it was run. Take the file from where it was published."
        )


def build(file: BytesIO, allowed: Allowed) -> Any:
    """Return what a pickle of any protocol holds, and leave the file behind it.

    Raises:
        InputError: it asks for more than is allowed, is damaged, or too long; of the kind wanted.
    """
    try:
        return _Machine(allowed).run(file)
    except InputError:
        raise
    except Exception as error:  # on damaged bytes the reader of instructions raises nearly anything
        reason = " ".join(str(error).split())[:LONGEST_REASON]
        raise allowed.error(
            f"{allowed.what} is damaged, or no pickle ({reason}): copy it again."
        ) from error


class _Machine:
    """The stack, where its groups begin, and what was put aside to be used again."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: dict[int, Any] = {}

    def run(self, file: BytesIO) -> Any:
        for count, (opcode, argument, _) in enumerate(pickletools.genops(file)):
            if count >= MOST_INSTRUCTIONS:
                raise self._allowed.refusal(f"the instruction {count:,}")
            if opcode.name == "STOP":
                return self.stack.pop()
            step = _STEPS.get(opcode.name)
            if step is None:
                raise self._allowed.refusal(opcode.name)
            step(self, argument)
        raise ValueError("it has no end")

    def above_mark(self) -> list[Any]:
        start = self.marks.pop()
        items = self.stack[start:]
        del self.stack[start:]
        return items

    def mark(self, _argument: None) -> None:
        self.marks.append(len(self.stack))

    def remember(self, place: Any) -> None:
        self.memo[len(self.memo) if place is None else int(place)] = self.stack[-1]

    def recall(self, place: Any) -> None:
        self.stack.append(self.memo[int(place)])

    def last_as_tuple(self, count: int) -> None:
        if len(self.stack) < count:
            raise ValueError("a tuple lacks an item")
        self.stack[-count:] = [tuple(self.stack[-count:])]

    def append(self, items: list[Any]) -> None:
        if type(self.stack[-1]) is not list:
            raise ValueError("items are added to what is no list")
        self.stack[-1].extend(items)

    def set_items(self, items: list[Any]) -> None:
        self.stack[-1].update(_as_dict(items, type(self.stack[-1])))

    def name(self, module: Any, name: Any) -> None:
        if type(module) is not str or type(name) is not str:
            # lists within lists could be endless in words
            raise self._allowed.refusal("STACK_GLOBAL")
        known = f"{module} {name}"
        if known not in self._allowed.names:
            raise self._allowed.refusal(known)
        self.stack.append(Name(known))

    def call(self, _argument: None) -> None:
        arguments, name = self.stack.pop(), self.stack.pop()
        made = self._allowed.names.get(name) if type(name) is Name else None
        if made is None or type(arguments) is not tuple:
            raise self._allowed.refusal(f"calling {name}" if type(name) is Name else "calling")
        self.stack.append(made(*arguments))

    def fetch(self, _argument: None) -> None:
        place = self.stack.pop()
        if self._allowed.stored is None or type(place) is not tuple:
            raise self._allowed.refusal("BINPERSID")
        self.stack.append(self._allowed.stored(*place))

    def give_state(self, _argument: None) -> None:
        state, item = self.stack.pop(), self.stack[-1]
        if not isinstance(item, Unbuilt):
            raise self._allowed.refusal("BUILD")
        item.build(state)


def _as_dict(items: list[Any], kind: type = dict) -> dict[Any, Any]:
    """Return keys and values in turn as a dict; a deep tuple as a key would end the process."""
    if not issubclass(kind, dict) or not all(type(key) in (str, bytes, int) for key in items[::2]):
        raise ValueError("a key is neither text nor number")
    return dict(zip(items[::2], items[1::2], strict=True))


def _pops(count: int, machine: _Machine) -> list[Any]:
    return [machine.stack.pop() for _ in range(count)][::-1]


Step = Callable[[_Machine, Any], None]

_LITERALS = (
    "INT BININT BININT1 BININT2 LONG LONG1 LONG4 FLOAT BINFLOAT STRING BINSTRING SHORT_BINSTRING "
    "BINBYTES SHORT_BINBYTES BINBYTES8 BYTEARRAY8 UNICODE SHORT_BINUNICODE BINUNICODE BINUNICODE8"
)

_STEPS: dict[str, Step] = {
    **dict.fromkeys(_LITERALS.split(), lambda machine, value: machine.stack.append(value)),
    **dict.fromkeys(("PROTO", "FRAME"), lambda machine, _: None),
    **dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"), _Machine.remember),
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), _Machine.recall),
    "NONE": lambda machine, _: machine.stack.append(None),
    "NEWTRUE": lambda machine, _: machine.stack.append(True),
    "NEWFALSE": lambda machine, _: machine.stack.append(False),
    "EMPTY_TUPLE": lambda machine, _: machine.stack.append(()),
    "EMPTY_LIST": lambda machine, _: machine.stack.append([]),
    "EMPTY_DICT": lambda machine, _: machine.stack.append({}),
    "MARK": _Machine.mark,
    "TUPLE": lambda machine, _: machine.stack.append(tuple(machine.above_mark())),
    "TUPLE1": lambda machine, _: machine.last_as_tuple(1),
    "TUPLE2": lambda machine, _: machine.last_as_tuple(2),
    "TUPLE3": lambda machine, _: machine.last_as_tuple(3),
    "LIST": lambda machine, _: machine.stack.append(machine.above_mark()),
    "DICT": lambda machine, _: machine.stack.append(_as_dict(machine.above_mark())),
    "APPEND": lambda machine, _: machine.append(_pops(1, machine)),
    "APPENDS": lambda machine, _: machine.append(machine.above_mark()),
    "SETITEM": lambda machine, _: machine.set_items(_pops(2, machine)),
    "SETITEMS": lambda machine, _: machine.set_items(machine.above_mark()),
    "GLOBAL": lambda machine, name: machine.name(*name.split(" ", 1)),
    "STACK_GLOBAL": lambda machine, _: machine.name(*_pops(2, machine)),
    "REDUCE": _Machine.call,
    "BINPERSID": _Machine.fetch,
    "BUILD": _Machine.give_state,
}
