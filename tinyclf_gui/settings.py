"""What the program remembers of a person's habits from one evening to the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from tinyclf.benchmark.speed import DEVICES, MOST_THREADS, PRECISIONS, Speed

THEME_WISHES = ("system", "light", "dark")
TILE_RANGE = (96, 320)
"""How small and how large a tile may be, in pixels."""
DEFAULT_TILE = 160
RECENT = 10
"""How many collections are remembered, and how many files of a training's settings."""
DEFAULT_SPEED = Speed()
"""What leaves the window smooth on any machine."""
_MOST_DIGITS = 9
ALL = "all"
BACKWARDS = "backwards"
COLLECTIONS, CONFIGS = "recent", "configurations"


class Settings:
    """Typed values over a ``QSettings``; what is damaged or out of range reads as the default.

    Args:
        store: Where they are kept; by default the system's usual place for this user.
    """

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = QSettings("tiny-classifier", "tiny-classifier") if store is None else store

    @property
    def theme(self) -> str:
        """``"system"``, ``"light"`` or ``"dark"``."""
        wish = self._text("theme", THEME_WISHES[0])
        return wish if wish in THEME_WISHES else THEME_WISHES[0]

    @theme.setter
    def theme(self, wish: str) -> None:
        self._store.setValue("theme", wish)

    @property
    def tile_pixels(self) -> int:
        """The side of a tile in the grid, in pixels."""
        text = self._text("tile_pixels", "")
        smallest, largest = TILE_RANGE
        return min(largest, max(smallest, int(text))) if _is_number(text) else DEFAULT_TILE

    @tile_pixels.setter
    def tile_pixels(self, pixels: int) -> None:
        self._store.setValue("tile_pixels", str(pixels))

    @property
    def auto_advance(self) -> bool:
        """Whether grading a photo moves on to the next."""
        return self._text("auto_advance", "yes") == "yes"

    @auto_advance.setter
    def auto_advance(self, on: bool) -> None:
        self._store.setValue("auto_advance", "yes" if on else "no")

    def order(self, page: str) -> tuple[str, bool]:
        """Return the order in which a page shows photos, "" at first; and whether turned round."""
        key, _, turned = self._text(f"order/{page}", "").partition(" ")
        return key, turned == BACKWARDS

    def remember_order(self, page: str, key: str, *, backwards: bool) -> None:
        """Remember the order in which a page shows photos."""
        self._store.setValue(f"order/{page}", f"{key} {BACKWARDS}" if backwards else key)

    @property
    def learn_meanwhile(self) -> bool:
        """Whether corrections are learnt from while a person works."""
        return self._text("learn_meanwhile", "yes") == "yes"

    @learn_meanwhile.setter
    def learn_meanwhile(self, on: bool) -> None:
        self._store.setValue("learn_meanwhile", "yes" if on else "no")

    def is_wished(self, part: str, *, usually: bool) -> bool:
        """Return whether a part of a page that can be put away is to be seen."""
        return self._text(f"wished/{part}", "yes" if usually else "no") == "yes"

    def wish(self, part: str, on: bool) -> None:
        """Remember whether it is."""
        self._store.setValue(f"wished/{part}", "yes" if on else "no")

    @property
    def threads(self) -> int | None:
        """How many threads a job in the background computes with; ``None`` for all cores."""
        text = self._text("threads", str(DEFAULT_SPEED.threads))
        if text == ALL:
            return None
        known = _is_number(text) and 1 <= int(text) <= MOST_THREADS
        return int(text) if known else DEFAULT_SPEED.threads

    @threads.setter
    def threads(self, threads: int | None) -> None:
        self._store.setValue("threads", ALL if threads is None else str(threads))

    @property
    def precision(self) -> str:
        """In which precision presets are trained: ``"f4"`` or ``"f8"``."""
        word = self._text("precision", DEFAULT_SPEED.precision)
        return word if word in PRECISIONS else DEFAULT_SPEED.precision

    @precision.setter
    def precision(self, precision: str) -> None:
        self._store.setValue("precision", precision)

    @property
    def device(self) -> str:
        """Where trainings and proposals are computed: ``"cpu"`` or ``"cuda"``."""
        word = self._text("device", DEFAULT_SPEED.device)
        return word if word in DEVICES else DEFAULT_SPEED.device

    @device.setter
    def device(self, device: str) -> None:
        self._store.setValue("device", device)

    @property
    def speed(self) -> Speed:
        """These three together."""
        return Speed(self.threads, self.precision, self.device)

    @speed.setter
    def speed(self, speed: Speed) -> None:
        self.threads, self.precision, self.device = speed.threads, speed.precision, speed.device

    def keys(self, action: str) -> list[str] | None:
        """Return the keys a person gave an action, maybe none; ``None``: its usual ones."""
        value = self._store.value(f"keys/{action}")
        return value.split("\n") if isinstance(value, str) else None

    def save_keys(self, action: str, keys: Sequence[str] | None) -> None:
        """Remember the keys of an action; ``None``: its usual ones."""
        if keys is None:
            self._store.remove(f"keys/{action}")
        else:
            self._store.setValue(f"keys/{action}", "\n".join(keys))

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty at the first start."""
        return self.layout("window")

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self.save_layout("window", geometry)

    def layout(self, name: str) -> QByteArray:
        """Return how a splitter or the window was laid out; empty if it never was saved."""
        value = self._store.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def save_layout(self, name: str, state: QByteArray) -> None:
        """Remember how a splitter or the window is laid out."""
        self._store.setValue(f"layout/{name}", state)

    @property
    def folder(self) -> Path | None:
        """The folder of photos used last; ``None`` at the first start."""
        text = self._text("folder", "")
        return Path(text) if text else None

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder.absolute()))

    def recent(self) -> list[Path]:
        """Return the collections opened last that are still there, the newest first."""
        return [path for path in self._known() if path.is_file()]

    def collections(self) -> list[Path]:
        """Return the collections opened last, the newest first; some may be gone."""
        return self._known()

    def remember(self, collection: Path) -> None:
        """Put a collection at the head of the recent ones."""
        path = collection.absolute()
        self._save([path, *(known for known in self._known() if known != path)])

    def forget(self, collection: Path) -> None:
        """Take a collection off the recent ones; the file stays."""
        self._save([known for known in self._known() if known != collection.absolute()])

    @property
    def reopens(self) -> bool:
        """Whether the next start opens the last collection: not if it was closed by itself."""
        return self._text("reopens", "yes") == "yes"

    @reopens.setter
    def reopens(self, on: bool) -> None:
        self._store.setValue("reopens", "yes" if on else "no")

    def configs(self) -> list[Path]:
        """Return the files of settings opened or saved last, the newest first; some may be gone."""
        return self._known(CONFIGS)

    def remember_config(self, path: Path) -> None:
        """Put a file of settings at the head of those remembered."""
        path = path.absolute()
        self._save([path, *(known for known in self.configs() if known != path)], CONFIGS)

    def forget_config(self, path: Path) -> None:
        """Take a file of settings off those remembered; the file stays."""
        self._save([known for known in self.configs() if known != path.absolute()], CONFIGS)

    def _known(self, key: str = COLLECTIONS) -> list[Path]:
        value = self._store.value(key)
        paths = [value] if isinstance(value, str) else value  # a list of one is read as a text
        if not isinstance(paths, list):
            return []
        return [Path(path) for path in paths if isinstance(path, str) and path]

    def _save(self, paths: list[Path], key: str = COLLECTIONS) -> None:
        self._store.setValue(key, [str(path) for path in paths[:RECENT]])

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default


def _is_number(text: str) -> bool:
    """Tell whether a text is a whole number of a size that one counts with."""
    return text.isdecimal() and len(text) <= _MOST_DIGITS
