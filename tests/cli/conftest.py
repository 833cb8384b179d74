"""Commands run in-process, on a few stamps that are drawn once, with caches of their own."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tinyclf.cli.main import run
from tinyclf.samples import draw_samples

STAMPS = 30
GRADED = 20


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line by which a command says what is wrong."""
        [line] = [line for line in self.err.splitlines() if line.startswith("tinyclf: ")]
        return line


Tinyclf = Callable[..., Outcome]


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where this program keeps things: one place for all tests, so that the encoder is built once.

    A fault of the program shall show its traceback.
    """
    return {
        "TINYCLF_CACHE": str(tmp_path_factory.mktemp("cache")),
        "TINYCLF_DATA": str(tmp_path_factory.mktemp("data")),
        "TINYCLF_TRACEBACK": "1",
    }


@pytest.fixture(autouse=True)
def environment(homes: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name, value in homes.items():
        monkeypatch.setenv(name, value)
    return {**os.environ}


@pytest.fixture
def tinyclf(capsys: pytest.CaptureFixture[str]) -> Tinyclf:
    def command(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return command


@pytest.fixture(scope="session")
def stamps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of sample stamps; do not change it."""
    folder = tmp_path_factory.mktemp("drawn") / "stamps"
    for _ in draw_samples(folder, STAMPS):
        pass
    return folder


@pytest.fixture(scope="session")
def truth(stamps: Path) -> dict[str, int]:
    with (stamps / "truth.csv").open(newline="") as file:
        return {row["photo"]: int(row["grade"]) for row in csv.DictReader(file)}


def write_grades(path: Path, grades: Mapping[Any, object] | Iterable[tuple[Any, object]]) -> Path:
    rows = grades.items() if isinstance(grades, Mapping) else grades
    with path.open("w", newline="", encoding="utf-8", errors="surrogateescape") as file:
        table = csv.writer(file)
        table.writerow(("photo", "grade"))
        table.writerows(rows)
    return path


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Write rows of photo,grade into a CSV file."""
    return lambda grades: write_grades(tmp_path / "grades.csv", grades)


@pytest.fixture
def own_stamps(stamps: Path, tmp_path: Path) -> Path:
    """A copy of the stamps that a test may spoil."""
    return Path(shutil.copytree(stamps, tmp_path / "own stamps"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The name of a collection that is not there yet."""
    return tmp_path / "stamps.tinyclf"


@pytest.fixture(scope="session")
def templates(
    stamps: Path,
    truth: dict[str, int],
    homes: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """Collections of the stamps as they are after each step, to be copied."""
    folder = tmp_path_factory.mktemp("templates")
    grades = write_grades(folder / "grades.csv", list(truth.items())[:GRADED])
    file = folder / "stamps.tinyclf"
    steps: dict[str, list[object]] = {
        "imported": ["new", file, "--photos", stamps],
        "graded": ["grade", file, "--csv", grades],
        "trained": ["train", file],
        "proposed": ["propose", file],
    }
    made = {}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in homes.items():
            patch.setenv(name, value)
        for name, arguments in steps.items():
            assert run([str(argument) for argument in arguments]) == 0
            made[name] = Path(shutil.copy(file, folder / f"{name}.tinyclf"))
    return made


@pytest.fixture
def imported(templates: dict[str, Path], file: Path) -> Path:
    return Path(shutil.copy(templates["imported"], file))


@pytest.fixture
def graded(templates: dict[str, Path], file: Path) -> Path:
    return Path(shutil.copy(templates["graded"], file))


@pytest.fixture
def trained(templates: dict[str, Path], file: Path) -> Path:
    return Path(shutil.copy(templates["trained"], file))


@pytest.fixture
def proposed(templates: dict[str, Path], file: Path) -> Path:
    return Path(shutil.copy(templates["proposed"], file))


@pytest.fixture
def many(stamps: Path, tmp_path: Path) -> Path:
    """So many photos that reading them takes seconds."""
    folder = tmp_path / "many"
    folder.mkdir()
    content = (stamps / "stamp_0001.jpg").read_bytes()
    for number in range(400):
        (folder / f"{number}.jpg").write_bytes(content + b"%d" % number)
    return folder


@pytest.fixture(scope="session")
def corpus() -> ModuleType:
    """The files of every kind that the tests of decoding use; test files are no package."""
    if "photo_corpus" not in sys.modules:
        path = Path(__file__).parents[1] / "data" / "corpus.py"
        spec = importlib.util.spec_from_file_location("photo_corpus", path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules["photo_corpus"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["photo_corpus"])
    return sys.modules["photo_corpus"]


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    """A table of 60 flowers of three species, far apart."""
    rng = np.random.default_rng(0)
    lines = ["length,width,species"]
    for k in range(60):
        kind = k % 3
        length, width = rng.normal([2 + 4 * kind, 5 - kind], 0.3)
        lines.append(f"{length:.3f},{width:.3f},{('red', 'blue', 'white')[kind]}")
    path = tmp_path / "flowers.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of small pictures: a bright bar, lying or standing."""
    rng = np.random.default_rng(0)
    x = rng.integers(0, 50, (120, 8, 8)).astype(np.uint8)
    y = np.arange(120) % 2
    for picture, lies in zip(x, y, strict=True):
        (picture if lies else picture.T)[rng.integers(8)] = 220
    path = tmp_path / "bars.npz"
    np.savez(path, x_train=x[:80], y_train=y[:80], x_test=x[80:], y_test=y[80:])
    return path
