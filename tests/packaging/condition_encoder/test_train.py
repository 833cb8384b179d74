"""The whole training in small: three cycles, weights that the program reads, all cycles told."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tinyclf.data.encoder import condition
from tinyclf.data.encoder.builtin import checked_weights, weights_path
from tinyclf.data.encoder.efficientnet_lite import build_graph
from tinyclf.data.encoder.layout import BUILTIN_DIMENSION
from tinyclf.data.encoder.torch_pickle import read_tensors

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
onnxruntime = pytest.importorskip("onnxruntime")
safetensors = pytest.importorskip("safetensors")

pytestmark = [pytest.mark.peers, pytest.mark.timeout(600)]

SCRIPT = Path(__file__).parents[3] / "packaging" / "condition_encoder" / "train.py"


def train(*given: object) -> str:
    """Run the command as a person would; return what it said."""
    command = [sys.executable, str(SCRIPT), *map(str, given), "--things", "2"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def recipe(path: Path) -> list[str]:
    with safetensors.safe_open(path, "numpy") as file:
        return file.metadata()["recipe"].splitlines()


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The weights of the one command, of a handful of things, and what it said."""
    path = tmp_path_factory.mktemp("trained") / "weights.safetensors"
    return path, train("--out", path)


def test_one_command_goes_through_all_cycles_and_examines(scripts: Path, trained):
    from cycles import RECIPE

    path, said = trained
    assert recipe(path) == [str(replace(cycle, things=2)) for cycle in RECIPE]
    assert "seen kinds: rank correlation" in said
    assert "held-out kinds: rank correlation" in said


def test_the_program_sees_through_its_weights(trained, monkeypatch: pytest.MonkeyPatch):
    path, _ = trained
    monkeypatch.setattr(condition, "shipped_path", lambda _: path)
    weights = condition.condition_weights(hashlib.sha256(path.read_bytes()).hexdigest())

    graph = build_graph(read_tensors(checked_weights(weights_path())), weights)
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    image = np.random.default_rng(0).uniform(-1, 1, (1, 3, 128, 128)).astype(np.float32)
    (vector,) = session.run(None, {"image": image})
    assert vector.shape == (1, BUILTIN_DIMENSION)
    assert np.isfinite(vector).all()


def test_going_on_from_a_file_tells_its_cycles_too(trained, tmp_path: Path):
    path, _ = trained
    later = tmp_path / "later.safetensors"
    train("--out", later, "--start", path, "--cycles", 3)

    assert recipe(later) == [*recipe(path), recipe(path)[2]]


def test_nothing_is_learned_from_blank_renderings(scripts: Path, monkeypatch: pytest.MonkeyPatch):
    from cycles import RECIPE
    from learning import learn
    from renderings import Renderings

    blank = Renderings(
        np.zeros((4, 32, 32, 3), np.uint8), np.zeros(4, np.float32), np.zeros((4, 23), np.float32)
    )
    with pytest.raises(ValueError, match="4 of 4 renderings are blank"):
        learn(None, blank, RECIPE[0])
