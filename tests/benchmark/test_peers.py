"""Other libraries at the same work; each is skipped where it is not installed."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from threadpoolctl import threadpool_info, threadpool_limits  # type: ignore[import-untyped]

from tinyclf.benchmark import peers
from tinyclf.benchmark.kinds import CASES, Inference, Training
from tinyclf.errors import ConfigError, DeviceError

pytestmark = pytest.mark.peers

CURVED = ("sigmoid", "tanh", "relu", "leaky-relu", "gelu")


@pytest.fixture(params=peers.MODULES, ids=str)
def library(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name not in peers.available():
        pytest.skip(f"{name} is not installed")
    return name


def inference(library: str = "tinyclf", **fields: Any) -> Inference:
    math = {
        key: fields.pop(key) for key in ("precision", "activation", "epsilons") if key in fields
    }
    fields |= {"nepochs": 2, "shape": {"layers": 3, "dimension": 16}, "math": math}
    case = CASES.validate_python({"kind": "inference", "library": library} | fields)
    assert isinstance(case, Inference)
    return case


def training(library: str = "tinyclf", **fields: Any) -> Training:
    small = {"examples": 60, "inputs": 12, "classes": 4, "hidden": [8], "batch": 60, "epochs": 3}
    case = CASES.validate_python({"kind": "training", "library": library} | small | fields)
    assert isinstance(case, Training)
    return case


def able(make: Any, library: str, **fields: Any) -> Any:
    """Return the case, or skip the test where the library refuses it."""
    try:
        return make(library, **fields)
    except ValidationError as error:
        pytest.skip(error.errors()[0]["msg"])


@pytest.mark.parametrize("batch", [1, 5])
@pytest.mark.parametrize("activation", CURVED)
@pytest.mark.parametrize("precision", ["f4", "f8"])
def test_the_same_weights_and_inputs_give_the_same_outputs(
    library: str, precision: str, activation: str, batch: int
) -> None:
    settings: dict[str, Any] = {"precision": precision, "activation": activation, "batch": batch}
    theirs = able(inference, library, **settings).prepare().run()
    ours = inference(**settings).prepare().run()

    assert theirs.dtype == ours.dtype
    # ONNX keeps the slope of a leaky ReLU as float32.
    relative = 1e-6 if activation == "leaky-relu" else 1e-12
    np.testing.assert_allclose(theirs, ours, relative, 1e-6 if precision == "f4" else 1e-14)


def test_half_precision_is_near(library: str) -> None:
    theirs = able(inference, library, precision="f2").prepare().run()

    np.testing.assert_allclose(theirs, inference(precision="f2").prepare().run(), atol=2e-3)


def test_epsilons_are_ours_alone(library: str) -> None:
    plain, cut = (
        inference(library, epsilons={"exp": epsilon, "square": epsilon}).prepare()
        for epsilon in (0.0, 0.1)
    )

    assert plain.checksum(plain.run()) == cut.checksum(cut.run())


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
@pytest.mark.parametrize("precision", ["f4", "f8"])
def test_a_training_gives_the_same_network_every_time(
    library: str, precision: str, optimizer: str
) -> None:
    case = able(training, library, precision=precision, optimizer=optimizer)
    workload = case.prepare()
    first, second = workload.run(), workload.run()

    assert first.dtype == np.dtype(precision)
    assert workload.checksum(first) == workload.checksum(second)


@pytest.mark.parametrize("loss", ["softmax", "hinge", "squared-error"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
def test_whole_batches_lead_pytorch_where_they_lead_us(optimizer: str, loss: str) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed")
    settings = {"precision": "f8", "optimizer": optimizer, "loss": loss, "activation": "gelu"}
    theirs = training("pytorch", **settings).prepare().run()
    case = training(**settings)
    ours = case.objective().layout.views(case.prepare().run())

    wanted = [
        part for views in ours for name in ("W", "b") for part in views.get(name, np.empty(0)).T
    ]
    np.testing.assert_allclose(
        theirs, np.concatenate([np.ravel(each) for each in wanted]), atol=1e-9
    )


@pytest.mark.parametrize("hidden", [[], [8, 8]])
def test_networks_of_any_depth_are_trained(library: str, hidden: list[int]) -> None:
    assert np.isfinite(able(training, library, hidden=hidden).prepare().run()).all()


def test_threads_of_pytorch_are_limited() -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    torch.set_num_threads(2)

    inference("pytorch", performance={"threads": 1}).prepare().run()

    assert torch.get_num_threads() == 1


def test_threads_of_scikit_learn_are_limited() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    with threadpool_limits(2):
        inference("scikit-learn", performance={"threads": 1}).prepare().run()

        assert {pool["num_threads"] for pool in threadpool_info()} == {1}


@pytest.mark.parametrize(("allowed", "told"), [(1, 1), (2, 2), (None, 0)])
def test_threads_of_onnxruntime_are_limited(
    allowed: int | None, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    onnxruntime = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    whole, asked = onnxruntime.InferenceSession, []

    def session(model: bytes, options: Any, providers: Any) -> Any:
        asked.append(options.intra_op_num_threads)
        return whole(model, options, providers)

    monkeypatch.setattr(onnxruntime, "InferenceSession", session)
    inference("onnxruntime", performance={"threads": allowed}).prepare().run()

    assert asked == [told]  # 0 for all


@pytest.mark.parametrize(
    ("make", "library", "fields", "message"),
    [
        (inference, "pytorch", {"precision": "int8"}, "choose f8, f4 or f2"),
        (inference, "pytorch", {"precision": "1bit", "activation": "sign"}, "choose f8, f4 or f2"),
        (inference, "onnxruntime", {"precision": "f2"}, "choose f4 or f8"),
        (inference, "onnxruntime", {"performance": {"device": "cuda"}}, "choose the device cpu"),
        (inference, "scikit-learn", {"precision": "f2"}, "choose f4 or f8"),
        (inference, "scikit-learn", {"activation": "gelu"}, "choose sigmoid, tanh or relu"),
        (inference, "scikit-learn", {"performance": {"device": "cuda"}}, "choose the device cpu"),
        (training, "pytorch", {"loss": "corn"}, "choose softmax, hinge or squared-error"),
        (training, "scikit-learn", {"loss": "hinge"}, "choose softmax"),
        (training, "scikit-learn", {"optimizer": "adamw"}, "choose sgd or adam"),
        (training, "scikit-learn", {"activation": "leaky-relu"}, "choose sigmoid, tanh or relu"),
    ],
)
def test_what_a_library_cannot_do_is_refused_with_the_cure(
    make: Any, library: str, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        make(library, **fields)


def test_onnxruntime_is_not_given_more_than_a_file_holds() -> None:
    case = inference().model_copy(update={"library": "onnxruntime"})
    large = case.shape.model_copy(update={"layers": 1000, "dimension": 1024})

    assert "at most 2 GB" in peers.refusal(case.model_copy(update={"shape": large}))


def test_a_case_that_was_not_validated_is_refused_when_it_is_measured() -> None:
    case = training().model_copy(update={"library": "onnxruntime"})

    with pytest.raises(ConfigError, match="onnxruntime does not train"):
        peers.training(case)


def test_pytorch_without_a_card_says_so() -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    if torch.cuda.is_available():
        pytest.skip("there is a card")
    with pytest.raises(DeviceError, match="choose the device cpu"):
        inference("pytorch", performance={"device": "cuda"}).prepare()


def test_ours_is_refused_nothing() -> None:
    assert peers.refusal(inference(precision="int8")) == ""


def test_who_is_there_is_told_without_importing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "onnxruntime" else name
    )
    before = set(sys.modules)

    assert peers.available() == ("pytorch", "scikit-learn")
    assert not {"torch", "sklearn"} & (set(sys.modules) - before)
