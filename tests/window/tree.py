"""The accessibility tree as a screen reader meets it: AT-SPI over a session bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

PATIENCE = 60.0
"""Seconds until what is waited for surely does not come."""
LOOK_EVERY = 0.05
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")

ATSPI = "org.a11y.atspi"
_ROOT = "/org/a11y/atspi/accessible/root"
_STATES = {
    1: "active",
    4: "checked",
    8: "enabled",
    11: "focusable",
    12: "focused",
    22: "selectable",
    23: "selected",
    25: "showing",
    30: "visible",
}
"""The bits of a state set that tests ask for, of AtspiStateType."""


def missing() -> list[str]:
    """Return what this machine lacks."""
    lacking = [] if shutil.which("dbus-daemon") else ["dbus-daemon"]
    return lacking if any(map(os.path.exists, LAUNCHERS)) else [*lacking, "at-spi2-core"]


class Bus:
    """A session bus, and the accessibility bus that hangs on it.

    Attributes:
        env: What a program needs to be found there.
    """

    def __init__(self, env: dict[str, str]) -> None:
        self._daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
            text=True,
        )
        assert self._daemon.stdout is not None
        address = self._daemon.stdout.readline().strip()
        self.env = {
            "DBUS_SESSION_BUS_ADDRESS": address,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "NO_AT_BRIDGE": "0",
        }
        launcher = next(path for path in LAUNCHERS if Path(path).exists())
        self._launcher = subprocess.Popen(
            [launcher, "--launch-immediately"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=env | self.env,
        )
        session = open_dbus_connection(address)
        wait_until(lambda: call(session, message_bus.NameHasOwner("org.a11y.Bus"))[0])
        there = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        [self._address] = call(session, new_method_call(there, "GetAddress"))
        session.close()

    def listen(self) -> Tree:
        return Tree(open_dbus_connection(self._address))

    def close(self) -> None:
        for process in (self._launcher, self._daemon):
            process.terminate()
            process.wait(10)
        assert self._daemon.stdout is not None
        self._daemon.stdout.close()


@dataclass(frozen=True)
class Heard:
    """What the tree tells by itself: ("StateChanged", "focused", 1, "", the item)."""

    kind: str
    detail: str
    value: int
    words: str
    node: Node


class Tree:
    """All programs on the accessibility bus."""

    def __init__(self, connection: DBusConnection) -> None:
        self.connection = connection
        self.asked = 0

    def close(self) -> None:
        self.connection.close()

    def ask(self, name: str, path: str, interface: str, method: str, signature="", *body: Any):
        self.asked += 1
        where = DBusAddress(path, name, interface)
        return call(self.connection, new_method_call(where, method, signature or None, body))

    def program(self, pid: int) -> Node:
        """Wait for a program to be on the bus."""

        def found() -> Node | None:
            root = Node(self, f"{ATSPI}.Registry", _ROOT)
            for node in root.children():
                [owner] = call(self.connection, message_bus.GetConnectionUnixProcessID(node.owner))
                if owner == pid:
                    return node
            return None

        return wait_until(found)

    @contextmanager
    def listening(self, kind: str, member: str) -> Iterator[deque]:
        """Hear what is told of a kind ("Object") and member ("StateChanged")."""
        interface = f"{ATSPI}.Event.{kind}"
        rule = MatchRule(type="signal", interface=interface, member=member)
        call(self.connection, message_bus.AddMatch(rule))
        registry = DBusAddress("/org/a11y/atspi/registry", f"{ATSPI}.Registry", f"{ATSPI}.Registry")
        event = new_method_call(registry, "RegisterEvent", "sass", (f"{kind}:{member}", [], ""))
        call(self.connection, event)
        with self.connection.filter(rule, bufsize=4096) as queue:
            yield queue

    def heard(self, queue: deque, wanted: Callable[[Heard], object]) -> Heard:
        """Wait until something is told."""
        until = monotonic() + PATIENCE
        while True:
            message = self.connection.recv_until_filtered(queue, timeout=until - monotonic())
            fields, body = message.header.fields, message.body
            node = Node(self, fields[HeaderFields.sender], fields[HeaderFields.path])
            words = str(body[3][1])
            told = Heard(fields[HeaderFields.member], body[0], body[1], words, node)
            if wanted(told):
                return told


class Node:
    """One thing in the tree; only its role, which stays, is remembered."""

    def __init__(self, tree: Tree, owner: str, path: str) -> None:
        self.tree = tree
        self.owner = owner
        self.path = path
        self._role = ""

    def __repr__(self) -> str:
        return f"{self.role} {self.name!r}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and (self.owner, self.path) == (other.owner, other.path)

    def __hash__(self) -> int:
        return hash((self.owner, self.path))

    @property
    def name(self) -> str:
        return str(self._get("Accessible", "Name"))

    @property
    def description(self) -> str:
        return str(self._get("Accessible", "Description"))

    @property
    def identifier(self) -> str:
        return str(self._get("Accessible", "AccessibleId"))

    @property
    def role(self) -> str:
        self._role = self._role or str(self._ask("Accessible", "GetRoleName")[0])
        return self._role

    @property
    def states(self) -> set[str]:
        [(low, high)] = self._ask("Accessible", "GetState")
        bits = low | high << 32
        return {name for bit, name in _STATES.items() if bits >> bit & 1}

    @property
    def count(self) -> int:
        return int(self._get("Accessible", "ChildCount"))

    def child(self, number: int) -> Node:
        [(owner, path)] = self._ask("Accessible", "GetChildAtIndex", "i", number)
        return Node(self.tree, owner, path)

    def children(self) -> list[Node]:
        [found] = self._ask("Accessible", "GetChildren")
        return [Node(self.tree, owner, path) for owner, path in found]

    def parent(self) -> Node:
        return Node(self.tree, *self._get("Accessible", "Parent"))

    def walk(self, *, into: Callable[[Node], bool] = lambda node: True) -> Iterator[Node]:
        """Return all below, each before what is in it."""
        for node in self.children():
            yield node
            if into(node):
                yield from node.walk(into=into)

    @property
    def actions(self) -> list[str]:
        return [name for name, *_ in self._ask("Action", "GetActions")[0]]

    def do(self, action: str) -> None:
        """Do one of the actions it offers."""
        offered = self.actions
        assert action in offered, f"{self} offers {offered}, not {action}"
        assert self._ask("Action", "DoAction", "i", offered.index(action))[0]

    def select(self, number: int) -> bool:
        return bool(self._ask("Selection", "SelectChild", "i", number)[0])

    def clear_selection(self) -> bool:
        return bool(self._ask("Selection", "ClearSelection")[0])

    def selected(self) -> list[Node]:
        count = int(self._get("Selection", "NSelectedChildren"))
        found = [self._ask("Selection", "GetSelectedChild", "i", n)[0] for n in range(count)]
        return [Node(self.tree, *one) for one in found]

    @property
    def interfaces(self) -> list[str]:
        return [name.rpartition(".")[2] for name in self._ask("Accessible", "GetInterfaces")[0]]

    def _ask(self, interface: str, method: str, signature: str = "", *body: Any) -> Any:
        return self.tree.ask(
            self.owner, self.path, f"{ATSPI}.{interface}", method, signature, *body
        )

    def _get(self, interface: str, name: str) -> Any:
        [(_, value)] = self.tree.ask(
            self.owner,
            self.path,
            "org.freedesktop.DBus.Properties",
            "Get",
            "ss",
            f"{ATSPI}.{interface}",
            name,
        )
        return value


class GoneError(AssertionError):
    """What was asked for is no longer there."""


def call(connection: DBusConnection, message: Any) -> Any:
    reply = connection.send_and_get_reply(message, timeout=PATIENCE)
    if reply.header.message_type is MessageType.error:
        raise GoneError(reply.body)
    return reply.body


def wait_until(there: Callable[[], Any]) -> Any:
    """Look until something is there; what goes while one looks is not."""
    until = monotonic() + PATIENCE
    while True:
        with suppress(GoneError):
            if found := there():
                return found
        assert monotonic() < until, "still not there"
        sleep(LOOK_EVERY)
