from __future__ import annotations

from pathlib import Path

import pytest

from tinyclf.samples import draw_stamp


@pytest.fixture(autouse=True)
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The app's caches, in a folder of this test; child processes use it, too."""
    folder = tmp_path / "caches"
    folder.mkdir()
    monkeypatch.setenv("TINYCLF_CACHE", str(folder))
    return folder


@pytest.fixture(scope="session")
def stamps(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with two photos, and a file that is none."""
    folder = tmp_path_factory.mktemp("stamps")
    for index in range(2):
        photo, _ = draw_stamp(0, index)
        photo.save(folder / f"{index}.jpg")
    (folder / "none.jpg").write_text("no photo")
    return str(folder)
