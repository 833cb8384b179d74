"""A classifier as an ONNX file says what it said, and comes back whole."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tinyclf.errors import ModelError
from tinyclf.nn.architecture import mlp
from tinyclf.nn.checkpoint import Checkpoint
from tinyclf.nn.losses import SoftmaxCrossEntropy, SquaredError
from tinyclf.training.classifier import Classifier

onnxruntime = pytest.importorskip("onnxruntime")
onnx_model = pytest.importorskip("tinyclf.nn.onnx_model")


@pytest.mark.parametrize("n", [0, 1, 33])
@pytest.mark.parametrize("temperature", [0.5, 1.0, 6.0])
def test_onnxruntime_is_of_the_same_opinion(
    classifier: Classifier, graded: Callable[..., Any], n: int, temperature: float
) -> None:
    if isinstance(classifier.objective.loss, SquaredError) and temperature > 1:
        pytest.skip("its probabilities begin at 0, where a hot temperature has no bounded slope")
    classifier = replace(classifier, temperature=temperature)
    x = graded(max(n, 1), seed=5)[0][:n]
    x[::3] *= 50  # far beyond the clip

    session = onnxruntime.InferenceSession(classifier.to_onnx(), providers=["CPUExecutionProvider"])
    [probabilities] = session.run(["probabilities"], {"inputs": x})

    np.testing.assert_allclose(probabilities, classifier.probabilities(x), rtol=0, atol=1e-5)


def test_it_survives_its_onnx_file(classifier: Classifier) -> None:
    again = Classifier.from_onnx(classifier.to_onnx())

    assert again.to_bytes() == classifier.to_bytes()
    assert again.to_onnx() == classifier.to_onnx()


def test_an_onnx_file_of_something_else_is_refused() -> None:
    network = mlp(3, (), 2)
    theta = np.zeros((1, network.n_parameters))
    other = Checkpoint(network, SoftmaxCrossEntropy(2), theta, ("no", "yes"))

    with pytest.raises(ModelError, match="not a classifier of photos"):
        Classifier.from_onnx(onnx_model.to_onnx(other))
