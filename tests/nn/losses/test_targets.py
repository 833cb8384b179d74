import numpy as np
import pytest

from tests.nn.kinds import LOSSES
from tinyclf.errors import ConfigError, InputError
from tinyclf.nn.arrays import room_for
from tinyclf.nn.losses.targets import check_targets, counts, smoothed_rows, target_rows


def test_a_class_becomes_the_row_with_a_single_one(backend):
    rows = target_rows(backend.asarray([2, 0]), 3, np.float32, backend=backend)

    assert backend.to_numpy(rows).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert rows.dtype == np.float32


def test_rows_pass_through(backend):
    rows = backend.asarray([[0.25, 0.75]])

    assert target_rows(rows, 2, np.float64, backend=backend) is rows


def test_smoothing_gives_every_class_the_same_part(backend):
    rows = smoothed_rows(backend.asarray([1]), 0.2, 4, np.float64, backend=backend)

    np.testing.assert_allclose(backend.to_numpy(rows), [[0.05, 0.85, 0.05, 0.05]])


def test_without_smoothing_rows_pass_through(backend):
    rows = backend.asarray([[0.25, 0.75]])

    assert smoothed_rows(rows, 0.0, 2, np.float64, backend=backend) is rows


@pytest.mark.parametrize(
    ("targets", "reason"),
    [
        ([0, 3], "from 0 to 2, but go from 0 to 3"),
        ([-1, 2], "but go from -1 to 2"),
        ([0.0, 1.0], "must be integers"),
        ([[0.5, 0.5]], r"shape \(n, 3\), not float64 of shape \(1, 2\)"),
    ],
)
def test_targets_that_cannot_be_are_refused(backend, targets, reason):
    with pytest.raises(InputError, match=reason):
        target_rows(backend.asarray(targets), 3, np.float32, backend=backend)


@pytest.mark.parametrize(
    ("rows", "targets", "reason"),
    [(0, 0, "the batch is empty"), (3, 1, "do not fit 1 targets"), (2, 3, "do not fit 3 targets")],
)
@pytest.mark.parametrize("kind", LOSSES)
def test_a_loss_refuses_batches_that_do_not_fit(backend, kind, rows, targets, reason):
    loss = LOSSES[kind](5)
    parameters = {name: backend.xp.zeros(shape) for name, shape in loss.shapes().items()}
    with pytest.raises(InputError, match=reason):
        loss.value_and_gradient(
            parameters,
            backend.xp.zeros((rows, loss.n_outputs)),
            backend.xp.zeros(targets, int),
            parameters,
            backend=backend,
        )


def test_classes_are_counted_to_the_bit_as_their_rows_are_summed():
    rng = np.random.default_rng(0)
    for k in (2, 5, 70):
        classes, weights = rng.integers(0, k, 999), tuple(rng.random(k).tolist())
        for w in (None, weights):
            np.testing.assert_array_equal(counts(classes, w, k), counts(np.eye(k)[classes], w, k))


def test_many_classes_are_checked_without_a_row_each():
    check_targets(np.arange(100_000), None, 100_000)  # as rows, 80 GB


def test_rows_for_which_there_is_no_memory_are_refused_with_their_size(backend):
    with pytest.raises(
        InputError, match=r"shape \(1000000000000000, 9\) would take 36,.* GB, more"
    ):
        room_for("The rows", backend.xp.zeros, (10**15, 9), np.float32)


@pytest.mark.parametrize("targets", [[0, 0, 2], [[1, 0, 0], [0.5, 0, 0.5]]])
def test_examples_of_classes_without_weight_only_are_refused(targets):
    with pytest.raises(InputError, match=r"classes whose weight is 0. Give one of them another"):
        check_targets(np.array(targets), (0.0, 1.0, 0.0), 3)


@pytest.mark.parametrize("kind", LOSSES)
@pytest.mark.parametrize(
    ("classes", "weights", "reason"),
    [
        (1, None, "from 2 to"),
        (3, (1.0, 1.0), "3 classes, but 2 class weights"),
        (2, (1.0, -1.0), "at least 0"),
        (2, (0.0, 0.0), "not all 0"),
        (2, (1.0, float("nan")), "finite"),
        (2, (1.0, 1e39), "at most 1,000,000,000"),
    ],
)
def test_a_loss_refuses_settings_that_cannot_train(kind, classes, weights, reason):
    with pytest.raises(ConfigError, match=reason):
        LOSSES[kind](classes, weights)
