"""A real window on a screen of its own, used by mouse and keys as a person would."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import numpy as np
import pytest
from PIL import Image

NEEDED = ("Xvfb", "openbox", "xdotool")
SIZE = "1456x960x24"
PATIENCE = 60.0
"""Seconds until what is waited for surely does not come; slow machines need some of them."""
LOOK_EVERY = 0.05
DRAG_STEPS = 12

View = dict[str, Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    for item in items:
        if missing and item.get_closest_marker("window"):
            words = f"a real window needs {' '.join(missing)}: make test installs them"
            item.add_marker(pytest.mark.skip(reason=words))


class Screen:
    """Xvfb with a window manager: without one, keys reach nobody."""

    def __init__(self, home: Path) -> None:
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", SIZE, "-nolisten", "tcp"]
        # else it begins anew when its only client leaves: xdotool, just while openbox comes
        command.append("-noreset")
        self._server = quiet(command, pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as told:
            display = told.readline().strip()
        assert display, "Xvfb did not start"
        self.env = {**os.environ, "DISPLAY": f":{display}", "HOME": str(home)}
        self._manager = quiet(["openbox", "--sm-disable"], env=self.env)
        try:
            self._wait_for_manager()
        except AssertionError:
            self.close()  # else the next test hears of what still runs
            raise

    def _wait_for_manager(self) -> None:
        until = monotonic() + PATIENCE
        while subprocess.run(
            ["xdotool", "get_num_desktops"], env=self.env, capture_output=True
        ).returncode:
            assert monotonic() < until, "openbox did not start"
            sleep(LOOK_EVERY)

    def do(self, *command: str) -> None:
        """Let xdotool move the mouse or press keys."""
        subprocess.run(["xdotool", *command], env=self.env, check=True, capture_output=True)

    def close(self) -> None:
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(10)


class Person:
    """Someone before the running program: looks at it, clicks, types, drags."""

    def __init__(self, screen: Screen, home: Path, *arguments: str) -> None:
        env = {name: value for name, value in screen.env.items() if name != "QT_QPA_PLATFORM"}
        env |= {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "CACHE")}
        env |= {"TINYCLF_CACHE": str(home / "caches"), "LANG": "C.UTF-8"}
        self._screen = screen
        self._errors = (home / "errors.txt").open("w+")
        self.program = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("watched.py")), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=env,
            text=True,
        )
        self.painted: queue.Queue[dict[str, int]] = queue.Queue()
        self._views: queue.Queue[View] = queue.Queue()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()
        self.wait_for(lambda view: view["active"])

    def look(self) -> View:
        """Return what is in view now."""
        self._say("where")
        try:
            return self._views.get(timeout=PATIENCE)
        except queue.Empty:
            raise AssertionError(f"the window does not answer: {self.complaints()}") from None

    def wait_for(self, there: Callable[[View], object], patience: float = PATIENCE) -> View:
        """Look until something is there."""
        until = monotonic() + patience
        while not there(view := self.look()):
            assert monotonic() < until, f"still not there: {view}"
            sleep(LOOK_EVERY)
        return view

    def wait_for_widget(self, name: str, words: str = "", patience: float = PATIENCE) -> View:
        """Wait for an enabled widget with these words on it."""

        def there(view: View) -> bool:
            seen = view["widgets"].get(name)
            return seen is not None and seen["enabled"] and words in seen["words"]

        return self.wait_for(there, patience)

    def find(self, name: str) -> list[int]:
        """Wait until an enabled widget in the window with the focus rests; return where it is.

        A dialog that is just coming is moved by the window manager: a click there hits nothing.
        """
        places: list[list[int] | None] = [None]

        def rests(view: View) -> bool:
            seen = view["widgets"].get(name)
            there = seen is not None and seen["enabled"] and view["active"]
            places.append(seen["place"] if there else None)
            return places[-1] is not None and places[-1] == places[-2]

        return list(self.wait_for(rests)["widgets"][name]["place"])

    def click(self, name: str) -> None:
        self._screen.do("mousemove", *map(str, self.find(name)), "click", "1")

    def click_photo(self, name: str) -> None:
        place = self.look()["photos"][name]["place"]
        self._screen.do("mousemove", *map(str, place), "click", "1")
        self.wait_for(lambda view: view["focused"] == name)

    def press(self, *keys: str) -> None:
        self._screen.do("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        self._screen.do("type", "--clearmodifiers", text)

    def tab_to(self, name: str) -> None:
        """Press Tab until something has the keyboard."""
        for _ in range(60):
            if self.look()["keyboard"] == name:
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {name}")

    def drag_photo(self, name: str, target: str) -> None:
        """Drag a photo's tile onto a widget, as slowly as a hand does."""
        view = self.look()
        self.drag(view["photos"][name]["place"], view["widgets"][target]["place"])

    def drag(self, start: list[int], end: list[int]) -> None:
        """Drag from one place on the screen to another."""
        (x, y), (to_x, to_y) = start, end
        self._screen.do("mousemove", str(x), str(y), "mousedown", "1")
        for step in range(1, DRAG_STEPS + 1):
            share = step / DRAG_STEPS
            at = (round(x + share * (to_x - x)), round(y + share * (to_y - y)))
            self._screen.do("mousemove", *map(str, at), "sleep", "0.03")
        self._screen.do("mouseup", "1")

    def turn_wheel(self, name: str, notches: int) -> None:
        """Turn the wheel away from oneself over a widget."""
        place = map(str, self.find(name))
        self._screen.do("mousemove", *place, "click", "--repeat", f"{notches}", "4")

    def watch(self) -> None:
        """Have every painting of the grid told from now on."""
        self._say("watch")

    def wait_until_gone(self) -> int:
        """Return the exit code."""
        code = self.program.wait(PATIENCE)
        self._listener.join()
        return code

    def kill(self) -> None:
        """Kill it with -9."""
        self.program.kill()
        self.wait_until_gone()

    def complaints(self) -> str:
        """Return what the program wrote to standard error."""
        self._errors.seek(0)
        return self._errors.read()

    def leave(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.wait_until_gone()
        for pipe in (self.program.stdin, self.program.stdout, self._errors):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

    def _say(self, line: str) -> None:
        assert self.program.stdin is not None
        try:
            self.program.stdin.write(f"{line}\n")
            self.program.stdin.flush()
        except BrokenPipeError:
            raise AssertionError(f"the program is gone: {self.complaints()}") from None

    def _listen(self) -> None:
        assert self.program.stdout is not None
        for line in self.program.stdout:
            if not line.endswith("\n"):
                break  # cut off by a kill
            told = json.loads(line)
            if "painted" in told:
                self.painted.put(told["painted"])
            else:
                self._views.put(told["view"])


def quiet(command: list[str], **more: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


def make_album(folder: Path, photos: int) -> dict[str, int]:
    """Make photos, sharp and bright, whose colour is their grade; return the grades by name."""
    folder.mkdir()
    rng, truth = np.random.default_rng(6), {}
    for number in range(photos):
        grade = 1 + number % 5
        colour = np.array([230 - 30 * grade, 90 + 8 * number % 40, 40 * grade + 20])
        blocks = (colour + rng.integers(-35, 35, (24, 32, 3))).clip(0, 255).astype(np.uint8)
        picture = Image.fromarray(blocks).resize((640, 480), Image.Resampling.NEAREST)
        picture.save(folder / f"p{number:03}.jpg", quality=85)
        truth[f"p{number:03}"] = grade
    return truth


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.fixture
def screen(home: Path) -> Iterator[Screen]:
    screen = Screen(home)
    yield screen
    screen.close()


@pytest.fixture
def sit_down(screen: Screen, home: Path) -> Iterator[Callable[..., Person]]:
    """Start the program with arguments."""
    people: list[Person] = []

    def start(*arguments: str) -> Person:
        people.append(Person(screen, home, *arguments))
        return people[-1]

    yield start
    for person in people:
        person.leave()
