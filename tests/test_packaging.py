"""What is handed to users: the wheel and the sources, and the floors of the house."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tinyclf.data.encoder import condition

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    subprocess.run([*build, "-q", "-w", str(folder), str(ROOT)], check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        return file.namelist()


@pytest.fixture(scope="module")
def source_names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The files of the sdist, without the folder that holds them all."""
    folder = tmp_path_factory.mktemp("sdist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder)]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    [sdist] = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as file:
        return [name.partition("/")[2] for name in file.getnames()]


def test_the_wheel_holds_both_packages_and_the_resources(wheel_names: list[str]) -> None:
    assert {
        "tinyclf/domain.py",
        "tinyclf/py.typed",
        "tinyclf_gui/app.py",
        "tinyclf_gui/resources/style/window.qss",
        "tinyclf_gui/resources/icons/undo.svg",
    } <= set(wheel_names)


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("benchmarks", "tinyclf_gui/resources/benchmarks"),
        ("icons", "tinyclf_gui/resources/icons"),
        ("style", "tinyclf_gui/resources/style"),
        ("models", "tinyclf/models"),
    ],
)
def test_the_wheel_holds_every_file_that_the_program_reads(
    wheel_names: list[str], folder: str, place: str
) -> None:
    files = {path.name for path in (ROOT / "resources" / folder).iterdir()}
    assert files
    assert {name for name in wheel_names if name.startswith(f"{place}/")} == {
        f"{place}/{name}" for name in files
    }


def test_an_installed_program_looks_for_weights_where_the_wheel_has_them(
    wheel_names: list[str],
) -> None:
    assert f"tinyclf/models/{condition.NAME}" in wheel_names


def test_the_wheel_has_the_pages_of_the_server(wheel_names: list[str]) -> None:
    pages = {"page.html", "page.css", "page.js", "drawing.js", "docs.html"}
    assert {f"tinyclf/server/assets/{name}" for name in pages} <= set(wheel_names)


def test_the_wheel_holds_nothing_else_at_its_top(wheel_names: list[str]) -> None:
    tops = {name.split("/")[0] for name in wheel_names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"tinyclf", "tinyclf_gui"}


def test_the_sources_hold_what_make_needs(source_names: list[str]) -> None:
    assert {
        "Makefile",
        "requirements.lock",
        "packaging/system-libraries",
        "packaging/numpy-only.lock",
        "packaging/peers.txt",
        "core/tinyclf/nn/kernels/compiled/adam_step.py",
        "tests/test_packaging.py",
    } <= set(source_names)


def test_machine_code_stays_on_the_machine_it_was_made_for(
    wheel_names: list[str], source_names: list[str]
) -> None:
    """numba keeps it beside the sources: .nbi and .nbc."""
    endings = {Path(name).suffix for name in wheel_names + source_names}
    assert endings.isdisjoint({".nbi", ".nbc", ".pyc"})


@pytest.mark.parametrize("folder", ["core", "packaging"])
def test_a_folder_that_is_no_package_stays_none(folder: str) -> None:
    assert not (ROOT / folder / "__init__.py").exists()


def test_a_module_without_a_floor_breaks_the_contracts(tmp_path: Path) -> None:
    """The contracts are exhaustive: proved by a copy of the house with one room too many."""
    for name in ("core", "tinyclf_gui"):  # Python may be writing machine code meanwhile
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "core" / "tinyclf" / "attic.py").write_text('"""No floor."""\n')
    judged = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path / 'core'}:{tmp_path}", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 1
    assert "attic" in judged.stdout
