"""The classifier leaves a real window as an ONNX file that grades what it is given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from PIL import Image

from tinyclf.domain import GRADES
from tinyclf.session import Session
from tinyclf.training.config import TrainingConfig

pytestmark = [pytest.mark.window, pytest.mark.timeout(400)]

A_GRADE = 4
CONFIG = TrainingConfig(features="pixels", hidden=(), least_steps=60, folds=2)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Plain photos: the brighter, the better the grade."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(A_GRADE):
        for grade in GRADES:
            colour = (40 * grade + 3 * number, 40 * grade, 200 - 20 * number)
            Image.new("RGB", (40, 30), colour).save(folder / f"{number}-{int(grade)}.png")
    return folder


@pytest.fixture
def trained(photos: Path, home: Path, finish) -> Path:
    """A collection whose photos are all graded and learned."""
    path = home / "photos.tinyclf"
    with Session.create(path, home / "caches") as session:
        finish(session.import_photos(photos))
        session.refresh()
        for photo_id in session.table.ids:
            stem = session.table.path(session.table.row_of[photo_id]).stem
            session.grade([photo_id], GRADES[int(stem[-1]) - 1])
        finish(session.train(CONFIG, "own"))
    return path


def test_a_trained_classifier_is_taken_out_as_onnx(sit_down, trained, photos, home):
    person = sit_down(str(trained))
    person.wait_for_widget("exportButton")
    person.press("ctrl+e")
    person.click("csvCheck")
    person.wait_for(lambda view: not view["widgets"]["csvCheck"]["checked"])
    person.click("onnxCheck")
    person.wait_for_widget("onnxPath", "photos.onnx")
    person.click("exportButton")
    out = home / "photos.onnx"
    person.wait_for(lambda _: out.exists())
    person.press("ctrl+q")
    assert person.wait_until_gone() == 0
    assert person.complaints() == ""
    assert not out.with_suffix(".csv").exists()
    check_what_it_says(out, photos)


def check_what_it_says(out, photos):
    """Pixels in, probabilities out: the darkest photo is the worst, the brightest the best."""
    network = onnxruntime.InferenceSession(out, providers=["CPUExecutionProvider"])
    names = ("0-1", "0-5")
    images = [Image.open(photos / f"{name}.png").resize((32, 32)) for name in names]
    [probabilities] = network.run(["probabilities"], {"pixels": np.stack(images)})
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert (probabilities.argmax(axis=1) == (0, 4)).all()
