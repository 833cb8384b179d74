"""The README's recipe for the ONNX file gets the program's own proposals out of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tinyclf.domain import Grade
from tinyclf.samples.stamp import draw_stamp
from tinyclf.session import Session
from tinyclf.training.config import TrainingConfig
from tinyclf.training.presets import PRESETS

pytest.importorskip("onnxruntime")

README = Path(__file__).parents[2] / "README.md"
GRADED = 10
SIZES = ((540, 720), (720, 540), (1300, 900), (300, 400))
TURNED = 6
"""By EXIF: the camera was held upright."""


def recipe() -> str:
    """Return the README's code that runs an exported file."""
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    [code] = [block for block in blocks if "onnxruntime" in block]
    return str(code)


@pytest.fixture(scope="module")
def stamps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some to be graded, then one of each size, and one that lies on its side in the file."""
    folder = tmp_path_factory.mktemp("stamps")
    exif = Image.Exif()
    for number, size in enumerate([*[(240, 320)] * GRADED, *SIZES, (540, 720)]):
        exif[0x0112] = TURNED if number == GRADED + len(SIZES) else 1
        stamp = draw_stamp(9, number)[0].resize(size)
        stamp.save(folder / f"{number:02d}.jpg", quality=90, exif=exif)
    return folder


@pytest.mark.parametrize("preset", ["fast", "balanced", "pixels"])
def test_the_recipe_of_the_readme_gives_the_same_proposals(
    preset: str,
    tmp_path: Path,
    stamps: Path,
    finish: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config: TrainingConfig = replace(PRESETS[preset].config, folds=2, epochs=5, least_steps=60)
    with Session.create(tmp_path / "stamps.tinyclf") as session:
        finish(session.import_photos(stamps))
        session.refresh()
        table = session.table
        order = sorted(range(len(table)), key=lambda row: table.path(row).name)
        for row in order[:GRADED]:
            session.grade([table.ids[row]], Grade(row % 5 + 1))
        finish(session.train(config, preset))
        finish(session.propose())
        session.refresh()
        (tmp_path / "stamps.onnx").write_bytes(session.model_onnx())
        monkeypatch.chdir(tmp_path)
        for row in order[GRADED:]:
            (tmp_path / "stamp.jpg").write_bytes(table.path(row).read_bytes())
            said: dict[str, Any] = {}
            exec(recipe(), said)  # noqa: S102 (it is our own)
            np.testing.assert_allclose(
                said["probabilities"][0], table.probabilities[row], atol=1e-3
            )
            assert said["probabilities"][0].argmax() + 1 == table.proposed[row]
