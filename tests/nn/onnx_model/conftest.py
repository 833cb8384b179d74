"""What the tests of ONNX files share: a runtime that is not ours, and bags of random networks."""

from collections.abc import Callable
from typing import Any

import numpy as np
import onnxruntime
import pytest

from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.checkpoint import Checkpoint
from tinyclf.nn.network import Network
from tinyclf.nn.objective import Objective


@pytest.fixture(scope="session")
def run() -> Callable[[bytes, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Scores and probabilities of an ONNX file, by onnxruntime."""

    def scores_and_probabilities(blob: bytes, x: np.ndarray) -> Any:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(blob, options, ["CPUExecutionProvider"])
        [inputs] = session.get_inputs()
        return session.run(["scores", "probabilities"], {inputs.name: x})

    return scores_and_probabilities


@pytest.fixture(scope="session")
def random_bag() -> Callable[..., Checkpoint]:
    """A bag of networks with random parameters, as far from their first ones as training goes."""

    def make(network: Network, loss: Any, dtype: Any, members: int, rng: Any, **parts: Any) -> Any:
        objective = Objective(network, loss)
        classes = np.arange(loss.classes)
        thetas = []
        for _ in range(members):
            theta = objective.initialize(classes, rng, dtype, backend=NumpyBackend())
            theta += rng.normal(0, 0.3, theta.shape).astype(dtype)
            for views in objective.layout.views(theta):
                if "variance" in views:
                    views["variance"][:] = abs(views["variance"])
            thetas.append(theta)
        names = tuple(f"class {number} · ü" for number in classes)
        return Checkpoint(network, loss, np.stack(thetas), names, **parts)

    return make
